import { DITTO } from './notation.ts'
import type { Written } from './written.ts'

/** A cell may say "as above" this many rows below the value. */
const DITTO_REACH = 15

/** What stands in the rows above, so that a cell can say "as above". */
export class Above {
  readonly #rows = new Map<Written, Last>()

  clear(): void {
    this.#rows.clear()
  }

  /** Of rows that are written so. */
  of(written: Written): Last {
    let last = this.#rows.get(written)
    if (!last) this.#rows.set(written, (last = new Last(written.codecs.length)))
    return last
  }
}

/** What stands in the last row's columns. */
export class Last {
  readonly #values: Int32Array
  /** How many more rows may say "as above"; 0 where nothing stands above. */
  readonly #left: Uint8Array

  constructor(columns: number) {
    this.#values = new Int32Array(columns)
    this.#left = new Uint8Array(columns)
  }

  /** The cell, or the ditto mark where the same value stands within reach above; equal texts with gaps in them need not be equal. */
  cell(i: number, text: string, value: number): string {
    if (this.#left[i]! > 0 && this.#values[i] === value && text.length > 4) {
      this.#left[i]!--
      return DITTO
    }
    this.#values[i] = value
    this.#left[i] = DITTO_REACH
    return text
  }
}
