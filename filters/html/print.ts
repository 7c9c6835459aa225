import type { Signal } from '../filter.ts'
import { BLOCKS } from './elements.ts'
import type { Extent } from './extent.ts'
import { controlText, selectText } from './forms.ts'
import type { Links } from './links.ts'
import { attribute, type Node, type Page, SPACES, textIn } from './page.ts'
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

/** Inline elements, and what stands around their words. */
const AROUND: Readonly<Record<string, string>> = {
  __proto__: null as never,
  b: '**',
  strong: '**',
  code: '`',
  tt: '`',
  samp: '`',
  kbd: '`',
  del: '~~',
  s: '~~',
  strike: '~~',
  q: '"',
}
const PLAIN = new Set(['b', 'strong'])

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
  /** Elements that are open, the innermost last. */
  readonly #open: number[] = []
  readonly #inline: Opened[] = []
  #line = ''
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
      if (node.name === '') this.#addText(node.text, node)
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
        return this.#word(formula(page, at), node)
      case 'img':
        return this.#word(
          this.#source.terse || !attribute(node, 'alt').trim()
            ? ''
            : `![${attribute(node, 'alt').replace(SPACES, ' ').trim()}]`,
          node,
        )
      case 'br':
        this.#line = `${this.#line.trimEnd()}\n`
        return true
      case 'hr':
        return this.#add('text', '---', node)
      case 'select':
        return this.#word(selectText(page, at), node)
      case 'input':
      case 'textarea':
        return this.#word(controlText(page, at), node)
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
    } else if (name in AROUND || name === 'a' || name === 'sup' || name === 'sub' || name === 'button')
      this.#inline.push({ at, from: this.#line.length, blocks: this.blocks.length })
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
    } else if (this.#inline.at(-1)?.at === at) this.#close(page[at]!, this.#inline.pop()!)
  }

  /** Puts around the words of an inline element what Markdown has for it. */
  #close(node: Node, { from, blocks }: Opened): void {
    const split = blocks !== this.blocks.length || from > this.#line.length
    const words = split ? this.#line : this.#line.slice(from)
    const bare = words.trim()
    if (bare === '') return
    const before = split ? '' : this.#line.slice(0, from)
    const lead = words.startsWith(' ') ? ' ' : ''
    const tail = /[ \n]$/.test(words) ? ' ' : ''
    this.#line = before + lead + this.#around(node, bare, before) + tail
  }

  #around(node: Node, words: string, before: string): string {
    const { links, terse } = this.#source
    const { name } = node
    if (name === 'a') return links.print(words.replaceAll('\n', ' '), attribute(node, 'href'))
    if (name === 'button') return attribute(node, 'role') === 'tab' ? words : `[button ${words}]`
    // 10 to the 6th is not 106.
    if (name === 'sup' || name === 'sub') {
      const raised = /^[-+−]?[\p{L}\p{N}.]{1,8}$/u.test(words) && /[\p{L}\p{N})]$/u.test(before)
      return raised ? (name === 'sup' ? '^' : '_') + words : words
    }
    const around = AROUND[name]!
    if (this.#isWithin(around) || words.includes(around) || words.includes('\n')) return words
    return PLAIN.has(name) && (terse || this.#level > 0) ? words : around + words + around
  }

  /** Is an element open that has the same marks around it? */
  #isWithin(around: string): boolean {
    const { page } = this.#source
    return this.#inline.slice(-NEAREST).some(({ at }) => AROUND[page[at]!.name] === around)
  }

  /** Runs of white space are one space; but what indents code in lines that are no listing stays. */
  #addText(text: string, node: Node): void {
    const words = text.replace(INVISIBLE, '').replace(FOLDED, ' ')
    const isOpen = this.#line === '' || this.#line.endsWith(' ') || this.#line.endsWith('\n')
    const indent = isOpen || !text.startsWith('  ') ? '' : (/^ {2,40}(?=\S|$)/.exec(text)?.[0] ?? '')
    if (indent !== '') this.#append(FIXED.repeat(indent.length) + words.slice(1), node)
    else if (!isOpen || words !== ' ') this.#append(isOpen && words.startsWith(' ') ? words.slice(1) : words, node)
  }

  #append(words: string, { start, end }: Node): void {
    if (this.#start < 0) this.#start = start
    this.#end = end
    this.#line += words
  }

  #word(words: string, node: Node): boolean {
    if (words !== '') this.#append(words, node)
    return true
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
  #flush(kind: Block['kind']): void {
    const lines = this.#line.split('\n').map(shownLine)
    const level = this.#level
    this.#line = ''
    if (lines.some(line => line !== '')) {
      const shown = level
        ? [`${'#'.repeat(level)} ${lines.filter(Boolean).join(' ')}`]
        : lines.filter(Boolean).map(escaped)
      const text = this.#prefixes.put(shown)
      const [start, end] = [Math.max(0, this.#start), this.#end]
      this.blocks.push({
        kind: level ? 'heading' : kind === 'text' && this.#prefixes.isList ? 'item' : kind,
        text,
        level,
        start,
        end,
      })
    }
    this.#start = -1
    this.#level = 0
  }
}

