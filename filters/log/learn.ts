import type { Signal } from '../filter.ts'
import { placesOf, rowsOfTemplates } from './items.ts'
import { joinRows } from './join.ts'
import { layoutOf, templateOf } from './layout.ts'
import { Matcher } from './match.ts'
import type { Row, Template } from './notation.ts'
import { pays } from './price.ts'
import { codedRow, literalRows, rowsOf } from './rows.ts'
import type { Scan } from './scan.ts'
import { shareIn } from './share.ts'
import { type Group, specialised } from './specialise.ts'

/** More lines than this are compared with the templates of a sample: stretches of lines, so that records stay whole. */
const MANY = 4096
const STRETCHES = 8
const STRETCH = 128
/** Samples that are taken: the second one of the lines without a template of the first, and so on. */
const ROUNDS = 3

/**
 * The rows of some lines (0-based, ascending). Templates that are known and pay here come first. Others are mined from all lines that are
 * left, or where there are many from a sample: then the rest need only be compared with them, and those that fit none are mined in
 * turn. Linear.
 */
export function learnedRows(scan: Scan, some: Int32Array, known: readonly Template[], signal: Signal): readonly Row[] {
  let { rows, rest } = known.length ? paying(matched(some, new Matcher(known, scan), signal)) : { rows: [], rest: some }
  for (let round = 0; round < ROUNDS && rest.length > MANY; round++) {
    const templates = placesOf(minedRows(scan, sampleOf(rest), signal)).keys()
    const found = matched(rest, new Matcher([...templates], scan), signal)
    rows = merged(rows, found.rows)
    rest = found.rest
  }
  const mined = minedRows(scan, rest, signal)
  return rows.length ? joinRows(scan.sheet, merged(rows, mined), signal) : mined
}

function sampleOf(some: Int32Array): Int32Array {
  const sample = new Int32Array(STRETCHES * STRETCH)
  const step = Math.floor((some.length - STRETCH) / (STRETCHES - 1))
  for (let at = 0; at < STRETCHES; at++) sample.set(some.subarray(at * step, at * step + STRETCH), at * STRETCH)
  return sample
}

/** Rows, and the lines that are in none of them, both in order. */
interface Found {
  readonly rows: readonly Row[]
  readonly rest: Int32Array
}

/** The rows whose templates pay for their keys; the lines of the others are left. */
function paying(found: Found): Found {
  const unpaid = new Set<Template>()
  for (const [template, rows] of rowsOfTemplates(found.rows)) if (!pays(template, rows)) unpaid.add(template)
  if (unpaid.size === 0) return found
  const lines = found.rows.filter(({ template }) => unpaid.has(template!)).flatMap(literalRows)
  const rest = Int32Array.from([...found.rest, ...lines.map(({ first }) => first)]).sort()
  return { rows: found.rows.filter(({ template }) => !unpaid.has(template!)), rest }
}

/** The rows of the lines that have a template, and the other lines. */
function matched(some: Int32Array, matcher: Matcher, signal: Signal): Found {
  const ends = endsOfRuns(some)
  const rows: Row[] = []
  const rest: number[] = []
  for (let at = 0; at < some.length; ) {
    signal.throwIfAborted()
    const row = matcher.rowAt(some[at]!, ends[at]!)
    if (row) rows.push(row)
    else rest.push(some[at]!)
    at += row?.lines ?? 1
  }
  return { rows, rest: Int32Array.from(rest) }
}

/** Rows of two lists that are in order, in order. */
function merged(some: readonly Row[], others: readonly Row[]): readonly Row[] {
  if (some.length === 0 || others.length === 0) return some.length === 0 ? others : some
  const out: Row[] = []
  let next = 0
  for (const row of some) {
    while (next < others.length && others[next]!.first < row.first) out.push(others[next++]!)
    out.push(row)
  }
  while (next < others.length) out.push(others[next++]!)
  return out
}

/** Of each line: behind the last of those that follow it directly. */
function endsOfRuns(some: Int32Array): Int32Array {
  const ends = some.map(line => line + 1)
  for (let at = some.length - 2; at >= 0; at--) if (some[at + 1] === some[at]! + 1) ends[at] = ends[at + 1]!
  return ends
}

/** Templates of these lines, joined where lines follow one another, with values stated once; what no longer pays is literal again. */
function minedRows(scan: Scan, some: Int32Array, signal: Signal): readonly Row[] {
  const { sheet } = scan
  const out = [...joinRows(sheet, rowsOf(scan, some, signal), signal)]
  const groups: Group[] = []
  const asTheyWere = new Set<Group>()
  for (const [template, members] of placesOf(out)) {
    if (!template.slots || members.length < 3) continue
    const pieces = layoutOf(
      template,
      members.map(at => sheet.valuesOf(out[at]!)),
    )
    const group = { members, pieces: shareIn(pieces) }
    groups.push(group)
    if (group.pieces === pieces) asTheyWere.add(group)
  }
  for (const group of specialised(groups)) {
    if (asTheyWere.has(group)) continue
    const { members, pieces } = group
    const { template, columns } = templateOf(pieces)
    members.forEach((at, row) => {
      const values = columns.map(column => column[row]!)
      out[at] = codedRow(sheet, { template, values }, out[at]!, sheet.lengthAt(out[at]!.cells))
    })
  }
  const plain = new Set<Template>()
  for (const [template, members] of placesOf(out)) if (!pays(template, members.length)) plain.add(template)
  return plain.size ? out.flatMap(row => (row.template && plain.has(row.template) ? literalRows(row) : [row])) : out
}
