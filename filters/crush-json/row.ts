import { numberAt } from './sequence.ts'
import type { Style } from './style.ts'
import type { Table } from './table-head.ts'
import type { Part } from './templates.ts'

/** A row's values, by column; undefined for what is absent. */
export type Values = (string | undefined)[]

/** A row as the text of its object, array or scalar, which stands at `level`; a map's row with its name. */
export function rowText({ columns, frames, end }: Table, values: Values, level: number, style: Style): string {
  const { what } = columns[0]!
  if (what === 'value') return values[0]!
  if (what === 'element') return style.list(values as string[], level, false)
  let out = what === 'name' ? `${values[0]}${style.colon}{` : '{'
  let fresh = true
  const begin = (depth: number, object: boolean) =>
    fresh ? style.first(level + depth, object) : style.next(level + depth, object)
  const close = ({ depth, object }: Bracket) => {
    if (!fresh) out += style.last(level + depth, object)
    out += object ? '}' : ']'
    fresh = false
  }
  for (const [i, frame] of frames.entries()) {
    if (columns[i]!.what === 'name') continue
    for (const bracket of frame.close) close(bracket)
    for (const { name, inside, object } of frame.open) {
      out += begin(inside.depth, inside.object) + (name && name + style.colon) + (object ? '{' : '[')
      fresh = true
    }
    if (values[i] === undefined) continue
    out += begin(frame.inside.depth, frame.inside.object) + (frame.name && frame.name + style.colon) + values[i]
    fresh = false
  }
  for (const bracket of end) close(bracket)
  return out
}

/** What stands round the values of a row that has them all. */
export function glueOf(table: Table, constants: Values, level: number, style: Style): readonly string[] | undefined {
  const values = [...constants]
  for (const i of table.varying) values[i] = MARK
  const glue = rowText(table, values, level, style).split(MARK)
  return glue.length === table.varying.length + 1 ? glue : undefined
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
export function partText(part: Part, place: number, cell: string | undefined, values: Values, own: Values): string {
  if (typeof part === 'string') return part
  if (part.kind === 'hole') return cell ?? ''
  if (part.kind === 'row') return numberAt(part, place)
  if (part.own) return own[part.column] ?? ''
  const value = values[part.column] ?? ''
  return value.startsWith('"') ? value.slice(1, -1) : value
}