/** Open elements that are looked at. */
const NEAREST = 8
/** Zero-width spaces and soft hyphens. */
const INVISIBLE = /[\u200b\u00ad\ufeff]/g
const FOLDED = /[ \t\n\f\r]+/g
/** A space that does not fold. */
const FIXED = '\u00a0'

/** A line as it is printed: folding spaces at its ends go, others are spaces. */
function shownLine(line: string): string {
  const from = line.startsWith(' ') ? 1 : 0
  const bare = line.slice(from, line.endsWith(' ') ? -1 : undefined).trimEnd()
  return bare === '' ? '' : bare.replaceAll(FIXED, ' ')
}

/** A line of text that Markdown would take for something else. */
const escaped = (line: string): string => (/^(?:#{1,6} |```|~~~)/.test(line) ? `\\${line}` : line)

/** A listing as it is, fenced, with the language that its classes name. */
function codeBlock({ page, extent, isLeft }: Source, at: number): string {
  let code = ''
  for (let i = at + 1; i <= page[at]!.last; i++) {
    const node = page[i]!
    if (extent.isUnseen(i) || isLeft(i)) i = node.last
    else if (node.name === 'br') code += '\n'
    else code += node.text
  }
  code = code.replaceAll('\r\n', '\n').replace(/^\n/, '').trimEnd()
  if (code.trim() === '') return ''
  let fence = '```'
  while (code.includes(fence)) fence += '`'
  return `${fence}${languageOf(page, at)}\n${code}\n${fence}`
}

const LANGUAGE =
  /(?:^|\s)(?:language-|lang-|highlight-(?!source)|highlight-source-|brush: ?|sourceCode |src-)([\w+#-]{1,20})/

/** Of the listing, what it holds first, or what holds it. */
function languageOf(page: Page, at: number): string {
  const { parent } = page[at]!
  const around = [at, at + 1, parent, page[parent]?.parent ?? -1]
  for (const i of around) {
    const language = LANGUAGE.exec(page[i]?.attributes.class ?? '')?.[1]
    if (language && !NO_LANGUAGE.has(language)) return language
  }
  return ''
}

const NO_LANGUAGE = new Set(['default', 'none', 'text', 'plaintext', 'wrapper'])

/** A formula in TeX where the page has it, else its letters. */
function formula(page: Page, at: number): string {
  const node = page[at]!
  if (node.name === 'script') return `$${textIn(page, at)}$`
  for (let i = at; i <= node.last; i++)
    if (attribute(page[i]!, 'encoding') === 'application/x-tex') return `$${textIn(page, i)}$`
  return textIn(page, at)
}
