import { path } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'
import type { Coded } from './columns.ts'
import { type Cut, type Cuts, NO_CUTS } from './cuts.ts'
import { mustKeep, type Reason, wordsOf } from './keep.ts'
import { BLOB, isBlob, isKeyName, isOpaque, SHORT } from './opaque.ts'
import { ARRAY, LITERAL, type Nodes, STRING } from './parse.ts'
import { hasPaths, lastName, pathOf, type Span, spanOf } from './paths.ts'
import type { Model, Shape } from './shapes.ts'

/** Hashes that a column needs to be worth a marker. */
const COLUMN_ROWS = 6
/** Where more than this share of the rows must stay, that tells none from another. */
const SPARED = 0.25
/** Children by which maps are searched one by one. */
const MOST_MEMBERS = 3000
/** What is left out is at least this share of the text that brings it back; of numbers, whose rows would go otherwise, this. */
const WORTH = 1 / 40
const NUMBERS_WORTH = 1 / 100

/** A column that may go. */
interface Opaque {
  readonly shape: Shape
  readonly column: number
  readonly hashes: number
  /** UTF-16 units of its hashes. */
  readonly units: number
  readonly span: Span
}

/** Columns of hashes, and single blobs; with `numbers`, columns of measured ones too. Not in NDJSON, whose cells have no selectors. */
export function offload({ model, coded, lines, context }: Cut, numbers = false): Cuts {
  if (lines || !hasPaths(model)) return NO_CUTS
  const columns = new Map<Shape, Map<number, string>>()
  const spared = new Set<number>()
  let units = 0
  const opaque = worthwhile(
    model,
    numbers ? NUMBERS_WORTH : WORTH,
    coded.flatMap(one => opaqueColumns(model, one, numbers ? isNoise : isHash, context)),
  )
  for (const one of opaque) {
    let known = columns.get(one.shape)
    if (!known) {
      columns.set(one.shape, (known = new Map()))
      for (const row of mustShow(model, one.shape, context)) spared.add(row)
    }
    known.set(one.column, columnMarker(model, one, spared, context))
    units += one.units * (1 - SPARED)
  }
  const values = blobs(model, context)
  for (const node of values.keys()) units += model.nodes.end[node]! - model.nodes.start[node]!
  return { ...NO_CUTS, units, columns, spared, values }
}

function columnMarker(
  { nodes }: Model,
  { shape, column, span }: Opaque,
  spared: ReadonlySet<number>,
  context: FilterContext,
) {
  const cells = shape.columns[column]!.nodes
  let gone = 0
  for (let i = 0; i < cells.length; i++) if (cells[i]! >= 0 && !spared.has(shape.rows[i]!)) gone++
  const what = cells.some(node => node >= 0 && nodes.kind[node] === STRING) ? 'hashes' : 'numbers'
  return context.omit(path(span.selector), `${gone} ${what}`, `column of ${what}`)
}

/** Long binary values, with their markers. */
function blobs(model: Model, context: FilterContext): ReadonlyMap<number, string> {
  const { nodes } = model
  const values = new Map<number, string>()
  for (let i = 0; i < nodes.count; i++) {
    if (nodes.kind[i] !== STRING || nodes.end[i]! - nodes.start[i]! < BLOB) continue
    const text = nodes.source(i).slice(1, -1)
    if (isBlob(text))
      values.set(i, context.omit(path(pathOf(model, i)), `${text.length} characters of base64 or hex`, 'blob'))
  }
  return values
}

/** Why a row stays whole, without a budget and with one. */
const WHOLE: ReadonlySet<Reason> = new Set<Reason>(['asked for', 'error', 'outlier', 'rare'])
const ASKED: ReadonlySet<Reason> = new Set<Reason>(['asked for'])

