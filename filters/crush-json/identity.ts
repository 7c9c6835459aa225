import type { Signal } from '../filter.ts'
import { hashOf, isSame } from '../ranges.ts'
import { ARRAY, LITERAL, type Nodes, OBJECT } from './parse.ts'

/** Equal values have equal numbers: of each node's value, and of each object's list of names. Bottom up, O(n). */
export interface Identity {
  readonly value: Int32Array
  /** How many different values there are: their numbers are below it. */
  readonly count: number
  /** Of objects: the number of its list of names in order; -1 for all else. */
  readonly names: Int32Array
  /** The key ids of each list of names. */
  readonly lists: readonly (readonly number[])[]
}

/** Nodes between two looks at the signal. */
const STRIDE = 64

/** Numbers the values of a document, from its end to its start. O(n) but for texts made to have one hash, whose steps are counted. */
export function identify(nodes: Nodes, signal: Signal): Identity {
  const values = new Values(nodes, signal)
  const lists = new Lists(nodes)
  const { kind } = nodes
  for (let i = nodes.count - 1; i >= 0; i--) {
    if (i % STRIDE === 0) signal.throwIfAborted(STRIDE)
    if (kind[i] === OBJECT) values.names[i] = lists.idOf(i)
    values.add(i)
  }
  return { value: values.value, count: values.count, names: values.names, lists: lists.all }
}

/** Different values in an open hash table of their first nodes: a string for each would cost more than all else here. */
class Values {
  count = 0
  readonly value: Int32Array
  readonly names: Int32Array
  readonly #nodes: Nodes
  readonly #signal: Signal
  /** By place in the table, a value's number plus one; by number, its hash and a node that has it, or NUMBER. */
  #table = new Int32Array(1024)
  #hashes = new Int32Array(512)
  #first = new Int32Array(512)

  constructor(nodes: Nodes, signal: Signal) {
    this.#nodes = nodes
    this.#signal = signal
    this.value = new Int32Array(nodes.count)
    this.names = new Int32Array(nodes.count).fill(-1)
  }

  /** Numbers the node's value; those below it have their numbers. */
  add(node: number): void {
    const kind = this.#nodes.kind[node]!
    const code = kind === LITERAL ? this.#codeOf(node) : 0
    if (code !== 0) this.#addNumber(node, mixed(code))
    else this.#addOther(node, kind <= ARRAY ? this.#hashOfChildren(node) : this.#hashOfText(node), kind <= ARRAY)
  }

