import type { Hint } from '../filter.ts'
import { isHeader } from './aligned.ts'
import { isRule } from './bars.ts'
import { delimiterOf } from './csv.ts'

/** 0..1: delimited text 0.95, a text of tables with bars or aligned columns 0.8, a text with some of them 0.4. Bounded work. */
export function fits(text: string, hint: Hint): number {
  if (delimiterOf(text)) return /\.[ct]sv$/i.test(hint.path ?? '') ? 1 : 0.9
  const lines = text.slice(0, 64 * 1024).split('\n')
  const filled = lines.filter(line => line.trim() !== '')
  const bars = lines.filter(
    (line, at) => line.includes('|') && isRule(lines[at + 1] ?? '') && /[|+]/.test(lines[at + 1] ?? ''),
  )
  const barred = filled.filter(line => /^\s*[|+]|\s\|\s/.test(line)).length
  if (bars.length) return barred > 0.7 * filled.length ? 0.8 : 0.4
  if (filled.filter(line => FILE.test(line)).length > 0.6 * filled.length && filled.length > 3) return 0.8
  if (filled.length > 3 && isHeader(filled[0]!) && /\S {2,}\S/.test(filled[0]!)) return 0.8
  return 0
}

/** A line of `ls -l`. */
const FILE = /^[-dlbcps][-rwxsStT]{9}[.+@]? +\d+ /
