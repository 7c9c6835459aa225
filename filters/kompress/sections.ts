import { lines as lineSelector } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'

/** About how many UTF-16 units of the original one marker answers for: finer costs tokens, coarser costs whoever fetches. */
const SECTION = 3200

/**
 * The output, in the order of the original's lines (0-based here), cut into sections. Where words are gone, the section ends with
 * a marker that covers them all. It takes the place of the blank line that ends the section, else it stands at the end of the last
 * line: the text outside the markers is a subsequence of the original, white space included.
 */
export class Sections {
  /** Words gone so far. */
  gone = 0
  readonly #lines: readonly string[]
  readonly #context: FilterContext
  readonly #out: string[] = []
  #first = 0
  #size = 0
  #words = 0

  constructor(lines: readonly string[], context: FilterContext) {
    this.#lines = lines
    this.#context = context
  }

  /** One line as it is; of blank lines in a row, one. */
  keep(line: number): void {
    const text = this.#lines[line]!
    const again = text === '' && this.#out.at(-1) === '' && line + 1 < this.#lines.length
    this.put(line, line + 1, again ? [] : [text], 0)
  }

  /** The lines [from, to) as `texts`, `words` of them gone. */
  put(from: number, to: number, texts: readonly string[], words: number): void {
    for (const text of texts) this.#out.push(text)
    this.#words += words
    for (let i = from; i < to; i++) this.#size += this.#lines[i]!.length + 1
    const blank = this.#lines[to - 1]! === ''
    if (to < this.#lines.length && this.#size >= SECTION && (blank || this.#size >= 2 * SECTION)) this.#close(to)
  }

  /** The lines [from, to) behind a marker of their own. */
  cut(from: number, to: number, what: string, rule: string): void {
    this.#out.push(this.#context.omit(lineSelector(from + 1, to), what, rule))
    this.gone += to - from
  }

  /** The whole output. */
  finish(): string {
    const ended = this.#lines.at(-1) === ''
    this.#close(this.#lines.length - (ended ? 1 : 0))
    return this.#out.join('\n')
  }

  /** Ends the section before the line `next`. */
  #close(next: number): void {
    if (this.#words) {
      // Where no line is left, the marker stands alone.
      if (this.#out.length === 0) this.#out.push('')
      const what = this.#words === 1 ? '1 word' : `${this.#words} words`
      this.#out[this.#out.length - 1] += this.#context.omit(lineSelector(this.#first + 1, next), what, 'words')
    }
    this.gone += this.#words
    this.#first = next
    this.#size = 0
    this.#words = 0
  }
}
