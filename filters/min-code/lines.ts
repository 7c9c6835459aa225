/** Where the lines of a text begin, LF-ended; lines are counted from 0 here, offsets in UTF-16 code units. */
export class Lines {
  readonly text: string
  readonly starts: readonly number[]

  constructor(text: string) {
    this.text = text
    const starts = [0]
    for (let at = text.indexOf('\n'); at >= 0 && at + 1 < text.length; at = text.indexOf('\n', at + 1))
      starts.push(at + 1)
    this.starts = starts
  }

  get count(): number {
    return this.starts.length
  }

  /** The line that holds an offset. */
  at(offset: number): number {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  /** One past a line's last unit, its line end included. */
  end(line: number): number {
    return this.starts[line + 1] ?? this.text.length
  }

  /** A line without its line end. */
  line(line: number): string {
    return this.slice(line, line).replace(/\r?\n$/, '')
  }

  /** Lines from first to last, line ends included. */
  slice(first: number, last: number): string {
    return this.text.slice(this.starts[first], this.end(last))
  }

  /** Is there nothing but blanks between a line's start and `offset`? */
  blankBefore(offset: number): boolean {
    return /^\s*$/.test(this.text.slice(this.starts[this.at(offset)], offset))
  }

  /** Is there nothing but blanks between `offset` and its line's end? */
  blankAfter(offset: number): boolean {
    for (let i = offset; i < this.text.length; i++) {
      const unit = this.text.charCodeAt(i)
      if (unit === 10) return true
      if (unit !== 32 && unit !== 9 && unit !== 13) return false
    }
    return true
  }
}

export const indentOf = (line: string): string => /^[ \t]*/.exec(line)![0]
