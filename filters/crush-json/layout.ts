import type { Signal } from '../filter.ts'
import { ARRAY, type Nodes, OBJECT, skipSpace } from './parse.ts'
import { standsAs } from './stands.ts'

/** How the values of a JSON text are laid out: what turns the minified text back into the original. */
export interface Layout {
  readonly bom: boolean
  /** NDJSON: one value a line. */
  readonly lines: boolean
  /** What stands before each line of NDJSON, as log drivers put it. */
  readonly before: string
  /** White space of one level; undefined where containers stand on one line. */
  readonly indent: string | undefined
  readonly newline: '\n' | '\r\n'
  /** What stands between name and value. */
  readonly colon: string
  /** What stands between elements on one line. */
  readonly comma: string
  /** Objects on one line have a blank inside each brace. */
  readonly pad: boolean
  /** Columns into which a container must fit to stand on one line; 0 where each one takes several lines. */
  readonly fit: number
  /** Only the outermost levels take several lines, as many as this; 0 where that is no rule. */
  readonly levels: number
  /** Elements of the outermost array begin lines, its brackets do not. */
  readonly rows: boolean
  /** Only arrays are put on one line where they fit (a formatter that keeps objects as they were typed). */
  readonly arrays: boolean
  /** White space at the end. */
  readonly tail: string
  /** Ordinals of containers, in the order of the text, that do not stand as the rule says. */
  readonly odd: readonly number[]
  /** Blanks at the start of lines that are indented by hand, by slot: 2n before node n, 2n+1 before what closes it. */
  readonly shifts: ReadonlyMap<number, number>
}

/** More exceptions than these are no layout. */
const MOST_ODD = 60
const MOST_SHIFTS = 60
const WIDTHS = [80, 100, 120]
const LEVELS = [1, 2, 3]

/** The layout that prints `nodes` as their text, or undefined where none does. O(n). */
export function layoutOf(nodes: Nodes, lines: boolean, signal: Signal): Layout | undefined {
  const wide = wideInSource(nodes)
  let base = observe(nodes, lines)
  if (!standsAs(nodes, base, wide, signal)) {
    base = { ...base, shifts: shiftsOf(nodes, base, wide) }
    if (base.shifts.size === 0 || !standsAs(nodes, base, wide, signal)) return undefined
  }
  if (base.indent === undefined) return base
  let best: Layout | undefined
  for (const rule of rules(base)) {
    const odd = differences(nodes, wide, wideByRule(nodes, rule, signal))
    if (odd.length === 0) return { ...rule, odd }
    if (odd.length <= MOST_ODD && odd.length < (best?.odd.length ?? Number.POSITIVE_INFINITY)) best = { ...rule, odd }
  }
  return best
}

/** For each container: does it take several lines by the layout's rule and its exceptions? */
export function wideByLayout(nodes: Nodes, layout: Layout, signal: Signal): Uint8Array {
  const wide = wideByRule(nodes, layout, signal)
  let ordinal = 0
  const odd = new Set(layout.odd)
  for (let i = 0; odd.size > 0 && i < nodes.count; i++)
    if (isContainer(nodes, i) && odd.has(ordinal++)) wide[i] = wide[i] ? 0 : 1
  return wide
}

function wideByRule(nodes: Nodes, layout: Layout, signal: Signal): Uint8Array {
  const wide = new Uint8Array(nodes.count)
  if (layout.indent === undefined) return wide
  if (layout.levels > 0) return wideToLevel(nodes, layout.levels)
  if (layout.fit === 0) return wide.fill(1)
  const flat = flatWidths(nodes, layout, signal)
  const open: number[] = []
  for (let i = 0; i < nodes.count; i++) {
    signal.throwIfAborted()
    while (open.length > 0 && nodes.next[open.at(-1)!]! <= i) open.pop()
    const parent = open.at(-1)
    if (isContainer(nodes, i)) {
      const column = open.length * layout.indent.length + nameWidth(nodes, i, layout)
      const comma = parent !== undefined && nodes.next[parent]! > nodes.next[i]! ? 1 : 0
      const apart = nodes.kind[i] === OBJECT ? layout.arrays : isMatrix(nodes, i)
      const inFlat = parent !== undefined && !wide[parent]
      wide[i] = !inFlat && (apart || column + flat[i]! + comma > layout.fit) ? 1 : 0
      open.push(i)
    }
  }
  return wide
}

function wideToLevel(nodes: Nodes, levels: number): Uint8Array {
  const wide = new Uint8Array(nodes.count)
  const open: number[] = []
  for (let i = 0; i < nodes.count; i++) {
    while (open.length > 0 && nodes.next[open.at(-1)!]! <= i) open.pop()
    if (!isContainer(nodes, i)) continue
    if (open.length < levels) wide[i] = 1
    open.push(i)
  }
  return wide
}

/** Prettier breaks an array of several containers that have several children each, even where it would fit. */
function isMatrix(nodes: Nodes, i: number): boolean {
  if (nodes.size[i]! < 2) return false
  const kind = nodes.kind[i + 1]!
  for (let child = i + 1; child < nodes.next[i]!; child = nodes.next[child]!)
    if (nodes.kind[child] !== kind || !isContainer(nodes, child) || nodes.size[child]! < 2) return false
  return true
}

