import type { Signal } from '../filter.ts'
import { type Entry, gridOf, type Records, SHARE } from './grid.ts'
import { xmlRows } from './rows.ts'
import { lineIndent } from './style.ts'
import { attributesOf, markOf } from './tag.ts'
import { ELEMENT, RAW, type Tree } from './tree.ts'
import type { Frame, Writer } from './writer.ts'

/** Values of a record, levels of it, and members of a list in it, at most. */
const MOST_VALUES = 64
const DEEPEST = 12
const MOST_MEMBERS = 400
const MOST_NUMBERED = 24
/** `first` and the siblings behind it of the same name; comments may stand between them. */
export function runOf({ kind, names, next }: Tree, first: number): number[] {
  const run: number[] = []
  let last = 0
  for (let node = first; node; node = next[node]!) {
    if (kind[node] === RAW && run.length) run.push(node)
    else if (kind[node] === ELEMENT && names[node] === names[first]) last = run.push(node)
    else break
  }
  return run.slice(0, Math.max(1, last))
}

/** The records among the nodes of `run`, or undefined where too few are of one make. Linear. */
export function recordsOf(writer: Writer, frame: Frame, run: readonly number[], signal: Signal): Records | undefined {
  const records = new Map<number, readonly Entry[]>()
  let key: string | undefined
  let elements = 0
  const { text, start, end, kind } = writer.tree
  let from = frame.from
  for (const node of run) {
    const indent = lineIndent(text.slice(from, start[node]!)) ?? frame.indent
    from = end[node]!
    if (kind[node] !== ELEMENT) continue
    signal.throwIfAborted(2)
    elements++
    const flat = new Flat(writer)
    const own = flat.record(node, indent, frame.isInline)
    signal.throwIfAborted(flat.steps)
    if (own === undefined) continue
    key ??= own
    if (own === key && flat.entries.length) records.set(node, flat.entries)
    // Where the first are none, the others are not looked at.
    if (elements === 20 && records.size < SHARE * elements) return undefined
  }
  if (key === undefined || records.size < 3 || records.size < SHARE * elements) return undefined
  return gridOf(records, xmlRows(`${' '.repeat(frame.depth + 1)}${key}`), signal)
}

/** The values of one record by their paths, in the order of the text. */
class Flat {
  readonly entries: Entry[] = []
  steps = 0
  readonly #writer: Writer
  #values = 0

  constructor(writer: Writer) {
    this.#writer = writer
  }

  /** The record's name with its marks, or undefined where it is not written the plain way all through. */
  record(node: number, indent: string, isInline: boolean): string | undefined {
    return this.#element(node, '', indent, isInline, 0)
  }

  #element(
    node: number,
    parent: string,
    indent: string,
    isInline: boolean,
    depth: number,
    suffix = '',
  ): string | undefined {
    const { tree, style } = this.#writer
    this.steps++
    const attributes = tree.odd[node] ? undefined : attributesOf(tree, node)
    const spread = attributes && markOf(attributes, tree.names[node]!, indent, tree.empty[node] === 1, style)
    if (spread === undefined || depth > DEEPEST || (tree.empty[node] && style.empty === '></>')) return undefined
    const first = tree.mixed[node] ? 0 : tree.first[node]!
    const opensInline = first > 0 && !isInline && tree.inner[node] === tree.start[first]
    const key = tree.names[node]! + (opensInline ? '>' : '') + spread
    const path = depth === 0 ? '' : `${parent}${key}${suffix}`
    const paths: string[] = []
    const values: string[] = []
    for (const { name, value, quote } of attributes!.list) {
      if (quote !== '"') return undefined
      paths.push(`${path}@${name}`)
      values.push(value)
    }
    if (!first) return this.#leaf(node, path, paths, values, depth) ? key : undefined
    paths.forEach((one, at) => {
      this.#add([one], [values[at]!], undefined)
    })
    const below = depth === 0 ? '' : `${path}/`
    return this.#children(node, below, indent, isInline || opensInline, depth) ? key : undefined
  }

  #leaf(node: number, path: string, paths: string[], values: string[], depth: number): boolean {
    const { tree, style, cuts } = this.#writer
    const hasNone = tree.empty[node] || (tree.inner[node] === tree.close[node] && style.empty === '></>')
    const text = hasNone ? '' : (cuts.get(node) ?? tree.text.slice(tree.inner[node]!, tree.close[node]!))
    if (!hasNone && text === '') return false
    if (text !== '' || (paths.length === 0 && depth > 0)) {
      paths.push(path === '' ? '.' : path)
      values.push(text)
    }
    if (paths.length > 0) this.#add(paths, values, path)
    return this.#values <= MOST_VALUES
  }

  #children(node: number, below: string, indent: string, isInline: boolean, depth: number): boolean {
    const { tree, style } = this.#writer
    const gap = isInline ? '' : `\n${indent}${style.unit}`
    const inner = isInline ? indent : indent + style.unit
    let from = tree.inner[node]!
    for (let child = tree.first[node]!; child; ) {
      const group: number[] = []
      for (const name = tree.names[child]; child && tree.names[child] === name; child = tree.next[child]!) {
        if (tree.kind[child] === RAW || tree.text.slice(from, tree.start[child]!) !== gap) return false
        group.push(child)
        from = tree.end[child]!
      }
      const one = (at: number, suffix: string) => this.#element(group[at]!, below, inner, isInline, depth + 1, suffix)
      if (!this.#group(group.length, below, one)) return false
    }
    return tree.text.slice(from, tree.close[node]!) === (isInline ? '' : `\n${indent}`)
  }

  /** Siblings of one name: the only one, members of a list, or numbered ones. */
  #group(count: number, below: string, one: (at: number, suffix: string) => string | undefined): boolean {
    if (count === 1) return one(0, '') !== undefined
    const [length, values] = [this.entries.length, this.#values]
    if (this.#list(count, below, at => one(at, ''))) return true
    this.entries.length = length
    this.#values = values
    if (count > MOST_NUMBERED) return false
    for (let at = 0; at < count; at++) if (one(at, `#${at + 1}`) === undefined) return false
    return true
  }

  /** One entry for all of them, where each is one of the same paths. */
  #list(count: number, below: string, one: (at: number) => string | undefined): boolean {
    const list = this.entries.length
    const key = one(0)
    const first = this.entries[list]
    if (key === undefined || this.entries.length !== list + 1 || count > MOST_MEMBERS) return false
    if (first!.leaf !== `${below}${key}` || first!.paths.length > 2) return false
    for (let at = 1; at < count; at++) {
      if (one(at) !== key || this.entries.length !== list + 2) return false
      const more = this.entries.pop()!
      if (more.key !== first!.key || more.leaf !== first!.leaf) return false
      first!.members.push(more.members[0]!)
    }
    return true
  }

  #add(paths: readonly string[], values: string[], leaf: string | undefined): void {
    this.#values += paths.length
    this.entries.push({ key: paths.join('\n'), paths, members: [values], leaf })
  }
}
