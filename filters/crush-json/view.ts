import type { Signal } from '../filter.ts'
import { estimate } from './notation.ts'
import { LITERAL, type Nodes, STRING } from './parse.ts'
import type { Column, Model } from './shapes.ts'

/** A column's values, ready to be compared. */
export class View {
  readonly column: Column
  /** Source of strings (without quotes) and literals; undefined for containers and what is absent. */
  readonly texts: (string | undefined)[] = []
  /** Value ids; -1 for what is absent. */
  readonly ids: Int32Array
  readonly counts = new Map<number, number>()
  readonly first = new Map<number, number>()
  readonly allStrings: boolean
  readonly allLiterals: boolean
  readonly costs: Float64Array
  /** Estimated tokens of all cells written plainly. */
  readonly plain: number
  readonly name: number

  constructor(model: Model, column: Column, signal: Signal) {
    const { nodes, identity } = model
    this.column = column
    const named = column.what === 'name'
    this.ids = Int32Array.from(column.nodes, node => (node < 0 ? -1 : named ? nodes.key[node]! : identity.value[node]!))
    this.costs = new Float64Array(this.ids.length)
    let [strings, literals, sum] = [0, 0, 0]
    const known = new Map<number, number>()
    for (const [row, node] of column.nodes.entries()) {
      signal.throwIfAborted()
      const id = this.ids[row]!
      const count = this.counts.get(id)
      this.counts.set(id, (count ?? 0) + 1)
      if (count === undefined) this.first.set(id, row)
      const kind = node < 0 ? -1 : named ? STRING : nodes.kind[node]!
      if (kind === STRING) strings++
      else if (kind === LITERAL) literals++
      this.texts.push(node < 0 ? undefined : textOf(nodes, node, named))
      let cost = known.get(id)
      if (cost === undefined) known.set(id, (cost = costOf(nodes, node, this.texts[row])))
      this.costs[row] = cost
      sum += cost
    }
    this.allStrings = strings === this.ids.length
    this.allLiterals = literals === this.ids.length
    this.plain = sum
    this.name =
      column.what !== 'member'
        ? 1
        : column.path.reduce((cost, key) => cost + (key < 0 ? 3 : estimate(nodes.keys[key]!) - 1), 1)
  }

  #top: { id: number; row: number; count: number } | undefined

  /** The most frequent value, its first row and how often it occurs. */
  get top(): { id: number; row: number; count: number } {
    if (this.#top) return this.#top
    let id = -1
    let count = 0
    for (const [value, n] of this.counts) if (n > count) [id, count] = [value, n]
    this.#top = { id, row: this.first.get(id)!, count }
    return this.#top
  }
}

/** The source of a scalar without its quotes, or of a member's name. */
function textOf(nodes: Nodes, node: number, named = false): string | undefined {
  if (named) return nodes.keys[nodes.key[node]!]!.slice(1, -1)
  const kind = nodes.kind[node]
  if (kind === STRING) return nodes.text.slice(nodes.start[node]! + 1, nodes.end[node]! - 1)
  return kind === LITERAL ? nodes.source(node) : undefined
}

function costOf(nodes: Nodes, node: number, text: string | undefined): number {
  if (node < 0) return 2
  if (text !== undefined) return text.length > 2000 ? text.length / 4 : estimate(text) + 1
  return (nodes.next[node]! - node) * 3
}
