import type { Signal } from '../filter.ts'
import type { Grid, Layout } from '../table/grid.ts'
import type { Segment } from '../table/segments.ts'
import { ABSENT, cellOf, LIST_SEPARATORS } from './rows.ts'

/** Records that must be of one make. */
export const SHARE = 0.6
/** Columns at most. */
const MOST_COLUMNS = 80

/** Values of a record that stand at the same paths: one of them, or several in the elements of a list. */
export interface Entry {
  /** The paths in one. */
  readonly key: string
  readonly paths: readonly string[]
  readonly members: string[][]
  /** The path of the element without children whose values these are all; undefined where it has children. */
  readonly leaf: string | undefined
}

/** Records as rows: the grid of the table, and the row of each node that is one. */
export interface Records {
  readonly grid: Grid
  readonly rows: ReadonlyMap<number, number>
}

/** Columns for all paths, rows for all records whose values stand in their order; undefined where too few do. Linear. */
export function gridOf(
  records: ReadonlyMap<number, readonly Entry[]>,
  layout: Layout,
  signal: Signal,
): Records | undefined {
  const { lists, numbered } = listsOf(records)
  const order = new Order()
  const ordered: Ordered[] = []
  const shapes = new Map<string, readonly number[] | undefined>()
  const columnsOf = ({ key, paths, members }: Entry) => {
    if (numbered.has(key)) return members.flatMap((_, nth) => paths.map(path => numberedPath(path, nth + 1)))
    return lists.has(key) ? [listName(paths)] : paths
  }
  for (const [node, entries] of records) {
    signal.throwIfAborted(1 + (entries.length >> 2))
    let shape = ''
    for (const { key } of entries) shape += `${key}\t`
    if (!shapes.has(shape)) shapes.set(shape, order.places(entries.flatMap(columnsOf)))
    const places = shapes.get(shape)
    if (places) ordered.push({ node, places, entries })
  }
  const kept = usual(ordered)
  const used = new Set(kept.flatMap(({ places }) => places))
  const ids = order.ids().filter(id => used.has(id))
  if (kept.length < SHARE * records.size || ids.length > MOST_COLUMNS) return undefined
  const at = new Map(ids.map((id, column) => [id, column]))
  const columns = ids.map(() => Array.from<string>({ length: kept.length }).fill(ABSENT))
  const members = new Map<number, Map<number, readonly (readonly string[])[]>>()
  const rows = new Map<number, number>()
  kept.forEach(({ node, places, entries }, row) => {
    rows.set(node, row)
    let place = 0
    for (const entry of entries) {
      if (lists.has(entry.key)) {
        const column = at.get(places[place++]!)!
        if (!members.has(column)) members.set(column, new Map())
        members.get(column)!.set(row, entry.members)
      } else
        for (const member of entry.members)
          for (const value of member) columns[at.get(places[place++]!)!]![row] = cellOf(value)
    }
  })
  const names = ids.map(id => order.names[id]!)
  for (const [column, lists] of members) {
    const separator = separatorOf(lists)
    if (separator === undefined) return undefined
    names[column] += separator
    for (const [row, list] of lists) columns[column]![row] = cellOf(list.map(one => one.join('=')).join(separator))
  }
  if (isSparse(columns)) return undefined
  return { grid: { layout, names, columns }, rows }
}

/** Are there tables from which rows may go? Smaller ones keep them all (filters/table). */
export const hasLongTables = (segments: readonly Segment[]): boolean =>
  segments.some(({ block, starts }) => starts !== undefined && (block?.items.length ?? 0) >= 24)

/** What a head line says where records lack values that others have, and of names of columns. */
export function wordsOf(segments: readonly Segment[]): string[] {
  const grids = segments.flatMap(({ block }) => block?.grids ?? [])
  const words: string[] = []
  if (grids.some(({ names }) => names.some(name => name.includes('@')))) words.push('a@b=b of a')
  if (grids.some(({ columns }) => columns.some(column => column.includes(ABSENT)))) words.push('-=not there')
  return words
}

/** A record and the columns of its values, in order. */
interface Ordered {
  readonly node: number
  readonly places: readonly number[]
  readonly entries: readonly Entry[]
}

/** Columns of a record that hardly another has, and the share of records by which a column is such a one. */
const MOST_RARE = 3
const RARE = 0.25

/** The records without those that would add many columns of their own, such as an item with a list of its own below it. */
function usual(records: readonly Ordered[]): readonly Ordered[] {
  const counts = new Map<number, number>()
  for (const { places } of records) for (const id of places) counts.set(id, (counts.get(id) ?? 0) + 1)
  const least = Math.max(2, RARE * records.length)
  return records.filter(({ places }) => places.filter(id => counts.get(id)! < least).length <= MOST_RARE)
}

/** Is most of a table empty? Then its records are of several makes. */
function isSparse(columns: readonly (readonly string[])[]): boolean {
  let absent = 0
  for (const column of columns) for (const cell of column) if (cell === ABSENT) absent++
  return absent > 0.75 * columns.length * (columns[0]?.length ?? 0)
}

/** Members of a list that become columns each, at most. */
const MOST_NUMBERED = 24

/** The paths that hold lists; `numbered` those that hold equally many members in all records. */
function listsOf(records: ReadonlyMap<number, readonly Entry[]>) {
  const counts = new Map<string, number>()
  for (const entries of records.values())
    for (const { key, members } of entries) {
      const known = counts.get(key)
      if (known !== members.length) counts.set(key, known === undefined ? members.length : 0)
    }
  const lists = new Set<string>()
  const numbered = new Set<string>()
  for (const [key, count] of counts)
    if (count > 1 && count <= MOST_NUMBERED) numbered.add(key)
    else if (count !== 1) lists.add(key)
  return { lists, numbered }
}

/** `cell#2@ref` for `cell@ref`. */
function numberedPath(path: string, nth: number): string {
  const at = path.indexOf('@', path.lastIndexOf('/') + 1)
  return at < 0 ? `${path}#${nth}` : `${path.slice(0, at)}#${nth}${path.slice(at)}`
}

/** `tag@k=@v*`, `comment@lang=.*`: the second path as it goes on from the element of the first. */
function listName([first, second]: readonly string[]): string {
  if (second === undefined) return `${first}*`
  const element = first!.slice(0, first!.lastIndexOf('@'))
  return `${first}=${second === element ? '.' : second.slice(element.length)}*`
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
