import type { Signal } from '../filter.ts'
import { type Cluster, clustersOf } from './cluster.ts'
import { affixesOf, piecesOf } from './columns.ts'
import { type Piece, rowsOfColumns, templateOf } from './layout.ts'
import { type Row, type Template, TIME } from './notation.ts'
import { pays } from './price.ts'
import type { Repeat } from './repeats.ts'
import { LONGEST_LINE, type Scan } from './scan.ts'
import { spaced } from './tokens.ts'

/** The rows of all lines that are not repeats. */
export function rowsOf(scan: Scan, repeats: readonly Repeat[], signal: Signal): Row[] {
  const templates = new Map<number, { template: Template; values: readonly string[] }>()
  const { clusters, tokens } = clustersOf(scan.shapes, scan.mark, LONGEST_LINE, signal)
  for (const cluster of clusters) fill(cluster, tokens, scan, templates)
  fillTimed(scan, templates)
  const rows: Row[] = []
  const skipped = repeats[Symbol.iterator]()
  let skip = skipped.next().value
  for (let first = 0; first < scan.lines.length; first++) {
    if (skip?.first === first) {
      first += skip.lines - 1
      skip = skipped.next().value
      continue
    }
    const coded = templates.get(scan.shapeOf[first]!)
    rows.push(coded ? codedRow(coded, scan.times[first]!, first) : literalRow(scan.lines[first]!, first))
  }
  return rows
}

export const literalRow = (text: string, first: number): Row => ({ text, values: [], time: '', first, lines: 1 })

function codedRow(
  { template, values }: { template: Template; values: readonly string[] },
  time: string,
  first: number,
): Row {
  return { template, text: '', values, time: template.parts.includes(TIME) ? time : '', first, lines: 1 }
}

/** Gives the lines of a cluster their template, if it pays. */
function fill(
  { shared, varies, members }: Cluster,
  tokens: readonly (readonly string[] | undefined)[],
  { counts, mark }: Scan,
  templates: Map<number, { template: Template; values: readonly string[] }>,
): void {
  const rows = members.reduce((sum, member) => sum + counts[member]!, 0)
  if (rows < 2) return
  const pieces: Piece[] = []
  shared.forEach((token, at) => {
    if (at > 0 && spaced(token)) pieces.push(' ')
    const values = varies[at] ? members.map(member => tokens[member]![at]!) : [token]
    pieces.push(...(token.includes(mark) ? aroundTime(values, mark) : piecesOf(values)))
  })
  const { template, columns } = templateOf(pieces)
  if (!pays(template, rows)) return
  const values = rowsOfColumns(columns, members.length)
  members.forEach((member, row) => {
    templates.set(member, { template, values: values[row]! })
  })
}

/** Lines of rare shapes that bear their time behind the same words get a template of these words, the time and the rest. */
function fillTimed(
  { shapes, counts, mark }: Scan,
  templates: Map<number, { template: Template; values: readonly string[] }>,
): void {
  const groups = new Map<string, number[]>()
  shapes.forEach((shape, id) => {
    const at = shape.indexOf(mark)
    if (at < 0 || templates.has(id)) return
    const words = shape.slice(0, at)
    const group = groups.get(words)
    if (group) group.push(id)
    else groups.set(words, [id])
  })
  for (const [words, members] of groups) {
    const rests = members.map(id => shapes[id]!.slice(words.length + 1))
    const { template, columns } = templateOf([words, TIME, ...affixesOf(rests)])
    const rows = members.reduce((sum, id) => sum + counts[id]!, 0)
    if (!pays(template, rows)) continue
    members.forEach((id, row) => {
      templates.set(id, { template, values: columns.map(column => column[row]!) })
    })
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
