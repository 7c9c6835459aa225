import type { Signal } from '../filter.ts'
import type { Page } from './page.ts'

/** Longer fences are not looked for, which keeps the search for what closes them linear. */
const LONGEST = 8

const OPENING = /^ {0,3}(?:[-*+>] |\d{1,3}\. )? {0,3}(`{3,}|~{3,}) {0,3}([\w+#.-]{0,30})[^`]*$/

export interface Fence {
  /** The line that closes it. */
  readonly close: number
  /** The word behind its opening mark, such as `json`; may be empty. */
  readonly language: string
}

/** Finds what closes Markdown's fences (CommonMark 4.5). What stays open fences nothing, and is looked for only once. */
export class Fences {
  readonly #page: Page
  /** Marks that nothing closes from the line of their last search on. */
  readonly #open = new Set<string>()

  constructor(page: Page) {
    this.#page = page
  }

  /** The fence that line `first` opens and a line before `end` closes, or undefined. */
  at(first: number, end: number, signal: Signal): Fence | undefined {
    const [, mark, language] = OPENING.exec(this.#page.line(first)) ?? []
    if (!mark || mark.length > LONGEST || this.#open.has(mark)) return undefined
    for (let close = first + 1; close < end; close++) {
      signal.throwIfAborted()
      if (closes(this.#page.line(close), mark)) return { close, language: language! }
    }
    this.#open.add(mark)
    return undefined
  }
}

function closes(line: string, mark: string): boolean {
  const bare = line.trim()
  return bare.length >= mark.length && bare.startsWith(mark) && bare === mark[0]!.repeat(bare.length)
}
