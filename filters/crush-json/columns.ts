import type { Signal } from '../filter.ts'
import { CODES, estimate, MOST_SHAPES } from './notation.ts'
import { sequenceOf } from './sequence.ts'
import type { Model, Shape } from './shapes.ts'
import { type Fit, fitsOf, type Part, type Source, type Template, templatesWith } from './templates.ts'
import { Tally, View } from './view.ts'

/** How a column is written. `rule` columns have no cells: rows that break the rule say so at their end. */
export type Codec =
  /** The value as it is; `typed` where all are strings and need no quotes to say so, `source` where other columns are made of it. */
  | { readonly kind: 'plain'; readonly typed: boolean; readonly source?: boolean }
  /** Always this value (-1: absent). */
  | { readonly kind: 'constant'; readonly node: number }
  /** A template; `number` where it gives a number and no string. */
  | { readonly kind: 'template'; readonly template: Template; readonly number: boolean }
  /** A small letter for each of a few values, by value id. */
  | { readonly kind: 'letters'; readonly letters: ReadonlyMap<number, string>; readonly entries: readonly number[] }
  /** Left out of all rows that have it: a marker in the head. */
  | { readonly kind: 'gap'; readonly marker: string }

export const isRule = (codec: Codec): boolean =>
  codec.kind === 'constant' || codec.kind === 'gap' || (codec.kind === 'template' && !codec.template.hasHole)

/** A shape with the codecs of its columns and what they save, in estimated tokens, against plain objects. */
export interface Coded {
  readonly shape: Shape
  readonly codecs: readonly Codec[]
  readonly saves: number
}

/** Columns that may stand in another one's template, and pairs of columns to try. */
const MOST_SOURCES = 150
const MOST_PAIRS = 20_000

/** The shapes of a document that pay for their heads, with the codecs of their columns; those that save most first. */
export function codeShapes(model: Model, signal: Signal): Coded[] {
  const tally = new Tally(model)
  const coded = model.shapes.map(shape => codeShape(model, shape, tally, signal)).filter(({ saves }) => saves > 0)
  return coded.sort((a, b) => b.saves - a.saves).slice(0, MOST_SHAPES)
}

/** Chooses a codec for each column by estimated tokens. O(cells), and bounded pairs of columns. */
function codeShape(model: Model, shape: Shape, tally: Tally, signal: Signal): Coded {
  const views = shape.columns.map(column => {
    signal.throwIfAborted(1 + shape.rows.length)
    return new View(model, column, tally)
  })
  const simple: readonly Codec[] = views.map((view, i) => simpleCodec(view, shape, i))
  const saved = (codecs: readonly Codec[]) => views.reduce((sum, view, i) => sum + savedBy(view, codecs[i]!, shape), 0)
  let codecs = derivedFrom(views, simple, shape, signal, new Set())
  let saves = saved(codecs)
  const bases = basesOf(views, simple, signal)
  if (bases.size > 0) {
    const based = derivedFrom(views, simple, shape, signal, bases)
    if (saved(based) > saves) [codecs, saves] = [based, saved(based)]
  }
  return { shape, codecs, saves: saves - (shape.kind === 'scalar' ? 0 : 2 * shape.rows.length) - 6 }
}

/** Shorter texts are no bases, in UTF-16 units; columns that must begin with one. */
const BASE = 12
const BASED = 3

/** Columns that all or most rows share and that others begin with: they may stand in their rows, so that the others follow from them. */
function basesOf(views: readonly View[], codecs: readonly Codec[], signal: Signal): Set<number> {
  const bases = new Set<number>()
  if (views.length > MOST_SOURCES) return bases
  const tops = views.map(view => (view.allStrings ? view.text(view.held.rows[view.top]!)! : ''))
  for (const [i, top] of tops.entries()) {
    signal.throwIfAborted()
    if (codecs[i]!.kind !== 'constant' || top.length < BASE) continue
    const based = tops.filter(text => text.length > top.length && text.startsWith(top))
    if (based.length >= BASED) bases.add(i)
  }
  return bases
}

