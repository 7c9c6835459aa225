import type { Signal } from '../filter.ts'
import { endOf, endOfDoctype, endOfName, endOfTag, isBlank, isSpace } from './marks.ts'
import { ELEMENT, RAW, Tree } from './tree.ts'

/** Deeper trees are no data that indentation could show. */
const DEEPEST = 200

/**
 * The tree of `text`, or undefined where it is not one well-formed document as far as tags go: one root, tags that close in order,
 * names as XML 1.0 has them. Entities are left alone. Linear, without recursion.
 */
export function treeOf(text: string, signal: Signal): Tree | undefined {
  const scan = new Scan(text)
  let at = text.indexOf('<')
  let steps = 0
  while (at >= 0) {
    const end = scan.markup(at)
    if (end < 0) return undefined
    at = text.indexOf('<', end)
    if (++steps % 64 === 0) signal.throwIfAborted(64)
    if (at > 0) signal.throwIfAborted((at - end) >> 7)
  }
  return scan.finish()
}

/** Elements that show that a prefix is XML. */
const ENOUGH = 3

/**
 * The name of the root element where `prefix` is the beginning of one XML document, or all of one; undefined where it is none, or
 * where too little of it is seen. Tags are read as treeOf reads them: a bracket proves nothing.
 */
export function rootOf(prefix: string, isWhole: boolean): string | undefined {
  const scan = new Scan(prefix)
  for (let at = prefix.indexOf('<'); at >= 0; ) {
    const end = scan.markup(at)
    if (end < 0) return !isWhole && isCutOff(prefix, at) ? scan.rootOfPrefix() : undefined
    at = prefix.indexOf('<', end)
  }
  return isWhole ? (scan.finish() ? scan.rootOfPrefix(1) : undefined) : scan.rootOfPrefix()
}

/** Does the markup at `at` go on behind the end of the text? */
function isCutOff(text: string, at: number): boolean {
  for (const [open, close] of LONG) if (text.startsWith(open, at)) return !text.includes(close, at + open.length)
  return !text.includes('>', at) || text.startsWith('<!DOCTYPE', at)
}

const LONG = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

class Scan {
  readonly #tree: Tree
  readonly #text: string
  /** The open elements, outermost first, and the last child of each. */
  readonly #open: number[] = [0]
  readonly #last: number[] = [0]
  #from = 0
  #roots = 0

  constructor(text: string) {
    this.#tree = new Tree(text)
    this.#text = text
  }

  /** The markup that begins at `at`; answers where it ends, or -1 where it is none. */
  markup(at: number): number {
    const depth = this.#open.length - 1
    const parent = this.#open[depth]!
    if (!isBlank(this.#text, this.#from, at)) {
      if (depth === 0) return -1
      this.#tree.mixed[parent] = 1
    }
    const code = this.#text.charCodeAt(at + 1)
    const end =
      code === 47 ? this.#closeTag(at) : code === 33 || code === 63 ? this.#raw(at, parent) : this.#tag(at, parent)
    this.#from = end
    return end
  }

  finish(): Tree | undefined {
    const tree = this.#tree
    if (this.#open.length !== 1 || this.#roots !== 1 || !isBlank(this.#text, this.#from, this.#text.length))
      return undefined
    tree.close[0] = tree.end[0] = this.#text.length
    return tree
  }

  /** The root's name where at least so many elements were seen. */
  rootOfPrefix(least = ENOUGH): string | undefined {
    const { kind, names } = this.#tree
    return kind.filter(one => one === ELEMENT).length >= least ? names[kind.indexOf(ELEMENT)] : undefined
  }

  #raw(at: number, parent: number): number {
    const text = this.#text
    if (text.startsWith('<![CDATA[', at)) {
      if (parent === 0) return -1
      this.#tree.mixed[parent] = 1
      return endOf(text, ']]>', at + 9)
    }
    const end = text.startsWith('<!--', at)
      ? endOf(text, '-->', at + 4)
      : text.startsWith('<?', at)
        ? endOf(text, '?>', at + 2)
        : parent === 0 && text.startsWith('<!DOCTYPE', at)
          ? endOfDoctype(text, at)
          : -1
    if (end >= 0) this.#tree.end[this.#add(RAW, '', at)] = end
    return end
  }

  #tag(at: number, parent: number): number {
    const text = this.#text
    const nameEnd = endOfName(text, at + 1)
    if (nameEnd === at + 1 || this.#open.length > DEEPEST) return -1
    const close = endOfTag(text, nameEnd)
    if (close < 0) return -1
    if (parent === 0 && ++this.#roots > 1) return -1
    const tree = this.#tree
    const node = this.#add(ELEMENT, text.slice(at + 1, nameEnd), at)
    tree.inner[node] = tree.close[node] = tree.end[node] = close
    if (text.charCodeAt(close - 2) === 47) tree.empty[node] = 1
    else {
      this.#open.push(node)
      this.#last.push(0)
    }
    return close
  }

  #closeTag(at: number): number {
    if (this.#open.length === 1) return -1
    const tree = this.#tree
    const node = this.#open.pop()!
    this.#last.pop()
    const name = tree.names[node]!
    let end = at + 2 + name.length
    while (isSpace(this.#text.charCodeAt(end))) end++
    if (!this.#text.startsWith(name, at + 2) || this.#text.charCodeAt(end++) !== 62) return -1
    if (end > at + 3 + name.length) tree.odd[node] = 1
    tree.close[node] = at
    tree.end[node] = end
    return end
  }

  #add(kind: number, name: string, at: number): number {
    const depth = this.#open.length - 1
    const node = this.#tree.add(kind, name, at, this.#open[depth]!, this.#last[depth]!)
    this.#last[depth] = node
    return node
  }
}
