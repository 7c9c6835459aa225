import { hashOf, isSame, MOST_TRIES, type Sheet, widened } from './sheet.ts'

/** Values of cells by number, and how often each was counted, without a string for any of them: open addressing over their hashes. */
export class Tally {
  readonly #sheet: Sheet
  /** Of each place: the number of the value there, from 1 on. */
  #table = new Int32Array(64)
  #hashes = new Int32Array(32)
  /** Of each value, by its number: a cell that holds it, and its count. */
  cells = new Int32Array(32)
  counts = new Int32Array(32)
  /** How many different values there are. */
  size = 0

  constructor(sheet: Sheet) {
    this.#sheet = sheet
  }

  /** Counts what stands in a cell; its number is the answer: 0, 1, ... as values were first seen. */
  add(cell: number): number {
    const { text, bounds } = this.#sheet
    const from = bounds[cell]!
    const length = bounds[cell + 1]! - from
    const hash = hashOf(text, from, from + length)
    const last = this.#table.length - 1
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const number = this.#table[(hash + tries) & last]! - 1
      if (number < 0) break
      const other = this.cells[number]!
      if (this.#hashes[number] !== hash || bounds[other + 1]! - bounds[other]! !== length) continue
      if (!isSame(text, bounds[other]!, from, length)) continue
      this.counts[number]!++
      return number
    }
    return this.#append(cell, hash)
  }

  #append(cell: number, hash: number): number {
    const number = this.size++
    this.#hashes[number] = hash
    this.cells[number] = cell
    this.counts[number] = 1
    this.#enter(number)
    if (2 * this.size === this.#table.length) this.#grow()
    return number
  }

  /** Where too many stand there already, the value is not found again. */
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
    this.cells = widened(this.cells)
    this.counts = widened(this.counts)
    this.#table = new Int32Array(2 * this.#table.length)
    for (let number = 0; number < this.size; number++) this.#enter(number)
  }
}
