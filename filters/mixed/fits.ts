import { readsAsJson } from '../auto/json.ts'
import type { Hint } from '../filter.ts'
import { LEAST } from './blocks.ts'
import { Page } from './page.ts'
import { type Part, type Parts, partsOf } from './parts.ts'
import { type Readers, readersOf } from './readers.ts'

/** UTF-16 code units looked at: of the beginning, and of the end. */
const HEAD = 64 * 1024
const TAIL = 16 * 1024

/**
 * How surely a text holds several kinds, 0..1: 0 where it is one, 0.5 and more where parts of other kinds than its own, or than
 * running text, make up enough of it. Bounded work.
 */
export function fits(text: string, hint: Hint, own: Readers = readersOf(text, hint)): number {
  if (text.length < 2 * LEAST) return 0
  if (isOneKind(own)) return 0
  if (opensLateJson(text)) return 0.8
  const windows = text.length > HEAD + TAIL ? [text.slice(0, HEAD), lineWise(text.slice(-TAIL))] : [text]
  const found = windows.map(window => ({ parts: partsOf(new Page(window), UNLIMITED, own), units: window.length }))
  if (found.every(({ parts }) => parts.length === 0)) return 0
  const share = Math.max(...found.map(({ parts, units }) => shareOf(parts, own) / units))
  return share >= (own.filters.length > 0 ? WORTH_A_LOOK : LEAST_SHARE) ? 0.8 : 0
}

/** Lines before a JSON value that is longer than what is looked at: warnings, mostly. */
const MOST_BEFORE = 20

/** Does a JSON value begin behind a few lines and go on beyond what is looked at? */
function opensLateJson(text: string): boolean {
  if (text.length <= HEAD || !/\n[[{]/.test(text.slice(0, HEAD))) return false
  const window = text.slice(0, HEAD)
  let at = window.indexOf('\n') + 1
  for (let line = 0; at > 0 && line < MOST_BEFORE; line++) {
    if (window[at] === '{' || window[at] === '[') return readsAsJson(window.slice(at))
    at = window.indexOf('\n', at) + 1
  }
  return false
}

/** What is parsed is one kind, and what is left alone is left alone as a whole; what only looks like one kind may be the larger part. */
export const isOneKind = ({ filters, isLoose }: Readers): boolean =>
  PARSED.has(filters[0]) || (filters.length === 0 && !isLoose)

/** Filters whose texts are parsed from their beginning to their end. */
const PARSED: ReadonlySet<string | undefined> = new Set(['crush-json', 'html', 'xml', 'snapshot'])

/** The share of a text from which its parts are worth a look, and where a filter for the whole would gain on all of it. */
const LEAST_SHARE = 0.05
const WORTH_A_LOOK = 0.2

/** UTF-16 code units in parts that the text's own filter is not made for. */
function shareOf(parts: readonly Parts[], { filters: [own] }: Readers): number {
  let units = 0
  for (const { whole, among } of parts)
    for (const part of whole && whole.filters[0] !== own ? [whole] : among) units += lengthOf(part)
  return units
}

const lengthOf = ({ start, end }: Part) => end - start

const lineWise = (window: string) => window.slice(window.indexOf('\n') + 1)

const UNLIMITED = { throwIfAborted() {} }
