import { groupCost, SEPARATOR, slotCost } from './cost.ts'
import type { Piece } from './pieces.ts'
import { isMark } from './shared.ts'

const MOST_MARKS = 12

/** Cells that are cut alike by their marks: runs of fields that never, seldom or often change from row to row. */
export function markPieces(values: readonly string[], scale: number): readonly Piece[] | undefined {
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

/** Where the field ends that begins at `from` and goes over so many marks; -1 where there are fewer. */
export function endOfMarks(value: string, from: number, marks: number): number {
  let left = marks
  for (let i = from; i < value.length; i++) if (isMark(value.charCodeAt(i)) && left-- === 0) return i
  return left === 0 ? value.length : -1
}
