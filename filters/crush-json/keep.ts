import type { Signal } from '../filter.ts'
import { BAD_WORDS, type Field, hasPlace, isError } from './errors.ts'
import { oddNames } from './odd.ts'
import { ARRAY, LITERAL, OBJECT, RAW, STRING } from './parse.ts'
import type { Model } from './shapes.ts'

/** Why a row must stay, most pressing first. */
export const REASONS = ['asked for', 'error', 'outlier', 'rare', 'beside an error', 'first or last'] as const
export type Reason = (typeof REASONS)[number]

/** Rows of one array or map that stay in every lossy form, by their place. O(nodes below it). */
export function mustKeep(model: Model, parent: number, words: readonly string[], signal: Signal): Map<number, Reason> {
  const { nodes } = model
  const rows: Field[][] = []
  for (let row = parent + 1; row < nodes.next[parent]!; row = nodes.next[row]!) rows.push(fieldsOf(model, row, signal))
  const kept = new Map<number, Reason>()
  const keep = (place: number, reason: Reason) => void (kept.has(place) || kept.set(place, reason))
  for (const place of asked(rows, words)) keep(place, 'asked for')
  const wrong = failures(rows)
  for (const place of wrong) keep(place, 'error')
  for (const place of broken(model, parent)) keep(place, 'rare')
  for (const place of branches(model, parent)) keep(place, 'outlier')
  for (const [name, cells] of columnsOf(rows)) {
    signal.throwIfAborted(cells.length)
    for (const place of outliers(cells)) keep(place, 'outlier')
    for (const place of rareValues(cells, rows.length, name)) keep(place, 'rare')
  }
  if (wrong.length <= rows.length * FEW_ERRORS)
    for (const place of wrong) for (const next of [place - 1, place + 1]) if (rows[next]) keep(next, 'beside an error')
  for (const place of oddNames(model, parent, signal)) keep(place, 'rare')
  for (const place of [0, 1, 2, rows.length - 2, rows.length - 1])
    if (place >= 0 && place < rows.length) keep(place, 'first or last')
  return kept
}

/** Rows that tell of errors, and those that name places in source text if they are few. */
function failures(rows: readonly (readonly Field[])[]): number[] {
  const wrong = rows.flatMap((fields, place) => (fields.some(isError) ? [place] : []))
  const named = rows.flatMap((fields, place) => (fields.some(hasPlace) ? [place] : []))
  return named.length <= rows.length * FEW_ERRORS ? [...wrong, ...named] : wrong
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
  const sizes: number[] = []
  for (let row = parent + 1; row < nodes.next[parent]!; row = nodes.next[row]!) sizes.push(nodes.next[row]! - row)
  const middle = median(Float64Array.from(sizes))
  const large = sizes.flatMap((size, place) => (size > BRANCH * middle ? [place] : []))
  return large.length <= Math.max(MOST_OUTLIERS, sizes.length * FEW_ERRORS) ? large : []
}

/** Times as many values as the row in the middle has. */
const BRANCH = 5

/** Scalars of a row that are looked at; the rest of a very large row is not. */
const MOST_FIELDS = 200

function fieldsOf({ nodes }: Model, row: number, signal: Signal): Field[] {
  const fields: Field[] = []
  const names: string[] = ['']
  const ends: number[] = [nodes.next[row]!]
  for (let i = row; i < nodes.next[row]! && fields.length < MOST_FIELDS; i++) {
    signal.throwIfAborted()
    while (i >= ends.at(-1)!) {
      ends.pop()
      names.pop()
    }
    const own = nodes.key[i]! >= 0 && i > row ? nodes.keys[nodes.key[i]!]!.slice(1, -1) : names.at(-1)!
    const kind = nodes.kind[i]!
    if (kind === OBJECT || kind === ARRAY) {
      ends.push(nodes.next[i]!)
      names.push(own)
    } else if (kind === STRING) fields.push({ name: own, text: nodes.source(i).slice(1, -1), literal: false })
    else if (kind === LITERAL) fields.push({ name: own, text: nodes.source(i), literal: true })
    if (i === row && nodes.key[i]! >= 0)
      fields.push({ name: '', text: nodes.keys[nodes.key[i]!]!.slice(1, -1), literal: false })
  }
  return fields
}

/** The fields by name, each with the place of its row. */
function columnsOf(rows: readonly (readonly Field[])[]): Map<string, { place: number; field: Field }[]> {
  const columns = new Map<string, { place: number; field: Field }[]>()
  for (const [place, fields] of rows.entries())
    for (const field of fields) {
      const cells = columns.get(field.name)
      if (cells) cells.push({ place, field })
      else columns.set(field.name, [{ place, field }])
    }
  return columns
}

