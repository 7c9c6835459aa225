import type { Row } from './notation.ts'

/**
 * A text's lines, and where the times and values of its rows stand in it. A value is a range until it is printed: hundreds of thousands
 * of short strings would cost more than all that is done with them. A cell is a place in `bounds`: where a range begins, then its end.
 */
export class Sheet {
  readonly text: string
  readonly lines: readonly string[]
  /** Where each line begins, in UTF-16 units. */
  readonly starts: Int32Array
  bounds: Int32Array
  /** How much of `bounds` is in use. */
  size = 0

  constructor(text: string) {
    this.text = text
    this.lines = text.split('\n')
    this.starts = new Int32Array(this.lines.length)
    for (let line = 1; line < this.lines.length; line++)
      this.starts[line] = this.starts[line - 1]! + this.lines[line - 1]!.length + 1
    this.bounds = new Int32Array(64 + 16 * this.lines.length)
  }

  /** One more cell. */
  add(from: number, to: number): void {
    if (this.size === this.bounds.length) {
      const wider = new Int32Array(2 * this.bounds.length)
      wider.set(this.bounds)
      this.bounds = wider
    }
    this.bounds[this.size++] = from
    this.bounds[this.size++] = to
  }

  /** What stands in a cell. */
  at(cell: number): string {
    return this.text.slice(this.bounds[cell], this.bounds[cell + 1])
  }

  /** UTF-16 units of a cell. */
  lengthAt(cell: number): number {
    return this.bounds[cell + 1]! - this.bounds[cell]!
  }

  /** Do two cells hold the same? */
  same(a: number, b: number): boolean {
    const { text, bounds } = this
    const start = bounds[a]!
    const other = bounds[b]!
    const last = bounds[a + 1]! - start - 1
    if (bounds[b + 1]! - other - 1 !== last) return false
    // Numbers differ at their end first.
    for (let i = last; i >= 0; i--) if (text.charCodeAt(start + i) !== text.charCodeAt(other + i)) return false
    return true
  }

  /** Empty where the row has none. */
  timeOf(row: Row): string {
    return this.at(row.cells)
  }

  valueOf(row: Row, slot: number): string {
    return this.at(cellOf(row, slot))
  }

  valuesOf(row: Row): string[] {
    return Array.from({ length: row.template?.slots ?? 0 }, (_, slot) => this.valueOf(row, slot))
  }

  /** The line of a row without a template. */
  lineOf(row: Row): string {
    return this.lines[row.first]!
  }
}

/** The cell of a row's slot; that of its time is `row.cells`. */
export const cellOf = (row: Row, slot: number): number => row.cells + 2 + 2 * slot

/** Does a cell hold `12`, `1.5` or `10.0.0.1`? */
export function isNumber({ text, bounds }: Sheet, cell: number): boolean {
  const from = bounds[cell]!
  const to = bounds[cell + 1]!
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i)
    if ((code < 48 || code > 57) && (code !== 46 || i === from)) return false
  }
  return to > from
}
