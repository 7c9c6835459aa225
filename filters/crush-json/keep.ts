import type { Signal } from '../filter.ts'
import { BAD_WORDS, errorTest, placeTest } from './errors.ts'
import { type Field, fieldsOf, textAt, valueAt } from './fields.ts'
import { oddNames } from './odd.ts'
import { MOST_OUTLIERS, median, outliers } from './outliers.ts'
import { LITERAL, type Nodes, RAW } from './parse.ts'
import type { Model } from './shapes.ts'

/** Why a row must stay, most pressing first. */
export const REASONS = ['asked for', 'error', 'outlier', 'rare', 'beside an error', 'first or last'] as const
export type Reason = (typeof REASONS)[number]

/** Rows of one array or map that stay in every lossy form, by their place. O(nodes below it). */
export function mustKeep(model: Model, parent: number, words: readonly string[], signal: Signal): Map<number, Reason> {
  const rows = model.nodes.size[parent]!
  const fields = fieldsOf(model, parent, signal)
  const kept = new Map<number, Reason>()
  const keep = (reason: Reason, places: Iterable<number>) => {
    for (const place of places) if (place >= 0 && place < rows && !kept.has(place)) kept.set(place, reason)
  }
  if (words.length > 0) keep('asked for', asked(model, fields, rows, words))
  const wrong = failures(model, fields, rows)
  keep('error', wrong)
  keep('rare', broken(model, parent))
  keep('outlier', branches(model, parent))
  for (const field of fields) {
    signal.throwIfAborted(field.nodes.length)
    keep('outlier', far(model, field))
    keep('rare', rareValues(model, field, rows))
  }
  if (wrong.length <= rows * FEW_ERRORS) for (const place of wrong) keep('beside an error', [place - 1, place + 1])
  keep('rare', oddNames(model, parent, signal))
  keep('first or last', [0, 1, 2, rows - 2, rows - 1])
  return kept
}

/** Rows that tell of errors, and those that name places in source text if they are few. */
function failures(model: Model, fields: readonly Field[], rows: number): readonly number[] {
  const wrong = new Set<number>()
  const named = new Set<number>()
  for (const field of fields) {
    const isError = errorTest(field.name)
    if (isError) matching(model, field, isError, wrong)
    const hasPlace = placeTest(field.name)
    if (hasPlace) matching(model, field, hasPlace, named)
  }
  const found = named.size <= rows * FEW_ERRORS ? [...wrong, ...named] : [...wrong]
  return found.sort((a, b) => a - b)
}

/** Adds the rows whose value passes the test, each distinct value being tested once: it is counted once then, and twice if it passes. */
function matching(
  model: Model,
  field: Field,
  test: (text: string, literal: boolean) => boolean,
  places: Set<number>,
): void {
  const { counter, nodes } = model
  for (let i = 0; i < field.nodes.length; i++) {
    const value = valueAt(model, field, i)
    if (counter.of(value) === 0) {
      counter.add(value)
      if (test(textAt(model, field, i), !field.own && nodes.kind[field.nodes[i]!] === LITERAL)) counter.add(value)
    }
    if (counter.of(value) === 2) places.add(field.place(i))
  }
  counter.clear()
}

const FEW_ERRORS = 0.1

/** Lines that are no JSON, if they are few; else those that tell of errors. */
function broken({ nodes }: Model, parent: number): number[] {
  const places: { place: number; node: number }[] = []
  let place = 0
  for (let row = parent + 1; row < nodes.next[parent]!; row = nodes.next[row]!, place++)
    if (nodes.kind[row] === RAW) places.push({ place, node: row })
  const few = places.length <= Math.max(5, place * 0.05)
  return places.filter(({ node }) => few || BAD_WORDS.test(nodes.source(node).slice(0, 2000))).map(found => found.place)
}

/** Rows that hold far more than the others do, if they are few: folders among files. What they hold is cut on its own. */
function branches({ nodes }: Model, parent: number): number[] {
  const { next } = nodes
  const sizes = new Float64Array(nodes.size[parent]!)
  for (let row = parent + 1, place = 0; place < sizes.length; row = next[row]!, place++) sizes[place] = next[row]! - row
  const most = BRANCH * median(sizes)
  const large: number[] = []
  for (let place = 0; place < sizes.length; place++) if (sizes[place]! > most) large.push(place)
  return large.length <= Math.max(MOST_OUTLIERS, sizes.length * FEW_ERRORS) ? large : []
}

