import type { Signal } from '../filter.ts'
import { CODES, estimate, MOST_SHAPES } from './notation.ts'
import type { Model, Shape } from './shapes.ts'
import { type Part, type Source, sequenceOf, type Template, templatesOf } from './templates.ts'
import { View } from './view.ts'

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
  const coded = model.shapes.map(shape => codeShape(model, shape, signal)).filter(({ saves }) => saves > 0)
  return coded.sort((a, b) => b.saves - a.saves).slice(0, MOST_SHAPES)
}

/** Chooses a codec for each column by estimated tokens. O(cells), and bounded pairs of columns. */
function codeShape(model: Model, shape: Shape, signal: Signal): Coded {
  const views = shape.columns.map(column => new View(model, column, signal))
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
  const tops = views.map(view => (view.allStrings ? view.texts[view.top.row]! : ''))
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
  const { top } = view
  const rows = view.ids.length
  if (top.count === rows) return { kind: 'constant', node: view.column.nodes[top.row]! }
  const counted = view.allStrings || view.allLiterals ? sequenceOf(view.texts, shape.places) : undefined
  if (counted && shape.places[0]! >= 0) return { kind: 'template', template: counted, number: view.allLiterals }
  const plain = plainCodec(view)
  if (shape.keyed && at === 0) return plain
  const byDefault = defaultCost(view, top)
  const lettered = lettersOf(view)
  const best = Math.min(view.plain * 0.97 - 2, byDefault, lettered?.cost ?? Number.POSITIVE_INFINITY)
  if (best === byDefault) return { kind: 'constant', node: view.column.nodes[top.row]! }
  return lettered && best === lettered.cost ? lettered.codec : plain
}

const plainCodec = (view: View): Codec & { kind: 'plain' } => ({
  kind: 'plain',
  typed: view.allStrings && view.texts.some(text => NUMERIC.test(text!)),
})

const NUMERIC = /^(?:-?\d|true$|false$|null$)/

function defaultCost(view: View, top: { id: number; count: number; row: number }): number {
  if (top.count < view.ids.length * 0.6 || view.ids.length < 4) return Number.POSITIVE_INFINITY
  let cost = view.name + view.costs[top.row]!
  for (const [id, count] of view.counts)
    if (id !== top.id) cost += count * (view.name + 1 + view.costs[view.first.get(id)!]!)
  return cost
}

/** Fewer cells than this share are better helped by the document's dictionary. */
const LETTERED = 0.75

/** What was worked out of a view before: a shape's codecs are chosen in several rounds. */
const lettered = new WeakMap<View, ReturnType<typeof chooseLetters>>()
const templated = new WeakMap<Template, number>()

function lettersOf(view: View): { codec: Codec; cost: number } | undefined {
  if (!lettered.has(view)) lettered.set(view, chooseLetters(view))
  return lettered.get(view)
}

function chooseLetters(view: View): { codec: Codec; cost: number } | undefined {
  const rows = view.ids.length
  if (rows < 4 || view.counts.size > Math.max(200, rows / 2)) return undefined
  const gain = (id: number) => (view.counts.get(id)! - 1) * (view.costs[view.first.get(id)!]! - 2) - 3
  const entries = [...view.counts.keys()]
    .filter(id => id >= 0 && gain(id) > 0 && view.texts[view.first.get(id)!] !== undefined)
    .sort((a, b) => gain(b) - gain(a) || a - b)
    .slice(0, CODES.length)
  const covered = entries.reduce((sum, id) => sum + view.counts.get(id)!, 0)
  if (covered < rows * LETTERED) return undefined
  const byFirst = entries.sort((a, b) => view.first.get(a)! - view.first.get(b)!)
  const letters = new Map(byFirst.map((id, i) => [id, CODES[i]!]))
  let cost = 4
  for (const [id, count] of view.counts) {
    const each = view.costs[view.first.get(id)!]!
    cost += letters.has(id) ? each + 3 + 2 * count : count * (each + 1)
  }
  return { codec: { kind: 'letters', letters, entries: byFirst.map(id => view.first.get(id)!) }, cost }
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
  const affixed = views.map((view, i) =>
    isOpen(codecs[i]!, view) && view.allStrings ? templatesOf(view.texts, [], shape.places) : [],
  )
  const needed = new Set<number>()
  const order = views
    .map((view, i) => ({ i, length: view.plain }))
    .filter(
      ({ i }) => (isOpen(codecs[i]!, views[i]!) || (bases.size > 0 && codecs[i]!.kind === 'constant')) && !bases.has(i),
    )
    .filter(({ i }) => !(shape.keyed && i === 0))
    .sort((a, b) => b.length - a.length || a.i - b.i)
  let pairs = 0
  for (const { i } of order) {
    const view = views[i]!
    if (!view.texts.some(text => text !== undefined) || needed.has(i)) continue
    const sources: Source[] = []
    for (let j = 0; j < views.length && sources.length < MOST_SOURCES && pairs < MOST_PAIRS; j++) {
      const source = codecs[j]!
      const fixed = source.kind === 'constant'
      const own = source.kind === 'template' && source.template.hasHole
      if (j === i || (fixed ? !bases.has(j) : !own && !isOpen(source, views[j]!))) continue
      pairs++
      signal.throwIfAborted()
      sources.push({ column: j, fixed, own, texts: own ? source.template.own : views[j]!.texts })
    }
    signal.throwIfAborted(rows * 2)
    const strings = stringsOf(view)
    const templates = strings ? templatesOf(strings, sources, shape.places) : []
    const best = better(view, codecs[i]!, [...templates, ...affixed[i]!])
    if (!best) continue
    codecs[i] = { kind: 'template', template: best, number: false }
    for (const part of best.parts)
      if (typeof part !== 'string' && part.kind === 'column' && !part.own) needed.add(part.column)
  }
  for (const i of needed) codecs[i] = { ...plainCodec(views[i]!), source: true }
  return codecs
}

/** The column's texts where it holds strings, other values being exceptions. */
function stringsOf(view: View): readonly (string | undefined)[] | undefined {
  return view.allStrings ? view.texts : undefined
}

/** Columns that may yet follow from others, and that others may follow from: all but those that are the same in every row or counted. */
const isOpen = (codec: Codec, view: View) =>
  codec.kind === 'plain' || codec.kind === 'letters' || (codec.kind === 'constant' && view.counts.size > 1)

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

function costOf(view: View, { parts, own, hasHole }: Template): number {
  let cost = parts.reduce((sum, part: Part) => sum + (typeof part === 'string' ? estimate(part) : 3), 1)
  for (const [row, text] of own.entries()) {
    if (text === undefined) cost += view.costs[row]! + (hasHole ? 2 : view.name + 2)
    else if (hasHole) cost += estimate(text) + 1.5
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

function defaultCostOf(view: View): number {
  const { top } = view
  return top.count === view.ids.length ? view.costs[top.row]! : defaultCost(view, top)
}
