import { markerAt } from '../../ccr/marker.ts'
import type { Selector } from '../../ccr/select.ts'
import { isKeyName, isOpaque } from '../crush-json/opaque.ts'
import type { FilterContext } from '../filter.ts'
import type { Block, Grid } from './grid.ts'
import { unquoted } from './rule.ts'

/** What the note says where cells are markers. */
export const GAPPED = 'hashes in gaps'

/** UTF-16 units of a hash or of base64 from which on a marker is the shorter: a UUID and an MD5 stay. */
const LONG = 56
/** Fewer such cells are no burden. */
const FEWEST = 6
/** The share of a column's cells that must be so. */
const SHARE = 0.8

/**
 * The block with markers in place of the cells of columns of hashes and base64, where rows are cells joined by a delimiter. `starts` says
 * in which line (1-based) an item begins, and `lineStarts` where that is. Columns that readers ask for by name stay, and what the
 * question quotes. Undefined where no column is so. Linear.
 */
export function withoutHashes(
  block: Block,
  starts: readonly number[],
  lineStarts: ArrayLike<number>,
  context: FilterContext,
): Block | undefined {
  const [grid] = block.grids
  if (!grid || block.grids.length > 1 || grid.layout.spec.startsWith('cols')) return undefined
  const found = grid.columns.flatMap((column, at) => (at > 0 && isOfHashes(grid, at, context) ? [{ column, at }] : []))
  // Text that looks like a marker would be taken for one.
  if (found.length === 0 || grid.columns.some(column => column.some(cell => cell.startsWith('[... ')))) return undefined
  const columns = grid.columns.map(column => [...column])
  for (const [nth, item] of block.items.entries()) {
    if (!('row' in item)) continue
    context.signal.throwIfAborted(1 + found.length)
    let from = lineStarts[starts[nth]! - 1]!
    for (let at = 0; at < columns.length; at++) {
      const cell = grid.columns[at]![item.row]!
      if (found.some(one => one.at === at) && isHash(cell) && !context.query?.includes(unquoted(cell)))
        columns[at]![item.row] = context.omit(context.at(from, from + cell.length), `${cell.length} characters`, 'hash')
      from += cell.length + 1
    }
  }
  return { ...block, grids: [{ ...grid, columns, gapped: new Set(found.map(({ at }) => at)) }] }
}

const isHash = (cell: string) => cell.length >= LONG && isOpaque(unquoted(cell))

function isOfHashes({ columns, names }: Grid, at: number, { signal }: FilterContext): boolean {
  const column = columns[at]!
  signal.throwIfAborted(1 + column.length)
  const hashes = column.filter(isHash)
  if (hashes.length < FEWEST || hashes.length < SHARE * column.length || isKeyName(unquoted(names[at]!))) return false
  return new Set(hashes).size > hashes.length / 2
}

/** A cell that is a marker, filled; any other as it is. */
export function filledCell(cell: string, gap: (where: Selector) => string): string {
  const marker = cell.startsWith('[... ') ? markerAt(cell, 0) : undefined
  return marker?.end === cell.length ? gap(marker.where) : cell
}
