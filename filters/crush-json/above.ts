import { DITTO } from './notation.ts'

/** A cell may say "as above" this many rows below the value. */
const DITTO_REACH = 15

/** What stands in the rows above, so that a cell can say "as above". */
export class Above {
  readonly #cells = new Map<object, { text: string; left: number }[]>()

  clear(): void {
    this.#cells.clear()
  }

  /** The cell, or the ditto mark where the same text stands within reach above. */
  cell(written: object, i: number, text: string): string {
    let cells = this.#cells.get(written)
    if (!cells) this.#cells.set(written, (cells = []))
    const known = cells[i]
    if (known && known.text === text && known.left > 0 && text.length > 4) {
      known.left--
      return DITTO
    }
    cells[i] = { text, left: DITTO_REACH }
    return text
  }
}
