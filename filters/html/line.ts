/** The words of the block that is being read, in parts, so that marks around some of them cost no more than these. */
export class Line {
  #parts: string[] = []
  #last = ''

  /** How many parts there are: where words that come next begin. */
  get length(): number {
    return this.#parts.length
  }

  /** The last character, or empty. */
  get last(): string {
    return this.#last
  }

  /** Adds words as they are. */
  add(words: string): void {
    if (words === '') return
    this.#parts.push(words)
    this.#last = words.at(-1)!
  }

  /**
   * Adds text of the source: runs of white space are one space, and none where one is already; but what indents code in lines that are no
   * listing stays. False where nothing was added.
   */
  addText(text: string): boolean {
    const words = text.replace(INVISIBLE, '').replace(FOLDED, ' ')
    const isOpen = this.#last === '' || this.#last === ' ' || this.#last === '\n'
    const indent = isOpen || !text.startsWith('  ') ? '' : (/^ {2,40}(?=\S|$)/.exec(text)?.[0] ?? '')
    const added = indent ? FIXED.repeat(indent.length) + words.slice(1) : isOpen ? words.replace(/^ /, '') : words
    this.add(added)
    return added !== ''
  }

  /** The words from a part on. */
  from(part: number): string {
    return this.#parts.slice(part).join('')
  }

  /** Puts other words in the place of those from a part on. */
  replace(part: number, words: string): void {
    this.#parts.length = part
    this.#last = part > 0 ? this.#parts[part - 1]!.at(-1)! : ''
    this.add(words)
  }

  /** The character before a part, or empty. */
  before(part: number): string {
    return part > 0 ? this.#parts[part - 1]!.at(-1)! : ''
  }

  /** The lines that there are, and begins anew. */
  take(): string[] {
    const lines = this.from(0)
      .split('\n')
      .map(shown)
      .filter(line => line !== '')
    this.#parts = []
    this.#last = ''
    return lines
  }
}

/** Zero-width spaces and soft hyphens. */
const INVISIBLE = /[\u200b\u00ad\ufeff]/g
const FOLDED = /[ \t\n\f\r]+/g
/** A space that does not fold. */
const FIXED = '\u00a0'

/** A line as it is printed: spaces that fold go at its ends, those that do not are spaces. */
function shown(line: string): string {
  const bare = line.slice(line.startsWith(' ') ? 1 : 0).trimEnd()
  return bare.replaceAll(FIXED, ' ')
}
