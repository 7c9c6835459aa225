import { sharedEnd, sharedStart } from '../affixes.ts'
import { weight } from './weight.ts'

/** Rows that a decision looks at: two stretches, so that what repeats from row to row is seen. */
const SAMPLE = 128
/** Parts that a value is split into at most. */
const MOST_PARTS = 24
/** Tokens of a separator, an empty cell, a code with its separator, and what a dictionary entry costs beyond its value. */
const SEPARATOR = 0.7
const EMPTY = 0.6
const CODE = 1.9
const ENTRY = 3
/** Tokens that each row must save for a value to be taken apart: readers have to put it together. */
const APART = 0.5

/** The depth of splits from which on values stay whole. */
const WHOLE = 3

/** A column as pieces: what all values share is literal, and values of one make are split where that is cheaper. */
export function piecesOf(values: string[], depth = 0): (string | string[])[] {
  const first = values[0]!
  if (isConstant(values)) return [first]
  const start = sharedStart(values, tears)
  const end = sharedEnd(values, start, tears)
  if (start || end) {
    const inner = values.map(value => value.slice(start, value.length - end))
    return [first.slice(0, start), ...piecesOf(inner, depth), first.slice(first.length - end)].filter(p => p !== '')
  }
  if (depth >= WHOLE) return [values]
  return (depth === 0 && splitColumn(values, isSpace)) || splitColumn(values, isMark) || [values]
}

/** A column without what all values begin and end with. */
export const affixesOf = (values: string[]): (string | string[])[] => piecesOf(values, WHOLE)

/** Tokens that the cells of a column take, roughly: empty ones, codes of a dictionary, values. */
export function columnCost(values: readonly string[]): number {
  if (isConstant(values)) return 0
  const counts = new Map<string, number>()
  let cost = 0
  let last: string | undefined
  for (const value of values) {
    if (value === last) cost += EMPTY
    else counts.set(value, (counts.get(value) ?? 0) + 1)
    last = value
  }
  counts.forEach((count, value) => {
    const plain = weight(value) + SEPARATOR
    cost += Math.min(count * plain, count * CODE + plain + ENTRY)
  })
  return cost
}

/** Values of one make, split at the marks that they share, as far as that is cheaper; undefined where it is not. */
function splitColumn(values: string[], isSplit: (code: number) => boolean): (string | string[])[] | undefined {
  const marks = marksOf(values[0]!, isSplit)
  if (marks.length === 0 || marks.length >= MOST_PARTS) return undefined
  for (const value of values) if (!hasMarks(value, marks, isSplit)) return undefined
  const columns: string[][] = Array.from({ length: marks.length + 1 }, () => [])
  for (const value of values) splitInto(columns, value, isSplit)
  const pieces = merged(columns, marks)
  if (pieces.length === 1) return undefined
  return pieces.flatMap(piece => (typeof piece === 'string' ? [piece] : piecesOf(piece, 2)))
}

function marksOf(value: string, isSplit: (code: number) => boolean): string {
  let marks = ''
  for (let i = 0; i < value.length && marks.length < MOST_PARTS; i++)
    if (isSplit(value.charCodeAt(i))) marks += value[i]
  return marks
}

function hasMarks(value: string, marks: string, isSplit: (code: number) => boolean): boolean {
  let at = 0
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (isSplit(code) && marks.charCodeAt(at++) !== code) return false
  }
  return at === marks.length
}

function splitInto(columns: string[][], value: string, isSplit: (code: number) => boolean): void {
  let start = 0
  let at = 0
  for (let i = 0; i < value.length; i++) {
    if (!isSplit(value.charCodeAt(i))) continue
    columns[at++]!.push(value.slice(start, i))
    start = i + 1
  }
  columns[at]!.push(value.slice(start))
}

/** Columns and the marks between them, neighbours put together again where one cell is cheaper than two. */
function merged(columns: readonly string[][], marks: string): (string | string[])[] {
  const sampled = sampleRows(columns[0]!.length)
  const pick = (column: readonly string[]) => sampled.map(row => column[row]!)
  const pieces: (string | string[])[] = []
  let open: { column: string[]; sample: string[]; cost: number } | undefined
  columns.forEach((column, at) => {
    const mark = at > 0 ? marks[at - 1]! : ''
    const sample = pick(column)
    const cost = columnCost(sample)
    if (open && cost > 0) {
      const joint = open.sample.map((value, row) => value + mark + sample[row]!)
      const jointCost = columnCost(joint)
      if (jointCost <= open.cost + cost + APART * sample.length) {
        const before = open.column
        open = { column: before.map((value, row) => value + mark + column[row]!), sample: joint, cost: jointCost }
        pieces[pieces.length - 1] = open.column
        return
      }
    }
    if (mark) pieces.push(mark)
    open = cost > 0 || !isConstant(column) ? { column, sample, cost } : undefined
    pieces.push(open ? column : column[0]!)
  })
  return pieces
}

/** Are all values the same? */
export function isConstant(column: readonly string[]): boolean {
  for (let row = 1; row < column.length; row++) if (column[row] !== column[0]) return false
  return true
}

/** Which of so many rows a decision looks at. */
export function sampleRows(rows: number): number[] {
  if (rows <= SAMPLE) return Array.from({ length: rows }, (_, i) => i)
  const middle = Math.floor((rows - SAMPLE / 2) * 0.6)
  return Array.from({ length: SAMPLE }, (_, i) => (i < SAMPLE / 2 ? i : middle + i - SAMPLE / 2))
}

const isSpace = (code: number) => code === 32
const isMark = (code: number) => code < 128 && !isWord(code)

/** A-Z, a-z, 0-9 and the underscore. */
export const isWord = (code: number) =>
  (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95

/** Would a cut here part a word, a number, or one of the kind of `0x7f31`? A number before its unit, and after its name, may stand alone. */
function tears(value: string, at: number): boolean {
  if (at <= 0 || at >= value.length) return false
  const before = classOf(value.charCodeAt(at - 1))
  const after = classOf(value.charCodeAt(at))
  if (before === OTHER || after === OTHER) return false
  if (before === after) return true
  return before === LETTER
    ? classOf(value.charCodeAt(runStart(value, at - 1) - 1)) === DIGIT
    : classOf(value.charCodeAt(runEnd(value, at))) === DIGIT
}

/** Where the letters that end at `at` begin. */
function runStart(value: string, at: number): number {
  let start = at
  while (start > 0 && classOf(value.charCodeAt(start - 1)) === LETTER) start--
  return start
}

/** Behind the letters that begin at `at`. */
function runEnd(value: string, at: number): number {
  let end = at
  while (end < value.length && classOf(value.charCodeAt(end)) === LETTER) end++
  return end
}

const OTHER = 0
const DIGIT = 1
const LETTER = 2

function classOf(code: number): number {
  if (code >= 48 && code <= 57) return DIGIT
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127 ? LETTER : OTHER
}