/** Rows of a shape that stay whole: those that must stay in any case, or belong to an element that must, if they are few. */
function mustShow(model: Model, { rows }: Shape, context: FilterContext): readonly number[] {
  const lists = new Map<number, ReadonlyMap<number, Reason>>()
  const words = wordsOf(context.query)
  const whole = context.budget === undefined ? WHOLE : ASKED
  const wrong: number[] = []
  const odd: number[] = []
  for (const row of rows) {
    const element = elementOf(model, row)
    if (element < 0) continue
    const list = model.parent[element]!
    let reasons = lists.get(list)
    if (!reasons) lists.set(list, (reasons = mustKeep(model, list, words, context.signal)))
    const reason = reasons.get(model.place[element]!)
    if (reason !== undefined && whole.has(reason)) (reason === 'outlier' || reason === 'rare' ? odd : wrong).push(row)
  }
  const most = rows.length * SPARED
  return [...(wrong.length <= most ? wrong : []), ...(wrong.length + odd.length <= most ? odd : [])]
}

/** The element of a list, itself or what it stands in, to which a node belongs; -1 where there is none. */
function elementOf({ nodes, parent, maps }: Model, node: number): number {
  for (let i = node; i > 0; i = parent[i]!) {
    const list = parent[i]!
    if (nodes.size[list]! >= COLUMN_ROWS && (nodes.kind[list] === ARRAY || maps.has(list))) return i
  }
  return -1
}

/** Fetching one hash brings all that its selector names: a few hashes of a large container stay in the text. */
function worthwhile({ nodes }: Model, worth: number, found: readonly Opaque[]): readonly Opaque[] {
  const units = new Map<number, number>()
  for (const { span, units: more } of found) units.set(span.container, (units.get(span.container) ?? 0) + more)
  return found.filter(({ span }) => {
    const fetched = nodes.end[span.last]! - nodes.start[span.first]!
    return units.get(span.container)! >= fetched * worth
  })
}

/** Is a value of the kind that may go? */
type Test = (nodes: Nodes, node: number) => boolean

const isHash: Test = ({ kind, text, start, end }, node) =>
  kind[node] === STRING &&
  end[node]! - start[node]! - 2 >= SHORT &&
  isOpaque(text.slice(start[node]! + 1, end[node]! - 1))

/** A measured number: a reader asks for the large and the small ones. */
const isNoise: Test = (nodes, node) =>
  isHash(nodes, node) || (nodes.kind[node] === LITERAL && /^-?\d{1,15}\.\d{2}/.test(nodes.source(node)))

function opaqueColumns(model: Model, { shape, codecs }: Coded, test: Test, context: FilterContext): Opaque[] {
  if (shape.rows.length < COLUMN_ROWS || (shape.keyed && shape.rows.length > MOST_MEMBERS)) return []
  const needed = new Set(
    codecs
      .flatMap(codec => (codec.kind === 'template' ? codec.template.parts : []))
      .flatMap(part => (typeof part !== 'string' && part.kind === 'column' ? [part.column] : [])),
  )
  const found: Opaque[] = []
  for (const [i, column] of shape.columns.entries()) {
    const codec = codecs[i]!
    const open = codec.kind === 'plain' || (codec.kind === 'template' && codec.template.hasHole)
    if (!open || column.what !== 'member' || needed.has(i) || isKeyName(lastName(model, column.path))) continue
    const opaque = opaqueCells(model, column.nodes, test, context)
    if (opaque) found.push({ shape, column: i, ...opaque })
  }
  return found
}

/** What nearly all of a column's values are, if those may go. */
function opaqueCells(model: Model, column: Int32Array, test: Test, { signal }: FilterContext) {
  const { nodes, identity, counter } = model
  let [hashes, units, present] = [0, 0, 0]
  // Columns of anything else are left soon.
  const enough = column.length / 4 + COLUMN_ROWS
  let [first, last] = [nodes.count, -1]
  for (const node of column) {
    signal.throwIfAborted()
    if (node < 0) continue
    present++
    first = Math.min(first, node)
    last = Math.max(last, node)
    counter.add(identity.value[node]!)
    if (!test(nodes, node)) {
      if (present - hashes <= enough) continue
      counter.clear()
      return undefined
    }
    hashes++
    units += nodes.end[node]! - nodes.start[node]!
  }
  const distinct = counter.clear()
  if (hashes < COLUMN_ROWS || hashes < present * 0.8 || distinct < present * 0.5) return undefined
  return { hashes, units, span: spanOf(model, first, last) }
}
