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
  readonly hasHole: boolean
  /** Columns whose cells stand in it. */
  readonly cells: readonly number[]
}

/** A column whose text may stand in another one's template. */
export interface Source {
  readonly column: number
  readonly texts: readonly (string | undefined)[]
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

/** The rule by which `texts` count up, digits inside words included: `event {1+row}: at {10+10*row}`; undefined where there is none. */
export function sequenceOf(texts: readonly (string | undefined)[], places: Int32Array): Template | undefined {
  const [first, second] = [texts[0], texts[1]]
  if (texts.length < 3 || first === undefined || second === undefined || first === second) return undefined
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
  for (let row = 0; row < texts.length; row++)
    if (texts[row] === undefined || texts[row] !== countUp(parts, places[row]!)) return undefined
  return { parts: joined(parts), own: texts.map(() => ''), hasHole: false, cells: [] }
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
export function templatesOf(
  texts: readonly (string | undefined)[],
  sources: readonly Source[],
  places: Int32Array,
): readonly Template[] {
  const rows: number[] = []
  for (let row = 0; row < texts.length; row++) if (texts[row] !== undefined) rows.push(row)
  if (rows.length < 2 || rows.length < texts.length * 0.8) return []
  const sample = spread(rows, SAMPLE)
  const piecesOf = (some: readonly number[]) =>
    some.some(row => texts[row]!.length > LONG)
      ? [texts[some[0]!]!]
      : tokenise(texts, some, [...sources, ...rowNumbers(texts, some, places)])
  const pieces = piecesOf(sample)
  const found = [fitted(texts, pieces, sample) ?? fitted(texts, pieces, rows)]
  const most = majority(texts, sample)
  if (most) found.push(fitted(texts, piecesOf(most), most))
  return found.filter(template => template !== undefined)
}

/** Those of the sampled rows that begin like the one in the middle of the alphabet, if they are most and begin alike further than all do. */
function majority(texts: readonly (string | undefined)[], sample: readonly number[]): readonly number[] | undefined {
  if (sample.length < SAMPLE) return undefined
  const sorted = sample.toSorted((a, b) => (texts[a]! < texts[b]! ? -1 : texts[a] === texts[b] ? a - b : 1))
  const pivot = texts[sorted[sorted.length >> 1]!]!
  const shared = sample.map(row => common(pivot, texts[row]!, 0, pivot.length))
  const most = shared.toSorted((a, b) => b - a)[Math.ceil(sample.length * MOST) - 1]!
  if (most <= Math.min(...shared)) return undefined
  return sample.filter((_, i) => shared[i]! >= most)
}

function spread(rows: readonly number[], count: number): number[] {
  if (rows.length <= count) return [...rows]
  return Array.from({ length: count }, (_, i) => rows[Math.floor((i * (rows.length - 1)) / (count - 1))]!)
}

type Piece = string | Source

/** The first sample as literals and the sources that occur in it, longest first; only sources that occur in all samples. */
function tokenise(
  texts: readonly (string | undefined)[],
  sample: readonly number[],
  sources: readonly Source[],
): Piece[] {
  const row = sample[0]!
  const found = sources
    .filter(source => source.from !== undefined || sample.every(at => occurs(source.texts[at], texts[at]!)))
    .filter(source => source.fixed || sample.some(at => source.texts[at] !== source.texts[row]))
    .sort((a, b) => b.texts[row]!.length - a.texts[row]!.length)
  let pieces: Piece[] = [texts[row]!]
  for (const source of found.slice(0, 12)) pieces = pieces.flatMap(piece => cut(piece, source, source.texts[row]!))
  return pieces
}

/** The row's number where all samples hold it, counted from any start: `Issue #{1000+row}`. */
function rowNumbers(texts: readonly (string | undefined)[], sample: readonly number[], places: Int32Array): Source[] {
  if (sample.length < 4 || sample.some(row => places[row]! < 0)) return []
  const first = sample[0]!
  const starts = new Set((texts[first]!.match(/\d{1,9}/g) ?? []).slice(0, 4).map(run => Number(run) - places[first]!))
  const found: Source[] = []
  for (const from of starts) {
    if (from < 0 || !sample.every(row => findNumber(texts[row]!, String(from + places[row]!), 0) >= 0)) continue
    const numbers = Array.from(places, place => (place < 0 ? undefined : String(from + place)))
    found.push({ column: -1, texts: numbers, from })
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

/** The template that the `narrow` rows share, if at most a few of all rows break it. */
function fitted(
  texts: readonly (string | undefined)[],
  pieces: readonly Piece[],
  narrow: readonly number[],
): Template | undefined {
  const left: Reach = { pieces: pieces.length, units: 0 }
  for (const row of narrow) shrink(left, pieces, texts[row]!, row)
  const whole = left.pieces === pieces.length && narrow.every(row => fill(pieces, row) === texts[row])
  const back = pieces.toReversed()
  const right: Reach = whole ? { pieces: 0, units: 0 } : reachBack(left, pieces, back)
  if (!whole) for (const row of narrow) shrinkBack(right, back, texts[row]!, row)
  if (!whole) settle(left, right, pieces, back)
  const start = taken(pieces, left)
  const ends = takenBack(back, right)
  if (start.length + ends.length === 0) return undefined
  // One text for all is a constant.
  if (whole && pieces.every(piece => typeof piece === 'string')) return undefined
  const own = texts.map((text, row) => (text === undefined ? undefined : ownPart(text, start, ends, row, whole)))
  const odd = own.filter(part => part === undefined).length
  if (odd > texts.length * (whole ? RULE_EXCEPTIONS : EXCEPTIONS)) return undefined
  const hole: Part[] = whole ? [] : [{ kind: 'hole' }]
  const parts = joined([...start.map(asPart), ...hole, ...ends.map(asPart)])
  const cells = parts.flatMap(part =>
    typeof part !== 'string' && part.kind === 'column' && part.own ? [part.column] : [],
  )
  return { parts, own, hasHole: !whole, cells }
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

const textAt = (piece: Piece, row: number): string | undefined => (typeof piece === 'string' ? piece : piece.texts[row])

const fill = (pieces: readonly Piece[], row: number): string => pieces.map(piece => textAt(piece, row) ?? '').join('')

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
  end: readonly Piece[],
  row: number,
  whole: boolean,
): string | undefined {
  if ([...start, ...end].some(piece => textAt(piece, row) === undefined)) return undefined
  const first = fill(start, row)
  const last = fill(end, row)
  if (whole) return text === first ? '' : undefined
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return undefined
  return text.slice(first.length, text.length - last.length)
}

function reversed(text: string): string {
  let out = ''
  for (let i = text.length - 1; i >= 0; i--) out += text[i]
  return out
}
