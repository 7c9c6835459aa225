import { fillGaps } from '../../ccr/marker.ts'
import { around, hitsOf } from '../../ccr/search.ts'
import { type Filter, type FilterContext, pass } from '../filter.ts'
import { FETCH_NOTE, LITTLE_BUDGET } from '../plan.ts'
import { subjectOf } from '../subject.ts'
import { foundBy, namedBy, type Wanted } from '../wanted.ts'
import { measured, type Piece } from './pieces.ts'
import { printed, window } from './print.ts'
import { Room } from './room.ts'

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
    const wanted = context.query === undefined ? [] : namedBy(context.query, text)
    return {
      kind: 'rewrite',
      text: byPieces(text, wanted, context) ?? window(text, wanted[0], context),
      lossless: 'no',
      ...(context.budget < LITTLE_BUDGET && { note: FETCH_NOTE }),
    }
  },
  decode: (text, gap) => fillGaps(text, gap),
}
export default trim

/** How often a body that came out too long is made again with less room. */
const TRIES = 5

/** Undefined where whole pieces show nothing that was asked for, or leave most of the room unused. */
function byPieces(text: string, wanted: readonly Wanted[], context: FilterContext): string | undefined {
  const budget = context.budget!
  const pieces = measured(text, context)
  const named = wanted.flatMap(part => piecesAt(pieces, part))
  const asked = { named, ...bearingOn(text, pieces, context) }
  for (let limit = budget, tries = 0; tries < TRIES; tries++, limit *= 0.9) {
    const room = filled(pieces, asked, limit, context)
    if (room.kept.size === pieces.length) return undefined
    if (named.length > 0 && !named.some(i => room.kept.has(i))) return undefined
    if (named.length === 0 && room.spent < budget / 2) return undefined
    const body = printed(text, pieces, room.kept, context)
    if (context.count(body) > budget) continue
    tellKept(pieces, room.kept, asked, context)
    return body
  }
  return undefined
}

/** Pieces (0-based) that a question is after: by their place, surely, likely; the best first. */
interface Asked {
  readonly named: readonly number[]
  readonly sure: readonly number[]
  readonly bearing: readonly number[]
}

/** First what the question names, then what bears on it, then two thirds of the rest for the head, as agents' own cuts do. */
function filled(
  pieces: readonly Piece[],
  { named, sure, bearing }: Asked,
  limit: number,
  { signal }: FilterContext,
): Room {
  const room = new Room(pieces, limit)
  for (const i of named) room.keep(i, limit)
  for (const i of sure) room.keep(i, limit * FOR_SURE_HITS)
  for (const i of bearing) room.keep(i, limit * FOR_QUESTION)
  const forHead = room.spent + (limit - room.spent) * (2 / 3)
  for (let i = 0; i < pieces.length && room.keep(i, forHead); i++) signal.throwIfAborted()
  for (let i = pieces.length - 1; i >= 0 && room.keep(i, limit); i--) signal.throwIfAborted()
  return room
}

/** Tells why pieces stayed, run by run. */
function tellKept(
  pieces: readonly Piece[],
  kept: ReadonlySet<number>,
  asked: Asked,
  { keep, at }: FilterContext,
): void {
  const rules = new Map<number, string>()
  for (const i of asked.bearing) rules.set(i, 'bears on the question')
  for (const i of asked.sure) rules.set(i, 'answers the question')
  for (const i of asked.named) rules.set(i, 'named by the question')
  const ruleOf = (i: number) => (kept.has(i) ? (rules.get(i) ?? 'head and tail') : undefined)
  for (let i = 0, told = 0; i < pieces.length && told < MOST_TOLD; ) {
    const rule = ruleOf(i)
    const from = i
    while (i < pieces.length && ruleOf(i) === rule) i++
    if (rule === undefined) continue
    const last = pieces[i - 1]!
    keep(at(pieces[from]!.start, last.start + last.text.length), rule)
    told++
  }
}

/** Runs that `explain` is told of. */
const MOST_TOLD = 200

/** The shares of a budget that may go to what surely answers the question, and to what bears on it. */
const FOR_SURE_HITS = 0.9
const FOR_QUESTION = 0.6

function piecesAt(pieces: readonly Piece[], { start, end }: Wanted): number[] {
  let first = 0
  let last = pieces.length
  while (first < last) {
    const middle = (first + last) >> 1
    if (pieces[middle]!.start + pieces[middle]!.text.length > start) last = middle
    else first = middle + 1
  }
  const found: number[] = []
  for (let i = first; i < pieces.length && pieces[i]!.start < end; i++) found.push(i)
  return found
}

/** Pieces that bear on the question, the best first, each with its neighbours. */
function bearingOn(text: string, pieces: readonly Piece[], { query }: FilterContext): Omit<Asked, 'named'> {
  if (query === undefined) return { sure: [], bearing: [] }
  const texts = pieces.map(piece => piece.text)
  const sure = foundBy(query, text).flatMap(part => piecesAt(pieces, part))
  const hits = hitsOf(texts, subjectOf(query)).slice(0, MOST_RANKED)
  return {
    sure: [...sure, ...sure.flatMap(hit => beside(hit, texts))],
    bearing: hits.flatMap(hit => around(hit, texts)),
  }
}

const MOST_RANKED = 2000

/** What stands around a sure hit, the nearest first: in JSON the other fields of its object. */
function beside(hit: number, texts: readonly string[]): number[] {
  const found: number[] = []
  let [before, after] = [BESIDE, BESIDE]
  for (let step = 1; step <= MOST_BESIDE; step++) {
    if ((before -= texts[hit - step]?.length ?? Number.POSITIVE_INFINITY) >= 0) found.push(hit - step)
    if ((after -= texts[hit + step]?.length ?? Number.POSITIVE_INFINITY) >= 0) found.push(hit + step)
  }
  return found
}

/** UTF-16 units, and lines, on each side of a hit. */
const BESIDE = 240
const MOST_BESIDE = 6
