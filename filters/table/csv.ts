import type { Signal } from '../filter.ts'
import type { Item } from './grid.ts'
import { csvLayout } from './layouts.ts'
import type { Segment } from './segments.ts'

/** A delimited text as segments: lines above the table, the table, and what stands behind its last line end. */
export function csvSegments(text: string, signal: Signal): Segment[] | undefined {
  const shape = delimiterOf(text)
  if (!shape) return undefined
  const { columns, items, starts, rest, crlf } = recordsOf(text, shape.delimiter, shape.width, signal)
  const first = items.findIndex(item => 'row' in item)
  const rows = columns[0]!.length
  if (first < 0 || rows < 4 || rows < 0.85 * items.length) return undefined
  const headed = isHeaded(columns)
  const skipped = headed ? 1 : 0
  const grid = {
    layout: csvLayout(shape.delimiter, crlf, headed),
    names: columns.map((column, at) => (headed ? column[0]! : `c${at + 1}`)),
    columns: headed ? columns.map(column => column.slice(1)) : columns,
  }
  const block = {
    grids: [grid],
    items: items.slice(first + skipped).map(item => ('row' in item ? { row: item.row - skipped } : item)),
  }
  const above = items.slice(0, first).map(item => ('text' in item ? item.text : ''))
  return [
    { first: 0, lines: above.flatMap(text => text.split('\n')) },
    { first: starts[first]!, lines: [], block, starts: starts.slice(first + skipped).map(line => line + 1) },
    { first: starts.at(-1)!, lines: [rest] },
  ]
}

/** Are the cells of the first row names: none a number, all different, not empty but for one? */
function isHeaded(columns: readonly (readonly string[])[]): boolean {
  const names = columns.map(column => column[0]!.replace(/^"(.*)"$/, '$1').replace(/^\ufeff/, ''))
  if (names.some(name => /^[-+]?[\d.]+%?$|^\d{4}-\d\d-\d\d/.test(name))) return false
  return new Set(names).size === names.length || names.filter(name => name === '').length <= 1
}

/** Records of a delimited text (RFC 4180, other delimiters too): the cells as they stand, quotes and all. */
export interface Records {
  readonly delimiter: string
  readonly crlf: boolean
  /** By column, then by row. */
  readonly columns: string[][]
  /** Every record, in order: a row, or a text that is none. */
  readonly items: Item[]
  /** The first line of each item and, at the end, the number of lines; 0-based. */
  readonly starts: number[]
  /** The text behind the last line end: empty where the text ends with one. */
  readonly rest: string
}

/** A quoted cell goes over at most this much; a longer one is a stray quote. */
const MOST_LINES = 40
const MOST_UNITS = 20_000

/** All records of `text`; `width` cells make a row. Linear. */
export function recordsOf(text: string, delimiter: string, width: number, signal: Signal): Records {
  const crlf = isCrlf(text)
  const columns: string[][] = Array.from({ length: width }, () => [])
  const items: Item[] = []
  const starts: number[] = []
  let line = 0
  let at = 0
  const put = (record: string, cells: readonly string[] | undefined) => {
    starts.push(line)
    if (cells?.length !== width) return void items.push({ text: record })
    items.push({ row: columns[0]!.length })
    cells.forEach((cell, column) => void columns[column]!.push(cell))
  }
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
    let record = text.slice(at, end)
    let lines = 1
    let cells: string[] | undefined
    if (!record.includes('"')) cells = (crlf ? uncrlf(record) : record)?.split(delimiter)
    else {
      const found = quotedRecord(text, at, delimiter)
      record = text.slice(at, found.end)
      lines = found.lines
      cells = crlf ? uncrlfCells(found.cells) : found.cells
    }
    signal.throwIfAborted(1 + (record.length >> 6))
    put(record, cells)
    at += record.length + 1
    line += lines
  }
  const rest = text.slice(at)
  starts.push(line)
  return { delimiter, crlf, columns, items, starts, rest }
}

/** Does the first line end in CR LF? Lines that end otherwise are then none of the rows. */
const isCrlf = (text: string) => {
  const end = text.indexOf('\n')
  return end > 0 && text[end - 1] === '\r'
}

const uncrlf = (record: string) => (record.endsWith('\r') ? record.slice(0, -1) : undefined)

function uncrlfCells(cells: string[]): string[] | undefined {
  const last = uncrlf(cells.at(-1)!)
  return last === undefined ? undefined : [...cells.slice(0, -1), last]
}

/** The record that begins at `from`, with quoted cells that may hold delimiters and line ends. `end` is that of its last line. */
function quotedRecord(text: string, from: number, delimiter: string): { cells: string[]; end: number; lines: number } {
  const cells: string[] = []
  let at = from
  let lines = 1
  for (;;) {
    const closed = text[at] === '"' ? closeOf(text, at) : undefined
    lines += closed?.lines ?? 0
    const next = nextOf(text, closed?.at ?? at, delimiter)
    cells.push(text.slice(at, next))
    if (text[next] !== delimiter) return { cells, end: next, lines }
    at = next + 1
  }
}

/** Where the quoted cell that opens at `from` has closed, and how many line ends it holds; undefined where it does not close soon. */
function closeOf(text: string, from: number): { at: number; lines: number } | undefined {
  let lines = 0
  for (let i = from + 1; i < text.length && i - from < MOST_UNITS && lines <= MOST_LINES; i++) {
    const code = text.charCodeAt(i)
    if (code === 10) lines++
    if (code !== 34) continue
    if (text.charCodeAt(i + 1) === 34) i++
    else return { at: i + 1, lines }
  }
  return undefined
}

/** The next delimiter or line end. */
function nextOf(text: string, from: number, delimiter: string): number {
  const code = delimiter.charCodeAt(0)
  let at = from
  while (at < text.length && text.charCodeAt(at) !== code && text.charCodeAt(at) !== 10) at++
  return at
}

const DELIMITERS = [',', '\t', ';', '|']
const LOOKED_AT = 60

/** The delimiter that cuts the first lines into most equal records, and their width; undefined where none does. Bounded work. */
export function delimiterOf(text: string): { delimiter: string; width: number } | undefined {
  const head = text.slice(text.charCodeAt(0) === 0xfeff ? 1 : 0, 256 * 1024)
  let best: { delimiter: string; width: number; score: number } | undefined
  for (const delimiter of DELIMITERS) {
    const widths: number[] = []
    for (let at = 0; at < head.length && widths.length < LOOKED_AT; ) {
      const { cells, end } = quotedRecord(head, at, delimiter)
      if (end < head.length || widths.length === 0) widths.push(end === at ? 0 : cells.length)
      at = end + 1
    }
    const found = modeOf(widths)
    if (!found || found.width < 2 || found.share < 0.85) continue
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
