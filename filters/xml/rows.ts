import type { Layout } from '../table/grid.ts'
import { printElement } from './tag.ts'

/** The cell of a record that has nothing at this path. */
export const ABSENT = '-'
export const LIST_SEPARATORS: readonly string[] = [';', '|', ',', ' ', '/']

/** A value as a cell; `-` itself is `<->`, which no value can be. */
export const cellOf = (value: string): string => (value === ABSENT ? '<->' : value)

/** One column: where its values stand in a record. */
interface Column {
  /** The elements from the record down, without the record itself. */
  readonly path: readonly string[]
  /** What each value is: an attribute's name, or `.` for the text. One, or the two of a list of pairs. */
  readonly parts: readonly string[]
  /** Between the members of a list. */
  readonly separator: string | undefined
}

/**
 * Rows of records: `spec` is the depth in spaces and the record's name with its marks. Columns are named by their paths: `@id`,
 * `name`, `parent/name@lang`, `cell#2` for the second of several, `.` for the text of the record itself, `tag@k=@v*;` for a list of pairs parted by `;`.
 */
export function rowLayout(spec: string, print: Print): Layout {
  const key = spec.trimStart()
  const depth = spec.length - key.length
  let known: readonly string[] | undefined
  let columns: readonly Column[] = []
  return {
    spec,
    separator: ',',
    join(cells, names) {
      if (names !== known) {
        columns = names.map(columnOf)
        known = names
      }
      return new Lines(key, depth, print).of(columns, cells)
    },
  }
}

/** One line of a record, without its indentation. */
export type Print = (key: string, parts: readonly Part[], text: string | undefined) => string

export interface Part {
  readonly name: string
  readonly value: string
}

export const xmlRows = (spec: string): Layout =>
  rowLayout(spec, (key, parts, text) =>
    printElement(
      key,
      parts.map(part => ({ ...part, quote: '"' as const })),
      text,
    ),
  )

function columnOf(name: string): Column {
  const separator = name.at(-2) === '*' ? name.at(-1) : undefined
  const [first = '', second] = (separator === undefined ? name : name.slice(0, -2)).split('=')
  const at = first.lastIndexOf('@')
  const path = at < 0 ? (first === '.' ? '' : first) : first.slice(0, at)
  const parts = [at < 0 ? '.' : first.slice(at + 1)]
  if (second !== undefined) parts.push(second === '.' ? '.' : second.slice(1))
  return { path: path === '' ? [] : path.split('/'), parts, separator }
}

interface Line {
  readonly key: string
  readonly list: Part[]
  text: string | undefined
}

/** The lines of one record, made from its cells. */
class Lines {
  readonly #depth: number
  readonly #open: Line[]
  #shown = 0
  #out = ''

  readonly #printed: Print

  constructor(key: string, depth: number, print: Print) {
    this.#depth = depth
    this.#printed = print
    this.#open = [{ key, list: [], text: undefined }]
  }

  of(columns: readonly Column[], cells: readonly string[]): string {
    columns.forEach(({ path, parts, separator }, at) => {
      const cell = cells[at]!
      if (cell === ABSENT) return
      const value = cell === '<->' ? ABSENT : cell
      if (separator === undefined) this.#put(path, parts[0]!, value, false)
      else
        for (const member of value.split(separator)) {
          const equals = parts.length > 1 ? member.indexOf('=') : -1
          this.#put(path, parts[0]!, equals < 0 ? member : member.slice(0, equals), true)
          if (equals >= 0) this.#put(path, parts[1]!, member.slice(equals + 1), false)
        }
    })
    this.#print(0)
    return this.#out
  }

  /** One value at its place; `isNew` where it opens an element of its own. */
  #put(path: readonly string[], part: string, value: string, isNew: boolean): void {
    let common = 0
    while (common < path.length && this.#open[common + 1]?.key === path[common]) common++
    if (isNew && common === path.length) common--
    if (common < path.length || this.#open.length > path.length + 1) this.#print(common + 1)
    for (let at = common; at < path.length; at++) this.#open.push({ key: path[at]!, list: [], text: undefined })
    const line = this.#open.at(-1)!
    if (part !== '.') line.list.push({ name: part, value })
    else if (value !== '') line.text = value
  }

  /** Writes what is open and not yet written, and closes all but the outermost `stay`. */
  #print(stay: number): void {
    for (let at = this.#shown; at < this.#open.length; at++) {
      const { key, list, text } = this.#open[at]!
      this.#out += `${this.#out === '' ? '' : '\n'}${' '.repeat(this.#depth + at)}${this.#printed(key.replace(/#\d+$/, ''), list, text)}`
    }
    this.#open.length = Math.min(stay, this.#open.length)
    this.#shown = this.#open.length
  }
}
