import { DITTO } from './notation.ts'

/** A cell may say "as above" this many rows below the value. */
const DITTO_REACH = 15

/** What stands in the rows above, so that a cell can say "as above". */
export class Above {
  readonly #cells = new Map<object, { value: number; left: number }[]>()

  clear(): void {
    this.#cells.clear()
  }

  /** The cell, or the ditto mark where the same value stands within reach above; equal texts with gaps in them need not be equal. */
  cell(written: object, i: number, text: string, value: number): string {
    let cells = this.#cells.get(written)
    if (!cells) this.#cells.set(written, (cells = []))
    const known = cells[i]
    if (known && known.value === value && known.left > 0 && text.length > 4) {
      known.left--
      return DITTO
    }
    cells[i] = { value, left: DITTO_REACH }
    return text
  }
}
