import { NAME } from './notation.ts'
import type { Column } from './shapes.ts'
import type { Part } from './templates.ts'

/**
 * A column's name in a table's head: its path with dots, parts in quotes where they need them, elements of arrays as `[0]`; `@` is the
 * row itself, `@key` its name.
 */
export function columnName({ path, what }: Column, keys: readonly string[]): string {
  if (what === 'element') return String(path[0])
  if (what !== 'member') return what === 'name' ? '@key' : '@'
  return path.map((key, i) => (key < 0 ? `[${-1 - key}]` : `${i > 0 ? '.' : ''}${partName(keys[key]!)}`)).join('')
}

/** A member's name, in its quotes where it needs them. */
export function partName(source: string): string {
  const bare = source.slice(1, -1)
  return NAME.test(bare) ? bare : source
}

/** A template as text; holes are `{}`, other columns `{name}` or `{name*}` for what stands in their cells, numbers by row `{100+row}`. */
export function printTemplate(parts: readonly Part[], names: readonly string[]): string {
  return parts.map(part => (typeof part === 'string' ? part : `{${printHole(part, names)}}`)).join('')
}

function printHole(part: Exclude<Part, string>, names: readonly string[]): string {
  if (part.kind === 'hole') return ''
  if (part.kind === 'column') return `${names[part.column]}${part.own ? '*' : ''}`
  const { from, step, width } = part
  return `${String(from).padStart(width, '0')}${step < 0 ? '-' : '+'}${Math.abs(step) === 1 ? '' : `${Math.abs(step)}*`}row`
}

const HOLE = /\{([^{}]{0,200})\}/g
const BY_ROW = /^(\d{1,15})([+-])(?:(\d{1,15})\*)?row$/

/** The parts of a template's text, given the columns that it may name: the inverse of printTemplate where `isSame` says so. */
export function parseTemplate(text: string, columns: ReadonlyMap<string, number>): Part[] {
  const parts: Part[] = []
  let literal = ''
  let from = 0
  for (const found of text.matchAll(HOLE)) {
    const part = holeOf(found[1]!, columns)
    if (!part) continue
    literal = text.slice(from, found.index)
    if (literal) parts.push(literal)
    parts.push(part)
    from = found.index + found[0].length
  }
  if (from < text.length) parts.push(text.slice(from))
  return parts
}

function holeOf(text: string, columns: ReadonlyMap<string, number>): Part | undefined {
  if (text === '') return { kind: 'hole' }
  const byRow = BY_ROW.exec(text)
  if (byRow) {
    const [, from, sign, step = '1'] = byRow
    const width = from!.startsWith('0') && from!.length > 1 ? from!.length : 0
    return { kind: 'row', from: Number(from), step: Number(step) * (sign === '-' ? -1 : 1), width }
  }
  const whole = columns.get(text)
  if (whole !== undefined) return { kind: 'column', column: whole }
  const cell = text.endsWith('*') ? columns.get(text.slice(0, -1)) : undefined
  return cell === undefined ? undefined : { kind: 'column', column: cell, own: true }
}

/** Does a template's text read back as its parts? Literals that look like holes do not, nor names in quotes. */
export function isSame(
  parts: readonly Part[],
  names: readonly string[],
  columns: ReadonlyMap<string, number>,
): boolean {
  if (parts.some(part => typeof part !== 'string' && part.kind === 'column' && names[part.column]!.includes('"')))
    return false
  return JSON.stringify(parseTemplate(printTemplate(parts, names), columns)) === JSON.stringify(parts)
}
