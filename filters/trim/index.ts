import { fillGaps } from '../../ccr/marker.ts'
import { piecesOf, rank } from '../../ccr/search.ts'
import { lines } from '../../ccr/select.ts'
import { type Filter, type FilterContext, pass } from '../filter.ts'
import { wantedBy } from '../wanted.ts'

/**
 * Head and tail within a budget, and between them what bears most on the question: the last resort of every budget, and what `head`
 * and `tail` cannot undo.
 */
const trim: Filter = {
  name: 'trim',
  summary: 'Keep head, tail and what --for asks for within --budget tokens; gaps between',
  options: {},
  unit: 'document',
  fits: () => 0,
  apply(text, context) {
    if (context.budget === undefined || context.mode === 'lossless') return pass('nothing-to-cut')
    if (context.count(text) <= context.budget) return pass('nothing-to-cut')
    return { kind: 'rewrite', text: byPieces(text, context) ?? byUnits(text, context), lossless: 'no' }
  },
  decode: (text, gap) => fillGaps(text, gap),
}
export default trim

/** A line, or a part of a line without end. */
interface Piece {
  readonly text: string
  /** UTF-16 code units before it. */
  readonly start: number
  /** Lines before it; undefined where it begins or ends inside one. */
  readonly line: number | undefined
  readonly cost: number
}

/** Undefined where whole pieces leave most of the room unused. */
function byPieces(text: string, context: FilterContext): string | undefined {
  const pieces = measured(text, context)
  const room = new Room(pieces, context.budget! - MARKER_ROOM)
  for (const i of named(text, pieces, context)) room.keep(i, context.budget!)
  for (const i of ranked(pieces, context)) room.keep(i, context.budget! * FOR_QUESTION)
  // Two thirds of the room for the head, as agents' own cuts do.
  const forHead = room.spent + (context.budget! - room.spent) * (2 / 3)
  for (let i = 0; i < pieces.length && room.keep(i, forHead); i++) context.signal.throwIfAborted()
  for (let i = pieces.length - 1; i >= 0 && room.keep(i, context.budget!); i--) context.signal.throwIfAborted()
  if (room.spent < context.budget! / 2 || room.kept.size === pieces.length) return undefined
  return printed(text, pieces, room.kept, context)
}

/** The share of a budget that the question may take. */
const FOR_QUESTION = 0.6
/** Tokens of a marker. */
const MARKER_ROOM = 14

/** What is kept so far, and what it costs: a piece beside no other opens a gap of its own. */
class Room {
  readonly kept = new Set<number>()
  spent = MARKER_ROOM
  readonly #pieces: readonly Piece[]
  readonly #limit: number

  constructor(pieces: readonly Piece[], limit: number) {
    this.#pieces = pieces
    this.#limit = limit
  }

  /** False where the piece does not fit within `most` tokens. */
  keep(i: number, most: number): boolean {
    if (this.kept.has(i)) return true
    const alone = !this.kept.has(i - 1) && !this.kept.has(i + 1) && i > 0 && i < this.#pieces.length - 1
    const cost = this.#pieces[i]!.cost + (alone ? MARKER_ROOM : 0)
    if (this.spent + cost > Math.min(most, this.#limit)) return false
    this.kept.add(i)
    this.spent += cost
    return true
  }
}

function measured(text: string, { count, signal, budget }: FilterContext): Piece[] {
  let start = 0
  let line = 0
  let whole = true
  return piecesOf(text).map(part => {
    signal.throwIfAborted(1 + part.length / 100)
    const ends = part.endsWith('\n') || start + part.length === text.length
    const piece = {
      text: part,
      start,
      line: whole && ends ? line : undefined,
      cost: part.length > 16 * budget! ? Number.POSITIVE_INFINITY : count(part),
    }
    start += part.length
    if (part.endsWith('\n')) line++
    whole = ends
    return piece
  })
}

/** Pieces that the question names by their place. */
function named(text: string, pieces: readonly Piece[], { query }: FilterContext): number[] {
  const wanted = query === undefined ? [] : wantedBy(query, text)
  return wanted.flatMap(({ start, end }) =>
    pieces.flatMap((piece, i) => (piece.start < end && piece.start + piece.text.length > start ? [i] : [])),
  )
}

/** Pieces that bear most on the question, the best first. */
function ranked(pieces: readonly Piece[], { query }: FilterContext): number[] {
  if (query === undefined) return []
  const texts = pieces.map(({ text }) => text)
  const scores = rank(texts, query)
  const found = scores.flatMap((score, i) => (score > 0 ? [i] : []))
  return found.sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, MOST_RANKED)
}

const MOST_RANKED = 2000

function printed(text: string, pieces: readonly Piece[], kept: ReadonlySet<number>, context: FilterContext): string {
  let body = ''
  for (let i = 0; i < pieces.length; ) {
    if (kept.has(i)) {
      body += pieces[i++]!.text
      continue
    }
    const first = i
    while (i < pieces.length && !kept.has(i)) i++
    body += gapOf(text, pieces.slice(first, i), context)
  }
  return body
}

/** By lines where the gap is whole lines: then the marker stands on a line of its own. */
function gapOf(text: string, gone: readonly Piece[], { omit, at }: FilterContext): string {
  const [first, last] = [gone[0]!, gone.at(-1)!]
  const end = last.start + last.text.length
  if (first.line === undefined || last.line === undefined)
    return omit(at(first.start, end), `${end - first.start} characters`, 'budget')
  const count = last.line - first.line + 1
  const marker = omit(lines(first.line + 1, last.line + 1), count === 1 ? '1 line' : `${count} lines`, 'budget')
  return marker + (text.charCodeAt(end - 1) === 10 ? '\n' : '')
}

/** For text that no piece of fits: a cut anywhere, never inside a surrogate pair. */
function byUnits(text: string, context: FilterContext): string {
  let keep = Math.min(Math.floor(text.length / 2) - 1, context.budget! * 4)
  for (;;) {
    const start = safe(text, Math.floor((keep * 2) / 3))
    const end = safe(text, text.length - (keep - start))
    const body =
      text.slice(0, start) +
      context.omit(context.at(start, end), `${end - start} characters`, 'budget') +
      text.slice(end)
    if (keep <= 1 || context.count(body) <= context.budget!) return body
    keep = Math.floor(keep * 0.8)
  }
}

const safe = (text: string, at: number) =>
  text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff ? at + 1 : at