/** Constant, counted up, lettered or plain: what the column can be on its own. */
function simpleCodec(view: View, shape: Shape, at: number): Codec {
  if (view.most === view.rows) return constantCodec(view)
  const counted = view.allStrings || view.allLiterals ? sequenceOf(view, shape.places) : undefined
  if (counted && shape.places[0]! >= 0) return { kind: 'template', template: counted, number: view.allLiterals }
  const plain = plainCodec(view)
  if (shape.keyed && at === 0) return plain
  const byDefault = defaultCost(view)
  const lettered = lettersOf(view)
  const best = Math.min(view.plain * 0.97 - 2, byDefault, lettered?.cost ?? Number.POSITIVE_INFINITY)
  if (best === byDefault) return constantCodec(view)
  return lettered && best === lettered.cost ? lettered.codec : plain
}

/** Always the value that most rows hold. */
const constantCodec = ({ column, held, top }: View): Codec => ({
  kind: 'constant',
  node: column.nodes[held.rows[top]!]!,
})

const plainCodec = (view: View): Codec & { kind: 'plain' } => ({
  kind: 'plain',
  typed: view.allStrings && view.held.rows.some(row => NUMERIC.test(view.text(row)!)),
})

const NUMERIC = /^(?:-?\d|true$|false$|null$)/

function defaultCost({ rows, held, name, top, most, size }: View): number {
  if (most < rows * 0.6 || rows < 4) return Number.POSITIVE_INFINITY
  const { counts, costs } = held
  let cost = name + costs[top]!
  for (let at = 0; at < size; at++) if (at !== top) cost += counts[at]! * (name + 1 + costs[at]!)
  return cost
}

/** Fewer cells than this share are better helped by the document's dictionary. */
const LETTERED = 0.75

/** What was worked out of a view before: a shape's codecs are chosen in several rounds. */
const lettered = new WeakMap<View, ReturnType<typeof chooseLetters>>()
const fits = new WeakMap<View, readonly Fit[]>()
const templated = new WeakMap<Template, number>()

function lettersOf(view: View): { codec: Codec; cost: number } | undefined {
  if (!lettered.has(view)) lettered.set(view, chooseLetters(view))
  return lettered.get(view)
}

function fitsAlone(view: View, places: Int32Array): readonly Fit[] {
  let known = fits.get(view)
  if (!known) fits.set(view, (known = fitsOf(view, places)))
  return known
}

function chooseLetters(view: View): { codec: Codec; cost: number } | undefined {
  const { rows, held, size } = view
  if (rows < 4 || size > Math.max(200, rows / 2)) return undefined
  const { ids, counts, costs } = held
  const entries: { place: number; gain: number }[] = []
  for (let place = 0; place < size; place++) {
    const gain = (counts[place]! - 1) * (costs[place]! - 2) - 3
    if (gain > 0 && ids[place]! >= 0 && view.text(held.rows[place]!) !== undefined) entries.push({ place, gain })
  }
  const places = entries
    .sort((a, b) => b.gain - a.gain || ids[a.place]! - ids[b.place]!)
    .slice(0, CODES.length)
    .map(({ place }) => place)
    .sort((a, b) => a - b)
  const covered = places.reduce((sum, place) => sum + counts[place]!, 0)
  if (covered < rows * LETTERED) return undefined
  const letters = new Map(places.map((place, i) => [ids[place]!, CODES[i]!]))
  let cost = 4
  for (let place = 0; place < size; place++) {
    const [count, each] = [counts[place]!, costs[place]!]
    cost += letters.has(ids[place]!) ? each + 3 + 2 * count : count * (each + 1)
  }
  return { codec: { kind: 'letters', letters, entries: places.map(place => held.rows[place]!) }, cost }
}

/**
 * The codecs with columns that follow from others, longest first; a column that others follow from stands in its rows. Of those that
 * rows share, only `bases` may.
 */
