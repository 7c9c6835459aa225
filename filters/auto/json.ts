import type { Sample } from './sample.ts'

/** Texts up to this many units are parsed whole; of longer ones the structure of a prefix is read. */
const PARSED_WHOLE = 1024 * 1024
const PREFIX = 64 * 1024

/** One JSON object or array and nothing else. A bracket at the start proves nothing: the text is parsed, or its prefix read. */
export function isJson({ text }: Sample): boolean {
  const start = skipBlank(text, text.charCodeAt(0) === 0xfeff ? 1 : 0)
  if (!opens(text, start)) return false
  return text.length <= PARSED_WHOLE ? parses(text.slice(start)) : readsAsJson(text.slice(start, start + PREFIX))
}

/** At least nine sampled lines of ten are a whole JSON object or array each. */
export function isNdjson({ text, starts, lines }: Sample): boolean {
  if (lines.length < 2 || !lines.some(line => /^\s*[[{]/.test(line))) return false
  const step = Math.max(1, Math.floor(lines.length / NDJSON_LINES))
  let seen = 0
  let complete = 0
  for (let i = 0; i < lines.length; i += step) {
    seen++
    if (isJsonLine(text, starts[i]!)) complete++
    if (seen - complete > NDJSON_LINES / 10) return false
  }
  return complete > 1 && complete >= 0.9 * seen
}

const NDJSON_LINES = 40

function isJsonLine(text: string, start: number): boolean {
  const window = text.slice(start, start + PREFIX)
  const end = window.indexOf('\n')
  const from = skipBlank(window, 0)
  if (!opens(window, from)) return false
  if (end < 0 && start + PREFIX < text.length) return readsAsJson(window.slice(from))
  return parses(window.slice(from, end < 0 ? window.length : end))
}

const opens = (text: string, at: number) => text.charCodeAt(at) === 0x7b || text.charCodeAt(at) === 0x5b

function skipBlank(text: string, at: number): number {
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++
  return at
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (cause) {
    // A RangeError is nesting too deep for this engine's parser, and then for any reader of it.
    if (cause instanceof SyntaxError || cause instanceof RangeError) return false
    throw cause
  }
}

/** What may come next, and the token kinds that are it: a bracket, a comma, a colon, `"` for a string, `0` for a scalar. */
export const MAY_COME = {
  value: '{["0',
  'value or end': '{["0]',
  name: '"',
  'name or end': '"}',
  colon: ':',
  next: ',}]',
} as const
export type Expected = keyof typeof MAY_COME

const TOKEN = /[ \t\r\n]*(?:([{}[\],:])|"(?:[^"\\\n]|\\.)*"|(-?\d[\d.eE+-]*|true|false|null))/y
/** A token that the prefix's end cut in two, or none at all. */
const CUT = /[ \t\r\n]*(?:"(?:[^"\\\n]|\\.)*\\?|-?[a-z]{0,5})$/y
/** So many tokens besides opening brackets are structure, and no accident such as `[2024-01-15`. */
const ENOUGH = 8

/**
 * Is `prefix` the beginning of one JSON value (RFC 8259), or all of one? Iterative: depth costs no stack.
 */
export function readsAsJson(prefix: string): boolean {
  const open: string[] = []
  let expected: Expected = 'value'
  let at = 0
  for (let values = 0; ; ) {
    TOKEN.lastIndex = at
    const found = TOKEN.exec(prefix)
    if (!found) return values >= ENOUGH && matches(CUT, prefix, at)
    at = TOKEN.lastIndex
    const kind = found[1] ?? (found[2] ? '0' : '"')
    if (!MAY_COME[expected].includes(kind)) return false
    if (kind === '{' || kind === '[') open.push(kind)
    else values++
    if (kind === '}' || kind === ']') {
      if (open.pop() !== (kind === '}' ? '{' : '[')) return false
      if (open.length === 0) return skipBlank(prefix, at) === prefix.length
    }
    expected = after(kind, expected, open.at(-1))
  }
}

function after(kind: string, expected: Expected, inside: string | undefined): Expected {
  if (kind === '{') return 'name or end'
  if (kind === '[') return 'value or end'
  if (kind === ':') return 'value'
  if (kind === ',') return inside === '{' ? 'name' : 'value'
  return kind === '"' && expected.startsWith('name') ? 'colon' : 'next'
}

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at
  return pattern.test(text)
}
