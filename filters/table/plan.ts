import type { Signal } from '../filter.ts'
import { cellWeight, ENTRY, SEPARATOR, slotCost } from './cost.ts'
import { type Cells, distanceOf, pairsOf, stepOf, templateOf } from './derive.ts'
import type { Grid } from './grid.ts'
import { costOf, type Piece, piecesOf, WHOLE } from './pieces.ts'
import type { Part } from './rule.ts'
import { unquoted } from './rule.ts'
import { sampleRows } from './sample.ts'

/** How one column is to be made, before the rows are filled in. */
export interface Draft {
  readonly quoted: boolean
  /** Of the sample, unquoted; undefined where a quoted column has a cell without quotes. */
  readonly cells: Cells
  pieces: readonly Piece[]
  /** Tokens that it takes, about, and what it would take without codes. */
  cost: number
  /** The rule does not hold in every row, so the rows have a cell for it. */
  optional: boolean
  /** Other columns are written with it: it gets no codes, for a reader takes one step and not two. */
  isSource: boolean
  /** It is the same in all rows, counts, or is written with others. */
  settled: boolean
  /** What `by` looks up. */
  pairs?: ReadonlyMap<string, string>
}

/** Columns among which relations are sought. */
const MOST_RELATED = 40

/** A rule for each column, from a sample of the rows; whether it holds in all of them is seen when they are filled in. */
export function draftsOf(grid: Grid, signal: Signal): Draft[] {
  const rows = grid.columns[0]?.length ?? 0
  const sample = sampleRows(rows)
  const scale = rows / Math.max(1, sample.length)
  const drafts = grid.columns.map((cells, column) => {
    signal.throwIfAborted(1 + (rows >> 4) + sample.length)
    return grid.gapped?.has(column) ? asItStands(cells, sample) : draftOf(cells, sample, scale)
  })
  relate(drafts, scale, signal)
  return drafts
}

/** A marker is read whole: it takes no rule and no code. */
const asItStands = (all: readonly string[], sample: readonly number[]): Draft => ({
  quoted: false,
  cells: sample.map(row => all[row]!),
  pieces: WHOLE,
  cost: 0,
  optional: false,
  isSource: true,
  settled: true,
})

function draftOf(all: readonly string[], sample: readonly number[], scale: number): Draft {
  const first = all[0] ?? ''
  const raw = sample.map(row => all[row]!)
  const quotes = raw.filter(cell => unquoted(cell) !== cell).length
  const quoted = quotes > 0.5 * raw.length
  const cells = raw.map(cell => (!quoted ? cell : unquoted(cell) === cell ? undefined : unquoted(cell)))
  const common = { quoted, cells, optional: false, isSource: false }
  if (all.length > 1 && all.every(cell => cell === first))
    return {
      ...common,
      pieces: [{ part: { kind: 'text', text: quoted ? unquoted(first) : first } }],
      cost: 0,
      settled: true,
    }
  const by = stepOf(cells)
  if (by !== undefined && all.length > 3)
    return {
      ...common,
      pieces: [{ part: { kind: 'step', by } }],
      cost: 0.7 * all.length,
      optional: true,
      settled: true,
    }
  const known = cells.map(cell => cell ?? '')
  const pieces = piecesOf(known, scale)
  return { ...common, pieces, cost: costOf(pieces, known, scale), settled: false }
}

/** Columns that say what others say already: written with them, one more than they, or looked up by them. */
function relate(drafts: Draft[], scale: number, signal: Signal): void {
  const order = drafts
    .map((draft, at) => ({ draft, at, size: draft.cost }))
    .filter(({ draft }) => !draft.settled && draft.cost > 0)
    .sort((a, b) => b.size - a.size || b.at - a.at)
    .slice(0, MOST_RELATED)
  for (const { draft } of order) {
    if (draft.isSource) continue
    const sources = new Map(
      order.flatMap(({ draft: other, at }) => (other === draft || other.settled ? [] : [[at, other.cells]])),
    )
    signal.throwIfAborted(1 + sources.size * draft.cells.length)
    const found = [
      templated(draft, sources, drafts, scale),
      shifted(draft, sources, scale),
      lookedUp(draft, sources, drafts, scale),
    ].reduce((best, next) => (next && (!best || next.cost < best.cost) ? next : best), undefined)
    if (!found || found.cost + 2 >= draft.cost) continue
    settle(draft, found, drafts)
  }
}

