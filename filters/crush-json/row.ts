import type { Table } from './table-head.ts'
import { numberAt, type Part } from './templates.ts'

/** A row's values as the JSON text of its object, array or scalar; a map's row with its name. */
export function rowJson({ columns }: Table, values: readonly (string | undefined)[]): string {
  if (columns[0]!.what === 'value') return values[0]!
  if (columns[0]!.what === 'element') return `[${values.join(',')}]`
  let out = ''
  let open: readonly string[] = []
  let fresh = true
  let name = ''
  for (const [i, column] of columns.entries()) {
    if (column.what === 'name') {
      name = `${values[i]}:`
      continue
    }
    const path = column.path.slice(0, -1)
    let shared = 0
    while (shared < open.length && open[shared] === path[shared]) shared++
    if (shared < open.length) fresh = false
    out += '}'.repeat(open.length - shared)
    for (const part of path.slice(shared)) {
      out += `${fresh ? '' : ','}${part}:{`
      fresh = true
    }
    open = path
    if (values[i] === undefined) continue
    out += `${fresh ? '' : ','}${column.path.at(-1)}:${values[i]}`
    fresh = false
  }
  return `${name}{${out}${'}'.repeat(open.length)}}`
}

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
