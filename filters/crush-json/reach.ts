import type { Source, Texts } from './templates.ts'

/** A literal, or a column whose text stands there. */
export type Piece = string | Source

/** What a piece is in a row; undefined where its column has none there. */
export const textAt = (piece: Piece, row: number): string | undefined =>
  typeof piece === 'string' ? piece : piece.text(row)

/** How far a template reaches: whole pieces, then characters of the next one. */
interface Reach {
  pieces: number
  units: number
}

/** What the rows' texts begin and end with, of the pieces that one of them is made of; `whole` where that is all of each. */
export function sharedBy(texts: Texts, rows: readonly number[], pieces: readonly Piece[]) {
  const left: Reach = { pieces: pieces.length, units: 0 }
  for (const row of rows) shrink(left, pieces, texts.text(row)!, row)
  if (left.pieces === pieces.length && rows.every(row => fills(pieces, row, texts.text(row)!)))
    return { start: pieces, ends: [], whole: true }
  const back = pieces.toReversed()
  const right = reachBack(left, pieces, back)
  for (const row of rows) shrinkBack(right, back, texts.text(row)!, row)
  settle(left, right, pieces, back)
  return { start: taken(pieces, left), ends: takenBack(back, right), whole: false }
}

/** Are the pieces of a row its text? What has none there is empty. */
function fills(pieces: readonly Piece[], row: number, text: string): boolean {
  let at = 0
  for (const piece of pieces) {
    const part = textAt(piece, row) ?? ''
    if (!text.startsWith(part, at)) return false
    at += part.length
  }
  return at === text.length
}

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

/** How many units of `piece`, `limit` at most, stand in the text at `at`. */
export function common(piece: string, text: string, at: number, limit: number): number {
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
  if (typeof last === 'string' && right.units > 0) right.units = boundary(last, right.units, true)
}

/** How many of `units` at the start, or at the end, may be cut off. */
function boundary(piece: string, units: number, fromEnd = false): number {
  const unitAt = (i: number) => piece.charCodeAt(fromEnd ? piece.length - 1 - i : i)
  const next = unitAt(units)
  let at = units
  while (at > 0 && isDigit(unitAt(at - 1)) && isDigit(next)) at--
  if (at < units || !isAlnum(next)) return at
  while (at > 0 && isAlnum(unitAt(at - 1))) at--
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

/** Is the UTF-16 unit an ASCII letter or digit? */
export const isAlnum = (unit: number) => isDigit(unit) || ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a)
/** Is it an ASCII digit? */
export const isDigit = (unit: number) => unit >= 0x30 && unit <= 0x39
