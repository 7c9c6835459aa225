import { path } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'
import type { Coded } from './columns.ts'
import { type Cut, type Cuts, NO_CUTS } from './cuts.ts'
import { isBlob, isKeyName, isOpaque } from './opaque.ts'
import { STRING } from './parse.ts'
import { hasPaths, lastName, pathOf, type Span, spanOf } from './paths.ts'
import type { Model, Shape } from './shapes.ts'

/** Hashes that a column needs to be worth a marker. */
const COLUMN_ROWS = 6
/** Children by which maps are searched one by one. */
const MOST_MEMBERS = 3000
/** What is left out is at least this share of the text that brings it back. */
const WORTH = 1 / 40

/** A column that may go. */
interface Opaque {
  readonly shape: Shape
  readonly column: number
  readonly hashes: number
  /** UTF-16 units of its hashes. */
  readonly units: number
  readonly span: Span
}

/** Columns of hashes, and single blobs. Not in NDJSON, whose cells have no selectors. */
export function offload({ model, coded, lines, context }: Cut): Cuts {
  if (lines || !hasPaths(model)) return NO_CUTS
  const columns = new Map<Shape, Map<number, string>>()
  for (const { shape, column, hashes, span } of worthwhile(
    model,
    coded.flatMap(one => opaqueColumns(model, one, context)),
  )) {
    const marker = context.omit(path(span.selector), `${hashes} hashes`, 'column of hashes')
    columns.set(shape, (columns.get(shape) ?? new Map()).set(column, marker))
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

/** Fetching one hash brings all that its selector names: a few hashes of a large container stay in the text. */
function worthwhile({ nodes }: Model, found: readonly Opaque[]): readonly Opaque[] {
  const units = new Map<number, number>()
  for (const { span, units: more } of found) units.set(span.container, (units.get(span.container) ?? 0) + more)
  return found.filter(({ span }) => {
    const fetched = nodes.end[span.last]! - nodes.start[span.first]!
    return units.get(span.container)! >= fetched * WORTH
  })
}

function opaqueColumns(model: Model, { shape, codecs }: Coded, context: FilterContext): Opaque[] {
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
    const opaque = hashesOf(model, column.nodes, context)
    if (opaque) found.push({ shape, column: i, ...opaque })
  }
  return found
}

/** What nearly all of a column's values are, if that is hashes. */
function hashesOf(model: Model, column: Int32Array, { signal }: FilterContext) {
  const { nodes, identity } = model
  const distinct = new Set<number>()
  let [hashes, units, present] = [0, 0, 0]
  let [first, last] = [nodes.count, -1]
  for (const node of column) {
    signal.throwIfAborted()
    if (node < 0) continue
    present++
    first = Math.min(first, node)
    last = Math.max(last, node)
    distinct.add(identity.value[node]!)
    if (nodes.kind[node] !== STRING || !isOpaque(nodes.source(node).slice(1, -1))) continue
    hashes++
    units += nodes.end[node]! - nodes.start[node]!
  }
  if (hashes < COLUMN_ROWS || hashes < present * 0.8 || distinct.size < present * 0.5) return undefined
  return { hashes, units, span: spanOf(model, first, last) }
}
