import { common, isAlnum, isDigit, type Piece, sharedBy, textAt } from './reach.ts'

/** A part of a template: literal source text, another column's value or what stands in its cell (`own`), the cell itself, or a number by row. */
export type Part =
  | string
  | { readonly kind: 'column'; readonly column: number; readonly own?: boolean }
  | { readonly kind: 'hole' }
  | { readonly kind: 'row'; readonly from: number; readonly step: number; readonly width: number }

/** What a column's values have in common. `own` gives the part of a value that stands in the cell; undefined where it does not fit. */
export interface Template {
  readonly parts: readonly Part[]
  readonly own: readonly (string | undefined)[]
  /** Does equal `own` stand where the values are equal? */
  readonly ofValue: boolean
  readonly hasHole: boolean
  /** Columns whose cells stand in it. */
  readonly cells: readonly number[]
}

/** A column of texts. */
export interface Texts {
  readonly rows: number
  /** Its different texts, by a row that each stands in, and by row which of them it is. */
  readonly held: { readonly rows: Int32Array }
  readonly at: Int32Array
  /** Undefined for what is no text, which no row is where templates are looked for. */
  text(row: number): string | undefined
}

/** A column whose text may stand in another one's template. */
export interface Source {
  readonly column: number
  text(row: number): string | undefined
  /** What stands in the column's cells, where it is itself a template. */
  readonly own?: boolean
  /** Worth it though all rows share its text. */
  readonly fixed?: boolean
  /** No column, but the row's number, counted from here. */
  readonly from?: number
}

/** Rows that are looked at first; what they share, most rows must share. */
const SAMPLE = 12
/** Longer texts, in UTF-16 units, are not searched for other columns. */
const LONG = 4000
/** Rows of which more than this share do not fit make no template; where it has no hole, rows that do not fit must name it. */
const EXCEPTIONS = 0.15
const RULE_EXCEPTIONS = 0.1
/** The share of a sample that is most of it. */
const MOST = 0.8

/** Rows that were looked at, and the template that they share. */
export interface Fit {
  readonly rows: readonly number[]
  /** Numbers by row that all of these rows hold. */
  readonly numbers: readonly Source[]
  readonly template: Template | undefined
}

/** Templates that most of `texts` follow: common start and end, and numbers by row. Of all of a sample, and of most of it. */
export function fitsOf(texts: Texts, places: Int32Array): readonly Fit[] {
  if (texts.rows < 2) return []
  const sample = spread(texts.rows, SAMPLE)
  const most = majority(texts, sample)
  return [sample, ...(most ? [most] : [])].map((rows): Fit => {
    const numbers = isLong(texts, rows) ? [] : rowNumbers(texts, rows, places)
    return {
      rows,
      numbers,
      template: fittedTo(texts, cutInto(texts, rows, chosen(rows, numbers)), rows, sample),
    }
  })
}

/** The same with the columns in them; what holds no column is as it was. */
export function templatesWith(texts: Texts, fits: readonly Fit[], sources: readonly Source[]): readonly Template[] {
  const found = fits.map(({ rows, numbers, template }) => {
    const columns = isLong(texts, rows)
      ? []
      : sources.filter(source => rows.every(row => occurs(source.text(row), texts.text(row)!)))
    if (columns.length === 0) return template
    return fittedTo(texts, cutInto(texts, rows, chosen(rows, [...columns, ...numbers])), rows, fits[0]!.rows)
  })
  return found.filter(template => template !== undefined)
}

const isLong = (texts: Texts, rows: readonly number[]) => rows.some(row => texts.text(row)!.length > LONG)

/** What the rows share, or, of a whole sample, what all rows do. */
const fittedTo = (texts: Texts, pieces: readonly Piece[], rows: readonly number[], sample: readonly number[]) =>
  fitted(texts, pieces, rows) ?? (rows === sample ? fitted(texts, pieces, undefined) : undefined)

/** Those of the sampled rows that begin like the one in the middle of the alphabet, if they are most and begin alike further than all do. */
function majority(texts: Texts, sample: readonly number[]): readonly number[] | undefined {
  if (sample.length < SAMPLE) return undefined
  const some = sample.map(row => ({ row, text: texts.text(row)! }))
  const sorted = some.toSorted((a, b) => (a.text < b.text ? -1 : a.text === b.text ? a.row - b.row : 1))
  const pivot = sorted[sorted.length >> 1]!.text
  const shared = some.map(({ text }) => common(pivot, text, 0, pivot.length))
  const most = shared.toSorted((a, b) => b - a)[Math.ceil(sample.length * MOST) - 1]!
  if (most <= Math.min(...shared)) return undefined
  return sample.filter((_, i) => shared[i]! >= most)
}

function spread(rows: number, count: number): number[] {
  if (rows <= count) return Array.from({ length: rows }, (_, row) => row)
  return Array.from({ length: count }, (_, i) => Math.floor((i * (rows - 1)) / (count - 1)))
}

/** Of sources that occur in all samples, the longest few that are not the same in all of them. */
function chosen(sample: readonly number[], sources: readonly Source[]): readonly Source[] {
  const row = sample[0]!
  return sources
    .filter(source => source.fixed || sample.some(at => source.text(at) !== source.text(row)))
    .sort((a, b) => b.text(row)!.length - a.text(row)!.length)
    .slice(0, MOST_PIECES)
}

/** Sources that are cut out of a text. */
const MOST_PIECES = 12

