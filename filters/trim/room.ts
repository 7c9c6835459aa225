import type { Piece } from './pieces.ts'

/** Tokens of a marker, by the digits of the line numbers in it: `[... 172 lines L3-174]` takes 10. */
const markerCost = (pieces: number) => (pieces < 1000 ? 11 : 14)

/** What is kept so far, and what it costs with the markers of the gaps between. */
export class Room {
  readonly kept = new Set<number>()
  /** Tokens. */
  spent: number
  readonly #pieces: readonly Piece[]
  readonly #limit: number
  readonly #marker: number

  constructor(pieces: readonly Piece[], limit: number) {
    this.#pieces = pieces
    this.#limit = limit
    this.#marker = markerCost(pieces.length)
    this.spent = this.#marker
  }

  /** False where the piece does not fit within `most` tokens. */
  keep(i: number, most: number): boolean {
    if (this.kept.has(i)) return true
    // It parts one gap in two, or closes one.
    const gaps =
      Number(i > 0 && !this.kept.has(i - 1)) + Number(i + 1 < this.#pieces.length && !this.kept.has(i + 1)) - 1
    const cost = this.#pieces[i]!.cost + gaps * this.#marker
    if (this.spent + cost > Math.min(most, this.#limit)) return false
    this.kept.add(i)
    this.spent += cost
    return true
  }
}
