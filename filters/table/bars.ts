import type { Block, Item } from './grid.ts'
import { cellIn, drawn, type Field, fieldOf, type Picture, pictureLayout } from './picture.ts'

/** Lines of a table whose cells stand between bars: Markdown, psql, mysql, sqlite, duckdb. The first line holds the names. */
export function barBlock(lines: readonly string[], crlf: boolean): Block | undefined {
  const bar = barIn(lines[0]!)
  if (bar === undefined) return undefined
  const cut = lines.map(line => fieldsOf(line, bar))
  const width = cut[0]!.length
  const rows = cut.filter((fields, at) => fields.length === width && !isRule(lines[at]!))
  if (width < 2 || rows.length < 3) return undefined
  const picture = pictureOf(rows, bar, crlf)
  const columns: string[][] = picture.fields.map(() => [])
  const items: Item[] = []
  let names: string[] | undefined
  for (const [at, line] of lines.entries()) {
    const cells = isRule(line) ? undefined : cellsOf(cut[at]!, bar, picture)
    const fits = cells && drawn(picture, cells) === line + (crlf ? '\r' : '')
    if (at === 0) {
      if (!fits) return undefined
      names = cells
    } else if (!fits) items.push({ text: line + (crlf ? '\r' : '') })
    else {
      items.push({ row: columns[0]!.length })
      cells.forEach((cell, column) => void columns[column]!.push(cell))
    }
  }
  return { grids: [{ layout: pictureLayout(picture, true), names: names!, columns }], items }
}

/** What stands between cells: a bar, or one of those that boxes are drawn with. */
const BARS = ['|', '│', '┃', '║'] as const

/** The bar that a line has; undefined where it has none. */
export const barIn = (line: string): string | undefined => BARS.find(bar => line.includes(bar))

/** Does line `at` hold names between bars, with dashes below that join them, and no row without bars below these? */
export function opensBars(lines: readonly string[], at: number): boolean {
  const [line, below, row] = [lines[at]!, lines[at + 1] ?? '', lines[at + 2] ?? '']
  if (barIn(line) === undefined || isRule(line) || !/[|+┼╪╬╋├╞╠┣]/.test(below) || !isRule(below)) return false
  return row.trim() === '' || barIn(row) !== undefined
}

/** Is it the line of dashes below the names, or a border? */
export const isRule = (line: string): boolean => /^[\s|+:=\u2500-\u257f-]+$/.test(line) && /[-─━═]/.test(line)

/** The stretches between bars, a first and last empty one left out; a bar behind a backslash is a letter. */
function fieldsOf(line: string, bar: string): string[] {
  const fields: string[] = []
  let from = 0
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '\\') i++
    else if (line[i] === bar) {
      fields.push(line.slice(from, i))
      from = i + 1
    }
  }
  fields.push(line.slice(from))
  return fields
}

/** Fields keep one space at each side, where all have it, out of their cells. */
function pictureOf(rows: readonly (readonly string[])[], bar: string, crlf: boolean): Picture {
  const width = rows[0]!.length
  let lead = ''
  const fields: Field[] = []
  for (let column = 0; column < width; column++) {
    const raws = rows.map(row => row[column]!)
    const isLast = column === width - 1
    const isOuter = (column === 0 || isLast) && raws.every(raw => raw.trim() === '' && raw === raws[0])
    if (isOuter) {
      if (column === 0) lead = `${raws[0]}${bar}`
      else fields[fields.length - 1] = { ...fields.at(-1)!, gap: fields.at(-1)!.gap + raws[0] }
      continue
    }
    const before = raws.every(raw => raw.startsWith(' ')) ? ' ' : ''
    const after = raws.every(raw => raw.length > 1 && raw.endsWith(' ')) ? ' ' : ''
    const inner = raws.map(raw => raw.slice(before.length, raw.length - after.length))
    if (fields.length) fields[fields.length - 1] = { ...fields.at(-1)!, gap: fields.at(-1)!.gap + before }
    else lead += before
    fields.push(fieldOf(inner, after + (isLast ? '' : bar)))
  }
  return { lead, fields, trimmed: false, crlf }
}

function cellsOf(raws: readonly string[], bar: string, { lead, fields }: Picture): string[] | undefined {
  const line = raws.join(bar)
  if (!line.startsWith(lead)) return undefined
  const inner = lead.includes(bar) ? raws.slice(1) : raws
  const cells: string[] = []
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at]!
    const raw = inner[at]
    if (raw === undefined) return undefined
    const before = (at === 0 ? lead : fields[at - 1]!.gap).endsWith(`${bar} `) || (at === 0 && lead === ' ') ? 1 : 0
    const after = field.gap.startsWith(' ') ? 1 : 0
    const cell = cellIn(raw.slice(before, raw.length - after), field)
    if (cell === undefined) return undefined
    cells.push(cell)
  }
  return cells
}
