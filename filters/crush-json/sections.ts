import { gapSize, lineMarker } from './gaps.ts'

/** Where the parts of a body stand, by line. */
export interface Sections {
  /** The dictionary's entries. */
  readonly refs: ReadonlyMap<string, number>
  /** Heads of shapes; they are read when they are first needed, since their constants may need others. */
  readonly shapes: Map<string, number>
  /** Heads of tables. */
  readonly tables: ReadonlyMap<string, number>
  readonly skeleton: string
  /** The skeleton is left out: it is the first table. */
  readonly implicit: boolean
}

/** Throws a RangeError where a line is none of them. */
export function sectionsOf(lines: readonly string[]): Sections {
  const refs = new Map<string, number>()
  const shapes = new Map<string, number>()
  const tables = new Map<string, number>()
  let at = 0
  for (let ref = REF.exec(lines[at]!); ref; ref = REF.exec(lines[++at] ?? '')) refs.set(ref[1]!, at)
  for (let shape = SHAPE.exec(lines[at] ?? ''); shape; shape = SHAPE.exec(lines[++at] ?? '')) shapes.set(shape[1]!, at)
  const skeleton = lines[at] ?? ''
  const implicit = TABLE.test(skeleton)
  for (let i = implicit ? at : at + 1; i < lines.length; ) {
    const found = TABLE.exec(lines[i]!)
    if (!found) throw new RangeError(`line ${i + 1} is no table`)
    tables.set(found[1]!, i++)
    for (let rows = found[4] ? Number(found[3]) : 0; rows < Number(found[3]); i++) {
      const line = lines[i]
      if (line === undefined) throw new RangeError('a table ends too soon')
      rows += gapSize(lineMarker(line)) ?? 1
    }
  }
  return { refs, shapes, tables, skeleton, implicit }
}

/** A shape's head, and a row of it among others. */
export const SHAPE = /^([A-Z]{1,2})[,| ]/
/** A table's head: its number, bracket, rows, and whether they are all implied. */
export const TABLE = /^@(\d{1,9})([[{])(\d{1,9})(\*?)[\]}]/
const REF = /^&([a-z]{1,2})=/
