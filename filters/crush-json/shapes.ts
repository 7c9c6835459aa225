import type { Signal } from '../filter.ts'
import { type Class, type Classes, classify, isMap } from './classes.ts'
import { Counter } from './counter.ts'
import { type Identity, identify } from './identity.ts'
import { ARRAY, LITERAL, type Nodes, OBJECT, STRING } from './parse.ts'

/** One column of a shape: a path below the row's object, and for each row the node there (-1 where there is none). */
export interface Column {
  /**
   * Key ids, and `-1 - i` for the element `i` of an array; empty for the row itself (`value`) and for its name in a map (`name`); an
   * index for an `element`.
   */
  readonly path: readonly number[]
  readonly what: 'member' | 'name' | 'value' | 'element'
  readonly nodes: Int32Array
}

/** What a set of objects has in common: a table whose rows may stand anywhere in the document. */
export interface Shape {
  /** The rows: nodes in the order of the text. */
  readonly rows: readonly number[]
  readonly columns: readonly Column[]
  /** Do its rows stand in maps, as the values of names? */
  readonly keyed: boolean
  /** Objects, arrays of equally many scalars, or the scalar elements of one array. */
  readonly kind: 'object' | 'tuple' | 'scalar'
  /** Each row's place among its siblings; -1 where it is no element. */
  readonly places: Int32Array
}

/** A document as shapes and the rest. */
export interface Model {
  readonly nodes: Nodes
  readonly identity: Identity
  /** The container of each node (-1: none), and its place among its siblings. */
  readonly parent: Int32Array
  readonly place: Int32Array
  readonly shapes: readonly Shape[]
  /** The shape of which a node is a row, or -1. */
  readonly shapeOf: Int32Array
  /** Which row of its shape it is. */
  readonly rowOf: Int32Array
  /** Maps whose members are rows of one keyed shape. */
  readonly maps: ReadonlySet<number>
  /** For values' numbers, and those of names; whoever counts clears it. */
  readonly counter: Counter
}

/** Finds the shapes of a document. O(n) but for the classes (see there). */
export function modelOf(nodes: Nodes, signal: Signal): Model {
  const identity = identify(nodes, signal)
  const classes = classify(nodes, identity, signal)
  const builder = new Builder(nodes, identity, classes, signal)
  return builder.model()
}

/** Objects of this many names or fewer are opened in every column that holds nothing else. */
const SMALL = 3
/** Elements of an array that is opened where it has as many in every row. */
const ELEMENTS = 3
/** Scalars that an array needs at least to be a table of its own. */
const SCALARS = 6
/** Scalars that arrays of equal length need to be rows of one table, at least and at most. */
const TUPLE = 4
const MOST_TUPLE = 300

class Builder {
  readonly #nodes: Nodes
  readonly #identity: Identity
  readonly #classes: Classes
  readonly #signal: Signal
  readonly #parent: Int32Array
  readonly #place: Int32Array
  readonly #members: number[][]
  readonly #maps = new Set<number>()
  /** By key id, where it stands in the class that is looked at. */
  readonly #at: Int32Array
  /** Objects of small classes that are written as dotted columns. */
  readonly #open: Uint8Array
  /** Classes that are written as dotted columns of the one class that holds them. */
  readonly #flat = new Set<number>()

  constructor(nodes: Nodes, identity: Identity, classes: Classes, signal: Signal) {
    this.#nodes = nodes
    this.#identity = identity
    this.#classes = classes
    this.#signal = signal
    this.#parent = new Int32Array(nodes.count).fill(-1)
    this.#place = new Int32Array(nodes.count)
    this.#open = new Uint8Array(nodes.count)
    this.#at = new Int32Array(nodes.keys.length)
    this.#members = classes.all.map(() => [])
  }

