/** A text by its lines: where each begins, and what it says. Offsets are UTF-16 code units, line numbers are from 0. */
export class Page {
  readonly text: string
  readonly #starts: readonly number[]

  constructor(text: string) {
    this.text = text
    const starts = [0]
    for (let at = text.indexOf('\n'); at >= 0 && at + 1 < text.length; at = text.indexOf('\n', at + 1))
      starts.push(at + 1)
    this.#starts = starts
  }

  get count(): number {
    return this.#starts.length
  }

  /** Where line `line` begins; the text's end for the line behind the last. */
  start(line: number): number {
    return this.#starts[line] ?? this.text.length
  }

  /** A line without its end, and of a long one only the beginning: enough to tell what it is. */
  line(line: number): string {
    const start = this.start(line)
    let end = this.start(line + 1)
    if (end > start && this.text.charCodeAt(end - 1) === LF) end--
    if (end > start && this.text.charCodeAt(end - 1) === CR) end--
    return this.text.slice(start, Math.min(end, start + WIDTH))
  }

  /** The line that holds the unit at `offset`, or the number of lines where it is the text's end. */
  lineAt(offset: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.start(middle + 1) <= offset) low = middle + 1
      else high = middle
    }
    return low
  }
}

const WIDTH = 400
const LF = 10
const CR = 13
