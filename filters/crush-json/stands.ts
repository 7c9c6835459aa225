import type { Signal } from '../filter.ts'
import type { Layout } from './layout.ts'
import { ARRAY, type Nodes, OBJECT } from './parse.ts'

/** Nodes between two looks at the signal. */
const STRIDE = 64

/**
 * Would `render` print the nodes' text, `wide` being what it is of their source? Tokens are where they are, so only what stands between
 * them is compared; between a name and its value there is nothing but white space and a colon. O(n).
 */
export function standsAs(nodes: Nodes, layout: Layout, wide: Uint8Array, signal: Signal): boolean {
  const { text, kind, start, end, next, key, keys } = nodes
  const { colon } = layout
  const between = new Between(nodes, layout, wide)
  const open: number[] = []
  let at = layout.bom ? 1 : 0
  for (let i = 0; i <= nodes.count; i++) {
    if (i % STRIDE === 0) signal.throwIfAborted(STRIDE)
    for (let top = open.length - 1; top >= 0 && (i === nodes.count || next[open[top]!] === i); top--) {
      const closed = open.pop()!
      at = between.last(at, closed, top)
      if (at !== end[closed]!) return false
    }
    if (i === nodes.count) break
    if (open.length > 0) at = between.before(at, i, open.at(-1)!, open.length)
    if (at >= 0 && key[i]! >= 0) at = endOf(text, colon, at + keys[key[i]!]!.length)
    if (at !== start[i]) return false
    if (kind[i]! <= ARRAY) {
      open.push(i)
      at = between.opening(at, i)
    } else at = end[i]!
  }
  return at === text.length - layout.tail.length && text.endsWith(layout.tail)
}

/** One past `part` where it stands at `at`; -1 where it does not. */
function endOf(text: string, part: string, at: number): number {
  for (let i = 0; i < part.length; i++) if (text.charCodeAt(at + i) !== part.charCodeAt(i)) return -1
  return at + part.length
}

/** Steps over what a layout puts before, between and behind the children of containers; -1 where something else stands there. */
class Between {
  readonly #nodes: Nodes
  readonly #layout: Layout
  readonly #wide: Uint8Array
  /** Line ends with the indent of each level. */
  readonly #newLines: string[] = []

  constructor(nodes: Nodes, layout: Layout, wide: Uint8Array) {
    this.#nodes = nodes
    this.#layout = layout
    this.#wide = wide
  }

  opening(at: number, i: number): number {
    if (i === 0 && this.#layout.lines) return at
    return this.#isPadded(i) ? endOf(this.#nodes.text, ' ', at + 1) : at + 1
  }

  /** Before child `i` of `parent`. */
  before(at: number, i: number, parent: number, level: number): number {
    const { lines, newline, comma, rows } = this.#layout
    const { text } = this.#nodes
    const first = i === parent + 1
    if (parent === 0 && lines) return first ? at : endOf(text, newline, at)
    if (this.#wide[parent] === 1) return this.#lineEnd(first ? at : endOf(text, ',', at), level, 2 * i)
    return first ? at : endOf(text, parent === 0 && rows ? `,${newline}` : comma, at)
  }

  /** Up to the end of the container. */
  last(at: number, i: number, level: number): number {
    const { size, text } = this.#nodes
    if (i === 0 && this.#layout.lines) return at
    const bracket = this.#wide[i] === 1 && size[i]! > 0 ? this.#lineEnd(at, level, 2 * i + 1) : at
    return 1 + (bracket >= 0 && this.#isPadded(i) ? endOf(text, ' ', bracket) : bracket)
  }

  #isPadded(i: number): boolean {
    const { kind, size } = this.#nodes
    return this.#layout.pad && kind[i] === OBJECT && this.#wide[i] === 0 && size[i]! > 0
  }

  #lineEnd(at: number, level: number, slot: number): number {
    const { newline, indent, shifts } = this.#layout
    if (at < 0 || indent === undefined) return -1
    const blanks = shifts.size > 0 ? shifts.get(slot) : undefined
    if (blanks !== undefined) return endOf(this.#nodes.text, newline + ' '.repeat(blanks), at)
    return endOf(this.#nodes.text, (this.#newLines[level] ??= newline + indent.repeat(level)), at)
  }
}
