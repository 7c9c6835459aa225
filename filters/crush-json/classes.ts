import type { Signal } from '../filter.ts'
import type { Identity } from './identity.ts'
import { ARRAY, type Nodes, OBJECT } from './parse.ts'

/** Objects that have most of their names in common, in one order. */
export interface Class {
  /** Key ids, in an order that agrees with every member's. */
  order: number[]
  readonly lists: number[]
  /** Objects of this class, and their names in sum. */
  objects: number
  names: number
  /** Where each key id stands in the order. */
  at: Map<number, number>
}

/** Which class each list of names belongs to; lists with a name twice belong to none (-1). */
export interface Classes {
  readonly of: Int32Array
  readonly all: readonly Class[]
}

/** Classes that a place may have; beyond them objects stand alone. */
const MOST_CLASSES = 12
const MOST_NAMES = 300
/** Two lists of names join where they have this share of their names in common. */
const ALIKE = 0.5

/**
 * Objects that stand in one place (the elements of an array, or the values of one name in objects of equal names) join a class where
 * their names are alike. O(nodes * classes of a place).
 */
export function classify(nodes: Nodes, { names, lists }: Identity, signal: Signal): Classes {
  const count = new Int32Array(lists.length)
  for (let i = 0; i < nodes.count; i++) if (names[i]! >= 0) count[names[i]!]!++
  const of = new Int32Array(lists.length).fill(-1)
  const all: Class[] = []
  for (const place of placesOf(nodes, names, signal)) {
    const here: number[] = []
    for (const list of [...place].sort((a, b) => count[b]! - count[a]! || a - b)) {
      signal.throwIfAborted(1 + here.length)
      if (of[list]! < 0) join(list)
      if (of[list]! >= 0 && !here.includes(of[list]!) && here.length < MOST_CLASSES) here.push(of[list]!)
    }
    function join(list: number): void {
      const keys = lists[list]!
      if (keys.length === 0 || new Set(keys).size < keys.length) return
      const known = here.find(id => extend(all[id]!, keys, count[list]!))
      if (known !== undefined) all[known]!.lists.push(list)
      else all.push(classOf(list, keys, count[list]!))
      of[list] = known ?? all.length - 1
    }
  }
  return { of, all }
}

const classOf = (list: number, keys: readonly number[], objects: number): Class => ({
  order: [...keys],
  lists: [list],
  objects,
  names: objects * keys.length,
  at: positions(keys),
})

const positions = (order: readonly number[]) => new Map(order.map((key, i) => [key, i]))

/** Adds a list of names to a class if they are alike, agree in order, and leave the class's table mostly filled. */
function extend(known: Class, keys: readonly number[], objects: number): boolean {
  const { at } = known
  let common = 0
  let last = -1
  for (const key of keys) {
    const found = at.get(key)
    if (found === undefined) continue
    if (found < last) return false
    last = found
    common++
  }
  const union = known.order.length + keys.length - common
  if (common < ALIKE * union && common < Math.min(keys.length, known.order.length)) return false
  const cells = union * (known.objects + objects)
  if (union > MOST_NAMES || cells > 3 * (known.names + objects * keys.length)) return false
  if (union > known.order.length) {
    known.order = merged(known.order, keys, at)
    known.at = positions(known.order)
  }
  known.objects += objects
  known.names += objects * keys.length
  return true
}

/** Each new key behind the key that it follows. */
function merged(order: readonly number[], keys: readonly number[], at: ReadonlyMap<number, number>): number[] {
  const after = new Map<number, number[]>()
  let last = -1
  for (const key of keys) {
    const found = at.get(key)
    if (found !== undefined) last = found
    else after.set(last, [...(after.get(last) ?? []), key])
  }
  const result = [...(after.get(-1) ?? [])]
  for (const [i, key] of order.entries()) result.push(key, ...(after.get(i) ?? []))
  return result
}

/** The lists of names that occur in each place, places in the order of the text. */
function placesOf(nodes: Nodes, names: Int32Array, signal: Signal): Iterable<ReadonlySet<number>> {
  const places = new Map<number, Set<number>>()
  const ids = new Map<number, number>()
  const place = new Int32Array(nodes.count)
  const maps = new Uint8Array(nodes.count)
  const open: number[] = []
  signal.throwIfAborted(nodes.count)
  for (let i = 0; i < nodes.count; i++) {
    while (open.length > 0 && nodes.next[open.at(-1)!]! <= i) open.pop()
    if (nodes.kind[i]! > ARRAY) continue
    const parent = open.at(-1)
    const number = parent === undefined ? ROOT : placeBelow(nodes, names, place, maps, parent, i)
    let id = ids.get(number)
    if (id === undefined) ids.set(number, (id = ids.size))
    place[i] = id
    open.push(i)
    if (nodes.kind[i] !== OBJECT) continue
    maps[i] = isMap(nodes, i) ? 1 : 0
    const known = places.get(id)
    if (known) known.add(names[i]!)
    else places.set(id, new Set([names[i]!]))
  }
  return places.values()
}

const ROOT = -1

/** One number for each place: below it for the elements of arrays and the values of maps, at 0 and above for those of names. */
function placeBelow(
  nodes: Nodes,
  names: Int32Array,
  place: Int32Array,
  maps: Uint8Array,
  parent: number,
  i: number,
): number {
  if (nodes.kind[parent] === ARRAY) return ROOT - 1 - 2 * place[parent]!
  return maps[parent] ? ROOT - 2 - 2 * place[parent]! : names[parent]! * nodes.keys.length + nodes.key[i]!
}

/** Does the object serve as a map: are all of its values, three or more, objects? Whether they are alike is seen later. */
export function isMap(nodes: Nodes, i: number): boolean {
  if (nodes.size[i]! < 3) return false
  for (let child = i + 1; child < nodes.next[i]!; child = nodes.next[child]!)
    if (nodes.kind[child] !== OBJECT || nodes.size[child] === 0) return false
  return true
}