/** Widths of nodes printed on one line, names left out. Bottom up. */
function flatWidths(nodes: Nodes, layout: Layout, signal: Signal): Int32Array {
  const widths = new Int32Array(nodes.count)
  for (let i = nodes.count - 1; i >= 0; i--) {
    signal.throwIfAborted()
    if (!isContainer(nodes, i)) widths[i] = nodes.end[i]! - nodes.start[i]!
    else {
      let sum = 2 + (layout.pad && nodes.kind[i] === OBJECT && nodes.size[i]! > 0 ? 2 : 0)
      for (let child = i + 1; child < nodes.next[i]!; child = nodes.next[child]!)
        sum += widths[child]! + nameWidth(nodes, child, layout) + (child > i + 1 ? layout.comma.length : 0)
      widths[i] = sum
    }
  }
  return widths
}

const nameWidth = (nodes: Nodes, i: number, layout: Layout) =>
  nodes.key[i]! < 0 ? 0 : nodes.keys[nodes.key[i]!]!.length + layout.colon.length

const isContainer = (nodes: Nodes, i: number) => nodes.kind[i]! <= ARRAY

/** What the first containers of the text look like; whether that holds for all is for `standsAs` to say. */
function observe(nodes: Nodes, lines: boolean): Layout {
  const { text } = nodes
  const bom = text.charCodeAt(0) === 0xfeff
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  let colon = ':'
  let comma: string | undefined
  let indent: string | undefined
  let pad: boolean | undefined
  const second = nodes.size[0]! > 1 ? nodes.end[1]! : -1
  const rows = !lines && second >= 0 && text.slice(second, skipSpace(text, second + 1)) === `,${newline}`
  for (let i = lines ? 1 : 0; i < nodes.count && i < 20_000; i++) {
    if (!isContainer(nodes, i) || nodes.size[i] === 0) continue
    const first = i + 1
    const from = nodes.start[i]! + 1
    const blank = text.slice(from, skipSpace(text, from))
    if (nodes.kind[i] === OBJECT) colon = colonAt(nodes, first)
    if (blank.includes('\n')) indent ??= i === 0 ? blank.slice(newline.length) : undefined
    else {
      if (nodes.kind[i] === OBJECT) pad ??= blank === ' '
      if (nodes.size[i]! > 1 && !(i === 0 && rows))
        comma ??= text.slice(nodes.end[first]!, skipSpace(text, nodes.end[first]! + 1))
    }
    if (comma !== undefined && pad !== undefined) break
  }
  const tail = text.slice(nodes.end[0]!)
  const inline = indent === undefined && colon === ':' ? ',' : ', '
  return {
    bom,
    lines,
    before: '',
    indent,
    newline,
    colon,
    comma: comma ?? inline,
    pad: pad ?? indent !== undefined,
    fit: 0,
    levels: 0,
    rows: rows && indent === undefined,
    arrays: false,
    tail,
    odd: [],
    shifts: new Map(),
  }
}

/** From the end of the member's name to its value. */
function colonAt({ text, start }: Nodes, member: number): string {
  let from = start[member]! - 1
  while (text.charCodeAt(from) !== 0x3a) from--
  while (text.charCodeAt(from - 1) !== 0x22) from--
  return text.slice(from, start[member])
}

function wideInSource(nodes: Nodes): Uint8Array {
  const wide = new Uint8Array(nodes.count)
  for (let i = 0; i < nodes.count; i++) {
    if (!isContainer(nodes, i)) continue
    const unit = nodes.text.charCodeAt(nodes.start[i]! + 1)
    wide[i] = nodes.size[i]! > 0 && (unit === 0x0a || unit === 0x0d) ? 1 : 0
  }
  return wide
}

/** The lines that do not begin as their level says; none where they are too many. */
function shiftsOf(nodes: Nodes, { indent }: Layout, wide: Uint8Array): Map<number, number> {
  const shifts = new Map<number, number>()
  if (indent === undefined || indent === '\t') return shifts
  const level = new Int32Array(nodes.count)
  const note = (slot: number, at: number, wanted: number) => {
    const blanks = at - nodes.text.lastIndexOf('\n', at - 1) - 1
    if (blanks !== wanted && blanks < 1000) shifts.set(slot, blanks)
  }
  for (let i = 0; i < nodes.count && shifts.size <= MOST_SHIFTS; i++) {
    if (!isContainer(nodes, i) || nodes.size[i] === 0) continue
    let at = nodes.start[i]! + 1
    for (let child = i + 1; child < nodes.next[i]!; child = nodes.next[child]!) {
      level[child] = level[i]! + 1
      at = skipSpace(nodes.text, at)
      if (child > i + 1) at = skipSpace(nodes.text, at + 1)
      if (wide[i]) note(2 * child, at, indent.length * level[child]!)
      at = nodes.end[child]!
    }
    if (wide[i]) note(2 * i + 1, skipSpace(nodes.text, at), indent.length * level[i]!)
  }
  return shifts.size <= MOST_SHIFTS ? shifts : new Map()
}

function rules(base: Layout): Layout[] {
  const fits = WIDTHS.flatMap(fit => [
    { ...base, fit },
    { ...base, fit, arrays: true },
  ])
  return [base, ...LEVELS.map(levels => ({ ...base, levels })), ...fits]
}

/** Ordinals of the containers on which two answers differ; empty ones look alike either way. */
function differences(nodes: Nodes, a: Uint8Array, b: Uint8Array): number[] {
  const odd: number[] = []
  let ordinal = -1
  for (let i = 0; i < nodes.count && odd.length <= MOST_ODD; i++) {
    if (!isContainer(nodes, i)) continue
    ordinal++
    if (nodes.size[i]! > 0 && a[i] !== b[i]) odd.push(ordinal)
  }
  return odd
}
