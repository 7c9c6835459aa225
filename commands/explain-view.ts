import type { Compressed } from '../filters/run.ts'
import { grouped } from './report.ts'

/** One range of an original: what happened to it, by which rule. */
export interface Explained {
  /** A printed selector. */
  readonly where: string
  readonly kept: boolean
  readonly rule: string
  /** Its first line, 1-based, and its first and last byte (exclusive). */
  readonly line: number
  readonly from: number
  readonly to: number
  /** How it begins. */
  readonly sample: string
  /** Tokens (o200k_base) that its gap saves, the marker subtracted; 0 where it was kept. */
  readonly saved: number
  /** How to get it back. */
  readonly command?: string
}

interface Look {
  readonly colours: boolean
  /** Columns of the terminal. */
  readonly width: number
}

/** The original's ranges on the left, what was done and how to undo it on the right; plain lines, so that a pager can hold them. */
export function explainView(result: Compressed, ranges: readonly Explained[], look: Look): string {
  const { filter, mode, tokens, lossless, why } = result
  if (why) return `${filter}: the text goes out as it came: ${why}\n`
  const saved = `${grouped(tokens.before)} -> ${grouped(tokens.after)} tokens (${(100 * (1 - tokens.after / tokens.before)).toFixed(1)} % saved)`
  const head = `${filter}, ${mode}: ${saved}; ${PROMISE[lossless]}\n`
  if (ranges.length === 0) return `${head}no gaps: all of it is in the text, in fewer tokens\n`
  const left = Math.max(24, Math.floor((look.width - 3) / 2))
  return `${head}\n${ranges.map(range => row(range, left, look)).join('')}`
}

const PROMISE = {
  bytes: 'the text alone gives every byte back',
  values: 'every value is in the text; the layout is in the store',
  no: 'gaps come back from the store',
} as const

function row(range: Explained, left: number, { colours, width }: Look): string {
  const paint = (code: number, text: string) => (colours ? `\x1b[${code}m${text}\x1b[39m` : text)
  const place = `${String(range.line).padStart(6)}  ${oneLine(range.sample)}`
  const what = range.kept ? `keep  ${range.rule}` : `cut   ${range.rule}, ${grouped(range.saved)} tokens saved`
  const colour = range.kept ? GREEN : RED
  const second = range.command ? `${' '.repeat(left)} | ${' '.repeat(6)}${range.command}\n` : ''
  return `${fitted(place, left)} | ${paint(colour, fitted(what, Math.max(20, width - left - 3)).trimEnd())}\n${second}`
}

const RED = 31
const GREEN = 32

/** Control characters of the original must not reach the terminal. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')

/** Cut or padded to `width` characters. */
function fitted(text: string, width: number): string {
  const characters = Array.from(text)
  return characters.length > width
    ? `${characters.slice(0, width - 1).join('')}…`
    : text + ' '.repeat(width - characters.length)
}
