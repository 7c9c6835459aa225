import type { Signal } from '../filter.ts'
import { BLOCKS } from './elements.ts'
import type { Extent } from './extent.ts'
import { controlText, selectText } from './forms.ts'
import { Line } from './line.ts'
import type { Links } from './links.ts'
import { codeBlock, formula } from './listing.ts'
import { isMarked, marked, markOf } from './marks.ts'
import { attribute, type Node, type Page, SPACES } from './page.ts'
import { Prefixes } from './prefixes.ts'
import { isData, printTable } from './tables.ts'

/** One block of a page as Markdown. */
export interface Block {
  readonly kind: 'heading' | 'text' | 'term' | 'item' | 'code' | 'table'
  /** Lines, without a last line end. */
  readonly text: string
  /** Of a heading, 1 to 6, else 0. */
  readonly level: number
  /** Of a table with a line of names, its cells. */
  readonly rows?: readonly (readonly string[])[]
  /** Where it stands in the source, in UTF-16 code units. */
  readonly start: number
  readonly end: number
}

/** A page, and what is known of it. */
export interface Source {
  readonly page: Page
  readonly extent: Extent
  readonly links: Links
  /** Is the element left out, with all that it holds? */
  isLeft(at: number): boolean
  /** Words alone: no emphasis, no pictures. */
  readonly terse: boolean
  readonly signal: Signal
}

/** The nodes from `first` to `last` as blocks of Markdown in the order of the source. Linear. */
export function blocksIn(source: Source, first: number, last: number): Block[] {
  const printer = new Printer(source)
  printer.walk(first, last)
  return printer.blocks
}

/** An inline element that is open: where its words begin in the line, and how many blocks there were. */
interface Opened {
  readonly at: number
  readonly from: number
  readonly blocks: number
}

class Printer {
  readonly blocks: Block[] = []
  readonly #source: Source
  readonly #prefixes = new Prefixes()
  readonly #line = new Line()
  /** The address of an open link that holds blocks: it goes to the first of them. */
  #around = ''
  /** Where the last link or button ended in the line. */
  #linkEnd = -1
  /** Elements that are open, the innermost last. */
  readonly #open: number[] = []
  readonly #inline: Opened[] = []
  #start = -1
  #end = 0
  #level = 0

  constructor(source: Source) {
    this.#source = source
  }

  walk(first: number, last: number): void {
    const { page, extent, isLeft, signal } = this.#source
    for (let i = first; i <= last; i++) {
      signal.throwIfAborted()
      this.#leaveBefore(i)
      const node = page[i]!
      if (node.name === '') this.#addText(node)
      else if (extent.isUnseen(i) || isLeft(i)) i = node.last
      else if (this.#printWhole(i, node)) i = node.last
      else this.#enter(i, node)
    }
    this.#leaveBefore(last + 1)
    this.#flush('text')
  }

  /** Ends the elements that hold nothing of what comes next. */
  #leaveBefore(next: number): void {
    const { page } = this.#source
    while (this.#open.length > 0 && page[this.#open.at(-1)!]!.last < next) this.#leave(this.#open.pop()!)
  }

  /** What is printed from an element as a whole; false where its contents are walked. */
  #printWhole(at: number, node: Node): boolean {
    const { page, extent } = this.#source
    switch (node.name) {
      case 'pre':
      case 'listing':
      case 'xmp':
      case 'plaintext':
        return this.#add('code', codeBlock(this.#source, at), node)
      case 'table':
        return isData(page, extent, at) && this.#printTable(at, node)
      case 'math':
      case 'script':
        return this.#append(formula(page, at), node)
      case 'img':
        return this.#append(this.#source.terse ? '' : picture(node), node)
      case 'br':
        this.#line.add('\n')
        return true
      case 'hr':
        return this.#add('text', '---', node)
      case 'select':
        return this.#append(selectText(page, at), node)
      case 'input':
      case 'textarea':
        return this.#append(controlText(page, at), node)
      default:
        return false
    }
  }

  #enter(at: number, node: Node): void {
    this.#open.push(at)
    const { name } = node
    if (BLOCKS.has(name)) {
      this.#flush('text')
      if (!this.#indents(at)) this.#prefixes.enter(node)
      const level = /^h[1-6]$/.test(name) ? Number(name[1]) : attribute(node, 'role') === 'heading' ? 2 : 0
      if (level) this.#level = level
      this.#linkEnd = -1
    } else if (name === 'a' && this.#source.extent.of('blocks', at) > 0) {
      this.#flush('text')
      this.#around = attribute(node, 'href')
    } else if (isMarked(name) && this.#inline.length < DEEPEST) {
      // What only style sets apart would be one word.
      if (PARTED.has(name) && this.#line.length === this.#linkEnd && /\S/.test(this.#line.last)) this.#line.add(' ')
      this.#inline.push({ at, from: this.#line.length, blocks: this.blocks.length })
    }
  }

  /** Does a quotation only indent a listing? */
  #indents(at: number): boolean {
    const { page, extent } = this.#source
    if (page[at]!.name !== 'blockquote' || extent.of('code', at) !== 1) return false
    for (let i = at + 1; i <= Math.min(page[at]!.last, at + 4); i++)
      if (page[i]!.name === 'pre') return extent.of('text', i) === extent.of('text', at)
    return false
  }