  model(): Model {
    const nodes = this.#nodes
    this.#relate()
    const keyed = this.#findMaps()
    const shapeOf = new Int32Array(nodes.count).fill(-1)
    const rowOf = new Int32Array(nodes.count).fill(-1)
    const drafts = this.#drafts()
    const shapes: Shape[] = []
    for (const [id, columns] of drafts.entries())
      if (columns && !this.#flat.has(id)) shapes.push(this.#shape(this.#members[id]!, columns, keyed.has(id)))
    shapes.push(...this.#arrays())
    for (const [id, { rows }] of shapes.entries())
      for (let row = 0; row < rows.length; row++) {
        shapeOf[rows[row]!] = id
        rowOf[rows[row]!] = row
      }
    return {
      nodes,
      identity: this.#identity,
      parent: this.#parent,
      place: this.#place,
      shapes,
      shapeOf,
      rowOf,
      maps: this.#maps,
      counter: new Counter(Math.max(this.#identity.count, nodes.keys.length)),
    }
  }

  /** The columns of each class that has rows. */
  #drafts(): (Column[] | undefined)[] {
    const drafts = this.#members.map((_, id) => this.#draft(id))
    // What was opened is no row: classes that lose rows are looked at again.
    for (const [id, members] of this.#members.entries()) {
      const left = this.#isSmall(id) ? members.filter(member => this.#open[member] === 0) : members
      if (left.length < members.length) this.#members[id] = left
    }
    return drafts.map((columns, id) =>
      columns && columns[0]!.nodes.length > this.#members[id]!.length ? this.#draft(id) : columns,
    )
  }

  #draft(id: number): Column[] | undefined {
    const members = this.#members[id]!
    return members.length > 1 ? this.#columns(this.#classes.all[id]!, members, []) : undefined
  }

  #isSmall(id: number): boolean {
    return this.#classes.all[id]!.order.length <= SMALL
  }

  #relate(): void {
    const nodes = this.#nodes
    this.#signal.throwIfAborted(nodes.count)
    for (let i = 0; i < nodes.count; i++) {
      const known = this.#classOf(i)
      if (known >= 0) this.#members[known]!.push(i)
      if (nodes.kind[i]! > ARRAY) continue
      let at = 0
      for (let child = i + 1; child < nodes.next[i]!; child = nodes.next[child]!) {
        this.#parent[child] = i
        this.#place[child] = at++
      }
    }
  }

