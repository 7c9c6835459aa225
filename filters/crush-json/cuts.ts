import { path } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'
import type { Coded } from './columns.ts'
import { mustKeep, wordsOf } from './keep.ts'
import { isBlob, isKeyName, isOpaque } from './opaque.ts'
import { ARRAY, STRING } from './parse.ts'
import { hasPaths, pathOf } from './paths.ts'
import type { Model, Shape } from './shapes.ts'

/** What is left out of a document, and the markers that stand for it. */
export interface Cuts {
  /** Columns by shape: their markers stand in the head. */
  readonly columns: ReadonlyMap<Shape, ReadonlyMap<number, string>>
  /** Nodes whose marker stands in their place. */
  readonly values: ReadonlyMap<number, string>
  /** Arrays and maps that keep only some children: 1 by place. */
  readonly kept: ReadonlyMap<number, Uint8Array>
  /** The marker for children `from`..`to` (exclusive) of a node; `first` is the first of them. */
  marker(node: number, from: number, to: number, first: number): string
}

/** Nothing is left out. */
export const NO_CUTS: Cuts = {
  columns: new Map(),
  values: new Map(),
  kept: new Map(),
  marker: () => {
    throw new RangeError('nothing was left out')
  },
}

/** Rows that a column needs to be worth a marker, and estimated units saved. */
const COLUMN_ROWS = 6
/** Children by which maps are searched one by one. */
const MOST_MEMBERS = 3000

export interface Cut {
  readonly model: Model
  readonly coded: readonly Coded[]
  readonly lines: boolean
  readonly context: FilterContext
}

/** Columns of hashes, and single blobs. Not in NDJSON, whose cells have no selectors. */
export function offload({ model, coded, lines, context }: Cut): Cuts {
  if (lines || !hasPaths(model)) return NO_CUTS
  const columns = new Map<Shape, Map<number, string>>()
  for (const one of coded) {
    const found = opaqueColumns(model, one, context)
    if (found.size > 0) columns.set(one.shape, found)
  }
  const values = new Map<number, string>()
  const { nodes } = model
  for (let i = 0; i < nodes.count; i++) {
    if (nodes.kind[i] !== STRING || nodes.end[i]! - nodes.start[i]! < 400) continue
    const text = nodes.source(i).slice(1, -1)
    if (isBlob(text))
      values.set(i, context.omit(path(pathOf(model, i)), `${text.length} characters of base64 or hex`, 'blob'))
  }
  return { ...NO_CUTS, columns, values }
}

function opaqueColumns(model: Model, { shape, codecs }: Coded, context: FilterContext): Map<number, string> {
  const found = new Map<number, string>()
  const { nodes } = model
  if (shape.rows.length < COLUMN_ROWS || (shape.keyed && shape.rows.length > MOST_MEMBERS)) return found
  const needed = new Set(
    codecs.flatMap(codec =>
      codec.kind === 'template'
        ? codec.template.parts.flatMap(part =>
            typeof part !== 'string' && part.kind === 'column' ? [part.column] : [],
          )
        : [],
    ),
  )
  for (const [i, column] of shape.columns.entries()) {
    const codec = codecs[i]!
    const open = codec.kind === 'plain' || (codec.kind === 'template' && codec.template.hasHole)
    if (!open || column.what !== 'member' || needed.has(i) || isKeyName(lastName(model, column.path))) continue
    let [opaque, present] = [0, 0]
    const distinct = new Set<number>()
    for (const node of column.nodes) {
      context.signal.throwIfAborted()
      if (node < 0) continue
      present++
      distinct.add(model.identity.value[node]!)
      if (nodes.kind[node] === STRING && isOpaque(nodes.source(node).slice(1, -1))) opaque++
    }
    if (opaque < COLUMN_ROWS || opaque < present * 0.8 || distinct.size < present * 0.5) continue
    found.set(i, context.omit(path(commonPath(model, shape)), `${opaque} hashes`, 'column of hashes'))
  }
  return found
}

const lastName = ({ nodes }: Model, names: readonly number[]): string => nodes.keys[names.at(-1)!]!.slice(1, -1)

/** The container of all rows, if there is one; else the document. */
function commonPath(model: Model, { rows }: Shape): string {
  const parent = model.parent[rows[0]!]!
  return parent > 0 && rows.every(row => model.parent[row] === parent) ? pathOf(model, parent) : '$'
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
  for (let i = 0; i < nodes.count; ) {
    context.signal.throwIfAborted()
    const droppable = nodes.size[i]! >= FEW && (lines ? i === 0 : nodes.kind[i] === ARRAY || model.maps.has(i))
    if (droppable) {
      const flags = keepFlags(model, i, words, share, context)
      if (flags) kept.set(i, flags)
    }
    i++
  }
  const marker: Cuts['marker'] = (node, from, to, first) => markerOf(cut, node, from, to, first)
  return { ...base, kept, marker }
}

function keepFlags(
  model: Model,
  node: number,
  words: readonly string[],
  share: number,
  context: FilterContext,
): Uint8Array | undefined {
  const size = model.nodes.size[node]!
  const flags = new Uint8Array(size)
  for (const place of mustKeep(model, node, words, context.signal).keys()) flags[place] = 1
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
