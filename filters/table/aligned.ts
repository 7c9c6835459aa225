import type { Block, Item } from './grid.ts'
import { cellIn, drawn, fieldOf, type Picture, pictureLayout } from './picture.ts'
import { tokenFields } from './tokens.ts'

const SHARE = 0.92
const LOOKED_AT = 400
const MOST_WIDE = 2000

/**
 * Lines whose cells stand in columns of the page: `kubectl get`, `ps`, `df`, `ls -l`, `pip list`. Undefined where fewer than two
 * straight gaps run through the lines. Linear in the text; lines of more than MOST_WIDE letters make no table.
 */
export function alignedBlock(lines: readonly string[], crlf: boolean): Block | undefined {
  if (lines.length < 4 || lines.some(line => line.length > MOST_WIDE || line.includes('\t'))) return undefined
  const headed = isHeaded(lines[0]!, lines[1])
  return byGaps(lines, crlf, headed) ?? byTokens(lines, crlf, headed)
}

function byGaps(lines: readonly string[], crlf: boolean, headed: boolean): Block | undefined {
  const gaps = gapsOf(lines, headed)
  if (gaps.length === 0 || (!headed && gaps.length < 3)) return undefined
  const cut = lines.map(line => rawsOf(line, gaps))
  const rows = cut.filter(raws => raws !== undefined)
  if (rows.length < SHARE * lines.length) return undefined
  const picture = pictureOf(rows, gaps, crlf, lines)
  return blockOf(
    lines,
    cut.map(raws => raws && cellsOf(raws, picture)),
    picture,
    headed,
  )
}

function byTokens(lines: readonly string[], crlf: boolean, headed: boolean): Block | undefined {
  const found = tokenFields(lines, headed)
  if (!found) return undefined
  const picture = { lead: '', fields: found.fields, trimmed: false, crlf }
  return blockOf(lines, found.cells, picture, headed)
}

/** Rows are the lines that come back when they are drawn. */
function blockOf(
  lines: readonly string[],
  found: readonly (string[] | undefined)[],
  picture: Picture,
  headed: boolean,
): Block | undefined {
  const end = picture.crlf ? '\r' : ''
  const cells = found.map((row, at) => (row && drawn(picture, row) === lines[at]! + end ? row : undefined))
  return gridOf(lines, cells, picture, headed)
}

function gridOf(
  lines: readonly string[],
  cells: readonly (string[] | undefined)[],
  picture: Picture,
  headed: boolean,
): Block | undefined {
  const hasNames = headed && cells[0] !== undefined
  const columns: string[][] = picture.fields.map(() => [])
  const items: Item[] = []
  for (const [at, row] of cells.entries()) {
    if (at === 0 && hasNames) continue
    if (!row || (at === 1 && isUnderline(lines[at]!))) items.push({ text: lines[at]! + (picture.crlf ? '\r' : '') })
    else {
      items.push({ row: columns[0]!.length })
      row.forEach((cell, column) => void columns[column]!.push(cell))
    }
  }
  if (columns[0]!.length < 3 || columns[0]!.length < 0.7 * items.length) return undefined
  const names = hasNames ? cells[0]! : picture.fields.map((_, at) => `c${at + 1}`)
  return { grids: [{ layout: pictureLayout(picture, hasNames), names, columns }], items }
}

/** Is a line one of names: by itself, or by the dashes below it? sqlite, dpkg and others underline each name. */
export const isHeaded = (line: string, below: string | undefined): boolean =>
  isHeader(line) || (below !== undefined && line.trim() !== '' && isUnderline(below))

const isUnderline = (line: string) =>
  line.length <= MOST_WIDE && /^[-=+][-=+ ]+$/.test(line) && /=[-+ ]=|-[+ ]+-/.test(line)

/** Names stand in capitals, or are words without numbers. */
export const isHeader = (line: string): boolean =>
  /^[\sA-Z][A-Z0-9 %()_./:+#-]*$/.test(line) || /^[A-Z][A-Za-z%-]*(?: {1,40}[A-Z%][A-Za-z%-]*)+(?: on)?\s*$/.test(line)

interface Span {
  readonly from: number
  readonly to: number
}

/** Runs of places where nearly every line has a space, and letters on both sides. */
function gapsOf(lines: readonly string[], headed: boolean): Span[] {
  const looked =
    lines.length > LOOKED_AT ? lines.filter((_, at) => at % Math.ceil(lines.length / LOOKED_AT) === 0) : lines
  const width = Math.max(...looked.map(({ length }) => length))
  const spaces = new Uint32Array(width + 1)
  const ends = new Uint32Array(width + 2)
  for (const line of looked) {
    for (let i = 0; i < line.length; i++) if (line.charCodeAt(i) === 32) spaces[i]!++
    ends[line.length]!++
  }
  const gaps: Span[] = []
  let from = -1
  let ended = 0
  for (let i = 0; i <= width; i++) {
    ended += ends[i] ?? 0
    const open = looked.length - ended
    const isGap = open > 0.5 * looked.length && spaces[i]! >= SHARE * open && (!headed || (lines[0]![i] ?? ' ') === ' ')
    if (isGap && from < 0) from = i
    if (!isGap && from >= 0) {
      if (from > 0) gaps.push({ from, to: i })
      from = -1
    }
  }
  return headed ? gaps.filter(gap => startsWord(lines[0]!, gap)) : gaps
}

/** A name begins where a gap ends, or ends where it begins; other gaps are there by chance. */
function startsWord(header: string, { from, to }: Span): boolean {
  if (header.slice(0, from).trim() === '' || header.slice(to).trim() === '') return false
  return (header[to] ?? ' ') !== ' ' || header[from - 1] !== ' '
}

function rawsOf(line: string, gaps: readonly Span[]): string[] | undefined {
  const raws: string[] = []
  let from = 0
  for (const gap of gaps) {
    if (line.slice(gap.from, gap.to).trim() !== '') return undefined
    raws.push(line.slice(from, gap.from).padEnd(gap.from - from))
    from = gap.to
  }
  raws.push(line.slice(from))
  return raws
}

function pictureOf(
  rows: readonly (readonly string[])[],
  gaps: readonly Span[],
  crlf: boolean,
  lines: readonly string[],
): Picture {
  const fields = rows[0]!.map((_, column) => {
    const gap = gaps[column]
    const field = fieldOf(
      rows.map(row => row[column]!),
      gap ? ' '.repeat(gap.to - gap.from) : '',
    )
    // What ends a line is seldom padded.
    return gap || field.align === '>' ? field : { ...field, width: 0 }
  })
  const trimmed = !lines.some(line => line.endsWith(' '))
  return { lead: '', fields, trimmed, crlf }
}

function cellsOf(raws: readonly string[], { fields }: Picture): string[] | undefined {
  const cells: string[] = []
  for (let at = 0; at < fields.length; at++) {
    const cell = cellIn(raws[at]!, fields[at]!)
    if (cell === undefined) return undefined
    cells.push(cell)
  }
  return cells
}
