import type { Signal } from '../filter.ts'
import { again, type Part, type Row, type Template, TIME } from './notation.ts'
import { textWeight } from './price.ts'
import { cellOf, type Sheet } from './sheet.ts'

/** Lines and values of a joined template at most. */
const MOST_LINES = 200
const MOST_SLOTS = 28
const ROUNDS = 32
/** Tokens saved where two rows become one: a line end and a code. */
const SAVED = 2
/** Tokens of a key beyond its text. */
const KEY = 3

/**
 * Templates whose lines always follow one another become one template of several lines: the records of multi-line logs, stack traces
 * that come again. Pairs are joined as in Re-Pair (Larsson and Moffat, 1999), the best ones of a round at once, where that pays.
 * Linear for each of a bounded number of rounds.
 */
export function joinRows(sheet: Sheet, rows: readonly Row[], signal: Signal): readonly Row[] {
  let current = rows
  for (let round = 0; round < ROUNDS; round++) {
    const pairs = pairsToJoin(sheet, current, signal)
    if (pairs.size === 0) break
    current = joined(sheet, current, pairs)
  }
  return current
}

/** For each first template its second one, and what they become. */
type Pairs = ReadonlyMap<Template, { readonly second: Template; readonly both: Template }>

function pairsToJoin(sheet: Sheet, rows: readonly Row[], signal: Signal): Pairs {
  const single = new Map<Template, { count: number; lines: number }>()
  const counts = new Map<Template, Map<Template, number>>()
  for (let i = 0; i < rows.length; i++) {
    signal.throwIfAborted()
    const { template, lines } = rows[i]!
    if (!template) continue
    const known = single.get(template)
    if (known) known.count++
    else single.set(template, { count: 1, lines })
    const next = rows[i + 1]
    if (!next || !fit(sheet, rows[i]!, next)) continue
    let seconds = counts.get(template)
    if (!seconds) counts.set(template, (seconds = new Map()))
    seconds.set(next.template!, (seconds.get(next.template!) ?? 0) + 1)
  }
  return bestOf(counts, single)
}

/** May these two rows become one? Nothing stands between them, and where both have a time it is the same. */
function fit(sheet: Sheet, a: Row, b: Row): boolean {
  if (!a.template || !b.template || a.template === b.template || a.first + a.lines !== b.first) return false
  return sheet.lengthAt(a.cells) === 0 || sheet.lengthAt(b.cells) === 0 || sheet.same(a.cells, b.cells)
}

function bestOf(
  counts: ReadonlyMap<Template, ReadonlyMap<Template, number>>,
  single: ReadonlyMap<Template, { count: number; lines: number }>,
): Pairs {
  const found: { first: Template; second: Template; gain: number }[] = []
  for (const [first, seconds] of counts)
    for (const [second, count] of seconds) {
      const [a, b] = [single.get(first)!, single.get(second)!]
      if (count < 2 || a.lines + b.lines > MOST_LINES || first.slots + second.slots > MOST_SLOTS) continue
      const kept = (a.count > count ? textWeight(first) + KEY : 0) + (b.count > count ? textWeight(second) + KEY : 0)
      const gain = count * SAVED - kept
      if (gain > 0) found.push({ first, second, gain })
    }
  found.sort((a, b) => b.gain - a.gain)
  const used = new Set<Template>()
  const pairs = new Map<Template, { second: Template; both: Template }>()
  for (const { first, second } of found) {
    if (used.has(first) || used.has(second)) continue
    used.add(first).add(second)
    pairs.set(first, { second, both: both(first, second) })
  }
  return pairs
}

function both(first: Template, second: Template): Template {
  const parts: Part[] = [...first.parts]
  const add = (part: Part) => {
    if (typeof part === 'string' && typeof parts.at(-1) === 'string') parts[parts.length - 1] += part
    else parts.push(part)
  }
  add('\n')
  for (const part of second.parts)
    add(
      typeof part === 'string' || part === TIME
        ? part
        : part >= 0
          ? part + first.slots
          : again(-2 - part + first.slots),
    )
  return { parts, slots: first.slots + second.slots }
}

function joined(sheet: Sheet, rows: readonly Row[], pairs: Pairs): Row[] {
  const out: Row[] = []
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    const next = rows[i + 1]
    const pair = row.template && pairs.get(row.template)
    if (!pair || next?.template !== pair.second || !fit(sheet, row, next)) {
      out.push(row)
      continue
    }
    const cells = sheet.size
    addCells(sheet, (sheet.lengthAt(row.cells) ? row : next).cells, 1)
    addCells(sheet, cellOf(row, 0), row.template!.slots)
    addCells(sheet, cellOf(next, 0), next.template!.slots)
    out.push({ template: pair.both, cells, first: row.first, lines: row.lines + next.lines })
    i++
  }
  return out
}

/** The same cells again, `count` from one on. */
function addCells(sheet: Sheet, cell: number, count: number): void {
  for (let at = cell; at < cell + 2 * count; at += 2) sheet.add(sheet.bounds[at]!, sheet.bounds[at + 1]!)
}
