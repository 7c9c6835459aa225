import { piecesOf } from '../../ccr/search.ts'
import type { FilterContext } from '../filter.ts'

/** A line, or a part of a line without end. */
export interface Piece {
  readonly text: string
  /** UTF-16 code units before it. */
  readonly start: number
  /** Lines before it; undefined where it begins or ends inside one. */
  readonly line: number | undefined
  /** Tokens. */
  readonly cost: number
}

/** `text` in pieces with their tokens; what is surely longer than the budget is not counted. */
export function measured(text: string, { count, signal, budget }: FilterContext): Piece[] {
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
