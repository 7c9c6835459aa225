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
  readonly held: readonly { readonly row: number }[]
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

/** The rule by which texts count up, digits inside words included: `event {1+row}: at {10+10*row}`; undefined where there is none. */
export function sequenceOf(texts: Texts, places: Int32Array): Template | undefined {
  if (texts.rows < 3) return undefined
  const [first, second] = [texts.text(0), texts.text(1)]
  if (first === undefined || second === undefined || first === second) return undefined
  const span = places[1]! - places[0]!
  const a = first.split(DIGITS)
  const b = second.split(DIGITS)
  if (a.length !== b.length || span <= 0 || a.length > 41) return undefined
  const parts: Part[] = []
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) parts.push(a[i]!)
    else {
      const step = (Number(b[i]) - Number(a[i])) / span
      if (i % 2 === 0 || a[i]!.length > 15 || !Number.isInteger(step) || step === 0) return undefined
      const width = a[i]!.startsWith('0') && a[i]!.length > 1 ? a[i]!.length : 0
      parts.push({ kind: 'row', from: Number(a[i]) - step * places[0]!, step, width })
    }
  }
  for (const part of parts) if (typeof part !== 'string' && part.kind === 'row' && part.from < 0) return undefined
  for (let row = 0; row < texts.rows; row++) if (texts.text(row) !== countUp(parts, places[row]!)) return undefined
  return {
    parts: joined(parts),
    own: new Array<string>(texts.rows).fill(''),
    ofValue: true,
    hasHole: false,
    cells: [],
  }
}

const DIGITS = /(\d+)/

const countUp = (parts: readonly Part[], row: number): string =>
  parts.map(part => (typeof part === 'string' ? part : part.kind === 'row' ? numberAt(part, row) : '')).join('')

/** The number that a rule by row gives; zeros in front fill its width. */
export const numberAt = (
  { from, step, width }: { readonly from: number; readonly step: number; readonly width: number },
  row: number,
): string => String(from + step * row).padStart(width, '0')

/** Templates that most of `texts` follow: common start and end, and the columns in them. Of all of a sample, and of most of it. */
export function templatesOf(texts: Texts, sources: readonly Source[], places: Int32Array): readonly Template[] {
  if (texts.rows < 2) return []
  const sample = spread(texts.rows, SAMPLE)
  const piecesOf = (some: readonly number[]) =>
    some.some(row => texts.text(row)!.length > LONG)
      ? [texts.text(some[0]!)!]
      : tokenise(texts, some, [...sources, ...rowNumbers(texts, some, places)])
  const pieces = piecesOf(sample)
  const found = [fitted(texts, pieces, sample) ?? fitted(texts, pieces, undefined)]
  const most = majority(texts, sample)
  if (most) found.push(fitted(texts, piecesOf(most), most))
  return found.filter(template => template !== undefined)
}

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

type Piece = string | Source

/** The first sample as literals and the sources that occur in it, longest first; only sources that occur in all samples. */
function tokenise(texts: Texts, sample: readonly number[], sources: readonly Source[]): Piece[] {
  const row = sample[0]!
  const found = sources
    .filter(source => source.from !== undefined || sample.every(at => occurs(source.text(at), texts.text(at)!)))
    .filter(source => source.fixed || sample.some(at => source.text(at) !== source.text(row)))
    .sort((a, b) => b.text(row)!.length - a.text(row)!.length)
  let pieces: Piece[] = [texts.text(row)!]
  for (const source of found.slice(0, 12)) pieces = pieces.flatMap(piece => cut(piece, source, source.text(row)!))
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

const isAlnum = (unit: number) => (unit >= 0x30 && unit <= 0x39) || ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a)
const isDigit = (unit: number) => unit >= 0x30 && unit <= 0x39

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

/** How far a template reaches: whole pieces, then characters of the next one. */
interface Reach {
  pieces: number
  units: number
}

