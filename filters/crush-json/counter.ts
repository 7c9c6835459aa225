/** Counts numbers below a bound: one table for many counts, each of which costs what it counts. */
export class Counter {
  readonly #counts: Int32Array
  #seen: number[] = []

  constructor(bound: number) {
    this.#counts = new Int32Array(bound)
  }

  /** How many different numbers were counted. */
  get size(): number {
    return this.#seen.length
  }

  add(number: number): void {
    if (this.#counts[number]!++ === 0) this.#seen.push(number)
  }

  of(number: number): number {
    return this.#counts[number]!
  }

  /** The counts of all numbers that were counted. */
  counts(): number[] {
    return this.#seen.map(number => this.#counts[number]!)
  }

  /** Forgets all; returns how many different numbers there were. */
  clear(): number {
    const { length } = this.#seen
    for (let i = 0; i < length; i++) this.#counts[this.#seen[i]!] = 0
    this.#seen = []
    return length
  }
}
