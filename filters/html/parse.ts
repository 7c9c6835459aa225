import { Tokenizer } from 'htmlparser2'
import type { Signal } from '../filter.ts'
import { CLOSED_BY, LISTENS_TO, TABLE_PARTS, VOID } from './elements.ts'
import type { Attributes, Node, Page } from './page.ts'

/** Open elements looked at for the one that a tag ends: it bounds the work that unclosed elements make. */
const REACH = 250
/** Elements within each other; what is deeper stands beside, not inside. */
const DEPTH = 2000

/** What an HTML text holds. */
export interface Parsed {
  readonly page: Page
  /** UTF-16 code units of data for scripts: JSON in scripts and attributes, from which an application draws itself. */
  readonly data: number
}

/**
 * The nodes of an HTML text. htmlparser2 cuts it into tags, attributes and text, entities decoded; the elements are put together here, as
 * browsers do for end tags that are left out, in linear time and with the place of each in the source. Entities that a document
 * declares itself are never expanded. Comments, declarations and the contents of scripts and styles are no nodes.
 */
export function parse(text: string, signal: Signal): Parsed {
  const tree = new Tree(text, signal)
  const tokenizer = new Tokenizer({}, tree)
  tokenizer.write(text)
  tokenizer.end()
  return { page: tree.closed(text.length), data: tree.data }
}

/** What is not text even where it holds characters. */
const RAW = new Set(['script', 'style', 'template', 'noembed', 'noframes', 'iframe'])
/** Attributes that anybody here asks for. */
const KNOWN = new Set(
  (
    'alt aria-hidden aria-label checked class colspan content datetime encoding hidden href http-equiv id itemprop lang ' +
    'name placeholder property rel role rowspan selected src start style title type value charset'
  ).split(' '),
)
const NONE: Attributes = {}

/** The tokenizer's listener: keeps the open elements. */
class Tree {
  readonly nodes: Node[] = [{ name: '#page', text: '', attributes: NONE, start: 0, end: 0, parent: -1, last: 0 }]
  data = 0
  readonly #text: string
  readonly #signal: Signal
  /** Numbers of the open elements, the innermost last. */
  readonly #open: number[] = [0]
  /** How many elements of each name are open. */
  readonly #counts = new Map<string, number>()
  #name = ''
  #tagStart = 0
  #attributes: Record<string, string> | undefined
  #attribute = ''
  /** UTF-16 code units of a value that is not read, and whether it begins as JSON does. */
  #size = 0
  #isData = false
  #value = ''
  #foreign = 0

  constructor(text: string, signal: Signal) {
    this.#text = text
    this.#signal = signal
  }

  ontext(start: number, end: number): void {
    this.#signal.throwIfAborted(1 + ((end - start) >> 6))
    this.#addText(this.#text.slice(start, end), start, end)
  }

  ontextentity(code: number, end: number): void {
    this.#signal.throwIfAborted()
    this.#addText(String.fromCodePoint(code), end, end)
  }

  onopentagname(start: number, end: number): void {
    this.#signal.throwIfAborted()
    this.#name = this.#text.slice(start, end).toLowerCase()
    this.#tagStart = start - 1
    this.#attributes = undefined
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#text.slice(start, end).toLowerCase()
    this.#value = ''
    this.#size = 0
  }