/** The template that the `narrow` rows (or all) share, if at most a few of all rows break it. */
function fitted(texts: Texts, pieces: readonly Piece[], narrow: readonly number[] | undefined): Template | undefined {
  const literal = pieces.every(piece => typeof piece === 'string')
  const rows = narrow ?? (literal ? texts.held.map(({ row }) => row) : Array.from(texts.at, (_, row) => row))
  const left: Reach = { pieces: pieces.length, units: 0 }
  for (const row of rows) shrink(left, pieces, texts.text(row)!, row)
  const whole = left.pieces === pieces.length && rows.every(row => fills(pieces, row, texts.text(row)!))
  const back = pieces.toReversed()
  const right: Reach = whole ? { pieces: 0, units: 0 } : reachBack(left, pieces, back)
  if (!whole) for (const row of rows) shrinkBack(right, back, texts.text(row)!, row)
  if (!whole) settle(left, right, pieces, back)
  const start = taken(pieces, left)
  const ends = takenBack(back, right)
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
  const each = literal ? texts.held.map(({ row }) => part(row)) : undefined
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

function joined(parts: readonly Part[]): Part[] {
  const result: Part[] = []
  for (const part of parts) {
    const last = result.at(-1)
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part
    else if (part !== '') result.push(part)
  }
  return result
}

const textAt = (piece: Piece, row: number): string | undefined => (typeof piece === 'string' ? piece : piece.text(row))

/** Are the pieces of a row its text? What has none there is empty. */
const fills = (pieces: readonly Piece[], row: number, text: string): boolean =>
  pieces.map(piece => textAt(piece, row) ?? '').join('') === text

/** Cuts a reach down to what `text` begins with. */
function shrink(reach: Reach, pieces: readonly Piece[], text: string, row: number): void {
  let at = 0
  const whole = reach.pieces
  for (let i = 0; i < whole; i++) {
    const piece = pieces[i]!
    const part = textAt(piece, row)
    if (part !== undefined && text.startsWith(part, at)) {
      at += part.length
      continue
    }
    reach.pieces = i
    reach.units = typeof piece === 'string' ? common(piece, text, at, piece.length) : 0
    return
  }
  if (reach.units > 0) reach.units = common(pieces[whole] as string, text, at, reach.units)
}

function common(piece: string, text: string, at: number, limit: number): number {
  let n = 0
  while (n < limit && piece.charCodeAt(n) === text.charCodeAt(at + n)) n++
  return n
}

/** Cuts a reach from the end, whose pieces are given last first, down to what `text` ends with. */
function shrinkBack(reach: Reach, back: readonly Piece[], text: string, row: number): void {
  let end = text.length
  const whole = reach.pieces
  for (let i = 0; i < whole; i++) {
    const piece = back[i]!
    const part = textAt(piece, row)
    if (part !== undefined && text.endsWith(part, end)) {
      end -= part.length
      continue
    }
    reach.pieces = i
    reach.units = typeof piece === 'string' ? commonEnd(piece, text, end, piece.length) : 0
    return
  }
  if (reach.units > 0) reach.units = commonEnd(back[whole] as string, text, end, reach.units)
}

function commonEnd(piece: string, text: string, end: number, limit: number): number {
  let n = 0
  while (n < limit && n < end && piece.charCodeAt(piece.length - 1 - n) === text.charCodeAt(end - 1 - n)) n++
  return n
}

/** As far as the end may reach without touching the start. */
function reachBack(left: Reach, pieces: readonly Piece[], back: readonly Piece[]): Reach {
  const rest = pieces.length - left.pieces
  if (rest === 0) return { pieces: 0, units: 0 }
  const last = back[rest - 1]!
  if (left.units === 0) return { pieces: rest, units: 0 }
  return { pieces: rest - 1, units: (last as string).length - left.units }
}

/** A literal is not cut inside a number, nor inside a word unless most of it stays. */
function settle(left: Reach, right: Reach, pieces: readonly Piece[], back: readonly Piece[]): void {
  const first = pieces[left.pieces]
  if (typeof first === 'string' && left.units > 0) left.units = boundary(first, left.units)
  const last = back[right.pieces]
  if (typeof last === 'string' && right.units > 0) right.units = boundary(reversed(last), right.units)
}

function boundary(piece: string, units: number): number {
  const next = piece.charCodeAt(units)
  let at = units
  while (at > 0 && isDigit(piece.charCodeAt(at - 1)) && isDigit(next)) at--
  if (at < units || !isAlnum(next)) return at
  while (at > 0 && isAlnum(piece.charCodeAt(at - 1))) at--
  return units - at >= 5 ? units : at
}

function taken(pieces: readonly Piece[], { pieces: whole, units }: Reach): Piece[] {
  const rest = units > 0 ? [(pieces[whole] as string).slice(0, units)] : []
  return [...pieces.slice(0, whole), ...rest]
}

function takenBack(back: readonly Piece[], { pieces: whole, units }: Reach): Piece[] {
  const rest = units > 0 ? [(back[whole] as string).slice(-units)] : []
  return [...rest, ...back.slice(0, whole).reverse()]
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

function reversed(text: string): string {
  let out = ''
  for (let i = text.length - 1; i >= 0; i--) out += text[i]
  return out
}
