import type { Signal } from '../filter.ts'
import { isRule } from './bars.ts'
import { csvLayout } from './layouts.ts'
import { quotedRecord, RecordReader, type Records, type Shape } from './records.ts'
import type { Segment } from './segments.ts'

/** UTF-16 code units of rows that make one table: rules and codes hold within it, and memory is bounded by it. */
const CHUNK = 4 * 1024 * 1024
/** Rows, of all records. */
const SHARE = 0.85
const FEWEST_ROWS = 4

/** The delimiter and width of a text that is a table as a whole; undefined for other texts. Reads at most one chunk. */
export function csvShape(text: string, signal: Signal): Shape | undefined {
  const shape = delimiterOf(text)
  const records = shape && new RecordReader(text, shape, signal).next(CHUNK)
  const rows = records?.columns[0]?.length ?? 0
  return records && rows >= FEWEST_ROWS && rows >= SHARE * records.items.length ? shape : undefined
}

/** A delimited text as segments: lines above the table, the table in one part or more, and what stands behind the last line end. */
export function* csvSegments(text: string, shape: Shape, signal: Signal): Generator<Segment> {
  const reader = new RecordReader(text, shape, signal)
  let names: readonly string[] | undefined
  for (let records = reader.next(CHUNK); records; records = reader.next(CHUNK)) {
    const first = records.items.findIndex(item => 'row' in item)
    const isFirst = names === undefined && first >= 0
    const headed = isFirst && isHeaded(records.columns)
    if (isFirst) {
      names = records.columns.map((column, at) => (headed ? column[0]! : `c${at + 1}`))
      yield plain(records.items.slice(0, first).flatMap(item => ('text' in item ? item.text.split('\n') : [])))
    }
    if (!names) yield plain(records.items.flatMap(item => ('text' in item ? item.text.split('\n') : [])))
    else
      yield tableSegment(records, names, isFirst ? first : 0, headed, csvLayout(shape.delimiter, reader.crlf, headed))
  }
  yield plain([reader.rest()])
}

const plain = (lines: readonly string[]): Segment => ({ lines })

function tableSegment(
  { columns, items, starts }: Records,
  names: readonly string[],
  first: number,
  headed: boolean,
  layout: ReturnType<typeof csvLayout>,
): Segment {
  const skipped = headed ? 1 : 0
  const grid = { layout, names, columns: headed ? columns.map(column => column.slice(1)) : columns }
  const shown = items.slice(first + skipped).map(item => ('row' in item ? { row: item.row - skipped } : item))
  return { lines: [], block: { grids: [grid], items: shown }, starts: starts.slice(first + skipped) }
}

/** Are the cells of the first row names: the first no number and no date, all different, not empty but for one? */
function isHeaded(columns: readonly (readonly string[])[]): boolean {
  const names = columns.map(column => column[0]!.replace(/^"(.*)"$/, '$1').replace(/^\ufeff/, ''))
  if (/^[-+]?[\d.]+%?$|^\d{1,4}[-/]\d\d/.test(names[0]!)) return false
  return new Set(names).size === names.length || names.filter(name => name === '').length <= 1
}

const DELIMITERS = [',', '\t', ';', '|', ' ']
const LOOKED_AT = 60

/** Words of an unquoted cell from which a line is a sentence with commas in it and no record. */
const WORDY = 8

const isNumber = (cell: string) => /^[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?$/.test(cell)

/** Do these records look like data: no JSON, no sentences cut at their commas? */
function isData(records: readonly (readonly string[])[], delimiter: string): boolean {
  const isText = (cell: string) =>
    (',;'.includes(delimiter) && cell[0] !== '"' && cell.split(' ').length > WORDY) ||
    (delimiter === ',' && /^ [a-z]/.test(cell))
  if (delimiter === ' ' && records.slice(1).flat().filter(isNumber).length < 0.7 * records.slice(1).flat().length)
    return false
  const odd = records.filter(
    cells => /^\s*[[{<]/.test(cells[0]!) || cells.slice(1).some(isText) || cells[0]!.split(' ').length > WORDY,
  )
  return odd.length < 0.3 * records.length
}

/** The delimiter that cuts the first lines into most equal records, and their width; undefined where none does. Bounded work. */
export function delimiterOf(text: string): Shape | undefined {
  const head = text.slice(text.charCodeAt(0) === 0xfeff ? 1 : 0, 256 * 1024)
  // Bars with a line of dashes below the names are a table of another kind.
  if (
    head
      .slice(0, 4000)
      .split('\n')
      .slice(0, 4)
      .some(line => /[|+]/.test(line) && isRule(line))
  )
    return undefined
  let best: { delimiter: string; width: number; score: number } | undefined
  for (const delimiter of DELIMITERS) {
    const widths: number[] = []
    const records: string[][] = []
    for (let at = 0; at < head.length && widths.length < LOOKED_AT; ) {
      const { cells, end } = quotedRecord(head, at, delimiter)
      if (end < head.length || widths.length === 0) widths.push(end === at ? 0 : cells.length)
      if (end > at) records.push(cells)
      at = end + 1
    }
    const found = modeOf(widths)
    if (!found || found.width < 2 || found.share < SHARE || !isData(records, delimiter)) continue
    const score = found.share * 10 + Math.min(found.width, 20) / 10
    if (!best || score > best.score) best = { delimiter, width: found.width, score }
  }
  return best && { delimiter: best.delimiter, width: best.width }
}

function modeOf(widths: readonly number[]): { width: number; share: number } | undefined {
  const counts = new Map<number, number>()
  let filled = 0
  for (const width of widths) {
    if (width === 0) continue
    filled++
    counts.set(width, (counts.get(width) ?? 0) + 1)
  }
  let best: { width: number; share: number } | undefined
  for (const [width, count] of counts) if (!best || count / filled > best.share) best = { width, share: count / filled }
  return best
}
