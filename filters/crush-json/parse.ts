import type { Signal } from '../filter.ts'

/** What a node is. RAW is a line of NDJSON that is no JSON; GAP stands where text was left out (`NUL number NUL`). */
export const OBJECT = 0
export const ARRAY = 1
export const STRING = 2
/** A number, true, false or null: its source text is its value. */
export const LITERAL = 3
export const RAW = 4
export const GAP = 5

/** Steps between two looks at the signal. */
const STRIDE = 64
/** Nodes that there is room for at first: room that is not used costs nothing, more room that is needed later a copy. */
const LEAST_ROOM = 32
const UNITS_A_NODE = 10

/**
 * JSON as flat tables, one row a node, in the order of the text. The children of node i are i+1, next[i+1], ... below next[i].
 * Nothing is converted: strings and numbers are ranges of `text`, so 1e400, -0, "\u00e9" and duplicate names survive.
 */
export class Nodes {
  readonly text: string
  count = 0
  kind: Uint8Array<ArrayBuffer>
  /** UTF-16 offsets into `text`; a string's include its quotes. */
  start: Int32Array<ArrayBuffer>
  end: Int32Array<ArrayBuffer>
  /** One past the last node below this one. */
  next: Int32Array<ArrayBuffer>
  /** Children of a container. */
  size: Int32Array<ArrayBuffer>
  /** Index into `keys`, or -1 for what is no member. */
  key: Int32Array<ArrayBuffer>
  /** Distinct names of members as they stand in the text, quotes included. */
  readonly keys: string[] = []
  /** Containers within containers, at most. */
  depth = 0
  readonly #keyIds = new Map<string, number>()

  constructor(text: string) {
    this.text = text
    const room = LEAST_ROOM + Math.floor(text.length / UNITS_A_NODE)
    this.kind = new Uint8Array(room)
    this.start = new Int32Array(room)
    this.end = new Int32Array(room)
    this.next = new Int32Array(room)
    this.size = new Int32Array(room)
    this.key = new Int32Array(room)
  }

  /** The source text of node i. */
  source(i: number): string {
    return this.text.slice(this.start[i], this.end[i])
  }

  add(kind: number, start: number, end: number, key: number): number {
    const i = this.count++
    if (i === this.kind.length) this.#grow()
    this.kind[i] = kind
    this.start[i] = start
    this.end[i] = end
    this.next[i] = i + 1
    this.size[i] = 0
    this.key[i] = key
    return i
  }

  keyId(name: string): number {
    let id = this.#keyIds.get(name)
    if (id === undefined) {
      id = this.keys.length
      this.keys.push(name)
      this.#keyIds.set(name, id)
    }
    return id
  }

  #grow(): void {
    const size = this.kind.length * 2
    const kind = new Uint8Array(size)
    kind.set(this.kind)
    this.kind = kind
    this.start = grown(this.start, size)
    this.end = grown(this.end, size)
    this.next = grown(this.next, size)
    this.size = grown(this.size, size)
    this.key = grown(this.key, size)
  }
}

function grown(old: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const wide = new Int32Array(size)
  wide.set(old)
  return wide
}

/** The one JSON value (RFC 8259, strictly) that `text` is, white space around it aside; undefined where it is none. Iterative. */
export function parseJson(text: string, signal: Signal, gaps = false): Nodes | undefined {
  const nodes = new Nodes(text)
  const reader = new Reader(nodes, signal, gaps)
  const end = reader.value(skipSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0))
  return end >= 0 && skipSpace(text, end) === text.length ? nodes : undefined
}

/** Reads values into a node table. */
export class Reader {
  readonly #nodes: Nodes
  readonly #signal: Signal
  readonly #gaps: boolean
  #open: number[] = []
  /** By key id + 1, the id of the name that came next; and the id of the last name. */
  readonly #following: number[] = []
  #last = -1

  constructor(nodes: Nodes, signal: Signal, gaps = false) {
    this.#nodes = nodes
    this.#signal = signal
    this.#gaps = gaps
  }

  /** One past the value that begins at `at`, its nodes added; -1 where there is no JSON (nodes may then have been added in part). */
  value(at: number): number {
    const { text } = this.#nodes
    this.#open = []
    let i = this.#begin(at, -1)
    let steps = 0
    while (this.#open.length > 0 && i >= 0) {
      if (++steps % STRIDE === 0) this.#signal.throwIfAborted(STRIDE)
      const top = this.#open.at(-1)!
      const close = this.#nodes.kind[top] === OBJECT ? BRACE_END : BRACKET_END
      i = skipSpace(text, i)
      const first = this.#nodes.size[top] === 0
      if (text.charCodeAt(i) === close) {
        this.#close(top, ++i)
        continue
      }
      if (!first) {
        if (text.charCodeAt(i) !== COMMA) return -1
        i = skipSpace(text, i + 1)
      }
      this.#nodes.size[top]!++
      const numbers = close === BRACKET_END && isNumber(text.charCodeAt(i))
      i = close === BRACE_END ? this.#member(i) : numbers ? this.#numbers(i, top) : this.#begin(i, -1)
    }
    this.#signal.throwIfAborted(steps % STRIDE)
    return i
  }