  /** A short number, whose hash no other one has. */
  #addNumber(node: number, hash: number): void {
    const mask = this.#table.length - 1
    let probes = 0
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const id = this.#table[at]! - 1
      if (id < 0) {
        this.value[node] = this.#insert(NUMBER, hash, at)
        break
      }
      if (this.#hashes[id] === hash && this.#first[id] === NUMBER) {
        this.value[node] = id
        break
      }
      if (++probes % STRIDE === 0) this.#signal.throwIfAborted(STRIDE)
    }
  }

  #addOther(node: number, hash: number, container: boolean): void {
    const mask = this.#table.length - 1
    let probes = 0
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const id = this.#table[at]! - 1
      if (id < 0) {
        this.value[node] = this.#insert(node, hash, at)
        break
      }
      if (this.#hashes[id] === hash && this.#first[id] !== NUMBER && this.#same(node, this.#first[id]!, container)) {
        this.value[node] = id
        break
      }
      // Texts made to have one hash.
      if (++probes % STRIDE === 0) this.#signal.throwIfAborted(STRIDE)
    }
  }

  #insert(node: number, hash: number, at: number): number {
    const id = this.count++
    this.#table[at] = id + 1
    this.#hashes[id] = hash
    this.#first[id] = node
    if (this.count === this.#hashes.length) this.#grow()
    return id
  }

  #grow(): void {
    const table = new Int32Array(this.#table.length * 4)
    const mask = table.length - 1
    for (let id = 0; id < this.count; id++) {
      let at = this.#hashes[id]! & mask
      while (table[at] !== 0) at = (at + 1) & mask
      table[at] = id + 1
    }
    this.#table = table
    this.#hashes = longer(this.#hashes, table.length / 2)
    this.#first = longer(this.#first, table.length / 2)
  }

  /** The characters of a number of up to eight, four bits for each; 0 of what is longer or none. */
  #codeOf(node: number): number {
    const { text, start, end } = this.#nodes
    const to = end[node]!
    let at = start[node]!
    if (to - at > 8) return 0
    let code = 0
    for (; at < to; at++) {
      const digit = DIGITS[text.charCodeAt(at)]!
      if (digit === 0) return 0
      code = (code << 4) | digit
    }
    return code
  }

  #hashOfText(node: number): number {
    const { text, start, end } = this.#nodes
    return hashOf(text, start[node]!, end[node]!)
  }

  #hashOfChildren(node: number): number {
    const { next } = this.#nodes
    const end = next[node]!
    let hash = this.names[node]!
    for (let child = node + 1; child < end; child = next[child]!)
      hash = Math.imul(hash ^ (this.value[child]! + 1), 0x9e3779b1)
    return mixed(hash)
  }

  #same(a: number, b: number, container: boolean): boolean {
    const { kind } = this.#nodes
    if (!container) return kind[b]! > ARRAY && this.#sameText(a, b)
    return kind[a] === kind[b] && this.names[a] === this.names[b] && this.#sameChildren(a, b)
  }

  #sameText(a: number, b: number): boolean {
    const { text, start, end } = this.#nodes
    const length = end[a]! - start[a]!
    return end[b]! - start[b]! === length && isSame(text, start[a]!, start[b]!, length)
  }

  #sameChildren(a: number, b: number): boolean {
    const { next, size } = this.#nodes
    if (size[a] !== size[b]) return false
    const end = next[a]!
    for (let i = a + 1, j = b + 1; i < end; i = next[i]!, j = next[j]!)
      if (this.value[i] !== this.value[j]) return false
    return true
  }
}

/** Of a short number, no other node need be looked at. */
const NUMBER = -1
/** What numbers are made of. */
const DIGITS = new Uint8Array(128)
for (const [i, char] of Array.from('0123456789.-+eE').entries()) DIGITS[char.charCodeAt(0)] = i + 1

/** The high bits of a product are its best: they go where a table looks. */
function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return once ^ (once >>> 13)
}

function longer(old: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const array = new Int32Array(length)
  array.set(old)
  return array
}

/** Lists of names: those of rows repeat, so the last one that began alike is looked at first. */
class Lists {
  readonly all: number[][] = []
  readonly #nodes: Nodes
  readonly #ids = new Map<string, number>()
  /** By key id, the list that last began with it. */
  readonly #last: (number | undefined)[] = []

  constructor(nodes: Nodes) {
    this.#nodes = nodes
  }

  idOf(node: number): number {
    const { size, key } = this.#nodes
    const first = size[node] === 0 ? -1 : key[node + 1]!
    const last = this.#last[first + 1]
    if (last !== undefined && this.#has(node, this.all[last]!)) return last
    const keys: number[] = []
    for (let child = node + 1; child < this.#nodes.next[node]!; child = this.#nodes.next[child]!) keys.push(key[child]!)
    const name = keys.join()
    let id = this.#ids.get(name)
    if (id === undefined) {
      id = this.all.push(keys) - 1
      this.#ids.set(name, id)
    }
    this.#last[first + 1] = id
    return id
  }

  #has(node: number, keys: readonly number[]): boolean {
    const { size, key, next } = this.#nodes
    if (keys.length !== size[node]) return false
    for (let child = node + 1, i = 0; i < keys.length; child = next[child]!, i++)
      if (key[child] !== keys[i]) return false
    return true
  }
}