/** The first sample as literals and the sources that occur in it. */
function cutInto(texts: Texts, sample: readonly number[], sources: readonly Source[]): readonly Piece[] {
  const row = sample[0]!
  let pieces: Piece[] = [texts.text(row)!]
  for (const source of sources) pieces = pieces.flatMap(piece => cut(piece, source, source.text(row)!))
  return pieces
}

/** The row's number where all samples hold it, counted from any start: `Issue #{1000+row}`. */
function rowNumbers(texts: Texts, sample: readonly number[], places: Int32Array): Source[] {
  if (sample.length < 4 || sample.some(row => places[row]! < 0)) return []
  const first = sample[0]!
  const runs = texts.text(first)!.match(/\d{1,9}/g) ?? []
  const starts = new Set(runs.slice(0, 4).map(run => Number(run) - places[first]!))
  const found: Source[] = []
  for (const from of starts) {
    if (from < 0 || !sample.every(row => findNumber(texts.text(row)!, String(from + places[row]!), 0) >= 0)) continue
    const text = (row: number) => (places[row]! < 0 ? undefined : String(from + places[row]!))
    found.push({ column: -1, text, from })
  }
  return found
}

/** Where the number stands with no digit beside it, or -1. */
function findNumber(text: string, digits: string, from: number): number {
  for (let at = text.indexOf(digits, from); at >= 0; at = text.indexOf(digits, at + 1))
    if (!isDigit(text.charCodeAt(at - 1)) && !isDigit(text.charCodeAt(at + digits.length))) return at
  return -1
}

function occurs(part: string | undefined, text: string): boolean {
  if (part === undefined || part.length < 2 || part.length > text.length) return false
  if (part.length > 3) return text.includes(part)
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
    if (isWord(text, at, part.length)) return true
  return false
}

const isWord = (text: string, at: number, length: number) =>
  !(isAlnum(text.charCodeAt(at - 1)) || isAlnum(text.charCodeAt(at + length)))

function cut(piece: Piece, source: Source, text: string): Piece[] {
  if (typeof piece !== 'string') return [piece]
  const pieces: Piece[] = []
  let from = 0
  const find = (start: number) =>
    source.from === undefined ? piece.indexOf(text, start) : findNumber(piece, text, start)
  for (let at = find(0); at >= 0; at = find(at + 1)) {
    if (at < from || (source.from === undefined && text.length <= 3 && !isWord(piece, at, text.length))) continue
    if (at > from) pieces.push(piece.slice(from, at))
    pieces.push(source)
    from = at + text.length
  }
  if (from < piece.length) pieces.push(piece.slice(from))
  return pieces
}

/** The template that the `narrow` rows (or all) share, if at most a few of all rows break it. */
function fitted(texts: Texts, pieces: readonly Piece[], narrow: readonly number[] | undefined): Template | undefined {
  const literal = pieces.every(piece => typeof piece === 'string')
  const rows = narrow ?? Array.from(literal ? texts.held.rows : texts.at.keys())
  const { start, ends, whole } = sharedBy(texts, rows, pieces)
  if (start.length + ends.length === 0) return undefined
  // One text for all is a constant.
  if (whole && literal) return undefined
  const own = ownParts(texts, start, ends, whole, literal)
  if (!own) return undefined
  const hole: Part[] = whole ? [] : [{ kind: 'hole' }]
  const parts = joined([...start.map(asPart), ...hole, ...ends.map(asPart)])
  const cells = parts.flatMap(part =>
    typeof part !== 'string' && part.kind === 'column' && part.own ? [part.column] : [],
  )
  return { parts, own, ofValue: literal, hasHole: !whole, cells }
}

/** What of each row's text stands in its cell; undefined where too many rows do not fit. */
function ownParts(
  texts: Texts,
  start: readonly Piece[],
  ends: readonly Piece[],
  whole: boolean,
  literal: boolean,
): (string | undefined)[] | undefined {
  const most = texts.rows * (whole ? RULE_EXCEPTIONS : EXCEPTIONS)
  const part = (row: number) => ownPart(texts.text(row)!, start, ends, row, whole)
  const each = literal ? Array.from(texts.held.rows, part) : undefined
  const own = new Array<string | undefined>(texts.rows)
  let odd = 0
  for (let row = 0; row < own.length; row++) {
    own[row] = each ? each[texts.at[row]!] : part(row)
    if (own[row] === undefined && ++odd > most) return undefined
  }
  return own
}

function asPart(piece: Piece): Part {
  if (typeof piece === 'string') return piece
  if (piece.from !== undefined) return { kind: 'row', from: piece.from, step: 1, width: 0 }
  return { kind: 'column', column: piece.column, ...(piece.own && { own: true }) }
}

/** Parts with literals side by side made one. */
export function joined(parts: readonly Part[]): Part[] {
  const result: Part[] = []
  for (const part of parts) {
    const last = result.at(-1)
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part
    else if (part !== '') result.push(part)
  }
  return result
}

function ownPart(
  text: string,
  start: readonly Piece[],
  ends: readonly Piece[],
  row: number,
  whole: boolean,
): string | undefined {
  let from = 0
  for (const piece of start) {
    const part = textAt(piece, row)
    if (part === undefined || !text.startsWith(part, from)) return undefined
    from += part.length
  }
  let to = text.length
  for (let i = ends.length - 1; i >= 0; i--) {
    const part = textAt(ends[i]!, row)
    if (part === undefined || !text.endsWith(part, to)) return undefined
    to -= part.length
  }
  if (from > to || (whole && from < to)) return undefined
  return text.slice(from, to)
}
