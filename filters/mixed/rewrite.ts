import type { Filter, FilterContext } from '../filter.ts'
import { type FilterName, filterOf } from '../index.ts'
import type { Page } from './page.ts'
import { type Part, type Parts, partsOf } from './parts.ts'
import { isProse, readersOf } from './readers.ts'

/** A part's output in place of the part. */
export interface Region {
  readonly start: number
  readonly end: number
  readonly text: string
  /** What else of the text around it belongs to it: its fence's lines. */
  readonly cut: { readonly start: number; readonly end: number }
}

/** A region that takes more than this share of its part's characters is not worth its head. */
const WORTH = 0.97
/** UTF-16 code units from which running text is worth a region of its own. */
const LEAST_PROSE = 800

/** The regions of a text, in order: first of what is surely something, then of the running text that is left between. */
export async function regionsOf(page: Page, context: FilterContext): Promise<readonly Region[]> {
  const regions: Region[] = []
  for (const parts of partsOf(page, context.signal)) regions.push(...(await regionsIn(parts, context)))
  if (regions.length === 0) return []
  const all: Region[] = []
  let from = 0
  for (const region of regions) {
    all.push(...(await proseIn(page, from, region.cut.start, context)), region)
    from = region.cut.end
  }
  all.push(...(await proseIn(page, from, page.text.length, context)))
  return all
}

/** `text` with its regions in place of their parts. */
export function spliced(text: string, regions: readonly Region[]): string {
  let out = ''
  let from = 0
  for (const region of regions) {
    out += text.slice(from, region.start) + region.text
    from = region.end
  }
  return out + text.slice(from)
}

/** What the first of the part's filters that gains makes of it. */
export async function regionOf(
  { start, end, filters }: Part,
  { inner }: FilterContext,
  cut: Region['cut'] = { start, end },
): Promise<Region | undefined> {
  for (const name of filters) {
    const filter = await filterForPart(name)
    const text = filter && (await inner(filter, start, end))
    if (text !== undefined && text.length <= WORTH * (end - start)) return { start, end, text, cut }
  }
  return undefined
}

/** JSON's gaps are named by paths, which a text has only where it is JSON as a whole: as a part it is rewritten without gaps. */
async function filterForPart(name: FilterName): Promise<Filter | undefined> {
  const filter = await filterOf(name)
  if (!filter || name !== 'crush-json') return filter
  return { ...filter, apply: (text, context) => filter.apply(text, { ...context, mode: 'lossless' }) }
}

/** As a whole or part by part, whichever is shorter. */
async function regionsIn({ block, whole, among }: Parts, context: FilterContext): Promise<readonly Region[]> {
  const one = whole && (await regionOf(whole, context, block.fence))
  if (among.length === 0) return one ? [one] : []
  const split: Region[] = []
  for (const part of whole ? filledUp(whole, among) : among) {
    const region = await regionOf(part, context, block.fence)
    if (region) split.push(region)
  }
  return one && savedBy([one]) >= savedBy(split) ? [one] : split
}

const savedBy = (regions: readonly Region[]) =>
  regions.reduce((sum, { start, end, text }) => sum + end - start - text.length, 0)

/** The parts among a whole, and what is left of it between them. */
function filledUp(whole: Part, among: readonly Part[]): Part[] {
  const parts: Part[] = []
  let start = whole.start
  for (const part of among) {
    if (part.start > start) parts.push({ ...whole, start, end: part.start })
    parts.push(part)
    start = part.end
  }
  if (whole.end > start) parts.push({ ...whole, start })
  return parts
}

async function proseIn(page: Page, from: number, end: number, context: FilterContext): Promise<Region[]> {
  // A region may end within a line.
  const start = page.start(page.lineAt(from)) < from ? page.start(page.lineAt(from) + 1) : from
  if (end - start < LEAST_PROSE || !isProse(readersOf(page.text.slice(start, end), {}))) return []
  const region = await regionOf({ start, end, filters: ['kompress'] }, context)
  return region ? [region] : []
}
