import { lines as lineSelector } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'
import type { Block, Grid, Item } from './grid.ts'
import { keptRows } from './keep.ts'
import { unquoted } from './rule.ts'

/** Rows in a window of which some stay as they are, so that what stays is spread over the table. */
const WINDOW = 64
const LIKE_OTHERS = 'rows like the others'
/** A marker must stand for at least so many rows. */
const FEWEST = 4

/**
 * The block of one table with about `share` of its rows behind markers; which lines an item has, `starts` says (1-based, one more at
 * the end). What keptRows names stays. Undefined where nothing may go.
 */
export function cutBlock(
  { grids, items }: Block,
  starts: readonly number[],
  share: number,
  context: FilterContext,
): Block | undefined {
  const grid = grids[0]!
  if (grids.length !== 1) return undefined
  const kept = keptRows(grid, context.query, context.signal)
  const runs = runsOf(items, kept, Math.min(share, 1))
  if (runs.length === 0) return undefined
  for (const [row, why] of kept) {
    const at = items.findIndex(item => 'row' in item && item.row === row)
    if (at >= 0 && kept.size < 200) context.keep(lineSelector(starts[at]!, starts[at + 1]! - 1), why)
  }
  const stay = new Uint8Array(grid.columns[0]!.length).fill(1)
  const out: Item[] = []
  let at = 0
  for (const { from, to } of runs) {
    out.push(...items.slice(at, from))
    out.push({
      marker: context.omit(lineSelector(starts[from]!, starts[to]! - 1), says(grid, items, from, to), LIKE_OTHERS),
    })
    for (let i = from; i < to; i++) stay[(items[i] as { row: number }).row] = 0
    at = to
  }
  out.push(...items.slice(at))
  return withoutRows(grid, out, stay)
}

interface Run {
  readonly from: number
  readonly to: number
}

/** Items that go: in each window the longest stretch without a kept row, as long as its share is. */
function runsOf(items: readonly Item[], kept: ReadonlyMap<number, string>, share: number): Run[] {
  const window = share > 0.8 ? Math.max(WINDOW, Math.ceil(items.length / 12)) : WINDOW
  const runs: Run[] = []
  let owed = 0
  for (let start = 0; start < items.length; start += window) {
    const end = Math.min(items.length, start + window)
    owed += (end - start) * share
    let from = start
    const stretches: Run[] = []
    for (let at = start; at <= end; at++) {
      const item = items[at]
      if (at < end && item && 'row' in item && !kept.has(item.row)) continue
      if (at - from >= FEWEST) stretches.push({ from, to: at })
      from = at + 1
    }
    stretches.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)
    for (const { from, to } of stretches) {
      if (owed < FEWEST) break
      const length = Math.min(to - from, Math.round(owed))
      runs.push({ from: to - length, to })
      owed -= length
    }
  }
  return joined(runs.sort((a, b) => a.from - b.from))
}

/** Runs that meet become one. */
function joined(runs: readonly Run[]): Run[] {
  const out: Run[] = []
  for (const run of runs) {
    const last = out.at(-1)
    if (last?.to === run.from) out[out.length - 1] = { from: last.from, to: run.to }
    else out.push(run)
  }
  return out
}

/** `84 rows: iata ABC to ABX`: the first column says where a row would be. */
function says(grid: Grid, items: readonly Item[], from: number, to: number): string {
  const cellOf = (at: number) => unquoted(grid.columns[0]![(items[at] as { row: number }).row]!).slice(0, 24)
  const name = unquoted(grid.names[0]!).slice(0, 24)
  const [first, last] = [cellOf(from), cellOf(to - 1)]
  const clear = [first, last].every(cell => cell !== '' && !cell.includes('\n'))
  return `${to - from} rows${clear ? `: ${name ? `${name} ` : ''}${first} to ${last}` : ''}`
}

/** The grid with the rows that stay, and the items numbered anew. */
function withoutRows(grid: Grid, items: readonly Item[], stay: Uint8Array): Block {
  const columns = grid.columns.map(column => column.filter((_, row) => stay[row]))
  let next = 0
  const numbered = items.map((item): Item => ('row' in item ? { row: next++ } : item))
  return { grids: [{ ...grid, columns }], items: numbered }
}