  onattribdata(start: number, end: number): void {
    this.#signal.throwIfAborted(1 + ((end - start) >> 7))
    if (KNOWN.has(this.#attribute)) this.#value += this.#text.slice(start, end)
    else if (this.#size === 0) this.#isData = this.#text[start] === '{' || this.#text[start] === '['
    this.#size += end - start
  }

  onattribentity(code: number): void {
    if (KNOWN.has(this.#attribute)) this.#value += String.fromCodePoint(code)
  }

  onattribend(): void {
    if (!KNOWN.has(this.#attribute)) {
      if (this.#isData && this.#size >= DATA) this.data += this.#size
      this.#isData = false
      return
    }
    this.#attributes ??= {}
    // As in HTML, the first of two equal attributes counts.
    this.#attributes[this.#attribute] ??= this.#value
  }

  onopentagend(end: number): void {
    this.#openElement(end + 1, false)
  }

  onselfclosingtag(end: number): void {
    this.#openElement(end + 1, this.#foreign > 0)
  }

  onclosetag(start: number, end: number): void {
    this.#signal.throwIfAborted()
    const name = this.#text.slice(start, end).toLowerCase()
    if (name === 'br' || name === 'p') this.#closeOrMake(name, start - 2, end + 1)
    else this.#close(name, end + 1)
  }

  oncdata(start: number, end: number, offset: number): void {
    if (this.#foreign > 0) this.#addText(this.#text.slice(start, end - offset), start, end)
  }

  oncomment(start: number, end: number): void {
    this.#signal.throwIfAborted(1 + ((end - start) >> 7))
  }

  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  isInForeignContext(): boolean {
    return this.#foreign > 0
  }

  /** Everything ended. */
  closed(end: number): Page {
    while (this.#open.length > 0) this.#pop(end)
    return this.nodes
  }

  /** Texts that follow each other are one, unless an element came between. */
  #addText(text: string, start: number, end: number): void {
    const parent = this.#open.at(-1)!
    const holder = this.nodes[parent]!
    if (holder.name === 'script' && isData(holder, text)) this.data += text.length
    if (RAW.has(holder.name) && !isFormula(holder)) return
    const before = this.nodes.at(-1)
    if (before && before.name === '' && before.parent === parent) {
      before.text += text
      before.end = end
      return
    }
    const last = this.nodes.length
    this.nodes.push({ name: '', text, attributes: NONE, start, end, parent, last })
  }

  #openElement(end: number, closed: boolean): void {
    const name = this.#name
    this.#closeImplied(name, this.#tagStart)
    const number = this.nodes.length
    const attributes = this.#attributes ?? NONE
    this.nodes.push({
      name,
      text: '',
      attributes,
      start: this.#tagStart,
      end,
      parent: this.#open.at(-1)!,
      last: number,
    })
    if (closed || VOID.has(name) || this.#open.length >= DEPTH) return
    this.#open.push(number)
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
    if (FOREIGN.has(name)) this.#foreign++
  }

  /** Ends what a start tag ends without saying so: a paragraph before a list, a cell before the next one. */
  #closeImplied(name: string, end: number): void {
    const closes = CLOSED_BY[name]
    if (!closes) return
    const bounds = TABLE_PARTS.has(name) ? TABLE : LISTENS_TO
    const depth = this.#open.length
    for (let i = depth - 1; i >= Math.max(1, depth - REACH); i--) {
      const open = this.nodes[this.#open[i]!]!.name
      if (closes.has(open)) while (this.#open.length > i) this.#pop(end)
      else if (bounds.has(open)) return
    }
  }

  #closeOrMake(name: string, start: number, end: number): void {
    if (name !== 'br' && (this.#counts.get(name) ?? 0) > 0) this.#close(name, end)
    else
      this.nodes.push({
        name,
        text: '',
        attributes: NONE,
        start,
        end,
        parent: this.#open.at(-1)!,
        last: this.nodes.length,
      })
  }

  /** An end tag without its start tag says nothing; one within a cell ends nothing outside of the cell's table. */
  #close(name: string, end: number): void {
    if ((this.#counts.get(name) ?? 0) === 0) return
    const depth = this.#open.length
    for (let i = depth - 1; i >= Math.max(1, depth - REACH); i--) {
      const open = this.nodes[this.#open[i]!]!.name
      if (open === name) {
        while (this.#open.length > i) this.#pop(end)
        return
      }
      if (open === 'table' && name !== 'body' && name !== 'html') return
    }
  }

  #pop(end: number): void {
    const node = this.nodes[this.#open.pop()!]!
    node.last = this.nodes.length - 1
    node.end = end
    this.#counts.set(node.name, (this.#counts.get(node.name) ?? 0) - 1)
    if (FOREIGN.has(node.name)) this.#foreign--
  }
}

const TABLE = new Set(['table'])
const FOREIGN = new Set(['svg', 'math'])

/** UTF-16 code units of a value from which it is data. */
const DATA = 500

/** Does a script hold data, as JSON or as the state that a framework begins with? What search engines read is no such data. */
function isData({ attributes }: Node, text: string): boolean {
  const type = attributes.type ?? ''
  if (type.includes('json')) return !type.includes('ld+json')
  return /^\s{0,100}(?:window|self|globalThis)[.[][^=(\n]{1,80}(?:=\s{0,9}[[{]|=\s{0,9}JSON\.|\.push\()/.test(text)
}

/** MathJax keeps formulas in scripts. */
const isFormula = ({ name, attributes }: Node) => name === 'script' && (attributes.type ?? '').startsWith('math/tex')
