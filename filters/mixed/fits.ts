import type { Hint } from '../filter.ts'
import { blocksOf, LEAST } from './blocks.ts'
import { Page } from './page.ts'
import { partsOf } from './parts.ts'
import { type Readers, readersOf } from './readers.ts'

/** UTF-16 code units looked at: of the beginning, and of the end. */
const HEAD = 64 * 1024
const TAIL = 16 * 1024

/**
 * How surely a text holds several kinds, 0..1: 0 where it is one, 0.5 and more where parts of other kinds than its own, or than
 * running text, make up enough of it. Bounded work.
 */
export function fits(text: string, hint: Hint): number {
  if (text.length < 2 * LEAST) return 0
  const own = readersOf(text, hint)
  if (isOneKind(own)) return 0
  const windows = text.length > HEAD + TAIL ? [text.slice(0, HEAD), lineWise(text.slice(-TAIL))] : [text]
  return Math.max(...windows.map(window => foreignShare(window, own))) >= LEAST_SHARE ? 0.8 : 0
}

/** JSON is parsed, and what is left alone is left alone as a whole; what only looks like one kind may be the larger part. */
export const isOneKind = ({ filters, isLoose }: Readers): boolean =>
  filters[0] === 'crush-json' || (filters.length === 0 && !isLoose)

/** Parts that make up less are not worth a look. */
const LEAST_SHARE = 0.05

/** The share of units in parts that the text's own filter is not made for. */
function foreignShare(window: string, { filters }: Readers): number {
  const page = new Page(window)
  let foreign = 0
  for (const block of blocksOf(page, UNLIMITED)) {
    const { whole, among } = partsOf(page, block, UNLIMITED)
    if (whole && whole.filters[0] !== filters[0]) foreign += whole.end - whole.start
    else for (const { start, end } of among) foreign += end - start
  }
  return foreign / window.length
}

const lineWise = (window: string) => window.slice(window.indexOf('\n') + 1)

const UNLIMITED = { throwIfAborted() {} }
