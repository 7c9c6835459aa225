import { groupCost, SEPARATOR, slotCost } from './cost.ts'
import type { Part } from './rule.ts'

/** A part of a rule and, where it takes text from the row, how many marks it spans; undefined: all that the texts around it leave. */
export interface Piece {
  readonly part: Part
  readonly marks?: number
}

export const WHOLE: readonly Piece[] = [{ part: { kind: 'own' } }]

/** Cells that are missing in the usual ways do not speak for the make of a column. */
const MISSING = /^(|-+|\.|\?|na|n\/a|nan|null|none|nil|<none>|<unknown>|undefined)$/i

/** The pieces that print these cells (a sample, unquoted) in the fewest tokens, about. */
export function piecesOf(values: readonly string[], scale: number): readonly Piece[] {
  const speaking = values.filter(value => !MISSING.test(value))
  if (speaking.length < 2) return WHOLE
  let best = { pieces: WHOLE, cost: costOf(WHOLE, values, scale) }
  for (const pieces of [scaledPieces(speaking), affixPieces(speaking), markPieces(speaking, scale)]) {
    const cost = pieces ? costOf(pieces, values, scale) + 2 : Number.POSITIVE_INFINITY
    if (pieces && cost < best.cost) best = { pieces, cost }
  }
  return best.pieces
}

/** Tokens of the cells in these pieces; what they do not fit stands whole. */
export function costOf(pieces: readonly Piece[], values: readonly string[], scale: number): number {
  const slots: (string | undefined)[][] = pieces.map(() => [])
  const first = pieces.findIndex(({ part }) => part.kind === 'own' || part.kind === 'scaled')
  for (const value of values) {
    const cut = cutInto(pieces, value)
    pieces.forEach((_, at) => {
      slots[at]!.push(cut ? cut[at] : at === Math.max(first, 0) ? `\\${value}` : undefined)
    })
  }
  return pieces.reduce((sum, { part }, at) => {
    if (part.kind === 'text') return sum
    const own = slotCost(slots[at]!, scale, part.kind !== 'scaled')
    if (part.kind === 'scaled' || slots[at]!.includes(undefined)) return sum + own
    return sum + Math.min(own, groupCost(slots[at] as string[], scale))
  }, 0)
}

/** The texts of the pieces in `value`, or undefined where it is not made like that. */
export function cutInto(pieces: readonly Piece[], value: string): string[] | undefined {
  const texts: string[] = []
  let at = 0
  for (let i = 0; i < pieces.length; i++) {
    const { part, marks } = pieces[i]!
    let end = at
    if (part.kind === 'text') end = value.startsWith(part.text, at) ? at + part.text.length : -1
    else if (marks === undefined) end = value.length - tailLength(pieces, i)
    else end = endOfMarks(value, at, marks)
    if (end < at) return undefined
    const text = value.slice(at, end)
    const shown = part.kind === 'scaled' ? unscaled(text, part.digits) : text
    if (shown === undefined || (shown.charCodeAt(0) === 92 && part.kind !== 'text')) return undefined
    texts.push(shown)
    at = end
  }
  return at === value.length ? texts : undefined
}

const tailLength = (pieces: readonly Piece[], at: number) => {
  const next = pieces[at + 1]?.part
  return next?.kind === 'text' ? next.text.length : 0
}

function endOfMarks(value: string, from: number, marks: number): number {
  let left = marks
  for (let i = from; i < value.length; i++) if (isMark(value.charCodeAt(i)) && left-- === 0) return i
  return left === 0 ? value.length : -1
}

/** `12.8` with one digit behind its point is 128, if 128 scaled back is 12.8. */
function unscaled(text: string, digits: number): string | undefined {
  const point = text.length - digits - 1
  if (point < 1 || text[point] !== '.') return undefined
  const whole = text.slice(0, point) + text.slice(point + 1)
  const first = whole.charCodeAt(0) === 45 ? 1 : 0
  if (whole.charCodeAt(first) !== 48) return isDigits(whole, first) ? whole : undefined
  const number = whole.replace(/^(-?)0+(?=\d)/, '$1')
  return number !== '-0' && scaled(number, digits) === text ? number : undefined
}

function isDigits(text: string, from: number): boolean {
  for (let i = from; i < text.length; i++) if (text.charCodeAt(i) < 48 || text.charCodeAt(i) > 57) return false
  return text.length > from
}

/** The inverse of `unscaled`: 128 with one digit is 12.8, 5 is 0.5. */
export function scaled(number: string, digits: number): string {
  const negative = number[0] === '-'
  const padded = (negative ? number.slice(1) : number).padStart(digits + 1, '0')
  return `${negative ? '-' : ''}${padded.slice(0, -digits)}.${padded.slice(-digits)}`
}

const DECIMAL = /^-?\d{1,6}\.(\d{1,3})$/

/** Numbers with as many digits behind the point in every row: written without it. */
function scaledPieces(values: readonly string[]): readonly Piece[] | undefined {
  const digits = DECIMAL.exec(values[0]!)?.[1]?.length
  if (!digits) return undefined
  let odd = 0
  for (const value of values) if (unscaled(value, digits) === undefined) odd++
  return odd <= 0.1 * values.length ? [{ part: { kind: 'scaled', digits } }] : undefined
}

/** What all cells begin and end with is said once. */
function affixPieces(values: readonly string[]): readonly Piece[] | undefined {
  const start = sharedStart(values)
  const end = sharedEnd(values, start)
  if (start + end === 0) return undefined
  const first = values[0]!
  return withTexts(first.slice(0, start), [{ part: { kind: 'own' } }], end ? first.slice(-end) : '')
}