type Cells = readonly { readonly place: number; readonly field: Field }[]

/** At most this many outliers of one column stay, the furthest ones. */
const MOST_OUTLIERS = 6
/** Deviations, in robust standard deviations, that make an outlier (Iglewicz and Hoaglin 1993 take 3.5). */
const FAR = 5

/** Numbers far from the median, in units of the median absolute deviation; where that is 0, all others of a few. */
function outliers(cells: Cells): number[] {
  const numbers = cells.filter(({ field }) => field.literal && /^-?\d/.test(field.text))
  if (numbers.length < 8 || numbers.length < cells.length * 0.5) return []
  const values = Float64Array.from(numbers, ({ field }) => Number(field.text))
  const middle = median(values)
  const deviation = 1.4826 * median(values.map(value => Math.abs(value - middle)))
  const far = numbers
    .map(({ place }, i) => ({ place, far: Math.abs(values[i]! - middle) / (deviation || Number.MIN_VALUE) }))
    .filter(({ far }) => far > FAR)
    .sort((a, b) => b.far - a.far || a.place - b.place)
  if (deviation === 0 && far.length > numbers.length * 0.05) return ends(numbers, values)
  return [
    ...far.slice(0, MOST_OUTLIERS).map(({ place }) => place),
    ...ends(numbers, values),
    ...step(numbers, values, deviation),
  ]
}

/** The smallest and the largest. */
function ends(numbers: Cells, values: Float64Array): number[] {
  let [low, high] = [0, 0]
  for (let i = 1; i < values.length; i++) {
    if (values[i]! < values[low]!) low = i
    if (values[i]! > values[high]!) high = i
  }
  return values[low] === values[high] ? [] : [numbers[low]!.place, numbers[high]!.place]
}

/** Where the level changes once and for all: both sides of the split that parts the sums best (CUSUM), if they lie far apart. */
function step(numbers: Cells, values: Float64Array, deviation: number): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let [sum, most, at] = [0, 0, 0]
  for (let i = 0; i < values.length - 1; i++) {
    sum += values[i]! - mean
    if (Math.abs(sum) > most) [most, at] = [Math.abs(sum), i]
  }
  if (at < 3 || at > values.length - 5) return []
  const [left, right] = [values.slice(0, at + 1), values.slice(at + 1)]
  const spread = Math.max(noise(left), noise(right), deviation / 100)
  if (isCounter(values) || Math.abs(median(left) - median(right)) <= 4 * spread) return []
  return [numbers[at]!.place, numbers[at + 1]!.place]
}

const noise = (values: Float64Array): number => {
  const middle = median(values)
  return 1.4826 * median(values.map(value => Math.abs(value - middle)))
}

/** Numbers that only rise are positions, not levels. */
const isCounter = (values: Float64Array) => values.every((value, i) => i === 0 || value >= values[i - 1]!)

function median(values: Float64Array): number {
  const sorted = values.toSorted()
  return sorted[sorted.length >> 1] ?? 0
}

/** Values that one or two rows have, in a column where most rows share a few. */
function rareValues(cells: Cells, rows: number, name: string): number[] {
  if (rows < 8 || /^(?:id|name|title|key)$/i.test(name)) return []
  const counts = new Map<string, number>()
  for (const { field } of cells) {
    if (field.text.length > 200) continue
    counts.set(field.text, (counts.get(field.text) ?? 0) + 1)
    if (counts.size > Math.max(50, rows / 10)) return []
  }
  const few = rows < 100 ? 1 : 2
  const rare = [...counts.values()].filter(count => count <= few).length
  // A name that few rows have at all is rare itself.
  if (cells.length <= few) return cells.map(({ place }) => place)
  if (counts.size < 2 || rare > 10 || rare > counts.size / 2) return []
  return cells
    .filter(({ field }) => (counts.get(field.text) ?? 0) <= few && counts.has(field.text))
    .map(({ place }) => place)
}

/** Rows that hold a word of the question, if few rows do: the rarer the word, the more it counts. At most 20. */
function asked(rows: readonly (readonly Field[])[], words: readonly string[]): number[] {
  if (words.length === 0) return []
  const scores = new Map<number, number>()
  for (const word of words) {
    const hits: number[] = []
    for (const [place, fields] of rows.entries())
      if (fields.some(({ text }) => text.toLowerCase().includes(word))) hits.push(place)
    if (hits.length === 0 || hits.length > rows.length / 2) continue
    const weight = Math.log(1 + rows.length / hits.length) * (/\d{4}|[@:./-]/.test(word) ? 3 : 1)
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
