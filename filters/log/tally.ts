import { hashOf, isSame } from '../ranges.ts'
import { widened } from './sheet.ts'

/** Places of the table that are looked at: far more than chance asks for, so that texts made to collide stay linear. */
export const MOST_TRIES = 256

/** The different ranges of a text by number, and how often each was counted: open addressing over their hashes. */
export class Tally {
  readonly #text: string
  /** Of each place: the number of what is there, from 1 on. */
  #table: Int32Array
  #hashes: Int32Array
  /** Of each range, by its number: where it first stood, and its count. */
  starts: Int32Array
  ends: Int32Array
  counts: Int32Array
  /** How many different ones there are. */
  size = 0

  /** `expected`: how many different ones there is room for at first. */
  constructor(text: string, expected = 32) {
    const room = 1 << (32 - Math.clz32(expected - 1))
    this.#text = text
    this.#table = new Int32Array(2 * room)
    this.#hashes = new Int32Array(room)
    this.starts = new Int32Array(room)
    this.ends = new Int32Array(room)
    this.counts = new Int32Array(room)
  }

  /** Counts what stands between two places; its number is the answer: 0, 1, ... as they were first seen. */
  add(from: number, to: number): number {
    const hash = hashOf(this.#text, from, to)
    const last = this.#table.length - 1
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const number = this.#table[(hash + tries) & last]! - 1
      if (number < 0) break
      const start = this.starts[number]!
      if (this.#hashes[number] !== hash || this.ends[number]! - start !== to - from) continue
      if (!isSame(this.#text, start, from, to - from)) continue
      this.counts[number]!++
      return number
    }
    return this.#append(from, to, hash)
  }

  #append(from: number, to: number, hash: number): number {
    if (2 * this.size === this.#table.length) this.#grow()
    const number = this.size++
    this.#hashes[number] = hash
    this.starts[number] = from
    this.ends[number] = to
    this.counts[number] = 1
    this.#enter(number)
    return number
  }

  /** Where too many stand there already, it is not found again. */
  #enter(number: number): void {
    const last = this.#table.length - 1
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const place = (this.#hashes[number]! + tries) & last
      if (this.#table[place]! > 0) continue
      this.#table[place] = number + 1
      return
    }
  }

  #grow(): void {
    this.#hashes = widened(this.#hashes)
    this.starts = widened(this.starts)
    this.ends = widened(this.ends)
    this.counts = widened(this.counts)
    this.#table = new Int32Array(2 * this.#table.length)
    for (let number = 0; number < this.size; number++) this.#enter(number)
  }
}
