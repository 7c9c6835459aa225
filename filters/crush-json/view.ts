import { estimate } from './notation.ts'
import { LITERAL, type Nodes, STRING } from './parse.ts'
import type { Column, Model } from './shapes.ts'

/** A value that a column holds. */
export interface Held {
  /** Its number; -1 for what is absent. */
  readonly id: number
  /** Its first row, and in how many it stands. */
  readonly row: number
  count: number
  /** Estimated tokens of a cell that holds it. */
  readonly cost: number
}

/** A column's values, ready to be compared: each different one is looked at once. */
export class View {
  readonly column: Column
  readonly rows: number
  /** The different values, in the order in which they first occur, and by row which of them stands there. */
  readonly held: readonly Held[]
  readonly at: Int32Array
  readonly allStrings: boolean
  readonly allLiterals: boolean
  /** Estimated tokens of all cells written plainly. */
  readonly plain: number
  readonly name: number
  /** The value that most rows hold. */
  readonly top: Held
  readonly #nodes: Nodes
  /** By place among those held. */
  readonly #texts: (string | undefined)[]

  constructor({ nodes }: Model, column: Column, tally: Tally) {
    this.#nodes = nodes
    this.column = column
    this.rows = column.nodes.length
    this.at = new Int32Array(this.rows)
    this.held = tally.tell(column, this.at)
    this.#texts = new Array(this.held.length)
    let [strings, literals] = [0, 0]
    let top = this.held[0]!
    for (const one of this.held) {
      const kind = kindOf(nodes, column, one.row)
      if (kind === STRING) strings += one.count
      else if (kind === LITERAL) literals += one.count
      if (one.count > top.count) top = one
    }
    this.top = top
    this.allStrings = strings === this.rows
    this.allLiterals = literals === this.rows
    let sum = 0
    for (let row = 0; row < this.rows; row++) sum += this.held[this.at[row]!]!.cost
    this.plain = sum
    this.name =
      column.what !== 'member'
        ? 1
        : column.path.reduce((cost, key) => cost + (key < 0 ? 3 : estimate(nodes.keys[key]!) - 1), 1)
  }

  /** The source of a row's string (without quotes) or literal; undefined for containers and what is absent. */
  text(row: number): string | undefined {
    const place = this.at[row]!
    return (this.#texts[place] ??= textOf(this.#nodes, this.column, row))
  }
}

/** Counts the values of one column after the other in a table for all. */
export class Tally {
  readonly #model: Model
  /** By number of a value (or of a name) plus one: its place among those held plus one, 0 while it was not seen. */
  readonly #seen: Int32Array

  constructor(model: Model) {
    this.#model = model
    this.#seen = new Int32Array(1 + Math.max(model.identity.count, model.nodes.keys.length))
  }

  /** The different values of a column; `at` is told of each row. */
  tell(column: Column, at: Int32Array): Held[] {
    const { nodes, identity } = this.#model
    const ids = column.what === 'name' ? nodes.key : identity.value
    const cells = column.nodes
    const seen = this.#seen
    const held: Held[] = []
    for (let row = 0; row < at.length; row++) {
      const node = cells[row]!
      const id = node < 0 ? -1 : ids[node]!
      const place = seen[id + 1]! - 1
      if (place >= 0) {
        held[place]!.count++
        at[row] = place
        continue
      }
      at[row] = held.length
      seen[id + 1] = held.push({ id, row, count: 1, cost: costOf(nodes, column, row) })
    }
    for (const { id } of held) seen[id + 1] = 0
    return held
  }
}

function kindOf({ kind }: Nodes, { nodes, what }: Column, row: number): number {
  const node = nodes[row]!
  return node < 0 ? -1 : what === 'name' ? STRING : kind[node]!
}

function textOf(nodes: Nodes, column: Column, row: number): string | undefined {
  const node = column.nodes[row]!
  if (node < 0) return undefined
  if (column.what === 'name') return nodes.keys[nodes.key[node]!]!.slice(1, -1)
  const kind = nodes.kind[node]
  if (kind === STRING) return nodes.text.slice(nodes.start[node]! + 1, nodes.end[node]! - 1)
  return kind === LITERAL ? nodes.source(node) : undefined
}

/** Longer texts, in UTF-16 units, are weighed by their length alone. */
const LONG = 2000

function costOf(nodes: Nodes, column: Column, row: number): number {
  const node = column.nodes[row]!
  if (node < 0) return 2
  if (column.what === 'name') return textCost(nodes.keys[nodes.key[node]!]!, 1, -1)
  const kind = nodes.kind[node]!
  if (kind !== STRING && kind !== LITERAL) return (nodes.next[node]! - node) * 3
  const quote = kind === STRING ? 1 : 0
  return textCost(nodes.text, nodes.start[node]! + quote, nodes.end[node]! - quote)
}

function textCost(text: string, start: number, end: number): number {
  const to = end < 0 ? text.length + end : end
  return to - start > LONG ? (to - start) / 4 : estimate(text, start, to) + 1
}
