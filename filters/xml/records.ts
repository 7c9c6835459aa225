import type { Signal } from '../filter.ts'
import type { Grid } from '../table/grid.ts'
import { ABSENT, cellOf, LIST_SEPARATORS, rowLayout } from './rows.ts'
import { ELEMENT, RAW, type Tree } from './scan.ts'
import { lineIndent } from './style.ts'
import { attributesOf, markOf } from './tag.ts'
import type { Frame, Writer } from './writer.ts'

/** Values of a record, levels of it, and members of a list in it, at most. */
const MOST_VALUES = 64
const DEEPEST = 12
const MOST_MEMBERS = 400
/** Records that must be of one make. */
const SHARE = 0.6
/** Columns at most. */
const MOST_COLUMNS = 80

/** Records as rows: the grid of the table, and the row of each node that is one. */
export interface Records {
  readonly grid: Grid
  readonly rows: ReadonlyMap<number, number>
}

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

/** Values that stand at the same paths: one of them, or several in the elements of a list. */
interface Entry {
  readonly paths: readonly string[]
  readonly members: string[][]
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
  return gridOf(records, key, frame.depth + 1, signal)
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
    const attributes = attributesOf(tree, node)
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
    paths.forEach((one, at) => this.#add([one], [values[at]!]))
    const below = depth === 0 ? '' : `${path}/`
    return this.#children(node, below, indent, isInline || opensInline, depth) ? key : undefined
  }

  #leaf(node: number, path: string, paths: string[], values: string[], depth: number): boolean {
    const { tree, style, cuts } = this.#writer
    const hasNone = tree.empty[node] || (tree.inner[node] === tree.close[node] && style.empty === '></>')
    const text = hasNone ? '' : (cuts.inside(node) ?? tree.text.slice(tree.inner[node]!, tree.close[node]!))
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
    if (more.paths.length > 2 || more.paths.length !== first.paths.length) return false
    if (more.paths.some((path, i) => path !== first.paths[i])) return false
    this.entries.pop()
    first.members.push(more.members[0]!)
    return first.members.length <= MOST_MEMBERS
  }

  #add(paths: readonly string[], values: string[]): void {
    this.#values += paths.length
    this.entries.push({ paths, members: [values] })
  }
}

/** Columns for all paths, rows for all records whose values stand in their order. */
function gridOf(
  records: ReadonlyMap<number, readonly Entry[]>,
  key: string,
  depth: number,
  signal: Signal,
): Records | undefined {
  const lists = new Set<string>()
  for (const entries of records.values())
    for (const { paths, members } of entries) if (members.length > 1) lists.add(paths.join('\n'))
  const order = new Order()
  const kept: { node: number; places: readonly number[]; entries: readonly Entry[] }[] = []
  const shapes = new Map<string, readonly number[] | undefined>()
  const columnsOf = ({ paths }: Entry) => (lists.has(paths.join('\n')) ? [listName(paths)] : paths)
  for (const [node, entries] of records) {
    signal.throwIfAborted(1 + (entries.length >> 2))
    const names = entries.flatMap(columnsOf)
    const shape = names.join('\n')
    if (!shapes.has(shape)) shapes.set(shape, order.places(names))
    const places = shapes.get(shape)
    if (places) kept.push({ node, places, entries })
  }
  const ids = order.ids()
  if (kept.length < SHARE * records.size || ids.length > MOST_COLUMNS) return undefined
  const at = new Map(ids.map((id, column) => [id, column]))
  const columns = ids.map(() => Array.from<string>({ length: kept.length }).fill(ABSENT))
  const members = new Map<number, Map<number, readonly (readonly string[])[]>>()
  const rows = new Map<number, number>()
  kept.forEach(({ node, places, entries }, row) => {
    rows.set(node, row)
    let place = 0
    for (const entry of entries) {
      if (lists.has(entry.paths.join('\n'))) {
        const column = at.get(places[place++]!)!
        if (!members.has(column)) members.set(column, new Map())
        members.get(column)!.set(row, entry.members)
      } else for (const value of entry.members[0]!) columns[at.get(places[place++]!)!]![row] = cellOf(value)
    }
  })
  const names = ids.map(id => order.names[id]!)
  for (const [column, lists] of members) {
    const separator = separatorOf(lists)
    if (separator === undefined) return undefined
    names[column] = `${names[column]}*${separator}`
    for (const [row, list] of lists) columns[column]![row] = cellOf(list.map(one => one.join('=')).join(separator))
  }
  return { grid: { layout: rowLayout(`${' '.repeat(depth)}${key}`), names, columns }, rows }
}

/** `tag@k=@v`, `comment@lang=.`: the second path as it goes on from the element of the first. */
function listName([first, second]: readonly string[]): string {
  if (second === undefined) return first!
  const element = first!.slice(0, first!.lastIndexOf('@'))
  return `${first}=${second === element ? '.' : second.slice(element.length)}`
}

/** What stands in no member; where members are pairs, their first parts have no `=`. */
function separatorOf(lists: ReadonlyMap<number, readonly (readonly string[])[]>): string | undefined {
  let left = LIST_SEPARATORS
  for (const list of lists.values())
    for (const member of list) {
      if (member.length > 1 && member[0]!.includes('=')) return undefined
      left = left.filter(separator => !member.some(part => part.includes(separator)))
    }
  return left[0]
}

/** Columns in an order that agrees with that of every record, as far as that goes. */
class Order {
  readonly names: string[] = []
  readonly #ids = new Map<string, number>()
  #order: number[] = []

  /** The columns of these names, new ones put behind the one before them; undefined where they stand in another order. */
  places(names: readonly string[]): readonly number[] | undefined {
    if (this.names.length > MOST_COLUMNS) return undefined
    const known = names.map(name => this.#ids.get(name))
    let last = -1
    for (const id of known) {
      if (id === undefined) continue
      const at = this.#order.indexOf(id)
      if (at <= last) return undefined
      last = at
    }
    if (new Set(names).size < names.length) return undefined
    let at = 0
    return names.map((name, i) => {
      let id = known[i]
      if (id === undefined) {
        id = this.names.push(name) - 1
        this.#ids.set(name, id)
        this.#order.splice(at, 0, id)
      }
      at = this.#order.indexOf(id) + 1
      return id
    })
  }

  ids(): readonly number[] {
    return this.#order
  }
}

