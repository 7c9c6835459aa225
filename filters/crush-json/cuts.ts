import { lineRanges, path } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'
import type { Coded } from './columns.ts'
import { mustKeep, REASONS, type Reason, wordsOf } from './keep.ts'
import { ARRAY, STRING } from './parse.ts'
import { hasPaths, lastName, pathOf } from './paths.ts'
import type { Model, Shape } from './shapes.ts'

/** What is left out of a document, and the markers that stand for it. */
export interface Cuts {
  /** UTF-16 units that columns and values leave out. */
  readonly units: number
  /** Columns by shape: their markers stand in the head. */
  readonly columns: ReadonlyMap<Shape, ReadonlyMap<number, string>>
  /** Rows that show what their shape's columns leave out. */
  readonly spared: ReadonlySet<number>
  /** Nodes whose marker stands in their place. */
  readonly values: ReadonlyMap<number, string>
  /** Arrays and maps that keep only some children: 1 by place. */
  readonly kept: ReadonlyMap<number, Uint8Array>
  /** Why rows of those stay, by place. */
  readonly reasons: ReadonlyMap<number, ReadonlyMap<number, Reason>>
  /** The marker for children `from`..`to` (exclusive) of a node; `first` is the first of them. */
  marker(node: number, from: number, to: number, first: number): string
}

/** Nothing is left out. */
export const NO_CUTS: Cuts = {
  units: 0,
  columns: new Map(),
  spared: new Set(),
  values: new Map(),
  kept: new Map(),
  reasons: new Map(),
  marker: () => {
    throw new RangeError('nothing was left out')
  },
}

export interface Cut {
  readonly model: Model
  readonly coded: readonly Coded[]
  readonly lines: boolean
  readonly context: FilterContext
}

/** Children that an array needs before some are left out; fewer in a row stay. */
const FEW = 12
const RUN = 3
/** Rows that stay though nothing says that they must, at most. */
const MOST_EXTRA = 400

/**
 * Rows of arrays and maps left out but for those that must stay and `share` of the others, spread evenly. Nested ones are cut too, where
 * they stay.
 */
export function dropRows(cut: Cut, base: Cuts, share: number): Cuts {
  const { model, lines, context } = cut
  const { nodes } = model
  if (!lines && !hasPaths(model)) return base
  const words = wordsOf(context.query)
  const kept = new Map<number, Uint8Array>()
  const reasons = new Map<number, ReadonlyMap<number, Reason>>()
  for (let i = 0; i < nodes.count; ) {
    context.signal.throwIfAborted()
    if (i > 0 && kept.get(model.parent[i]!)?.[model.place[i]!] === 0) {
      i = nodes.next[i]!
      continue
    }
    const droppable = nodes.size[i]! >= FEW && (lines ? i === 0 : nodes.kind[i] === ARRAY || model.maps.has(i))
    if (droppable) {
      const must = mustKeep(model, i, words, context.signal)
      const flags = keepFlags(nodes.size[i]!, must.keys(), share)
      if (flags) kept.set(i, flags)
      if (flags) reasons.set(i, must)
    }
    i++
  }
  const marker: Cuts['marker'] = (node, from, to, first) => markerOf(cut, node, from, to, first)
  return { ...base, kept, reasons, marker }
}

function keepFlags(size: number, must: Iterable<number>, share: number): Uint8Array | undefined {
  const flags = new Uint8Array(size)
  for (const place of must) flags[place] = 1
  const more = Math.min(MOST_EXTRA, Math.floor(share * size))
  for (let n = 0; n < more; n++) flags[Math.floor(((n + 0.5) * size) / more)] = 1
  let gone = 0
  for (let i = 0; i < size; ) {
    let j = i
    while (j < size && flags[j] === 0) j++
    if (j - i > 0 && j - i < RUN) flags.fill(1, i, j)
    else gone += j - i
    i = Math.max(j, i + 1)
  }
  return gone > 0 ? flags : undefined
}

/** Runs of rows that `explain` is told of. */
const MOST_RUNS = 200

/** Tells why rows stayed, the most pressing reasons first. */
export function explainKept({ model, lines, context }: Cut, { reasons }: Cuts): void {
  let runs = 0
  for (const reason of REASONS)
    for (const [node, why] of reasons) {
      const places = [...why].flatMap(([place, one]) => (one === reason ? [place] : [])).sort((a, b) => a - b)
      for (const [from, to] of runsOf(places)) {
        if (runs++ === MOST_RUNS) return
        context.keep(lines ? lineRanges([[from + 1, to]]) : path(`${pathOf(model, node)}[${from}:${to}]`), reason)
      }
    }
}

/** Ascending numbers as ranges, their ends exclusive. */
function runsOf(places: readonly number[]): [from: number, to: number][] {
  const runs: [number, number][] = []
  for (const place of places) {
    const last = runs.at(-1)
    if (last?.[1] === place) last[1]++
    else runs.push([place, place + 1])
  }
  return runs
}

function markerOf({ model, lines, context }: Cut, node: number, from: number, to: number, first: number): string {
  const rows = `${to - from} rows`
  if (lines) return context.omit({ kind: 'lines', ranges: [[from + 1, to]] }, rows, 'rows like the others')
  const about = to - from >= SUMMARY_ROWS ? summaryOf(model, first, to - from) : ''
  return context.omit(
    path(`${pathOf(model, node)}[${from}:${to}]`),
    about ? `${rows}: ${about}` : rows,
    'rows like the others',
  )
}

/** Rows that a gap needs before a summary helps. */
const SUMMARY_ROWS = 10

/** The commonest values of up to two columns of few values: `level INFO 80 WARN 4`. */
function summaryOf(model: Model, first: number, count: number): string {
  const { nodes, shapeOf, rowOf, shapes, identity } = model
  const parts: string[] = []
  const children: number[] = []
  for (let child = first; children.length < count; child = nodes.next[child]!) children.push(child)
  const shape = shapes[shapeOf[first]!]
  for (const column of shape?.columns ?? []) {
    if (column.what !== 'member' || parts.length === 2) continue
    const counts = new Map<number, { text: string; count: number }>()
    for (const child of children) {
      const at = shapes[shapeOf[child]!] === shape ? column.nodes[rowOf[child]!]! : -1
      if (at < 0 || nodes.kind[at] !== STRING || nodes.end[at]! - nodes.start[at]! > 24) continue
      const known = counts.get(identity.value[at]!)
      if (known) known.count++
      else counts.set(identity.value[at]!, { text: nodes.source(at).slice(1, -1), count: 1 })
    }
    if (counts.size < 2 || counts.size > 4) continue
    const words = [...counts.values()].map(({ text, count }) => `${text} ${count}`)
    parts.push(`${lastName(model, column.path)} ${words.join(' ')}`)
  }
  return parts.join(', ').replaceAll(':', '')
}
