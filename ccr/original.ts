import { type Child, childrenOf, memberAmong, skipSpace, valueEnd } from './json-scan.ts'
import {
  bytes as byteSelector,
  lineRanges,
  printSelector,
  type Selector,
  SelectorError,
  type Step,
  stepsOf,
} from './select.ts'
import { symbolLines } from './symbol.ts'
import { bytesOf, textOf } from './text.ts'

/** A byte range of an original, the end exclusive. */
export interface Range {
  readonly from: number
  readonly to: number
}

/**
 * One original, addressable by selectors. Its tables (bytes, line starts, offsets of JSON containers) are made on first use
 * and kept, so that many selectors cost one pass each over what they name.
 */
export class Original {
  readonly text: string
  #bytes: Uint8Array | undefined
  #lineStarts: Uint32Array | undefined
  #units: Uint32Array | undefined
  /** The end of the last path, and its steps. */
  #last: { readonly text: string; readonly steps: readonly Step[] } | undefined
  /** The list that a path last counted in. */
  #list: { readonly path: string; readonly start: number } | undefined
  readonly #containers = new Map<number, readonly Child[]>()
  readonly #names = new Map<number, Map<string, Child>>()

  constructor(text: string, bytes?: Uint8Array) {
    this.text = text
    this.#bytes = bytes
  }

  static of(bytes: Uint8Array): Original {
    return new Original(textOf(bytes), bytes)
  }