function derivedFrom(
  views: readonly View[],
  simple: readonly Codec[],
  shape: Shape,
  signal: Signal,
  bases: ReadonlySet<number>,
): readonly Codec[] {
  const codecs = [...simple]
  const rows = shape.rows.length
  const needed = new Set<number>()
  const order = views
    .map((view, i) => ({ i, length: view.plain }))
    .filter(
      ({ i }) => (isOpen(codecs[i]!, views[i]!) || (bases.size > 0 && codecs[i]!.kind === 'constant')) && !bases.has(i),
    )
    .filter(({ i }) => !(shape.keyed && i === 0))
    .sort((a, b) => b.length - a.length || a.i - b.i)
  const sources = views.map((view, i) => sourceOf(view, i, codecs[i]!, bases))
  let pairs = 0
  for (const { i } of order) {
    const view = views[i]!
    if (!view.allStrings || needed.has(i)) continue
    const others: Source[] = []
    for (let j = 0; j < sources.length && others.length < MOST_SOURCES && pairs < MOST_PAIRS; j++) {
      const source = sources[j]
      if (j === i || !source) continue
      pairs++
      others.push(source)
    }
    signal.throwIfAborted(rows * 2 + others.length)
    const alone = fitsAlone(view, shape.places)
    const templates = [...templatesWith(view, alone, others), ...alone.flatMap(({ template }) => template ?? [])]
    const best = better(view, codecs[i]!, templates)
    if (!best) continue
    codecs[i] = { kind: 'template', template: best, number: false }
    sources[i] = sourceOf(view, i, codecs[i]!, bases)
    for (const part of best.parts)
      if (typeof part !== 'string' && part.kind === 'column' && !part.own) needed.add(part.column)
  }
  for (const i of needed) codecs[i] = { ...plainCodec(views[i]!), source: true }
  return codecs
}

/** The column as one that others may be made of; undefined where they may not. */
function sourceOf(view: View, column: number, codec: Codec, bases: ReadonlySet<number>): Source | undefined {
  if (codec.kind === 'template')
    return codec.template.hasHole ? { column, own: true, text: row => codec.template.own[row] } : undefined
  const fixed = codec.kind === 'constant'
  if (fixed ? !bases.has(column) : !isOpen(codec, view)) return undefined
  return { column, ...(fixed && { fixed }), text: row => view.text(row) }
}

/** Columns that may yet follow from others, and that others may follow from: all but those that are the same in every row or counted. */
const isOpen = (codec: Codec, view: View) =>
  codec.kind === 'plain' || codec.kind === 'letters' || (codec.kind === 'constant' && view.size > 1)

function better(view: View, codec: Codec, templates: readonly Template[]): Template | undefined {
  let cost = codec.kind === 'constant' ? defaultCostOf(view) : view.plain * 0.97 - 2
  if (codec.kind === 'letters') cost = lettersOf(view)!.cost
  let best: Template | undefined
  for (const template of templates) {
    const found = templateCost(view, template)
    if (found < cost) [best, cost] = [template, found]
  }
  return best
}

function templateCost(view: View, template: Template): number {
  let cost = templated.get(template)
  if (cost === undefined) templated.set(template, (cost = costOf(view, template)))
  return cost
}

function costOf(view: View, { parts, own, ofValue, hasHole }: Template): number {
  const broken = hasHole ? 2 : view.name + 2
  const { rows, costs } = view.held
  const cellCost = (text: string | undefined, place: number) =>
    text === undefined ? costs[place]! + broken : hasHole ? estimate(text) + 1.5 : 0
  let cost = parts.reduce((sum, part: Part) => sum + (typeof part === 'string' ? estimate(part) : 3), 1)
  const known = ofValue && Float64Array.from(rows, (row, place) => cellCost(own[row], place))
  for (let row = 0; row < own.length; row++) {
    const place = view.at[row]!
    cost += known ? known[place]! : cellCost(own[row], place)
  }
  return cost
}

/** Estimated tokens saved against `"name":value` in each row. */
function savedBy(view: View, codec: Codec, shape: Shape): number {
  const names = view.column.what === 'member' ? (view.name + 1) * (shape.rows.length - 1) : 0
  if (codec.kind === 'constant') return names + view.plain - defaultCostOf(view)
  if (codec.kind === 'template') return names + view.plain - templateCost(view, codec.template)
  return names + (codec.kind === 'letters' ? view.plain - lettersOf(view)!.cost : 0)
}

const defaultCostOf = (view: View): number => (view.most === view.rows ? view.held.costs[view.top]! : defaultCost(view))
