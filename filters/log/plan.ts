import type { Signal } from '../filter.ts'
import { type Cluster, clustersOf } from './cluster.ts'
import { affixesOf, piecesOf } from './columns.ts'
import { joinRows } from './join.ts'
import { layoutOf, type Piece, rowsOfColumns, templateOf } from './layout.ts'
import { type Row, render, type Template, TIME } from './notation.ts'
import { type Repeat, repeatsOf } from './repeats.ts'
import { LONGEST_LINE, type Scan, scanLines } from './scan.ts'
import { shareIn } from './share.ts'
import { type Group, specialised } from './specialise.ts'
import { spaced } from './tokens.ts'
import { weight } from './weight.ts'

/** What stands in a body: a row, a block again, or a gap. */
export type Item = Row | { readonly repeat: Repeat } | { readonly cut: Cut }

/** Lines that are left out: 0-based first, and how many. */
export interface Cut {
  readonly first: number
  readonly lines: number
  /** Of its rows, the most frequent first. */
  readonly templates: readonly Template[]
  readonly faults: string
}

/** A text's lines as items, before anything is left out. */
export interface Plan {
  readonly lines: readonly string[]
  readonly items: readonly Item[]
}

/** Lines, but for repeats, that are held in memory at once. */
const MOST_LINES = 400_000

/** Each line as a row of the template that pays for it, else as it is; undefined where there are too many. Linear. */
export function planOf(text: string, signal: Signal): Plan | undefined {
  const scan = scanLines(text, signal)
  const repeats = repeatsOf(scan.ids, (first, lines) => worthRepeating(scan, first, lines), signal)
  if (repeats.reduce((left, { lines }) => left - lines, scan.lines.length) > MOST_LINES) return undefined
  const rows = refined(mine(scan, repeats, signal), new Set(repeats.map(({ first, lines }) => first + lines)), signal)
  return { lines: scan.lines, items: interleaved(rows, repeats) }
}

/** A repeat row costs some three tokens, a row of a template about two. */
function worthRepeating({ lines }: Scan, first: number, count: number): boolean {
  let length = 0
  for (let i = first; i < first + count && length <= 60; i++) length += lines[i]!.length + 1
  return count > 1 ? length > 24 : length > 60
}

/** The rows of all lines that are not repeats. */
function mine(scan: Scan, repeats: readonly Repeat[], signal: Signal): Row[] {
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

const literalRow = (text: string, first: number): Row => ({ text, values: [], time: '', first, lines: 1 })

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

/** Tokens of a time that a row does not repeat. */
const TIME_SAVED = 4

/** Is the template's key paid for by what its rows no longer say? */
export function pays({ parts, slots }: Template, rows: number): boolean {
  if (rows < 2) return false
  const literal = parts.reduce<number>((sum, part) => sum + (typeof part === 'string' ? weight(part) : 0), 0)
  const saved = literal - 1.3 - 0.7 * slots + (parts.includes(TIME) ? TIME_SAVED : 0)
  return saved * rows > literal + 3
}

/** Rows joined where their lines follow one another, with values stated once; what no longer pays is literal again. */
function refined(rows: Row[], starts: ReadonlySet<number>, signal: Signal): Row[] {
  const out = joinRows(rows, row => !starts.has(row.first), signal)
  const groups: Group[] = []
  const asTheyWere = new Set<Group>()
  for (const [template, members] of membersOf(out)) {
    if (!template.slots || members.length < 3) continue
    const values = members.map(at => out[at]!.values)
    const pieces = layoutOf(template, values)
    const group = { members, pieces: shareIn(pieces) }
    groups.push(group)
    if (group.pieces === pieces) asTheyWere.add(group)
  }
  for (const group of specialised(groups)) {
    if (asTheyWere.has(group)) continue
    const { members, pieces } = group
    const { template, columns } = templateOf(pieces)
    members.forEach((at, row) => {
      out[at] = { ...out[at]!, template, values: columns.map(column => column[row]!) }
    })
  }
  const plain = new Set<Template>()
  for (const [template, members] of membersOf(out)) if (!pays(template, members.length)) plain.add(template)
  return plain.size ? out.flatMap(row => (row.template && plain.has(row.template) ? literalRows(row) : [row])) : out
}

function membersOf(rows: readonly Row[]): Map<Template, number[]> {
  const members = new Map<Template, number[]>()
  rows.forEach(({ template }, at) => {
    if (!template) return
    const known = members.get(template)
    if (known) known.push(at)
    else members.set(template, [at])
  })
  return members
}

/** A row as its lines. */
export function literalRows(row: Row): Row[] {
  const text = render(row.template!, row.values, row.time)
  return text.split('\n').map((line, at) => literalRow(line, row.first + at))
}

function interleaved(rows: readonly Row[], repeats: readonly Repeat[]): Item[] {
  if (!repeats.length) return [...rows]
  const items: Item[] = []
  let next = 0
  for (const row of rows) {
    while (next < repeats.length && repeats[next]!.first <= row.first) items.push({ repeat: repeats[next++]! })
    items.push(row)
  }
  while (next < repeats.length) items.push({ repeat: repeats[next++]! })
  return items
}
