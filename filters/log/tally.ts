import { hashOf, isSame, type Sheet, widened } from './sheet.ts'

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
    for (let place = hash & last; ; place = (place + 1) & last) {
      const number = this.#table[place]! - 1
      if (number < 0) return this.#insert(place, cell, hash)
      const other = this.cells[number]!
      if (this.#hashes[number] !== hash || bounds[other + 1]! - bounds[other]! !== length) continue
      if (!isSame(text, bounds[other]!, from, length)) continue
      this.counts[number]!++
      return number
    }
  }

  #insert(place: number, cell: number, hash: number): number {
    const number = this.size++
    this.#table[place] = number + 1
    this.#hashes[number] = hash
    this.cells[number] = cell
    this.counts[number] = 1
    if (2 * this.size === this.#table.length) this.#grow()
    return number
  }

  #grow(): void {
    this.#hashes = widened(this.#hashes)
    this.cells = widened(this.cells)
    this.counts = widened(this.counts)
    this.#table = new Int32Array(2 * this.#table.length)
    const last = this.#table.length - 1
    for (let number = 0; number < this.size; number++) {
      let place = this.#hashes[number]! & last
      while (this.#table[place]! > 0) place = (place + 1) & last
      this.#table[place] = number + 1
    }
  }
}