  get bytes(): Uint8Array {
    return (this.#bytes ??= bytesOf(this.text))
  }

  /** Lines, a last one without a line end included. */
  get lineCount(): number {
    return this.#starts().length - 1
  }

  /** The byte ranges that `where` names. Throws a SelectorError where it names nothing here. */
  resolve(where: Selector): Range[] {
    switch (where.kind) {
      case 'lines':
        return where.ranges.map(([first, last]) => this.#lineRange(first, last))
      case 'bytes':
        if (where.to > this.bytes.length) throw missing(where, `the original has ${this.bytes.length} bytes`)
        return [{ from: where.from, to: where.to }]
      case 'path':
        return [this.#unitRange(this.#pathUnits(where, true))]
      case 'symbol': {
        const found = symbolLines(this.text, where.name)
        if (!found) throw missing(where, 'no definition of that name')
        return [this.#lineRange(found[0], found[1])]
      }
    }
  }

  /** The text that `where` names. */
  slice(where: Selector): string {
    if (where.kind === 'path') {
      const [start, end] = this.#pathUnits(where)
      return this.text.slice(start, end)
    }
    return textOf(this.sliceBytes(where))
  }

  /** The bytes that `where` names, in the order of its ranges. */
  sliceBytes(where: Selector): Uint8Array {
    const parts = this.resolve(where).map(({ from, to }) => this.bytes.subarray(from, to))
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  }

  /** Where the value at a JSON path stands, in UTF-16 code units of the text; undefined where there is none. */
  find(path: string): readonly [start: number, end: number] | undefined {
    try {
      return this.#pathUnits({ kind: 'path', path })
    } catch (cause) {
      if (cause instanceof SelectorError) return undefined
      throw cause
    }
  }

  /** The byte selector of the UTF-16 range `start`..`end` of the text. */
  at(start: number, end: number): Selector {
    return byteSelector(this.#byteOf(start), this.#byteOf(end))
  }

  /** A selector into the part that begins at `start` (a line start, UTF-16 code units), as a selector into this original. */
  rebase(where: Selector, part: Original, start: number): Selector {
    const from = this.#byteOf(start)
    if (where.kind === 'lines') {
      const line = this.lineAt(from)
      return lineRanges(where.ranges.map(([first, last]) => [first + line - 1, last + line - 1] as const))
    }
    const ranges = part.resolve(where)
    return byteSelector(from + ranges[0]!.from, from + ranges.at(-1)!.to)
  }

  /** The 1-based line that holds the byte at `offset`. */
  lineAt(offset: number): number {
    const starts = this.#starts()
    let low = 0
    let high = starts.length - 2
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }

  #lineRange(first: number, last: number): Range {
    const starts = this.#starts()
    if (last > starts.length - 1)
      throw missing(lineRanges([[first, last]]), `the original has ${starts.length - 1} lines`)
    return { from: starts[first - 1]!, to: starts[last]! }
  }

  /** Where each line begins, and one past the last. */
  #starts(): Uint32Array {
    if (this.#lineStarts) return this.#lineStarts
    const { text, bytes } = this
    const isAscii = bytes.length === text.length
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    // In ASCII the text has the same places, and a shorter way to them.
    const next = (from: number) => (isAscii ? text.indexOf('\n', from) : buffer.indexOf(10, from))
    let starts = new Uint32Array(1024)
    let count = 1
    for (let i = next(0); i >= 0; i = next(i + 1)) {
      // One more fits behind the loop.
      if (count + 1 === starts.length) starts = widened(starts)
      starts[count++] = i + 1
    }
    if (starts[count - 1] !== bytes.length) starts[count++] = bytes.length
    return (this.#lineStarts = starts.subarray(0, count))
  }

  #unitRange([start, end]: readonly [number, number]): Range {
    return { from: this.#byteOf(start), to: this.#byteOf(end) }
  }

  /** `within`: what the value holds will be asked for next, as it is where a marker names a list. */
  #pathUnits(where: Selector & { kind: 'path' }, within = false): readonly [number, number] {
    const { path } = where
    try {
      const list = this.#listOf(where)
      const element = elementIn(path, list.path.length)
      const steps = this.#stepsFrom(path, element.end)
      if (!steps) throw missing(where, 'not a path such as $.items[3].name')
      let start = element.index < 0 ? list.start : this.#child(list.start, element, where)
      for (const step of steps) {
        if ('from' in step) return runOf(this.#children(start), step, where)
        start = this.#child(start, step, where)
      }
      return [start, within && this.text[start] === '[' ? this.#listEnd(start) : valueEnd(this.text, start)]
    } catch (cause) {
      if (cause instanceof RangeError || cause instanceof SyntaxError)
        throw missing(where, 'the original is no JSON there')
      throw cause
    }
  }

  /** The steps of a path from `from` on: of the rows of a list, mostly those of the last path. */
  #stepsFrom(path: string, from: number): readonly Step[] | undefined {
    const last = this.#last
    if (last && path.length - from === last.text.length && path.endsWith(last.text)) return last.steps
    const steps = stepsOf(path, from)
    if (steps) this.#last = { text: path.slice(from), steps }
    return steps
  }

  /** The list that the path's last index counts in, or the root: paths mostly name a value in each row of one list. */
  #listOf(where: Selector & { kind: 'path' }): { readonly path: string; readonly start: number } {
    const { path } = where
    const last = this.#list
    if (last && path.startsWith(last.path) && path[last.path.length] === '[') return last
    const root = { path: '$', start: skipSpace(this.text, this.text.charCodeAt(0) === 0xfeff ? 1 : 0) }
    const above = path.slice(0, Math.max(1, path.lastIndexOf('[')))
    const steps = stepsOf(above)
    if (above === '$' || !steps || steps.some(step => 'from' in step)) return root
    return (this.#list = { path: above, start: steps.reduce((at, step) => this.#child(at, step, where), root.start) })
  }

  /** Where the child's value begins. The first few members of a small object are soon looked through, so they are not kept. */
  #child(start: number, step: Step, where: Selector): number {
    if ('name' in step && !this.#containers.has(start)) {
      const found = memberAmong(this.text, start, step.name, FEW)
      if (found !== undefined) return found
    }
    const children = this.#children(start)
    const child =
      'name' in step ? this.#named(start, children).get(step.name) : 'index' in step ? children[step.index] : undefined
    if (!child) throw missing(where, 'no such element or member')
    return child.value
  }

  /** Members by name; of equal names the first. */
  #named(start: number, children: readonly Child[]): ReadonlyMap<string, Child> {
    let named = this.#names.get(start)
    if (!named) {
      named = new Map()
      for (let i = children.length - 1; i >= 0; i--)
        if (children[i]!.name !== undefined) named.set(children[i]!.name!, children[i]!)
      this.#names.set(start, named)
    }
    return named
  }

  #listEnd(start: number): number {
    const last = this.#children(start).at(-1)
    return skipSpace(this.text, last ? last.end : start + 1) + 1
  }

  #children(start: number): readonly Child[] {
    let children = this.#containers.get(start)
    if (!children) this.#containers.set(start, (children = childrenOf(this.text, start)))
    return children
  }

  /** UTF-16 offset to byte offset: O(1) where the text is ASCII, else a walk of at most `STRIDE` units from a table. */
  #byteOf(unit: number): number {
    if (this.bytes.length === this.text.length) return unit
    const table = (this.#units ??= unitTable(this.text))
    const slot = Math.floor(unit / STRIDE)
    return widthOf(this.text, slot * STRIDE, unit, table[slot]!)
  }
}

/** The plain index that stands at `from`, and where it ends; -1 where none does. */
function elementIn(path: string, from: number): { readonly index: number; readonly end: number } {
  if (path.charCodeAt(from) !== BRACKET) return { index: -1, end: from }
  let index = 0
  let end = from + 1
  for (let unit = path.charCodeAt(end); unit >= 0x30 && unit <= 0x39; unit = path.charCodeAt(++end))
    index = 10 * index + unit - 0x30
  const plain = path.charCodeAt(end) === BRACKET + 2 && end > from + 1 && end <= from + MOST_DIGITS
  return plain ? { index, end: end + 1 } : { index: -1, end: from }
}

const BRACKET = 0x5b
/** Longer indexes are for `stepsOf` to judge. */
const MOST_DIGITS = 9

function widened(starts: Uint32Array): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(2 * starts.length)
  wider.set(starts)
  return wider
}

const STRIDE = 256
const FEW = 32

function unitTable(text: string): Uint32Array {
  const table = new Uint32Array(Math.floor(text.length / STRIDE) + 1)
  let bytes = 0
  for (let slot = 1; slot < table.length; slot++)
    table[slot] = bytes = widthOf(text, (slot - 1) * STRIDE, slot * STRIDE, bytes)
  return table
}

/** `sum` plus the bytes of the units from..to; of a surrogate pair, the high half counts four and the low half none. */
function widthOf(text: string, from: number, to: number, sum: number): number {
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) sum += 1
    else if (unit < 0x800) sum += 2
    else if (unit < 0xd800 || unit > 0xdfff) sum += 3
    else if (unit < 0xdc00) sum += 4
    else if (!isHigh(text.charCodeAt(i - 1))) sum += 1
  }
  return sum
}

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00

function runOf(
  children: readonly Child[],
  { from, to }: { from: number; to: number },
  where: Selector,
): readonly [number, number] {
  const last = Math.min(to, children.length) - 1
  if (from > last) throw missing(where, `only ${children.length} there`)
  return [children[from]!.start, children[last]!.end]
}

const missing = (where: Selector, fact: string) => new SelectorError(`${printSelector(where)}: ${fact}`)
