/** Seeded pseudo-random numbers: equal seeds give equal workloads on every machine. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = (seed ^ 0x9e3779b9) >>> 0 || 1
  }

  /** 0 <= x < 1. Xorshift with 32 bits of state (Marsaglia, 2003). */
  next(): number {
    let x = this.#state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#state = x >>> 0
    return this.#state / 0x1_0000_0000
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  /** A number from `low` to `high` with `digits` decimals at most. */
  decimal(low: number, high: number, digits: number): number {
    return Number((low + this.next() * (high - low)).toFixed(digits))
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.int(0, choices.length - 1)]!
  }

  /** `count` different elements, in random order; all of them shuffled where `count` is their number. */
  sample<T>(choices: readonly T[], count: number): T[] {
    const all = [...choices]
    for (let i = 0; i < count; i++) {
      const j = this.int(i, all.length - 1)
      ;[all[i], all[j]] = [all[j]!, all[i]!]
    }
    return all.slice(0, count)
  }
}