interface Relation {
  readonly pieces: readonly Piece[]
  readonly cost: number
  readonly optional: boolean
  readonly pairs?: ReadonlyMap<string, string>
}

function settle(draft: Draft, found: Relation, drafts: readonly Draft[]): void {
  Object.assign(draft, found, { settled: true })
  for (const { part } of found.pieces)
    if ('column' in part) {
      const source = drafts[part.column]!
      source.cost = uncoded(source, 1)
      source.isSource = true
    }
}

/** What `{a} ({b})` costs: its exceptions, and the codes that its sources may no longer have. */
function templated(
  draft: Draft,
  sources: ReadonlyMap<number, Cells>,
  drafts: readonly Draft[],
  scale: number,
): Relation | undefined {
  const parts = templateOf(draft.cells, sources)
  if (!parts) return undefined
  const rest: string[] = []
  let odd = 0
  let exceptions = 0
  draft.cells.forEach((cell, row) => {
    const shown = restOf(parts, cell, row, drafts)
    if (shown !== undefined) rest.push(shown)
    else {
      odd++
      exceptions += (cellWeight(cell ?? 'NA') + SEPARATOR) * scale
    }
  })
  const penalty = penaltyOf(parts, drafts, scale)
  const open = parts.at(-1)!.kind === 'own'
  if (!open) {
    const optional = odd > 0
    return {
      pieces: parts.map(part => ({ part })),
      cost: penalty + exceptions + (optional ? 0.55 * rest.length * scale : 0),
      optional,
    }
  }
  const inner = piecesOf(rest, scale)
  const pieces = [...parts.slice(0, -1).map(part => ({ part })), ...inner]
  return { pieces, cost: penalty + exceptions + costOf(inner, rest, scale), optional: false }
}

/** What is left of `cell` behind the template; undefined where it does not fit. */
function restOf(
  parts: readonly Part[],
  cell: string | undefined,
  row: number,
  drafts: readonly Draft[],
): string | undefined {
  if (cell === undefined) return undefined
  let at = 0
  for (const part of parts) {
    const text = part.kind === 'text' ? part.text : part.kind === 'of' ? drafts[part.column]!.cells[row] : undefined
    if (part.kind === 'own') return cell.slice(at)
    if (text === undefined || !cell.startsWith(text, at)) return undefined
    at += text.length
  }
  return at === cell.length ? '' : undefined
}

function penaltyOf(parts: readonly Part[], drafts: readonly Draft[], scale: number): number {
  const sources = new Set(parts.flatMap(part => ('column' in part ? [part.column] : [])))
  let penalty = 0
  for (const column of sources) penalty += Math.max(0, uncoded(drafts[column]!, scale) - drafts[column]!.cost)
  return penalty
}

/** Tokens of a column that gets no codes. */
function uncoded(draft: Draft, scale: number): number {
  if (draft.isSource || draft.pieces !== WHOLE) return draft.cost
  return slotCost(draft.cells, scale, false)
}

function shifted(draft: Draft, sources: ReadonlyMap<number, Cells>, scale: number): Relation | undefined {
  for (const [column, cells] of sources) {
    const by = distanceOf(draft.cells, cells)
    if (by === undefined) continue
    const odd = draft.cells.filter((cell, row) => Number(cell) !== Number(cells[row]) + by).length
    const cost = odd ? 0.55 * draft.cells.length * scale + odd * 3 * scale : 0
    return { pieces: [{ part: { kind: 'plus', column, by } }], cost, optional: odd > 0 }
  }
  return undefined
}

function lookedUp(
  draft: Draft,
  sources: ReadonlyMap<number, Cells>,
  drafts: readonly Draft[],
  scale: number,
): Relation | undefined {
  let best: Relation | undefined
  for (const [column, cells] of sources) {
    const pairs = pairsOf(draft.cells, cells, draft.cells.length / 3)
    // Few rows a key may agree by chance.
    if (!pairs || pairs.size < 2 || pairs.size > draft.cells.length / 4) continue
    let table = 0
    for (const [key, value] of pairs) table += cellWeight(key) + cellWeight(value) + ENTRY
    // The sample shows only part of the keys of a long table.
    const growth = scale > 1 && pairs.size > draft.cells.length / 12 ? Math.sqrt(scale) : 1
    const cost = 0.2 * draft.cost + table * growth + penaltyOf([{ kind: 'by', column }], drafts, scale)
    if (!best || cost < best.cost) best = { pieces: [{ part: { kind: 'by', column } }], cost, optional: false, pairs }
  }
  return best
}