  #leave(at: number): void {
    const { page } = this.#source
    const { name } = page[at]!
    if (BLOCKS.has(name)) {
      this.#flush(name === 'dt' ? 'term' : 'text')
      this.#prefixes.leave(page[at]!)
    } else if (name === 'a' && this.#around !== '') {
      this.#flush('text')
      this.#around = ''
    } else if (this.#inline.at(-1)?.at === at) this.#close(page[at]!, this.#inline.pop()!)
  }

  /** Puts around the words of an inline element what Markdown has for it; around its last line, where blocks end in it. */
  #close(node: Node, { from, blocks }: Opened): void {
    const start = blocks === this.blocks.length ? from : 0
    const words = this.#line.from(start)
    const bare = words.trim()
    if (bare === '') return
    const lead = words.startsWith(' ') ? ' ' : ''
    const tail = /[ \n]$/.test(words) ? ' ' : ''
    this.#line.replace(start, lead + this.#marked(node, bare, this.#line.before(start)) + tail)
    if (PARTED.has(node.name)) this.#linkEnd = this.#line.length
  }

  #marked(node: Node, words: string, before: string): string {
    const { links, terse } = this.#source
    const { name } = node
    // Code stays as it is.
    if (name === 'a' && this.#isWithin('`')) return words
    if (name === 'a') return links.print(words.replaceAll('\n', ' '), attribute(node, 'href'))
    const mark = markOf(name)
    const isPlain = mark === '**' && (terse || this.#level > 0)
    return isPlain || (mark && this.#isWithin(mark)) ? words : marked(node, words, before)
  }

  /** Is an element open that has this mark around it? */
  #isWithin(mark: string): boolean {
    return this.#inline.some(({ at }) => markOf(this.#source.page[at]!.name) === mark)
  }

  #append(words: string, { start, end }: Node): boolean {
    if (words === '') return true
    if (this.#start < 0) this.#start = start
    this.#end = end
    this.#line.add(words)
    return true
  }

  #addText({ text, start, end }: Node): void {
    if (!this.#line.addText(text)) return
    if (this.#start < 0) this.#start = start
    this.#end = end
  }

  #printTable(at: number, node: Node): boolean {
    this.#flush('text')
    for (const { kind, text, rows } of printTable(this.#source, at)) {
      const shown = this.#prefixes.put(text.split('\n'))
      const { start, end } = node
      this.blocks.push({ kind, text: shown, level: 0, start, end, ...(rows && shown === text && { rows }) })
    }
    return true
  }

  /** A block of its own. */
  #add(kind: Block['kind'], text: string, { start, end }: Node): boolean {
    this.#flush('text')
    if (text !== '') this.blocks.push({ kind, text: this.#prefixes.put(text.split('\n')), level: 0, start, end })
    return true
  }

  /** What is in the line becomes a block. */
  #flush(kind: 'text' | 'term'): void {
    const lines = this.#line.take()
    const level = this.#level
    if (lines.length > 0) {
      if (this.#around !== '') lines[0] = this.#source.links.print(lines[0]!, this.#around)
      this.#around = ''
      const shown = level ? [`${'#'.repeat(level)} ${lines.join(' ')}`] : lines.map(escaped)
      this.blocks.push({
        kind: level ? 'heading' : kind === 'text' && this.#prefixes.isList ? 'item' : kind,
        text: this.#prefixes.put(shown),
        level,
        start: Math.max(0, this.#start),
        end: this.#end,
      })
    }
    this.#start = -1
    this.#level = 0
  }
}

/** Elements that stand side by side without a space between. */
const PARTED = new Set(['a', 'button'])
/** Inline elements within each other that are marked. */
const DEEPEST = 20

function picture(node: Node): string {
  const words = attribute(node, 'alt').replace(SPACES, ' ').trim()
  return words === '' ? '' : `![${words}]`
}

/** A line of text that Markdown would take for something else. */
const escaped = (line: string): string => (/^(?:#{1,6} |```|~~~)/.test(line) ? `\\${line}` : line)
