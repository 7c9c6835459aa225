import type { Signal } from '../filter.ts'
import { type Cluster, clustersOf } from './cluster.ts'
import { affixesOf, piecesOf } from './columns.ts'
import { type Piece, rowsOfColumns, templateOf } from './layout.ts'
import { type Row, type Template, TIME } from './notation.ts'
import { pays } from './price.ts'
import { LONGEST_LINE, type Scan, type Shapes, shapesOf } from './scan.ts'
import type { Sheet } from './sheet.ts'
import { spaced } from './tokens.ts'

/** The rows of some lines (0-based, ascending), each line one row: of the template that pays for it, else as it is. */
export function rowsOf(scan: Scan, some: ArrayLike<number>, signal: Signal): Row[] {
  const { sheet, mark, starts, ends } = scan
  const shapes = shapesOf(scan, some)
  const { clusters, tokens } = clustersOf(shapes.shapes, mark, LONGEST_LINE, signal)
  const coded: Coded[] = []
  for (const cluster of clusters) fill(cluster, tokens, shapes, mark, coded)
  fillTimed(shapes, mark, coded)
  return Array.from(some, (first, i) => {
    const found = coded[shapes.shapeOf[i]!]
    if (!found) return literalRow(first)
    return codedRow(sheet, found, { first, lines: 1 }, ends[first]! - starts[first]!)
  })
}

export const literalRow = (first: number): Row => ({ cells: NO_CELLS, first, lines: 1 })

const NO_CELLS = -1

/** A row as its lines. */
export const literalRows = ({ first, lines }: Row): Row[] =>
  Array.from({ length: lines }, (_, at) => literalRow(first + at))

/** What a shape becomes. */
export interface Coded {
  readonly template: Template
  readonly values: readonly string[]
}

/** A row of lines that a template makes with these values and a time of `timed` units: its cells are found by their lengths. */
export function codedRow(
  sheet: Sheet,
  { template, values }: Coded,
  { first, lines }: Pick<Row, 'first' | 'lines'>,
  timed: number,
): Row {
  const cells = sheet.size
  sheet.add(0, 0)
  let at = sheet.starts[first]!
  for (const part of template.parts) {
    const from = at
    if (typeof part === 'string') at += part.length
    else if (part === TIME) sheet.bounds.set([from, (at += timed)], cells)
    else if (part < 0) at += values[-2 - part]!.length
    else sheet.add(from, (at += values[part]!.length))
  }
  return { template, cells, first, lines }
}

/** Gives the shapes of a cluster their template, if it pays. */
function fill(
  { shared, varies, members }: Cluster,
  tokens: readonly (readonly string[] | undefined)[],
  { counts }: Shapes,
  mark: string,
  coded: Coded[],
): void {
  const rows = members.reduce((sum, member) => sum + counts[member]!, 0)
  if (rows < 2) return
  const pieces: Piece[] = []
  for (let at = 0; at < shared.length; at++) {
    const token = shared[at]!
    if (at > 0 && spaced(token)) pieces.push(' ')
    const values = varies[at] ? members.map(member => tokens[member]![at]!) : [token]
    pieces.push(...(token.includes(mark) ? aroundTime(values, mark) : piecesOf(values)))
  }
  const { template, columns } = templateOf(pieces)
  if (!pays(template, rows)) return
  const values = rowsOfColumns(columns, members.length)
  for (let row = 0; row < members.length; row++) coded[members[row]!] = { template, values: values[row]! }
}

/** Lines of rare shapes that bear their time behind the same words get a template of these words, the time and the rest. */
function fillTimed({ shapes, counts }: Shapes, mark: string, coded: Coded[]): void {
  const groups = new Map<string, number[]>()
  for (let id = 0; id < shapes.length; id++) {
    const at = coded[id] ? -1 : shapes[id]!.indexOf(mark)
    if (at < 0) continue
    const words = shapes[id]!.slice(0, at)
    const group = groups.get(words)
    if (group) group.push(id)
    else groups.set(words, [id])
  }
  for (const [words, members] of groups) {
    const rests = members.map(id => shapes[id]!.slice(words.length + 1))
    const { template, columns } = templateOf([words, TIME, ...affixesOf(rests)])
    const rows = members.reduce((sum, id) => sum + counts[id]!, 0)
    if (!pays(template, rows)) continue
    for (let row = 0; row < members.length; row++)
      coded[members[row]!] = { template, values: columns.map(column => column[row]!) }
  }
}

/** All values hold the time: what stands before it, the time, and what stands behind. */
function aroundTime(values: readonly string[], mark: string): Piece[] {
  const at = values.map(value => value.indexOf(mark))
  return [
    ...piecesOf(values.map((value, row) => value.slice(0, at[row]))),
    TIME,
    ...piecesOf(values.map((value, row) => value.slice(at[row]! + 1))),
  ]
}
