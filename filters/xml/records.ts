import type { Signal } from '../filter.ts'
import { type Entry, gridOf, type Records, SHARE } from './grid.ts'
import { xmlRows } from './rows.ts'
import { ELEMENT, RAW, type Tree } from './scan.ts'
import { lineIndent } from './style.ts'
import { attributesOf, markOf } from './tag.ts'
import type { Frame, Writer } from './writer.ts'

/** Values of a record, levels of it, and members of a list in it, at most. */
const MOST_VALUES = 64
const DEEPEST = 12
const MOST_MEMBERS = 400
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

  #element(node: number, parent: string, indent: string, isInline: boolean, depth: number): string | undefined {
    const { tree, style } = this.#writer
    this.steps++
    const attributes = tree.odd[node] ? undefined : attributesOf(tree, node)
    const spread = attributes && markOf(attributes, tree.names[node]!, indent, tree.empty[node] === 1, style)
    if (spread === undefined || depth > DEEPEST || (tree.empty[node] && style.empty === '></>')) return undefined
    const first = tree.mixed[node] ? 0 : tree.first[node]!
    const opensInline = first > 0 && !isInline && tree.inner[node] === tree.start[first]
    const key = tree.names[node]! + (opensInline ? '>' : '') + spread
    const path = depth === 0 ? '' : `${parent}${key}`
    const paths: string[] = []
    const values: string[] = []
    for (const { name, value, quote } of attributes!.list) {
      if (quote !== '"') return undefined
      paths.push(`${path}@${name}`)
      values.push(value)
    }
    if (!first) return this.#leaf(node, path, paths, values, depth) ? key : undefined
    paths.forEach((one, at) => {
      this.#add([one], [values[at]!])
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
    if (paths.length > 0) this.#add(paths, values)
    return this.#values <= MOST_VALUES
  }

  #children(node: number, below: string, indent: string, isInline: boolean, depth: number): boolean {
    const { tree, style } = this.#writer
    const gap = isInline ? '' : `\n${indent}${style.unit}`
    let from = tree.inner[node]!
    let before: { key: string; count: number; at: number } | undefined
    for (let child = tree.first[node]!; child; child = tree.next[child]!) {
      const at = this.entries.length
      if (tree.kind[child] === RAW || tree.text.slice(from, tree.start[child]!) !== gap) return false
      const key = this.#element(child, below, isInline ? indent : indent + style.unit, isInline, depth + 1)
      if (key === undefined) return false
      if (before?.key === key && !this.#joins(before.at, at, tree.first[child] === 0 || tree.mixed[child] === 1))
        return false
      if (before?.key !== key) before = { key, count: 1, at }
      from = tree.end[child]!
    }
    return tree.text.slice(from, tree.close[node]!) === (isInline ? '' : `\n${indent}`)
  }

  /** Makes the entry at `at` one more member of the list at `list`; false where it is not of its make. */
  #joins(list: number, at: number, isLeaf: boolean): boolean {
    const more = this.entries[at]
    const first = this.entries[list]!
    if (!isLeaf || !more || this.entries.length !== at + 1 || at !== list + 1) return false
    if (more.paths.length > 2) return false
    if (more.key !== first.key) return false
    this.entries.pop()
    first.members.push(more.members[0]!)
    return first.members.length <= MOST_MEMBERS
  }

  #add(paths: readonly string[], values: string[]): void {
    this.#values += paths.length
    this.entries.push({ key: paths.join('\n'), paths, members: [values] })
  }
}
