import { isConstant, piecesOf } from './columns.ts'
import { layoutOf, type Piece, rowsOfColumns, templateOf } from './layout.ts'
import type { Template } from './notation.ts'

/** Fewer rows are equal by chance, and shorter values part of others. */
const FEWEST = 3
const SHORTEST_PART = 4

/**
 * Values that are equal in all rows of a template, or parts of one another, are stated once: `Unpacking * (*)`, `Setting up *1 (*2)`.
 * Undefined where there are none. Linear in values for each pair of slots that the first row suggests.
 */
export function shareValues(
  template: Template,
  rows: readonly (readonly string[])[],
): { template: Template; values: string[][] } | undefined {
  if (template.slots < 2 || rows.length < FEWEST) return undefined
  let pieces = layoutOf(template, rows)
  let changed = false
  for (let found = findShared(pieces); found; found = findShared(pieces)) {
    changed = true
    const { small, large, whole } = found
    pieces = pieces.flatMap(piece => (piece !== large ? [piece] : whole ? [small] : around(small, large)))
  }
  if (!changed) return undefined
  const done = templateOf(pieces)
  return { template: done.template, values: rowsOfColumns(done.columns, rows.length) }
}

interface Found {
  readonly small: string[]
  /** Is `small` again, or has it inside. */
  readonly large: string[]
  readonly whole: boolean
}

function findShared(pieces: readonly Piece[]): Found | undefined {
  const columns = [...new Set(pieces.filter(piece => Array.isArray(piece)))]
  for (let a = 0; a < columns.length; a++)
    for (let b = 0; b < columns.length; b++) {
      const [small, large] = [columns[a]!, columns[b]!]
      if (a === b || !large[0]!.includes(small[0]!)) continue
      if (isConstant(small)) continue
      if (a < b && small.every((value, row) => value === large[row])) return { small, large, whole: true }
      if (small.every((value, row) => isInside(value, large[row]!))) return { small, large, whole: false }
    }
  return undefined
}

function isInside(value: string, text: string): boolean {
  return value.length >= SHORTEST_PART && text.length > value.length && text.includes(value)
}

/** What stands before and after the smaller value, with that value between. */
function around(small: string[], large: readonly string[]): Piece[] {
  const at = large.map((text, row) => text.indexOf(small[row]!))
  const before = large.map((text, row) => text.slice(0, at[row]))
  const after = large.map((text, row) => text.slice(at[row]! + small[row]!.length))
  return [...piecesOf(before), small, ...piecesOf(after)]
}
