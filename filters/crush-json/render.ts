import type { Signal } from '../filter.ts'
import type { Layout } from './layout.ts'
import { ARRAY, GAP, type Nodes, OBJECT } from './parse.ts'

/** `nodes` printed by a layout; `wide` says of each container whether it takes several lines. Iterative. */
export function render(
  nodes: Nodes,
  layout: Layout,
  wide: Uint8Array,
  signal: Signal,
  gaps: readonly string[] = [],
): string {
  const printer = new Printer(nodes, layout, wide)
  const open: number[] = []
  for (let i = 0; i < nodes.count; i++) {
    signal.throwIfAborted()
    while (open.length > 0 && nodes.next[open.at(-1)!] === i) printer.close(open.pop()!, open.length)
    if (open.length > 0) printer.separate(i, open.at(-1)!, open.length)
    const kind = nodes.kind[i]!
    if (nodes.key[i]! >= 0) printer.out += nodes.keys[nodes.key[i]!] + layout.colon
    if (kind === OBJECT || kind === ARRAY) {
      printer.open(i)
      open.push(i)
    } else printer.out += kind === GAP ? gaps[gapIndex(nodes, i)]! : nodes.source(i)
  }
  while (open.length > 0) printer.close(open.pop()!, open.length)
  return (layout.bom ? '\ufeff' : '') + printer.out + layout.tail
}

const gapIndex = (nodes: Nodes, i: number) => Number(nodes.text.slice(nodes.start[i]! + 1, nodes.end[i]! - 1))

/** The parts of a printed text that depend on the layout. */
class Printer {
  out = ''
  readonly #nodes: Nodes
  readonly #layout: Layout
  readonly #wide: Uint8Array
  /** Line ends with the indent of each level. */
  readonly #newLines: string[] = []

  constructor(nodes: Nodes, layout: Layout, wide: Uint8Array) {
    this.#nodes = nodes
    this.#layout = layout
    this.#wide = wide
  }

  open(i: number): void {
    if (i === 0 && this.#layout.lines) return
    const object = this.#nodes.kind[i] === OBJECT
    this.out += object ? (this.#padded(i) ? '{ ' : '{') : '['
  }

  close(i: number, level: number): void {
    if (i === 0 && this.#layout.lines) return
    if (this.#wide[i] && this.#nodes.size[i]! > 0) this.#newLine(level, 2 * i + 1)
    this.out += this.#nodes.kind[i] === OBJECT ? (this.#padded(i) ? ' }' : '}') : ']'
  }

  /** What stands before child `i` of `parent`. */
  separate(i: number, parent: number, level: number): void {
    const first = i === parent + 1
    if (parent === 0 && this.#layout.lines) {
      if (!first) this.out += this.#layout.newline
      if (this.#nodes.kind[i] !== GAP) this.out += this.#layout.before
    } else if (this.#wide[parent]) {
      if (!first) this.out += ','
      this.#newLine(level, 2 * i)
    } else if (!first) this.out += parent === 0 && this.#layout.rows ? `,${this.#layout.newline}` : this.#layout.comma
  }

  #padded(i: number): boolean {
    return this.#layout.pad && !this.#wide[i] && this.#nodes.size[i]! > 0
  }

  #newLine(level: number, slot: number): void {
    const { newline, indent, shifts } = this.#layout
    const blanks = shifts.size > 0 ? shifts.get(slot) : undefined
    this.out +=
      blanks === undefined ? (this.#newLines[level] ??= newline + indent!.repeat(level)) : newline + ' '.repeat(blanks)
  }
}

/** Nothing stands between values but what must. */
export const MINIFIED: Layout = {
  bom: false,
  lines: false,
  before: '',
  indent: undefined,
  newline: '\n',
  colon: ':',
  comma: ',',
  pad: false,
  fit: 0,
  levels: 0,
  rows: false,
  arrays: false,
  tail: '',
  odd: [],
  shifts: new Map(),
}

/** The shortest text of the same values; NDJSON keeps its lines. */
export function minified(nodes: Nodes, lines: boolean, signal: Signal): string {
  // Nothing stands in it but what must.
  if (minifiedLength(nodes, lines) === nodes.text.length) {
    signal.throwIfAborted(nodes.count)
    return nodes.text
  }
  return render(nodes, { ...MINIFIED, lines }, new Uint8Array(nodes.count), signal)
}

/** The UTF-16 units of the minified text, without printing it. */
export function minifiedLength(nodes: Nodes, lines: boolean): number {
  let units = 0
  for (let i = 0; i < nodes.count; i++) {
    const container = nodes.kind[i]! <= ARRAY
    const signs = container ? 2 + Math.max(0, nodes.size[i]! - 1) : nodes.end[i]! - nodes.start[i]!
    units += signs + (nodes.key[i]! < 0 ? 0 : nodes.keys[nodes.key[i]!]!.length + 1)
  }
  return lines ? units - 2 : units
}
