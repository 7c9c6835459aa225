import type { Signal } from './filter.ts'

/** The step or time limit of one filter call was reached, or its caller gave up. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow'
}

/** Steps a filter may take on a text of n UTF-16 units: far above what linear work needs, far below what hurts. */
export const stepLimit = (units: number): number => 100_000 + 40 * units

/** Milliseconds of wall clock for one filter call: a last resort against what steps do not see. */
const WALL_LIMIT = 120_000
const LOOK_AT_CLOCK = 4096

/** Counts the steps of one filter call. The wall clock is only looked at every few thousand steps. */
export class Steps implements Signal {
  taken = 0
  readonly #limit: number
  readonly #started = Date.now()
  readonly #abort: AbortSignal | undefined
  #nextLook = LOOK_AT_CLOCK

  constructor(limit: number, abort?: AbortSignal) {
    this.#limit = limit
    this.#abort = abort
  }

  throwIfAborted(steps = 1): void {
    this.taken += steps
    if (this.taken > this.#limit) throw new TooSlow(`more than ${this.#limit} steps`)
    if (this.taken < this.#nextLook) return
    this.#nextLook = this.taken + LOOK_AT_CLOCK
    if (this.#abort?.aborted) throw new TooSlow('aborted')
    if (Date.now() - this.#started > WALL_LIMIT) throw new TooSlow(`more than ${WALL_LIMIT / 1000} s`)
  }
}
