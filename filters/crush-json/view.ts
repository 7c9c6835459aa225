import { estimate } from './notation.ts'
import { LITERAL, type Nodes, STRING } from './parse.ts'
import type { Column, Model } from './shapes.ts'

/** The different values of a column, in the order in which they first occur: an object for each would cost more than all else here. */
export interface Held {
  /** Their numbers; -1 for what is absent. */
  readonly ids: Int32Array
  /** Their first rows, and in how many they stand. */
  readonly rows: Int32Array
  readonly counts: Int32Array
  /** Estimated tokens of a cell that holds them. */
  readonly costs: Float64Array
}

/** A column's values, ready to be compared: each different one is looked at once. */
export class View {
  readonly column: Column
  readonly rows: number
  /** The different values, and by row which of them stands there. */
  readonly held: Held
  readonly at: Int32Array
  readonly allStrings: boolean
  readonly allLiterals: boolean
  /** Estimated tokens of all cells written plainly. */
  readonly plain: number
  readonly name: number
  /** The place, among those held, of the value that most rows hold. */
  readonly top: number
  readonly #nodes: Nodes
  /** By place among those held, where all are strings. */
  #texts: (string | undefined)[] | undefined

  constructor({ nodes }: Model, column: Column, tally: Tally) {
    this.#nodes = nodes
    this.column = column
    this.rows = column.nodes.length
    this.at = new Int32Array(this.rows)
    this.held = tally.tell(column, this.at)
    const { rows, counts, costs } = this.held
    let [strings, literals] = [0, 0]
    let top = 0
    for (let place = 0; place < rows.length; place++) {
      const kind = kindOf(nodes, column, rows[place]!)
      const count = counts[place]!
      if (kind === STRING) strings += count
      else if (kind === LITERAL) literals += count
      if (count > counts[top]!) top = place
    }
    this.top = top
    this.allStrings = strings === this.rows
    this.allLiterals = literals === this.rows
    let sum = 0
    for (let row = 0; row < this.rows; row++) sum += costs[this.at[row]!]!
    this.plain = sum
    this.name =
      column.what !== 'member'
        ? 1
        : column.path.reduce((cost, key) => cost + (key < 0 ? 3 : estimate(nodes.keys[key]!) - 1), 1)
  }

  /** How many different values there are. */
  get size(): number {
    return this.held.rows.length
  }

  /** In how many rows the value stands that most hold. */
  get most(): number {
    return this.held.counts[this.top]!
  }

  /** The source of a row's string (without quotes) or literal; undefined for containers and what is absent. */
  text(row: number): string | undefined {
    // A literal is looked at once.
    if (!this.allStrings) return textOf(this.#nodes, this.column, row)
    const place = this.at[row]!
    const texts = (this.#texts ??= empty(this.size))
    return (texts[place] ??= textOf(this.#nodes, this.column, row))
  }
}

/** Each place filled: an array that is long and has holes is a slow one. */
function empty(size: number): undefined[] {
  const places: undefined[] = []
  for (let i = 0; i < size; i++) places.push(undefined)
  return places
}

/** Counts the values of one column after the other in a table for all. */
export class Tally {
  readonly #model: Model
  /** By number of a value (or of a name) plus one: its place among those held plus one, 0 while it was not seen. */
  readonly #seen: Int32Array
  /** What is held, in more room than is needed. */
  #ids = new Int32Array(0)
  #rows = new Int32Array(0)
  #counts = new Int32Array(0)

  constructor(model: Model) {
    this.#model = model
    this.#seen = new Int32Array(1 + Math.max(model.identity.count, model.nodes.keys.length))
  }

  /** The different values of a column; `at` is told of each row. */
  tell(column: Column, at: Int32Array): Held {
    const { nodes, identity } = this.#model
    const numbers = column.what === 'name' ? nodes.key : identity.value
    const cells = column.nodes
    const seen = this.#seen
    this.#reserve(at.length)
    const ids = this.#ids
    const rows = this.#rows
    const counts = this.#counts
    let size = 0
    for (let row = 0; row < at.length; row++) {
      const node = cells[row]!
      const id = node < 0 ? -1 : numbers[node]!
      let place = seen[id + 1]! - 1
      if (place < 0) {
        place = size++
        seen[id + 1] = size
        ids[place] = id
        rows[place] = row
        counts[place] = 0
      }
      counts[place]!++
      at[row] = place
    }
    for (let place = 0; place < size; place++) seen[ids[place]! + 1] = 0
    const costs = new Float64Array(size)
    for (let place = 0; place < size; place++) costs[place] = costOf(nodes, column, rows[place]!)
    return { ids: ids.slice(0, size), rows: rows.slice(0, size), counts: counts.slice(0, size), costs }
  }

  #reserve(rows: number): void {
    if (rows <= this.#ids.length) return
    this.#ids = new Int32Array(rows)
    this.#rows = new Int32Array(rows)
    this.#counts = new Int32Array(rows)
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
