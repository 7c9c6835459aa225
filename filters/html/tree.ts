import { CLOSED_BY, LISTENS_TO, TABLE_PARTS, VOID } from './elements.ts'
import type { Attributes, Node, Page } from './page.ts'

/** Open elements looked at for the one that a tag ends: it bounds the work that unclosed elements make. */
const REACH = 250
/** Elements within each other; what is deeper stands beside, not inside. */
const DEPTH = 2000

/** The nodes of a page as its tags and texts come in, with the elements that are open. Each call takes bounded or amortised time. */
export class Tree {
  /** UTF-16 code units of data for scripts. */
  data = 0
  readonly #nodes: Node[] = []
  /** Numbers of the open elements, the innermost last. */
  readonly #open: number[] = [0]
  /** How many elements of each name are open. */
  readonly #counts = new Map<string, number>()
  #foreign = 0

  constructor() {
    this.#nodes.push({ name: '#page', text: '', attributes: NONE, start: 0, end: 0, parent: -1, last: 0 })
  }

  /** Is this within a picture or a formula, where other rules hold? */
  get isForeign(): boolean {
    return this.#foreign > 0
  }

  /** Texts that follow each other are one, unless an element came between. */
  addText(text: string, start: number, end: number): void {
    const parent = this.#open.at(-1)!
    const holder = this.#nodes[parent]!
    if (holder.name === 'script' && isData(holder, text)) this.data += text.length
    if (RAW.has(holder.name) && !isFormula(holder)) return
    const before = this.#nodes.at(-1)!
    if (before.name === '' && before.parent === parent) {
      before.text += text
      before.end = end
    } else this.#add('', NONE, start, end, text)
  }

  /** A start tag; `isClosed` where it is an end tag too. */
  start(name: string, attributes: Attributes, start: number, end: number, isClosed: boolean): void {
    this.#closeImplied(name, start)
    const number = this.#add(name, attributes, start, end)
    if (isClosed || VOID.has(name) || this.#open.length >= DEPTH) return
    this.#open.push(number)
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
    if (FOREIGN.has(name)) this.#foreign++
  }

  /** An end tag. Without its start tag it says nothing, but those of breaks and paragraphs make one. */
  end(name: string, start: number, end: number): void {
    if ((this.#counts.get(name) ?? 0) > 0) this.#close(name, end)
    else if (name === 'br' || name === 'p') this.#add(name, NONE, start, end)
  }

  /** Everything ended: the page. */
  closed(end: number): Page {
    while (this.#open.length > 0) this.#pop(end)
    return this.#nodes
  }

  #add(name: string, attributes: Attributes, start: number, end: number, text = ''): number {
    const number = this.#nodes.length
    this.#nodes.push({ name, text, attributes, start, end, parent: this.#open.at(-1)!, last: number })
    return number
  }

  /** Ends what a start tag ends without saying so: a paragraph before a list, a cell before the next one. */
  #closeImplied(name: string, end: number): void {
    const closes = CLOSED_BY[name]
    if (!closes) return
    const bounds = TABLE_PARTS.has(name) ? TABLE : LISTENS_TO
    const depth = this.#open.length
    for (let i = depth - 1; i >= Math.max(1, depth - REACH); i--) {
      const open = this.#nodes[this.#open[i]!]!.name
      if (closes.has(open)) while (this.#open.length > i) this.#pop(end)
      else if (bounds.has(open)) return
    }
  }

  /** An end tag within a cell ends nothing outside of the cell's table. */
  #close(name: string, end: number): void {
    const depth = this.#open.length
    for (let i = depth - 1; i >= Math.max(1, depth - REACH); i--) {
      const open = this.#nodes[this.#open[i]!]!.name
      if (open === name) {
        while (this.#open.length > i) this.#pop(end)
        return
      }
      if (open === 'table' && name !== 'body' && name !== 'html') return
    }
  }

  #pop(end: number): void {
    const node = this.#nodes[this.#open.pop()!]!
    node.last = this.#nodes.length - 1
    node.end = end
    this.#counts.set(node.name, (this.#counts.get(node.name) ?? 0) - 1)
    if (FOREIGN.has(node.name)) this.#foreign--
  }
}

const NONE: Attributes = {}
const TABLE = new Set(['table'])
const FOREIGN = new Set(['svg', 'math'])
/** What is not text even where it holds characters. */
const RAW = new Set(['script', 'style', 'template', 'noembed', 'noframes', 'iframe'])

/** MathJax keeps formulas in scripts. */
const isFormula = ({ name, attributes }: Node) => name === 'script' && (attributes.type ?? '').startsWith('math/tex')

/** Does a script hold data, as JSON or as the state that a framework begins with? What search engines read is no such data. */
function isData({ attributes }: Node, text: string): boolean {
  const type = attributes.type ?? ''
  if (type.includes('json')) return !type.includes('ld+json')
  return /^\s{0,100}(?:window|self|globalThis)[.[][^=(\n]{1,80}(?:=\s{0,9}[[{]|=\s{0,9}JSON\.|\.push\()/.test(text)
}