/** Times as many values as the row in the middle has. */
const BRANCH = 5

/** Rows of a field's numbers that lie far from the others, if half of its values are numbers. */
function far({ nodes }: Model, field: Field): number[] {
  const { nodes: found, own } = field
  const numbers = own ? 0 : found.reduce((sum, node) => sum + Number(isNumber(nodes, node)), 0)
  if (numbers < 8 || numbers < found.length * 0.5) return []
  const values = new Float64Array(numbers)
  const places = new Int32Array(numbers)
  for (let i = 0, n = 0; n < numbers; i++) {
    if (!isNumber(nodes, found[i]!)) continue
    values[n] = Number(nodes.source(found[i]!))
    places[n++] = field.place(i)
  }
  return outliers(values).map(i => places[i]!)
}

/** true, false and null are none. */
const isNumber = ({ kind, text, start }: Nodes, node: number): boolean =>
  kind[node] === LITERAL && text.charCodeAt(start[node]!) <= 0x39

/** Values that one or two rows have, in a column where most rows share a few. */
function rareValues(model: Model, field: Field, rows: number): number[] {
  const { nodes: found, name } = field
  if (rows < 8 || /^(?:id|name|title|key)$/i.test(name)) return []
  const { nodes, counter } = model
  const long = (i: number) => !field.own && nodes.end[found[i]!]! - nodes.start[found[i]!]! > LONG_VALUE
  const most = Math.max(50, rows / 10)
  for (let i = 0; i < found.length && counter.size <= most; i++) if (!long(i)) counter.add(valueAt(model, field, i))
  const rare = rareAmong(model, field, rows, most, long)
  counter.clear()
  return rare
}

/** UTF-16 units of a value, its quotes included, beyond which it is text. */
const LONG_VALUE = 202

function rareAmong(model: Model, field: Field, rows: number, most: number, long: (i: number) => boolean): number[] {
  const { counter } = model
  if (counter.size > most) return []
  const few = rows < 100 ? 1 : 2
  // A name that few rows have at all is rare itself.
  if (field.nodes.length <= few) return field.nodes.map((_, i) => field.place(i))
  const rare = counter.counts().filter(count => count <= few).length
  if (counter.size < 2 || rare > 10 || rare > counter.size / 2) return []
  const places: number[] = []
  for (let i = 0; i < field.nodes.length; i++)
    if (!long(i) && counter.of(valueAt(model, field, i)) <= few) places.push(field.place(i))
  return places
}

/** Rows that hold a word of the question, if few rows do: the rarer the word, the more it counts. At most 20. */
function asked(model: Model, fields: readonly Field[], rows: number, words: readonly string[]): number[] {
  const scores = new Map<number, number>()
  for (const word of words) {
    const hits = new Set<number>()
    for (const field of fields) matching(model, field, text => text.toLowerCase().includes(word), hits)
    if (hits.size === 0 || hits.size > rows / 2) continue
    const weight = Math.log(1 + rows / hits.size) * (/\d{4}|[@:./-]/.test(word) ? 3 : 1)
    for (const place of hits) scores.set(place, (scores.get(place) ?? 0) + weight)
  }
  const ranked = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return ranked.slice(0, 20).map(([place]) => place)
}

/** The words of a question that can tell rows apart. */
export function wordsOf(query: string | undefined): string[] {
  const found = (query ?? '').toLowerCase().match(/[\p{L}\d][\p{L}\d._@:/-]{1,80}/gu) ?? []
  const words = found.map(word => word.replace(/[.:/-]+$/, '')).filter(word => word.length > 2 && !COMMON.has(word))
  return [...new Set(words)].slice(0, 40)
}

const COMMON = new Set(
  'the and for are was were with what which who why how did does this that from have has had any all can could you our not but into out about there their they them when where find show list give tell please'.split(
    ' ',
  ),
)
