import type { Hint, Signal } from '../filter.ts'
import type { FilterName } from '../index.ts'
import { isBorder } from './borders.ts'
import { diffEnd } from './diff-end.ts'
import { Fences } from './fences.ts'
import { jsonEnd } from './json-end.ts'
import type { Page } from './page.ts'
import { hintOf } from './readers.ts'

/** A part that may be something of its own. Offsets are UTF-16 code units: it begins at a line start. */
export interface Block {
  readonly start: number
  readonly end: number
  /** Who reads it, where its own syntax says so; absent where it is to be looked at. */
  readonly filter?: FilterName
  readonly hint: Hint
  /** Where the fence around it begins and ends, if there is one. */
  readonly fence?: { readonly start: number; readonly end: number }
}

/** UTF-16 code units below which a part is left as it is: a head and a foot would eat what is gained. */
export const LEAST = 200
/** The same for JSON on one line. Logs have short ones in them, and are read as a whole. */
const LEAST_IN_LINE = 400

/** Cuts a text where it surely changes its kind: at fences, JSON containers, diffs, prompts and headings. One pass; in order. */
export function blocksOf(page: Page, signal: Signal): Block[] {
  return [...new Cutter(page, signal).blocks(0, page.count)]
}

/** What begins at a line and is known by its syntax: the line behind it, and the blocks in it, if it is large enough to be cut out. */
interface Known {
  readonly next: number
  readonly blocks: Iterable<Block>
  readonly isCut: boolean
}

class Cutter {
  readonly #page: Page
  readonly #signal: Signal
  readonly #fences: Fences
  /** Before this offset no container is looked for: one was read up to it in vain. */
  #readInVain = 0

  constructor(page: Page, signal: Signal) {
    this.#page = page
    this.#signal = signal
    this.#fences = new Fences(page)
  }

  /** Lines `first` to `end`: blocks of known syntax, and what stands between them and the borders. */
  *blocks(first: number, end: number, inside: Pick<Block, 'hint' | 'fence'> = { hint: {} }): Generator<Block> {
    let from = first
    for (let at = first; at < end; ) {
      this.#signal.throwIfAborted()
      const known = this.#known(at, end, inside)
      const isCut = known ? known.isCut : isBorder(this.#page.line(at))
      if (isCut) yield* this.#block(from, this.#page.start(at), inside)
      if (known) yield* known.blocks
      at = known ? known.next : at + 1
      if (isCut) from = at
    }
    yield* this.#block(from, this.#page.start(end), inside)
  }

  *#block(first: number, end: number, block: Omit<Block, 'start' | 'end'>, least = LEAST): Generator<Block> {
    const start = this.#page.start(first)
    if (end - start >= least) yield { ...block, start, end }
  }

  #known(at: number, end: number, inside: Pick<Block, 'hint' | 'fence'>): Known | undefined {
    const unit = this.#page.text.charCodeAt(this.#page.start(at))
    const next = DIFF_STARTS.has(unit) ? diffEnd(this.#page, at, end, this.#signal) : at
    if (next > at) return this.#cut(at, next, this.#page.start(next), { ...inside, filter: 'diff' })
    return this.#json(at, end, inside) ?? (inside.fence ? undefined : this.#fenced(at, end))
  }

  #cut(first: number, next: number, end: number, block: Omit<Block, 'start' | 'end'>, least = LEAST): Known {
    const blocks = [...this.#block(first, end, block, least)]
    return { next, blocks, isCut: blocks.length > 0 }
  }

  /** A JSON container, or the run of containers on a line each that begins here. What follows its last bracket is no part of it. */
  #json(first: number, end: number, inside: Pick<Block, 'hint' | 'fence'>): Known | undefined {
    const { text } = this.#page
    const block = { ...inside, filter: 'crush-json' } as const
    let at = first
    for (let rows = 0; at < end; rows++) {
      const found = this.#container(at)
      if (!found) break
      const next = this.#page.lineAt(found.end - 1) + 1
      const isWhole = /^\s*$/.test(text.slice(found.end, Math.min(this.#page.start(next), found.end + REST)))
      if (rows > 0 && (next > at + 1 || !isWhole)) break
      at = next
      if (next > first + rows + 1 || !isWhole)
        return this.#cut(first, next, isWhole ? this.#page.start(next) : found.end, block)
    }
    if (at === first) return undefined
    return this.#cut(first, at, this.#page.start(at), block, at > first + 1 ? LEAST : LEAST_IN_LINE)
  }

  #container(line: number): { end: number } | undefined {
    const { text } = this.#page
    const start = this.#page.start(line) + (line === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0)
    const first = text[start]
    if ((first !== '{' && first !== '[') || start < this.#readInVain) return undefined
    const { end, ok } = jsonEnd(text, start, this.#signal)
    if (ok) return { end }
    this.#readInVain = end
    return undefined
  }

  /** A fence's lines stay; what it holds is cut as a text of its own. */
  #fenced(at: number, end: number): Known | undefined {
    const found = this.#fences.at(at, end, this.#signal)
    if (!found) return undefined
    const { close, language } = found
    const fence = { start: this.#page.start(at), end: this.#page.start(close + 1) }
    const blocks = [...this.blocks(at + 1, close, { hint: hintOf(language), fence })]
    return { next: close + 1, blocks, isCut: blocks.length > 0 }
  }
}

/** UTF-16 code units looked at behind a container. */
const REST = 1000
/** `diff`, `---` and `commit`. */
const DIFF_STARTS: ReadonlySet<number> = new Set([0x64, 0x2d, 0x63])
