import type { Signal } from '../filter.ts'
import type { Item } from './grid.ts'

/** Records of a stretch of a delimited text (RFC 4180, other delimiters too): the cells as they stand, quotes and all. */
export interface Records {
  /** By column, then by row. */
  readonly columns: string[][]
  /** Every record, in order: a row, or a text that is none. */
  readonly items: Item[]
  /** The first line of each item and, at the end, of what follows; 1-based. */
  readonly starts: number[]
}

/** How a text is delimited, and how many cells make a row. */
export interface Shape {
  readonly delimiter: string
  readonly width: number
}

/** A quoted cell goes over at most this much; a longer one is a stray quote. */
const MOST_LINES = 40
const MOST_UNITS = 20_000

/** Reads a delimited text stretch by stretch, so that a long one is never held as cells all at once. Linear. */
export class RecordReader {
  readonly crlf: boolean
  readonly #text: string
  readonly #shape: Shape
  readonly #signal: Signal
  #at = 0
  #line = 1

  constructor(text: string, shape: Shape, signal: Signal) {
    this.#text = text
    this.#shape = shape
    this.#signal = signal
    const end = text.indexOf('\n')
    // Lines that end otherwise than the first are none of the rows.
    this.crlf = end > 0 && text[end - 1] === '\r'
  }

  /** The records that begin within the next `units` UTF-16 code units; undefined behind the last line end. */
  next(units: number): Records | undefined {
    const columns: string[][] = Array.from({ length: this.#shape.width }, () => [])
    const items: Item[] = []
    const starts: number[] = []
    const limit = this.#at + units
    while (this.#at < limit) {
      const line = this.#line
      const record = this.#record()
      if (!record) break
      starts.push(line)
      if (record.cells?.length !== columns.length) items.push({ text: record.text })
      else {
        items.push({ row: columns[0]!.length })
        record.cells.forEach((cell, column) => {
          columns[column]!.push(cell)
        })
      }
    }
    starts.push(this.#line)
    return items.length ? { columns, items, starts } : undefined
  }

  /** What stands behind the last line end. */
  rest(): string {
    return this.#text.slice(this.#at)
  }

  /** The next record that a line end closes; without cells where its line ends otherwise than the others. */
  #record(): { text: string; cells: string[] | undefined } | undefined {
    const end = this.#text.indexOf('\n', this.#at)
    if (end < 0) return undefined
    let text = this.#text.slice(this.#at, end)
    let cells: string[] | undefined
    let lines = 1
    if (!text.includes('"')) cells = text.split(this.#shape.delimiter)
    else {
      const found = quotedRecord(this.#text, this.#at, this.#shape.delimiter)
      if (found.end >= this.#text.length) return undefined
      text = this.#text.slice(this.#at, found.end)
      cells = found.cells
      lines = found.lines
    }
    this.#signal.throwIfAborted(1 + (text.length >> 6))
    this.#at += text.length + 1
    this.#line += lines
    return { text, cells: this.crlf ? uncrlf(cells) : cells }
  }
}

function uncrlf(cells: string[]): string[] | undefined {
  const last = cells.at(-1)!
  return last.endsWith('\r') ? [...cells.slice(0, -1), last.slice(0, -1)] : undefined
}

/** The record that begins at `from`, with quoted cells that may hold delimiters and line ends. `end` is that of its last line. */
export function quotedRecord(
  text: string,
  from: number,
  delimiter: string,
): { cells: string[]; end: number; lines: number } {
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
