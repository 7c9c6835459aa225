import { Tokenizer } from 'htmlparser2'
import type { Signal } from '../filter.ts'
import type { Page } from './page.ts'
import { Tree } from './tree.ts'

/** What an HTML text holds. */
export interface Parsed {
  readonly page: Page
  /** UTF-16 code units of data for scripts: JSON in scripts and attributes, from which an application draws itself. */
  readonly data: number
}

/**
 * The nodes of an HTML text. htmlparser2 cuts it into tags, attributes and text, entities decoded; tree.ts puts the elements together, as
 * browsers do for end tags that are left out, in linear time and with the place of each in the source. Entities that a document
 * declares itself are never expanded. Comments, declarations and the contents of scripts and styles are no nodes.
 */
export function parse(text: string, signal: Signal): Parsed {
  const tree = new Tree()
  const tokenizer = new Tokenizer({}, new Listener(text, tree, signal))
  tokenizer.write(text)
  tokenizer.end()
  return { page: tree.closed(text.length), data: tree.data }
}

/** Attributes that anybody here asks for. */
const KNOWN = new Set(
  (
    'alt aria-hidden aria-label checked class colspan content datetime encoding hidden href id itemprop name placeholder ' +
    'property rel role rowspan selected start style type value'
  ).split(' '),
)
/** UTF-16 code units of another attribute's value from which it is data, where it begins as JSON does. */
const DATA = 500

/** What the tokenizer tells, as tags with their attributes. Offsets are those of the text; an end is exclusive but for tags. */
class Listener {
  readonly #text: string
  readonly #tree: Tree
  readonly #signal: Signal
  #name = ''
  #tagStart = 0
  #attributes: Record<string, string> = {}
  #attribute = ''
  #value = ''
  /** UTF-16 code units of a value, and whether it begins as JSON does. */
  #size = 0
  #isData = false

  constructor(text: string, tree: Tree, signal: Signal) {
    this.#text = text
    this.#tree = tree
    this.#signal = signal
  }

  ontext(start: number, end: number): void {
    this.#signal.throwIfAborted(1 + ((end - start) >> 6))
    this.#tree.addText(this.#text.slice(start, end), start, end)
  }

  ontextentity(code: number, end: number): void {
    this.#signal.throwIfAborted()
    this.#tree.addText(String.fromCodePoint(code), end, end)
  }

  onopentagname(start: number, end: number): void {
    this.#signal.throwIfAborted()
    this.#name = this.#text.slice(start, end).toLowerCase()
    this.#tagStart = start - 1
    this.#attributes = {}
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#text.slice(start, end).toLowerCase()
    this.#value = ''
    this.#size = 0
    this.#isData = false
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

  /** As in HTML, the first of two equal attributes counts. */
  onattribend(): void {
    if (KNOWN.has(this.#attribute)) this.#attributes[this.#attribute] ??= this.#value
    else if (this.#isData && this.#size >= DATA) this.#tree.data += this.#size
  }

  onopentagend(end: number): void {
    this.#tree.start(this.#name, this.#attributes, this.#tagStart, end + 1, false)
  }

  onselfclosingtag(end: number): void {
    this.#tree.start(this.#name, this.#attributes, this.#tagStart, end + 1, this.#tree.isForeign)
  }

  onclosetag(start: number, end: number): void {
    this.#signal.throwIfAborted()
    this.#tree.end(this.#text.slice(start, end).toLowerCase(), start - 2, end + 1)
  }

  oncdata(start: number, end: number, offset: number): void {
    if (this.#tree.isForeign) this.#tree.addText(this.#text.slice(start, end - offset), start, end)
  }

  oncomment(start: number, end: number): void {
    this.#signal.throwIfAborted(1 + ((end - start) >> 7))
  }

  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  isInForeignContext(): boolean {
    return this.#tree.isForeign
  }
}
