import type { Signal } from '../filter.ts'

/** Lines that are shown together or not at all, and others that must then be shown too: their headings. */
export interface Piece {
  /** By their indices, the end exclusive. */
  readonly first: number
  readonly end: number
  readonly score: number
  readonly headings: readonly number[]
}

/** Tokens of a marker with its selector. */
const MARKER = 13

/**
 * The lines to show in about `room` tokens: pieces by their score, the earlier one first where scores are equal. `costs` are tokens
 * of lines. O(n log n) for the sorting.
 */
export function chooseLines(
  pieces: readonly Piece[],
  costs: ArrayLike<number>,
  room: number,
  signal: Signal,
): Set<number> {
  const kept = new Set<number>()
  const order = [...pieces.keys()].sort((a, b) => pieces[b]!.score - pieces[a]!.score || a - b)
  let left = room
  for (const index of order) {
    const piece = pieces[index]!
    signal.throwIfAborted(1 + piece.end - piece.first)
    const wanted = piece.headings.filter(line => !kept.has(line))
    for (let line = piece.first; line < piece.end; line++) if (!kept.has(line)) wanted.push(line)
    let cost = kept.has(piece.first - 1) || kept.has(piece.end) ? 0 : MARKER
    for (const line of wanted) cost += costs[line]!
    if (cost > left) continue
    left -= cost
    for (const line of wanted) kept.add(line)
    // Too little is left for any other one.
    if (left < MARKER) break
  }
  fillSmall(kept, costs)
  return kept
}

/** A gap between shown lines that costs no more than its marker is shown too. */
function fillSmall(kept: Set<number>, costs: ArrayLike<number>): void {
  let above: number | undefined
  let cost = 0
  for (let line = 0; line < costs.length; line++) {
    if (!kept.has(line)) {
      cost += costs[line]!
      continue
    }
    if (above !== undefined && cost <= MARKER) for (let inside = above + 1; inside < line; inside++) kept.add(inside)
    above = line
    cost = 0
  }
}

/** Sharpens `attempt` until what it makes of a room of tokens fits `budget`, or gives up; most budgets take one or two goes. */
export function fitted<T>(budget: number, attempt: (room: number) => T, tokens: (made: T) => number): T | undefined {
  let room = budget
  let best: T | undefined
  for (let tries = 0; tries < TRIES && room >= 1; tries++) {
    const made = attempt(room)
    const taken = tokens(made)
    if (taken <= budget) {
      best = made
      // Near enough: what is left would hold little more.
      if (taken > 0.85 * budget || tries === TRIES - 1) return best
      room *= Math.min(1.5, (0.97 * budget) / taken)
    } else if (best !== undefined) return best
    else room *= Math.min(0.9, (0.95 * budget) / taken)
  }
  return best
}

const TRIES = 6
