import type { Signal } from '../filter.ts'
import type { FilterName } from '../index.ts'
import { type Block, LEAST } from './blocks.ts'
import type { Page } from './page.ts'
import { isProse, type Readers, readersOf } from './readers.ts'
import { hasShape, runsOf } from './runs.ts'

/** A part of the text, and the filters to try on it, best first. */
export interface Part {
  readonly start: number
  readonly end: number
  readonly filters: readonly FilterName[]
}

/** What stands in a block: one part for all of it, or parts of other kinds among lines that stay or that `rest` reads. */
export interface Parts {
  readonly whole?: Part
  readonly among: readonly Part[]
}

export function partsOf(page: Page, block: Block, signal: Signal): Parts {
  const { start, end, filter, hint } = block
  if (filter) return { whole: { start, end, filters: [filter] }, among: [] }
  const readers = readersOf(page.text.slice(start, end), hint)
  const among = readers.isLoose ? runsIn(page, block, readers, signal) : []
  if (isProse(readers) || readers.filters.length === 0) return { among }
  const bounds = EDGED.has(readers.filters[0]!) ? withoutEdges(page, block) : { start, end }
  return { whole: { ...bounds, filters: readers.filters }, among }
}

/** Filters whose texts are lines of known shapes. A report's first and last words are of it, whatever they look like. */
const EDGED: ReadonlySet<FilterName | undefined> = new Set(['log', 'search', 'table'])
/** Lines of a paragraph that is an introduction or a remark. */
const EDGE = 3

/** A block without the blank lines and the short paragraphs of no shape that it begins and ends with. */
function withoutEdges(page: Page, { start, end }: Block): { start: number; end: number } {
  let first = page.lineAt(start)
  let last = page.lineAt(end)
  const isBlank = (line: number) => !/\S/.test(page.line(line))
  const isEdge = (from: number, to: number) => {
    for (let line = from; line < to; line++) if (hasShape(page.line(line))) return false
    return true
  }
  for (let to = first; to <= Math.min(first + EDGE, last - 1); to++)
    if (isBlank(to) && isEdge(first, to)) first = to + 1
  for (let to = last - 1; to >= Math.max(last - EDGE - 1, first); to--)
    if (isBlank(to) && isEdge(to + 1, last)) last = to
  return { start: page.start(first), end: page.start(last) }
}

/** Runs of lines of another kind than the block's. */
function runsIn(page: Page, { start, end }: Block, { filters: [own] }: Readers, signal: Signal): Part[] {
  const parts: Part[] = []
  for (const run of runsOf(page, page.lineAt(start), page.lineAt(end), signal)) {
    const part = { start: page.start(run.first), end: page.start(run.end) }
    if (part.end - part.start < LEAST || run.shape.filter === own) continue
    const readers = readersOf(page.text.slice(part.start, part.end), {})
    const filters = readers.filters.length === 0 || isProse(readers) ? [run.shape.filter] : readers.filters
    if (filters[0] !== own) parts.push({ ...part, filters })
  }
  return parts
}
