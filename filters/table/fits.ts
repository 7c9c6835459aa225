import type { Hint } from '../filter.ts'
import { isHeaded } from './aligned.ts'
import { opensBars } from './bars.ts'
import { delimiterOf } from './csv.ts'

/** 0..1: delimited text 0.95, a text of tables with bars or aligned columns 0.8, a text with some of them 0.4. Bounded work. */
export function fits(text: string, hint: Hint): number {
  if (delimiterOf(text)) return /\.[ct]sv$/i.test(hint.path ?? '') ? 1 : 0.9
  const lines = text.slice(0, 64 * 1024).split('\n')
  const filled = lines.filter(line => line.trim() !== '')
  const bars = lines.filter((_, at) => opensBars(lines, at))
  const barred = filled.filter(line => /^\s*[|+\u2500-\u257f]|\s[|│┃║]\s/.test(line)).length
  if (bars.length) return barred > 0.7 * filled.length ? 0.8 : 0.4
  if (filled.filter(line => FILE.test(line)).length > 0.6 * filled.length && filled.length > 3) return 0.8
  const header = filled.slice(0, MOST_INTRO).findIndex((line, at) => isHeaded(line, filled[at + 1]))
  // Names in capitals may be a title; behind other lines only an underline makes them names.
  if (
    header >= 0 &&
    filled.length > header + 3 &&
    /\S {2,}\S/.test(filled[header]!) &&
    (header === 0 || isUnderlined(filled, header))
  )
    return 0.8
  return 0
}

/** Lines above a table's names. */
const MOST_INTRO = 6

const isUnderlined = (lines: readonly string[], at: number) => /^[-=+]+[-=+ ]*$/.test(lines[at + 1]!)

/** A line of `ls -l`. */
const FILE = /^[-dlbcps][-rwxsStT]{9}[.+@]? +\d+ /