  #close(top: number, end: number): void {
    this.#open.pop()
    this.#nodes.end[top] = end
    this.#nodes.next[top] = this.#nodes.count
  }

  #member(at: number): number {
    const { text } = this.#nodes
    if (this.#gaps && text.charCodeAt(at) === 0) return this.#begin(at, -1)
    let key = this.#expected(at)
    const end = key >= 0 ? at + this.#nodes.keys[key]!.length : text.charCodeAt(at) === QUOTE ? this.#stringEnd(at) : -1
    if (end < 0) return -1
    const colon = skipSpace(text, end)
    if (text.charCodeAt(colon) !== COLON) return -1
    if (key < 0) key = this.#nodes.keyId(text.slice(at, end))
    this.#following[this.#last + 1] = key
    this.#last = key
    return this.#begin(skipSpace(text, colon + 1), key)
  }

  /** The name that followed the last one when that stood here before: rows repeat their names. -1 where it is another. */
  #expected(at: number): number {
    const { text, keys } = this.#nodes
    const id = this.#following[this.#last + 1]
    return id !== undefined && text.startsWith(keys[id]!, at) ? id : -1
  }

  /** A scalar whole, or the opening of a container. */
  #begin(at: number, key: number): number {
    const nodes = this.#nodes
    const unit = nodes.text.charCodeAt(at)
    if (unit === BRACE || unit === BRACKET) {
      this.#open.push(nodes.add(unit === BRACE ? OBJECT : ARRAY, at, at, key))
      if (this.#open.length > nodes.depth) nodes.depth = this.#open.length
      return at + 1
    }
    const gap = unit === 0 && this.#gaps
    const end =
      unit === QUOTE ? this.#stringEnd(at) : gap ? nodes.text.indexOf('\0', at + 1) + 1 : literalEnd(nodes.text, at)
    if (end > at) nodes.add(unit === QUOTE ? STRING : gap ? GAP : LITERAL, at, end, key)
    return end > at ? end : -1
  }

  /** The number of the array `top` that begins here, and some that follow it: nothing else need be looked for between them. */
  #numbers(at: number, top: number): number {
    const nodes = this.#nodes
    const { text } = nodes
    const first = nodes.count
    let end = -1
    for (let from = at; nodes.count - first < STRIDE && isNumber(text.charCodeAt(from)); ) {
      end = literalEnd(text, from)
      if (end < 0) return -1
      nodes.add(LITERAL, from, end, -1)
      if (text.charCodeAt(end) !== COMMA) break
      from = skipSpace(text, end + 1)
    }
    const more = nodes.count - first - 1
    nodes.size[top]! += more
    if (more > 0) this.#signal.throwIfAborted(more)
    return end
  }

  #stringEnd(at: number): number {
    const { text } = this.#nodes
    for (let i = at + 1; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit === QUOTE) {
        if (i - at > 100) this.#signal.throwIfAborted(Math.floor((i - at) / 100))
        return i + 1
      }
      if (unit < 0x20) return -1
      if (unit === 0x5c) {
        const escaped = text[++i]
        if (escaped === 'u') {
          if (!isHex4(text, i + 1)) return -1
          i += 4
        } else if (escaped === undefined || !'"\\/bfnrt'.includes(escaped)) return -1
      }
    }
    return -1
  }
}

/** Is `text` a number, true, false or null? */
export const isLiteral = (text: string): boolean => text !== '' && literalEnd(text, 0) === text.length

/** One past the number, true, false or null that begins at `at`; -1 where none does. */
export function literalEnd(text: string, at: number): number {
  const first = text.charCodeAt(at)
  const whole = first === MINUS ? at + 1 : at
  const digits = text.charCodeAt(whole) === ZERO ? whole + 1 : digitsEnd(text, whole)
  if (digits > whole) return exponentEnd(text, fractionEnd(text, digits))
  if (first === 0x74) return text.startsWith('true', at) ? at + 4 : -1
  if (first === 0x66) return text.startsWith('false', at) ? at + 5 : -1
  return first === 0x6e && text.startsWith('null', at) ? at + 4 : -1
}

/** May a number begin so? */
const isNumber = (unit: number): boolean => unit === MINUS || (unit >= ZERO && unit <= 0x39)

function digitsEnd(text: string, at: number): number {
  let end = at
  for (let unit = text.charCodeAt(end); unit >= ZERO && unit <= 0x39; unit = text.charCodeAt(end)) end++
  return end
}

/** A point with no digit behind it, or an exponent without one, is no part of the number. */
function fractionEnd(text: string, at: number): number {
  if (text.charCodeAt(at) !== 0x2e) return at
  const end = digitsEnd(text, at + 1)
  return end > at + 1 ? end : at
}

function exponentEnd(text: string, at: number): number {
  if ((text.charCodeAt(at) | 0x20) !== 0x65) return at
  const sign = text.charCodeAt(at + 1)
  const from = sign === 0x2b || sign === MINUS ? at + 2 : at + 1
  const end = digitsEnd(text, from)
  return end > from ? end : at
}

/** The first offset from `i` on that is no JSON white space. */
export function skipSpace(text: string, i: number): number {
  for (; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) break
  }
  return i
}

function isHex4(text: string, at: number): boolean {
  for (let i = at; i < at + 4; i++) {
    const unit = text.charCodeAt(i)
    const letter = unit | 0x20
    if (!((unit >= 0x30 && unit <= 0x39) || (letter >= 0x61 && letter <= 0x66))) return false
  }
  return true
}

const QUOTE = 0x22
const COMMA = 0x2c
const MINUS = 0x2d
const ZERO = 0x30
const COLON = 0x3a
const BRACE = 0x7b
const BRACE_END = 0x7d
const BRACKET = 0x5b
const BRACKET_END = 0x5d
