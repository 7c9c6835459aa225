import type { Signal } from '../filter.ts'
import type { FilterName } from '../index.ts'
import { type Block, blocksOf, LEAST } from './blocks.ts'
import type { Page } from './page.ts'
import { isProse, type Readers, readersOf } from './readers.ts'
import { hasShape, type Run, runsIn } from './runs.ts'

/** A part of the text, and the filters to try on it, best first. */
export interface Part {
  readonly start: number
  readonly end: number
  readonly filters: readonly FilterName[]
}

/** What stands in a block: one part for all of it, or parts of other kinds among lines that stay or that it reads. */
export interface Parts {
  readonly block: Block
  readonly whole?: Part
  readonly among: readonly Part[]
}

/** The blocks of a text that hold parts, in order; none where one part is all of it. `own` says who reads the text as a whole, if that is known. */
export function partsOf(page: Page, signal: Signal, own?: Readers): readonly Parts[] {
  const found = blocksOf(page, signal)
    .map(block => partsIn(page, block, signal, block.end - block.start >= ALL * page.text.length ? own : undefined))
    .filter(({ whole, among }) => whole !== undefined || among.length > 0)
  const [only] = found
  return found.length === 1 && only!.whole && isAll(page.text, only!.whole, only!) ? [] : found
}

/** A part of known syntax has an end, and what stands behind it is no part of it; another may have odd lines around it. */
function isAll(text: string, { start, end }: Part, { block, among }: Parts): boolean {
  if (block.filter) return !/\S/.test(text.slice(0, start)) && !/\S/.test(text.slice(end))
  return among.length === 0 && end - start >= ALL * text.length
}

const ALL = 0.95

/** Fewer lines of some shape make no part: what has none is running text or source, and stays. */
const FEWEST = 3

function partsIn(page: Page, block: Block, signal: Signal, own?: Readers): Parts {
  const { start, end, hint } = block
  if (block.filter) return { block, whole: { start, end, filters: filtersOf(page, block, block.filter) }, among: [] }
  const shaped = runsIn(page, page.lineAt(start), page.lineAt(end), signal)
  if (shaped.lines < FEWEST) return { block, among: [] }
  const readers = own ?? readersOf(page.text.slice(start, end), hint)
  const among = readers.isLoose ? foreign(page, shaped.runs, readers) : []
  if (isProse(readers) || readers.filters.length === 0) return { block, among }
  const bounds = withoutEdges(page, block, EDGED.has(readers.filters[0]) ? EDGE : 0)
  return { block, whole: { ...bounds, filters: withLog(readers.filters) }, among }
}

/** What is JSON may be a report or hits too. */
function filtersOf({ text }: Page, { start, end, hint }: Block, filter: FilterName): readonly FilterName[] {
  if (filter !== 'crush-json') return [filter]
  return [...new Set([...readersOf(text.slice(start, end), hint).filters, filter])]
}

/** Lines of one shape are what log's templates are for, where the filter made for them finds nothing. */
const withLog = (filters: readonly FilterName[]): readonly FilterName[] => [...new Set([...filters, 'log' as const])]

/** Filters whose texts are lines of known shapes. A report's first and last words are of it, whatever they look like. */
const EDGED: ReadonlySet<FilterName | undefined> = new Set(['log', 'search', 'table'])
/** Lines of a paragraph that is an introduction or a remark. */
const EDGE = 3

/** A block without the blank lines, and the paragraphs of no shape of up to `edge` lines, that it begins and ends with. */
function withoutEdges(page: Page, { start, end }: Block, edge: number): { start: number; end: number } {
  let first = page.lineAt(start)
  let last = page.lineAt(end)
  const isBlank = (line: number) => !/\S/.test(page.line(line))
  const isEdge = (from: number, to: number) => {
    for (let line = from; line < to; line++) if (hasShape(page.line(line))) return false
    return true
  }
  for (let to = first; to <= Math.min(first + edge, last - 1); to++)
    if (isBlank(to) && isEdge(first, to)) first = to + 1
  for (let to = last - 1; to >= Math.max(last - edge - 1, first); to--)
    if (isBlank(to) && isEdge(to + 1, last)) last = to
  return { start: page.start(first), end: page.start(last) }
}

/** Runs of lines of another kind than what they stand in. */
function foreign(page: Page, runs: readonly Run[], { filters: [own] }: Readers): Part[] {
  const parts: Part[] = []
  for (const run of runs) {
    const part = { start: page.start(run.first), end: page.start(run.end) }
    if (part.end - part.start < LEAST || run.shape.filter === own) continue
    const readers = readersOf(page.text.slice(part.start, part.end), {})
    // Minutes and chats bear times; only a drawn table is none of the text around it.
    if (isProse(readers) && run.shape.name !== 'bars') continue
    const filters = readers.filters.length === 0 || isProse(readers) ? [run.shape.filter] : readers.filters
    if (filters[0] !== own) parts.push({ ...part, filters: withLog(filters) })
  }
  return parts
}
