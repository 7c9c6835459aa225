import { isConstant, piecesOf } from './columns.ts'
import type { Piece } from './layout.ts'

/** Shorter values are part of others by chance. */
const SHORTEST_PART = 4
/** Each of these is compared with each other. */
export const MOST_COLUMNS = 24

/**
 * Values that are equal in all rows of a template, or parts of one another, are stated once: `Unpacking * (*)`, `Setting up *1 (*2)`.
 * The same array where there are none. Linear in values for each pair of slots that the first row suggests.
 */
export function shareIn(pieces: readonly Piece[]): readonly Piece[] {
  let current = pieces
  for (let found = findShared(current); found; found = findShared(current)) {
    const { small, large, whole } = found
    current = current.flatMap(piece => (piece !== large ? [piece] : whole ? [small] : around(small, large)))
  }
  return current
}

interface Found {
  readonly small: string[]
  /** Is `small` again, or has it inside. */
  readonly large: string[]
  readonly whole: boolean
}

function findShared(pieces: readonly Piece[]): Found | undefined {
  const columns = [...new Set(pieces.filter(piece => Array.isArray(piece)))].slice(0, MOST_COLUMNS)
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
