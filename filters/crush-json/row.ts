import { numberAt } from './sequence.ts'
import { Sheet } from './sheet.ts'
import type { Style } from './style.ts'
import type { Table } from './table-head.ts'
import type { Part } from './templates.ts'

/** The values of a row, by column. */
export class Row {
  /** JSON texts, but of strings that are `quoted` their source without quotes; undefined for what is absent. */
  readonly texts: (string | undefined)[]
  readonly quoted: Uint8Array
  /** What stands in the cells of templates. */
  readonly own: (string | undefined)[] = []

  constructor(columns: number) {
    this.texts = new Array(columns)
    this.quoted = new Uint8Array(columns)
  }

  put(i: number, json: string | undefined): void {
    this.texts[i] = json
    this.quoted[i] = 0
  }

  putString(i: number, source: string): void {
    this.texts[i] = source
    this.quoted[i] = 1
  }

  json(i: number): string | undefined {
    return this.quoted[i] === 1 ? `"${this.texts[i]}"` : this.texts[i]
  }

  /** The value without quotes; empty for what is absent. */
  content(i: number): string {
    const text = this.texts[i] ?? ''
    return this.quoted[i] === 0 && text.startsWith('"') ? text.slice(1, -1) : text
  }
}

/** A closing bracket in a container that holds something, and in one that does not. */
interface Closing {
  readonly full: string
  readonly empty: string
}

/** What stands before an item that is a container's first, and before others; with its name and an opening bracket. */
interface Opening {
  readonly first: string
  readonly next: string
}

/** How the rows of a table that stand at one level are printed: objects, arrays or scalars; a map's rows with their names. */
export class RowForm {
  readonly #what: Table['columns'][number]['what']
  readonly #level: number
  readonly #style: Style
  readonly #columns: readonly { close: readonly Closing[]; open: readonly Opening[]; value: Opening }[]
  readonly #end: readonly Closing[]

