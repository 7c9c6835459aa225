import { again, type Part, type Template, TIME } from './notation.ts'

/** A stretch of a template: literal text, the time, or the values of a slot, one for each row; the same array again is the same value. */
export type Piece = string | typeof TIME | string[]

/** A template with the values of all its rows as pieces. */
export function layoutOf({ parts, slots }: Template, rows: readonly (readonly string[])[]): Piece[] {
  const columns = Array.from({ length: slots }, (_, slot) => rows.map(values => values[slot]!))
  return parts.map(part => {
    if (typeof part === 'string') return part
    return part === TIME ? TIME : columns[part >= 0 ? part : -2 - part]!
  })
}

/** The inverse of layoutOf: slots are numbered as they first stand, literals side by side become one. */
export function templateOf(pieces: readonly Piece[]): { template: Template; columns: string[][] } {
  const parts: Part[] = []
  const columns: string[][] = []
  for (const piece of pieces) {
    if (typeof piece === 'string') addLiteral(parts, piece)
    else if (piece === TIME) parts.push(TIME)
    else {
      const slot = columns.indexOf(piece)
      parts.push(slot < 0 ? columns.push(piece) - 1 : again(slot))
    }
  }
  return { template: { parts, slots: columns.length }, columns }
}

function addLiteral(parts: Part[], text: string): void {
  if (!text) return
  const last = parts.at(-1)
  if (typeof last === 'string') parts[parts.length - 1] = last + text
  else parts.push(text)
}

/** Columns as rows. */
export const rowsOfColumns = (columns: readonly (readonly string[])[], rows: number): string[][] =>
  Array.from({ length: rows }, (_, row) => columns.map(column => column[row]!))
