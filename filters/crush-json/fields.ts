import type { Signal } from '../filter.ts'
import { ARRAY, LITERAL, STRING } from './parse.ts'
import type { Model } from './shapes.ts'

/** The scalars of one name in the rows of a list, at whatever depth. */
export class Field {
  /** Empty for the rows' own names in a map and for rows that are scalars. */
  readonly name: string
  readonly nodes: number[] = []
  /** Is it the rows' own names? */
  readonly own: boolean
  /** The row of each, ascending; undefined while each row has one. */
  #places: number[] | undefined

  constructor(name: string, own = false) {
    this.name = name
    this.own = own
  }

  add(place: number, node: number): void {
    if (!this.#places && place !== this.nodes.length) this.#places = this.nodes.map((_, i) => i)
    this.#places?.push(place)
    this.nodes.push(node)
  }

  /** The row of the scalar at `i`. */
  place(i: number): number {
    return this.#places ? this.#places[i]! : i
  }
}

/** Scalars of a row that are looked at; the rest of a very large row is not. */
const MOST_FIELDS = 200

/** The fields of the children of `parent`. O(nodes below it). */
export function fieldsOf({ nodes }: Model, parent: number, signal: Signal): readonly Field[] {
  const { next, key, kind, keys } = nodes
  const fields: (Field | undefined)[] = []
  const unnamed = new Field('')
  const names = new Field('', true)
  // Of the containers round a node: where they end, and their names; elements of an array have its name.
  const ends: number[] = []
  const above: number[] = []
  for (let row = parent + 1, place = 0; row < next[parent]!; row = next[row]!, place++) {
    if (key[row]! >= 0) names.add(place, row)
    const end = next[row]!
    let left = MOST_FIELDS
    signal.throwIfAborted(end - row)
    for (let i = row; i < end && left > 0; i++) {
      while (ends.length > 0 && i >= ends.at(-1)!) {
        ends.pop()
        above.pop()
      }
      const own = key[i]! >= 0 && i > row ? key[i]! : (above.at(-1) ?? -1)
      if (kind[i]! <= ARRAY) {
        ends.push(next[i]!)
        above.push(own)
      } else if (kind[i] === STRING || kind[i] === LITERAL) {
        const field = own < 0 ? unnamed : (fields[own] ??= new Field(keys[own]!.slice(1, -1)))
        field.add(place, i)
        left--
      }
    }
    ends.length = above.length = 0
  }
  return [unnamed, names, ...fields].filter(field => field !== undefined && field.nodes.length > 0) as Field[]
}

/** Longer texts, in UTF-16 units, are looked at in their beginning alone. */
const LONGEST = 2000

/** A field's value as its source without quotes; of the rows' own names, the name. */
export function textAt({ nodes }: Model, { nodes: found, own }: Field, i: number): string {
  const node = found[i]!
  if (own) return nodes.keys[nodes.key[node]!]!.slice(1, -1)
  const quote = nodes.kind[node] === STRING ? 1 : 0
  const start = nodes.start[node]! + quote
  return nodes.text.slice(start, Math.min(nodes.end[node]! - quote, start + LONGEST))
}

/** Equal values of a field have equal numbers. */
export const valueAt = ({ nodes, identity }: Model, { nodes: found, own }: Field, i: number): number =>
  own ? nodes.key[found[i]!]! : identity.value[found[i]!]!
