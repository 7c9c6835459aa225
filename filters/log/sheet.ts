import { isSame } from '../ranges.ts'
import type { Row } from './notation.ts'

/**
 * A text's lines, and where the times and values of its rows stand in it. A value is a range until it is printed: hundreds of thousands
 * of short strings would cost more than all that is done with them. A cell is a place in `bounds`: where a range begins, then its end.
 */
export class Sheet {
  readonly text: string
  readonly lineCount: number
  /** Where each line begins, and would begin behind the last one, in UTF-16 units. */
  readonly starts: Int32Array
  bounds: Int32Array
  /** How much of `bounds` is in use. */
  size = 0

  constructor(text: string) {
    this.text = text
    this.starts = lineStarts(text)
    this.lineCount = this.starts.length - 1
    this.bounds = new Int32Array(64 + 16 * this.lineCount)
  }

  /** One more cell. */
  add(from: number, to: number): void {
    if (this.size === this.bounds.length) this.bounds = widened(this.bounds)
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
    const length = bounds[a + 1]! - start
    return bounds[b + 1]! - bounds[b]! === length && isSame(text, start, bounds[b]!, length)
  }

  /** Does the one character stand in a cell? */
  holds(cell: number, sign: string): boolean {
    const code = sign.charCodeAt(0)
    for (let i = this.bounds[cell]!; i < this.bounds[cell + 1]!; i++) if (this.text.charCodeAt(i) === code) return true
    return false
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

  /** A line, 0-based, without its end. */
  lineAt(line: number): string {
    return this.text.slice(this.starts[line], this.endOf(line))
  }

  /** Where a line ends, before its line end. */
  endOf(line: number): number {
    return this.starts[line + 1]! - 1
  }

  /** UTF-16 units of a line. */
  lengthOf(line: number): number {
    return this.endOf(line) - this.starts[line]!
  }

  /** The line of a row without a template. */
  lineOf(row: Row): string {
    return this.lineAt(row.first)
  }
}

/** UTF-16 units of a line that are expected: the table of starts grows where they are fewer. */
const EXPECTED = 32

/** Where each line begins, and one unit behind the end of the text. Linear. */
export function lineStarts(text: string): Int32Array {
  let starts = new Int32Array(16 + Math.floor(text.length / EXPECTED))
  let count = 1
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
    // One more fits behind the loop.
    if (count + 1 === starts.length) starts = widened(starts)
    starts[count++] = end + 1
  }
  starts[count++] = text.length + 1
  return starts.subarray(0, count)
}

export function widened(narrow: Int32Array): Int32Array<ArrayBuffer> {
  const wide = new Int32Array(2 * narrow.length)
  wide.set(narrow)
  return wide
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