  constructor({ columns, frames, end }: Table, level: number, style: Style) {
    this.#what = columns[0]!.what
    this.#level = level
    this.#style = style
    const closing = ({ depth, object }: Bracket): Closing => {
      const empty = object ? '}' : ']'
      return { full: style.last(level + depth, object) + empty, empty }
    }
    const opening = ({ depth, object }: Bracket, name: string, open: string): Opening => {
      const text = (name && name + style.colon) + open
      return { first: style.first(level + depth, object) + text, next: style.next(level + depth, object) + text }
    }
    this.#columns = frames.map(({ close, open, name, inside }) => ({
      close: close.map(closing),
      open: open.map(({ name, inside, object }) => opening(inside, name, object ? '{' : '[')),
      value: opening(inside, name, ''),
    }))
    this.#end = end.map(closing)
  }

  write(row: Row, sheet: Sheet): void {
    if (this.#what === 'value') sheet.add(row.json(0)!)
    else if (this.#what === 'element') {
      const elements = row.texts.map((_, i) => row.json(i)!)
      sheet.add(this.#style.list(elements, this.#level, false))
    } else this.#writeObject(row, sheet)
  }

  #writeObject(row: Row, sheet: Sheet): void {
    const keyed = this.#what === 'name'
    if (keyed) sheet.add(row.json(0)! + this.#style.colon)
    sheet.add('{')
    let fresh = true
    for (let i = keyed ? 1 : 0; i < this.#columns.length; i++) {
      const { close, open, value } = this.#columns[i]!
      for (const bracket of close) {
        sheet.add(fresh ? bracket.empty : bracket.full)
        fresh = false
      }
      for (const item of open) {
        sheet.add(fresh ? item.first : item.next)
        fresh = true
      }
      const json = row.json(i)
      if (json === undefined) continue
      sheet.add(fresh ? value.first : value.next)
      sheet.add(json)
      fresh = false
    }
    for (const bracket of this.#end) {
      sheet.add(fresh ? bracket.empty : bracket.full)
      fresh = false
    }
  }
}

/** Prints rows that break no rule and have all their values: what stands between those that vary is the same in all. */
export class Usual {
  /** By column. */
  readonly constants: readonly (string | undefined)[]
  readonly #varying: readonly number[]
  /** What stands before, between and behind those values, each time in four forms: with a quote at the start (1), at the end (2). */
  readonly #glue: readonly (readonly string[])[] | undefined

  constructor(form: RowForm, constants: readonly (string | undefined)[], varying: readonly number[]) {
    this.constants = constants
    this.#varying = varying
    const row = new Row(constants.length)
    for (const [i, text] of constants.entries()) row.put(i, text)
    for (const i of varying) row.put(i, MARK)
    const sheet = new Sheet()
    form.write(row, sheet)
    const glue = sheet.taken().split(MARK)
    if (glue.length === varying.length + 1) this.#glue = glue.map(text => [text, `"${text}`, `${text}"`, `"${text}"`])
  }

  /** False where the row lacks a value. */
  write({ texts, quoted }: Row, sheet: Sheet): boolean {
    const varying = this.#varying
    const glue = this.#glue
    if (!glue) return false
    for (let n = 0; n < varying.length; n++) if (texts[varying[n]!] === undefined) return false
    let last = 0
    for (let n = 0; n < varying.length; n++) {
      const i = varying[n]!
      const quote = quoted[i]!
      sheet.add(glue[n]![last + 2 * quote]!)
      sheet.add(texts[i]!)
      last = quote
    }
    sheet.add(glue[varying.length]![last]!)
    return true
  }
}

/** Stands in no JSON text. */
const MARK = '\0'

/** A container below a row: how many lie round it inside the row, and whether it is an object. */
interface Bracket {
  readonly depth: number
  readonly object: boolean
}

/** What stands before a column's value in its row: brackets that close and open since the column before, and the value's name. */
export interface Frame {
  readonly close: readonly Bracket[]
  readonly open: readonly (Bracket & { readonly name: string; readonly inside: Bracket })[]
  /** Empty for the elements of arrays. */
  readonly name: string
  readonly inside: Bracket
}

/** The frames of columns, by their paths, and what closes the row. */
export function framesOf(paths: readonly (readonly string[])[]): {
  readonly frames: readonly Frame[]
  readonly end: readonly Bracket[]
} {
  let last: readonly string[] = []
  const frames = paths.map((path): Frame => {
    let shared = 0
    while (shared < last.length - 1 && shared < path.length - 1 && last[shared] === path[shared]) shared++
    const close = closing(last, shared)
    const open = path.slice(shared, -1).map((part, i) => ({
      ...bracketAt(path, shared + i + 1),
      name: nameOf(part),
      inside: bracketAt(path, shared + i),
    }))
    last = path
    return { close, open, name: nameOf(path.at(-1) ?? ''), inside: bracketAt(path, path.length - 1) }
  })
  return { frames, end: [...closing(last, 0), ROW] }
}

const ROW: Bracket = { depth: 0, object: true }

/** A path's containers from its part `from` on, innermost first. */
function closing(path: readonly string[], from: number): Bracket[] {
  const brackets: Bracket[] = []
  for (let at = path.length - 1; at > from; at--) brackets.push(bracketAt(path, at))
  return brackets
}

/** What holds a path's part. */
const bracketAt = (path: readonly string[], at: number): Bracket =>
  at <= 0 ? ROW : { depth: at, object: !isElement(path[at]!) }

const isElement = (part: string): boolean => part.startsWith('[')

const nameOf = (part: string): string => (isElement(part) ? '' : part)

/** What a part of a template stands for in a row. */
export function partText(part: Part, place: number, cell: string | undefined, row: Row): string {
  if (typeof part === 'string') return part
  if (part.kind === 'hole') return cell ?? ''
  if (part.kind === 'row') return numberAt(part, place)
  return part.own ? (row.own[part.column] ?? '') : row.content(part.column)
}
