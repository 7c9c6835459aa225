import type { Signal } from '../filter.ts'
import { ARRAY, LITERAL, STRING } from './parse.ts'
import type { Model } from './shapes.ts'

/** The scalars of one name in the rows of a list, at whatever depth. */
export interface Field {
  /** Empty for the rows' own names in a map and for rows that are scalars. */
  readonly name: string
  /** The row of each, ascending. */
  readonly places: number[]
  readonly nodes: number[]
  /** Is it the rows' own names? */
  readonly own: boolean
}

/** Scalars of a row that are looked at; the rest of a very large row is not. */
const MOST_FIELDS = 200

/** The fields of the children of `parent`. O(nodes below it). */
export function fieldsOf({ nodes }: Model, parent: number, signal: Signal): readonly Field[] {
  const fields: (Field | undefined)[] = []
  const unnamed: Field = { name: '', places: [], nodes: [], own: false }
  const names: Field = { name: '', places: [], nodes: [], own: true }
  const add = (key: number, place: number, node: number) => {
    let field = key < 0 ? unnamed : fields[key]
    if (!field) fields[key] = field = { name: nodes.keys[key]!.slice(1, -1), places: [], nodes: [], own: false }
    field.places.push(place)
    field.nodes.push(node)
  }
  for (let row = parent + 1, place = 0; row < nodes.next[parent]!; row = nodes.next[row]!, place++) {
    if (nodes.key[row]! >= 0) {
      names.places.push(place)
      names.nodes.push(row)
    }
    addRow(row, place)
  }
  function addRow(row: number, place: number): void {
    // Elements of an array have its name.
    const keys: number[] = []
    const ends: number[] = []
    let left = MOST_FIELDS
    for (let i = row; i < nodes.next[row]! && left > 0; i++) {
      signal.throwIfAborted()
      while (ends.length > 0 && i >= ends.at(-1)!) {
        ends.pop()
        keys.pop()
      }
      const key = nodes.key[i]! >= 0 && i > row ? nodes.key[i]! : (keys.at(-1) ?? -1)
      const kind = nodes.kind[i]!
      if (kind <= ARRAY) {
        ends.push(nodes.next[i]!)
        keys.push(key)
      } else if (kind === STRING || kind === LITERAL) {
        add(key, place, i)
        left--
      }
    }
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
