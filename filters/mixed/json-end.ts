import { type Expected, MAY_COME } from '../auto/json.ts'
import type { Signal } from '../filter.ts'

/** Where reading stopped: one past the container where `ok`, else where the text is no JSON. */
export interface JsonEnd {
  readonly end: number
  readonly ok: boolean
}

/** Deeper containers are not looked for: it bounds what a text of brackets takes. */
const DEEPEST = 1000

/** Reads the JSON object or array (RFC 8259) that begins at `start`. Iterative; linear in what is read. */
export function jsonEnd(text: string, start: number, signal: Signal): JsonEnd {
  const open: string[] = []
  let expected: Expected = 'value'
  let at = start
  do {
    signal.throwIfAborted()
    const { kind, end } = tokenAt(text, endOf(BLANKS, text, at), signal)
    if (!kind || !MAY_COME[expected].includes(kind)) return { end, ok: false }
    if (kind === '{' || kind === '[') open.push(kind)
    if ((kind === '}' || kind === ']') && open.pop() !== (kind === '}' ? '{' : '[')) return { end, ok: false }
    if (open.length > DEEPEST) return { end, ok: false }
    expected = after(kind, expected, open.at(-1))
    at = end
  } while (open.length > 0)
  return { end: at, ok: true }
}

function after(kind: string, expected: Expected, inside: string | undefined): Expected {
  if (kind === '{') return 'name or end'
  if (kind === '[') return 'value or end'
  if (kind === ':') return 'value'
  if (kind === ',') return inside === '{' ? 'name' : 'value'
  return kind === '"' && expected.startsWith('name') ? 'colon' : 'next'
}

const BLANKS = /[ \t\r\n]*/y
const SCALAR = /-?\d[\d.eE+-]*|true|false|null/y

/** The token at `at`; no kind where there is none, and then `end` is where that shows. */
function tokenAt(text: string, at: number, signal: Signal): { kind?: string; end: number } {
  const first = text[at]
  if (first === undefined) return { end: at }
  if ('{}[],:'.includes(first)) return { kind: first, end: at + 1 }
  if (first === '"') return stringAt(text, at, signal)
  const end = endOf(SCALAR, text, at)
  return end > at ? { kind: '0', end } : { end: at }
}

function stringAt(text: string, start: number, signal: Signal): { kind?: string; end: number } {
  let at = start + 1
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x22 || unit === 0x0a) break
    if (unit === 0x5c) at++
  }
  signal.throwIfAborted((at - start) >> 6)
  return text.charCodeAt(at) === 0x22 ? { kind: '"', end: at + 1 } : { end: Math.min(at, text.length) }
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}