function withTexts(before: string, inner: readonly Piece[], after: string): Piece[] {
  const text = (text: string): Piece[] => (text ? [{ part: { kind: 'text', text } }] : [])
  return [...text(before), ...inner, ...text(after)]
}

const MOST_MARKS = 12

/** Cells that are cut alike by their marks: runs of fields that never, seldom or often change from row to row. */
function markPieces(values: readonly string[], scale: number): readonly Piece[] | undefined {
  const marks = marksOf(values)
  if (!marks || marks.length === 0) return undefined
  const fields: string[][] = Array.from({ length: marks.length + 1 }, () => [])
  for (const value of values) {
    let at = 0
    for (let field = 0; field <= marks.length; field++) {
      const end = endOfMarks(value, at, 0)
      if (marksIn(value) === marks) fields[field]!.push(value.slice(at, end))
      at = end + 1
    }
  }
  return joined(fields, marks, scale)
}

/** The marks that most of the cells have, in order. */
function marksOf(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of values) {
    const marks = marksIn(value)
    counts.set(marks, (counts.get(marks) ?? 0) + 1)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return most && most[1] >= 0.85 * values.length && most[0].length <= MOST_MARKS ? most[0] : undefined
}

function marksIn(value: string): string {
  let marks = ''
  for (let i = 0; i < value.length && marks.length <= MOST_MARKS; i++)
    if (isMark(value.charCodeAt(i))) marks += value[i]
  return marks
}

interface Run {
  readonly kind: 'text' | 'slow' | 'fast'
  cells: string[]
  marks: number
}

/** Neighbouring fields of one kind stay together: two cells cost more than one. */
function joined(fields: readonly string[][], marks: string, scale: number): readonly Piece[] | undefined {
  const runs: Run[] = []
  fields.forEach((cells, at) => {
    const kind = kindOf(cells)
    const last = runs.at(-1)
    const mark = at > 0 ? marks[at - 1]! : ''
    if (last && last.kind === kind) {
      last.cells = last.cells.map((cell, row) => cell + mark + cells[row]!)
      last.marks++
    } else {
      if (mark) runs.push({ kind: 'text', cells: cells.map(() => mark), marks: 0 })
      runs.push({ kind, cells: [...cells], marks: 0 })
    }
  })
  const pieces = runs.flatMap(({ kind, cells, marks }): Piece[] =>
    kind === 'text' ? [{ part: { kind: 'text', text: cells[0]! } }] : [{ part: { kind: 'own' }, marks }],
  )
  const own = runs.filter(({ kind }) => kind !== 'text')
  if (own.length === 0 || (own.length === 1 && runs.length === 1)) return undefined
  const whole = fields[0]!.map((_, row) => fields.map((cells, at) => (at ? marks[at - 1] : '') + cells[row]!).join(''))
  const apart = own.reduce((sum, { cells }) => sum + Math.min(slotCost(cells, scale), groupCost(cells, scale)), 0)
  return apart + SEPARATOR < slotCost(whole, scale) ? mergedTexts(pieces) : undefined
}

function mergedTexts(pieces: readonly Piece[]): Piece[] {
  const merged: Piece[] = []
  for (const piece of pieces) {
    const last = merged.at(-1)
    if (piece.part.kind === 'text' && last?.part.kind === 'text')
      merged[merged.length - 1] = { part: { kind: 'text', text: last.part.text + piece.part.text } }
    else merged.push(piece)
  }
  return merged
}

/** Of what changes from row to row in less than a third of the rows, a line above the rows is the better place. */
function kindOf(cells: readonly string[]): Run['kind'] {
  let changes = 0
  for (let i = 1; i < cells.length; i++) if (cells[i] !== cells[i - 1]) changes++
  return changes === 0 ? 'text' : changes < 0.34 * cells.length ? 'slow' : 'fast'
}

const isMark = (code: number) =>
  code < 128 &&
  !(code >= 97 && code <= 122) &&
  !(code >= 48 && code <= 57) &&
  !(code >= 65 && code <= 90) &&
  code !== 95

function sharedStart(values: readonly string[]): number {
  const first = values[0]!
  let length = first.length
  for (const value of values) {
    let i = 0
    while (i < length && i < value.length && value.charCodeAt(i) === first.charCodeAt(i)) i++
    length = i
    if (length === 0) return 0
  }
  while (length > 0 && values.some(value => tears(value, length))) length--
  return length
}

function sharedEnd(values: readonly string[], start: number): number {
  const first = values[0]!
  let length = first.length - start
  for (const value of values) {
    const most = Math.min(length, value.length - start)
    let i = 0
    while (i < most && value.charCodeAt(value.length - 1 - i) === first.charCodeAt(first.length - 1 - i)) i++
    length = i
    if (length === 0) return 0
  }
  while (length > 0 && values.some(value => tears(value, value.length - length))) length--
  return length
}

/** Do letters meet letters, or digits digits, at this place, or is it behind a backslash? Then no cut is made there. */
function tears(value: string, at: number): boolean {
  if (at <= 0 || at >= value.length) return false
  if (value.charCodeAt(at - 1) === 92) return true
  const before = classOf(value.charCodeAt(at - 1))
  return before !== 0 && before === classOf(value.charCodeAt(at))
}

export function classOf(code: number): number {
  if (code >= 48 && code <= 57) return 1
  return isMark(code) ? 0 : 2
}
