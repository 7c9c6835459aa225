import { gzipSync } from 'node:zlib'
import { encode } from '@toon-format/toon'
import type { Tokenizer } from '../models/models.ts'
import { isStrong, Page } from './facts.ts'
import type { Subject } from './measure.ts'
import { Random } from './random.ts'

/** What simpler means make of the same text: the figures that ours have to beat. */
export interface Baseline {
  /** Tokens of JSON minified and as TOON; of the text itself where it is neither JSON nor JSON lines. */
  readonly minified: number
  readonly toon: number
  /** gzip's bytes for each byte: how much repetition there is to be found. */
  readonly gzip: number
}

/** Linear, but for what TOON's encoder does. */
export function baselineOf(text: string, bytes: Uint8Array, tokenizer: Tokenizer): Baseline {
  const values = jsonOf(text)
  const whole = tokenizer.count(text)
  if (!values) return { minified: whole, toon: whole, gzip: ratio(bytes) }
  const minified = values.map(value => JSON.stringify(value)).join('\n')
  return { minified: tokenizer.count(minified), toon: tokenizer.count(toonOf(text)!), gzip: ratio(bytes) }
}

/** JSON or JSON lines as TOON; undefined for other text. */
export function toonOf(text: string): string | undefined {
  const values = jsonOf(text)
  return values && encode(values.length === 1 ? values[0] : values)
}

const ratio = (bytes: Uint8Array) => gzipSync(bytes, { level: 6 }).length / Math.max(1, bytes.length)

/** The value of a JSON text, the values of JSON lines, or undefined. */
function jsonOf(text: string): unknown[] | undefined {
  if (!/^\s*[[{]/.test(text.slice(0, 1000))) return undefined
  const whole = parsed(text)
  if (whole !== undefined) return [whole]
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const values = lines.map(parsed)
  return values.every(value => value !== undefined) ? values : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

/** How many strong facts a cut to the same size leaves in view: head and tail, and lines drawn by chance. */
export interface Cuts {
  readonly headTail: number
  readonly random: number
}

/** `share`: the part of the text's characters that may stay. */
export function cutsOf({ folder, facts }: Pick<Subject, 'folder' | 'facts'>, text: string, share: number): Cuts {
  const strong = facts.filter(isStrong)
  if (strong.length === 0) return { headTail: 0, random: 0 }
  const seen = (cut: string) => {
    const page = new Page(cut, folder)
    return strong.filter(({ answer }) => page.shows(answer)).length
  }
  return { headTail: seen(headAndTail(text, share)), random: seen(randomLines(text, share)) }
}

/** The first and the last part of a text, `share` of its characters together. */
export function headAndTail(text: string, share: number): string {
  const half = Math.floor((text.length * Math.min(1, share)) / 2)
  return 2 * half >= text.length - 1 ? text : `${text.slice(0, half)}\n...\n${text.slice(text.length - half)}`
}

/** Lines drawn with a fixed seed, in order, up to `share` of the text's characters. */
export function randomLines(text: string, share: number): string {
  const all = text.split('\n')
  const order = new Random(1).sample(
    all.map((_, i) => i),
    all.length,
  )
  const kept = new Set<number>()
  let room = (text.length + 1) * Math.min(1, share)
  for (const i of order) if ((room -= all[i]!.length + 1) >= 0) kept.add(i)
  return all.filter((_, i) => kept.has(i)).join('\n')
}
