import type { Selector } from '../../ccr/select.ts'
import type { FilterContext, Signal } from '../filter.ts'
import { lineStarts } from '../log/sheet.ts'
import { weight } from '../log/weight.ts'
import { csvSegments, csvShape } from './csv.ts'
import { cutBlock } from './cut.ts'
import { Tables } from './decode.ts'
import type { Block } from './grid.ts'
import { layoutOf } from './layouts.ts'
import { Legend } from './legend.ts'
import { GAPPED, withoutHashes } from './offload.ts'
import { literal, printBlock } from './print.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { tableOf } from './table.ts'

/** The parts of a text, its tables found; to be asked for as often as they are needed. */
export type Parts = () => Iterable<Segment>

/** The parts of `text`, or undefined where none is a table. */
export function partsOf(text: string, signal: Signal): Parts | undefined {
  const shape = csvShape(text, signal)
  if (shape) return () => csvSegments(text, shape, signal)
  const segments = segmentsOf(text.split('\n'), signal)
  return segments.some(({ block }) => block) ? () => segments : undefined
}

/** A body, and what its head line says of the notation. */
export interface Encoded {
  readonly body: string
  readonly note: string
}

/**
 * The text with its tables in the notation of index.ts, with about `share` of the rows of the large ones behind markers. Undefined
 * where that makes no part of it shorter. `text` is given where the tables stand in it as they are: then hashes may go too.
 */
export function encode(
  parts: Parts,
  text: string | undefined,
  share: number,
  context: FilterContext,
): Encoded | undefined {
  const places = context.mode === 'lossless' || text === undefined ? undefined : lineStarts(text)
  let shorter = false
  const out: string[] = []
  const legend = new Legend()
  for (const segment of parts()) {
    const shown = segment.block && shownBlock(segment, segment.block, share, places, legend, context)
    if (shown) {
      shorter = true
      out.push(...shown)
    } else for (const line of segment.lines) out.push(literal(line))
  }
  return shorter ? { body: out.join('\n'), note: legend.toString() } : undefined
}

/** Tables of fewer rows keep them all. */
const LARGE = 24

/** The segment's table, where it takes fewer tokens than its lines. */
function shownBlock(
  { lines, starts }: Segment,
  block: Block,
  share: number,
  places: Int32Array | undefined,
  legend: Legend,
  context: FilterContext,
): readonly string[] | undefined {
  const bare = (places && starts && withoutHashes(block, starts, places, context)) ?? block
  const cut = share > 0 && block.items.length >= LARGE && starts ? cutBlock(bare, starts, share, context) : undefined
  const { grids, items } = cut ?? bare
  const tables = grids.map(grid => tableOf(grid, context.signal))
  const shown = printBlock(tables, items, context.signal)
  if (lines.length > 0 && weightOf(shown) >= weightOf(lines)) return undefined
  legend.add(tables)
  return shown
}

const weightOf = (lines: readonly string[]) => lines.reduce((sum, line) => sum + 1 + weight(line), 0)

export function decode(body: string, gap: (where: Selector) => string, note = ''): string {
  return new Tables(body, layoutOf, gap, note.includes(GAPPED)).read().join('\n')
}
