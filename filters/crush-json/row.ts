import type { Table } from './table-head.ts'
import { numberAt, type Part } from './templates.ts'

/** A row's values as the JSON text of its object, array or scalar; a map's row with its name. */
export function rowJson({ columns, frames, end }: Table, values: readonly (string | undefined)[]): string {
  if (columns[0]!.what === 'value') return values[0]!
  if (columns[0]!.what === 'element') return `[${values.join(',')}]`
  let out = columns[0]!.what === 'name' ? `${values[0]}:{` : '{'
  let fresh = true
  for (const [i, { close, open, entry }] of frames.entries()) {
    if (columns[i]!.what === 'name') continue
    if (close !== '') {
      out += close
      fresh = false
    }
    for (const text of open) {
      out += fresh ? text : `,${text}`
      fresh = true
    }
    if (values[i] === undefined) continue
    out += fresh ? entry : `,${entry}`
    out += values[i]
    fresh = false
  }
  return out + end
}

/** What stands round a column's value in its row: brackets that close and open since the column before, and the value's name. */
export interface Frame {
  readonly close: string
  readonly open: readonly string[]
  readonly entry: string
}

/** The frames of columns, by their paths, and what closes the row. */
export function framesOf(paths: readonly (readonly string[])[]): {
  readonly frames: readonly Frame[]
  readonly end: string
} {
  let last: readonly string[] = []
  const frames = paths.map((path): Frame => {
    let shared = 0
    while (shared < last.length - 1 && shared < path.length - 1 && last[shared] === path[shared]) shared++
    const close = closing(last, shared)
    const open = path.slice(shared, -1).map((part, i) => entryOf(part) + (isElement(path[shared + i + 1]!) ? '[' : '{'))
    last = path
    return { close, open, entry: entryOf(path.at(-1) ?? '') }
  })
  return { frames, end: `${closing(last, 0)}}` }
}

/** The brackets of a path's containers from `depth` on, innermost first. */
function closing(path: readonly string[], depth: number): string {
  let text = ''
  for (let at = path.length - 2; at >= depth; at--) text += isElement(path[at + 1]!) ? ']' : '}'
  return text
}

const isElement = (part: string): boolean => part.startsWith('[')

/** What stands before a value: its name, if it has one. */
const entryOf = (part: string): string => (isElement(part) ? '' : `${part}:`)

/** What a part of a template stands for in a row. */
export function partText(
  part: Part,
  place: number,
  cell: string | undefined,
  values: readonly (string | undefined)[],
  own: readonly (string | undefined)[],
): string {
  if (typeof part === 'string') return part
  if (part.kind === 'hole') return cell ?? ''
  if (part.kind === 'row') return numberAt(part, place)
  if (part.own) return own[part.column] ?? ''
  const value = values[part.column] ?? ''
  return value.startsWith('"') ? value.slice(1, -1) : value
}