  #classOf(node: number): number {
    const list = this.#identity.names[node]!
    return list < 0 ? -1 : this.#classes.of[list]!
  }

  /** Maps, and the classes all of whose members stand in maps. */
  #findMaps(): Set<number> {
    const keyed = new Set<number>()
    for (const [id, members] of this.#members.entries()) {
      if (members.length < 3) continue
      const parents = this.#mapsOf(id, members)
      if (!parents) continue
      for (const parent of parents) this.#maps.add(parent)
      keyed.add(id)
    }
    return keyed
  }

  /** What the members of a class stand in, if all of it is maps. */
  #mapsOf(id: number, members: readonly number[]): ReadonlySet<number> | undefined {
    const parents = new Set<number>()
    for (const member of members) {
      const parent = this.#parent[member]!
      if (parents.has(parent)) continue
      if (parent < 0 || !this.#isMapOf(parent, id)) return undefined
      parents.add(parent)
    }
    return parents
  }

  #isMapOf(node: number, id: number): boolean {
    const nodes = this.#nodes
    if (nodes.kind[node] !== OBJECT || !isMap(nodes, node)) return false
    const own = this.#classOf(node)
    if (own >= 0 && this.#members[own]!.length > 1) return false
    for (let child = node + 1; child < nodes.next[node]!; child = nodes.next[child]!)
      if (this.#classOf(child) !== id) return false
    return true
  }

  #shape(rows: readonly number[], columns: Column[], keyed: boolean, kind: Shape['kind'] = 'object'): Shape {
    const nodes = this.#nodes
    const places = new Int32Array(rows.length).fill(-1)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!
      const parent = this.#parent[row]!
      if (parent >= 0 && (nodes.kind[parent] === ARRAY || keyed)) places[i] = this.#place[row]!
    }
    const name: Column[] = keyed ? [{ path: [], what: 'name', nodes: Int32Array.from(rows) }] : []
    return { rows, columns: [...name, ...columns], keyed, kind, places }
  }

  /** The columns below a class's objects. A member that is an object of one class in every row is opened, if its class is small or stands nowhere else. */
  #columns({ order }: Class, rows: ArrayLike<number>, path: readonly number[]): Column[] {
    const { next, key, size } = this.#nodes
    const table = order.map(() => new Int32Array(rows.length).fill(-1))
    for (let i = 0; i < order.length; i++) this.#at[order[i]!] = i
    for (let row = 0; row < rows.length; row++) {
      const node = rows[row]!
      this.#signal.throwIfAborted(size[node]!)
      const end = next[node]!
      for (let child = node + 1; child < end; child = next[child]!) table[this.#at[key[child]!]!]![row] = child
    }
    return order.flatMap((key, i) => {
      return this.#unfolded({ path: [...path, key], what: 'member', nodes: table[i]! })
    })
  }

  /** The column, or the columns below it. */
  #unfolded(column: Column): Column[] {
    return this.#opened(column) ?? this.#elements(column) ?? [column]
  }

  /** An array of the same few elements in every row as a column for each: `matches[0].line`. */
  #elements({ path, nodes: column }: Column): Column[] | undefined {
    const { kind, size, next } = this.#nodes
    const { value } = this.#identity
    const count = column[0]! < 0 ? 0 : size[column[0]!]!
    if (count === 0 || count > ELEMENTS || path.length > 16) return undefined
    if (column.some(node => node < 0 || kind[node] !== ARRAY || size[node] !== count)) return undefined
    if (column.every(node => value[node] === value[column[0]!])) return undefined
    let nodes = column.map(node => node + 1)
    return Array.from({ length: count }, (_, at) => {
      const element: Column = { path: [...path, -1 - at], what: 'member', nodes }
      nodes = nodes.map(node => next[node]!)
      return this.#unfolded(element)
    }).flat()
  }

  #opened({ path, nodes: column }: Column): Column[] | undefined {
    const id = column[0]! < 0 ? -1 : this.#classOf(column[0]!)
    if (id < 0 || path.length > 16 || this.#classes.all[id]!.objects < 2) return undefined
    const small = this.#isSmall(id)
    if (!small && this.#members[id]!.length !== column.length) return undefined
    if (column.some(node => node < 0 || this.#classOf(node) !== id)) return undefined
    if (!small) this.#flat.add(id)
    else for (const node of column) this.#open[node] = 1
    return this.#columns(this.#classes.all[id]!, column, path)
  }

  /** Arrays of scalars: as rows of equal length where one place has several, else as a column each, if long enough for a rule. */
  #arrays(): Shape[] {
    const nodes = this.#nodes
    const groups = new Map<string, number[]>()
    for (let i = 0; i < nodes.count; i++) {
      const size = nodes.size[i]!
      if (nodes.kind[i] !== ARRAY || size < TUPLE || nodes.next[i] !== i + 1 + size || !this.#isScalar(i)) continue
      const group = `${nodes.key[i]} ${size}`
      const known = size <= MOST_TUPLE ? groups.get(group) : undefined
      if (known) known.push(i)
      else groups.set(group, [i])
    }
    return [...groups.values()].flatMap(arrays =>
      arrays.length < 3 ? arrays.flatMap(i => this.#scalars(i)) : this.#tuples(arrays),
    )
  }

  #isScalar(array: number): boolean {
    const { kind, next } = this.#nodes
    for (let child = array + 1; child < next[array]!; child++)
      if (kind[child] !== STRING && kind[child] !== LITERAL) return false
    return true
  }

  #tuples(arrays: readonly number[]): Shape[] {
    const columns = Array.from({ length: this.#nodes.size[arrays[0]!]! }, (_, at): Column => {
      return { path: [at], what: 'element', nodes: Int32Array.from(arrays, array => array + 1 + at) }
    })
    return [this.#shape(arrays, columns, false, 'tuple')]
  }

  #scalars(array: number): Shape[] {
    const { kind, size } = this.#nodes
    if (size[array]! < SCALARS) return []
    const rows = Array.from({ length: size[array]! }, (_, at) => array + 1 + at)
    if (rows.some(row => kind[row] !== kind[array + 1])) return []
    return [this.#shape(rows, [{ path: [], what: 'value', nodes: Int32Array.from(rows) }], false, 'scalar')]
  }
}
