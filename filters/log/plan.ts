import type { Signal } from '../filter.ts'
import { joinRows } from './join.ts'
import { layoutOf, templateOf } from './layout.ts'
import { type Row, render, type Template } from './notation.ts'
import { pays } from './price.ts'
import { type Repeat, repeatsOf } from './repeats.ts'
import { literalRow, rowsOf } from './rows.ts'
import { type Scan, scanLines } from './scan.ts'
import { shareIn } from './share.ts'
import { type Group, specialised } from './specialise.ts'

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
  const rows = refined(rowsOf(scan, repeats, signal), new Set(repeats.map(({ first, lines }) => first + lines)), signal)
  return { lines: scan.lines, items: interleaved(rows, repeats) }
}

/** A repeat row costs some three tokens, a row of a template about two. */
function worthRepeating({ lines }: Scan, first: number, count: number): boolean {
  let length = 0
  for (let i = first; i < first + count && length <= 60; i++) length += lines[i]!.length + 1
  return count > 1 ? length > 24 : length > 60
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
