import type { FilterContext } from '../filter.ts'
import { askedLines, speaks } from './fold.ts'
import type { Line } from './makes.ts'
import type { Report } from './report.ts'
import type { Split } from './split.ts'

/** Lines in which tools give their totals and their verdict. */
const TOTALS =
  /\b\d+ (?:tests?|passed|failed|passing|failing|errors?|warnings?)\b|^(?:FAIL|ok|not ok|PASS|BUILD)\b|Tests? (?:run|result)|test result:|<testsuites?\b/i
/** Lines behind an essential one that explain it: a message, a place. */
const BEHIND = 3
const MARKER = 16
/** Markers are estimated; the rest of the budget makes up for it. */
const ROOM = 0.85

/**
 * What fits a budget when folding passes is not enough: failing tests, the last totals and what the question asks for, then lines
 * that speak of trouble, other totals, and what stands behind these; all other lines go behind markers. Ends are kept last of all.
 */
export function essentialLines(
  { lines, where }: Split,
  report: Report | undefined,
  budget: number,
  context: FilterContext,
): Line[] {
  const ranks = ranksOf(lines, report, context)
  const kept = new Uint8Array(lines.length)
  // The empty string behind the last line end is no line, and no gap ends with it.
  if (lines.at(-1) === '') kept[lines.length - 1] = 1
  let left = budget * ROOM
  for (let rank = 1; rank <= LAST; rank++)
    for (let at = 0; at < lines.length && left > 0; at++) {
      if (ranks[at] !== rank || kept[at]) continue
      const cost = context.count(lines[at]!) + 1 + (kept[at - 1] ? 0 : MARKER)
      if (cost > left) continue
      kept[at] = 1
      left -= cost
    }
  const out: Line[] = []
  for (let at = 0; at < lines.length; ) {
    let end = at
    while (end < lines.length && !kept[end]) end++
    if (end > at) out.push({ marker: context.omit(where(at + 1, end), `${end - at} lines`, 'budget') })
    if (end < lines.length) out.push({ text: lines[end]! })
    at = end + 1
  }
  return out
}

const LAST = 5

function ranksOf(lines: readonly string[], report: Report | undefined, { query, signal }: FilterContext): Uint8Array {
  const ranks = new Uint8Array(lines.length)
  const mark = (at: number, rank: number) => {
    if (at >= 0 && at < lines.length && (!ranks[at] || ranks[at]! > rank)) ranks[at] = rank
  }
  for (const { lines: ranges } of report?.failures ?? [])
    for (const [first, last] of ranges) for (let at = first; at <= last; at++) mark(at - 1, 1)
  if (query !== undefined) for (const at of askedLines(lines, query)) mark(at, 1)
  const totals: number[] = []
  lines.forEach((line, at) => {
    signal.throwIfAborted(1 + (line.length >> 7))
    const short = line.slice(0, 2000)
    if (speaks(short)) mark(at, 2)
    if (TOTALS.test(short)) totals.push(at)
  })
  for (const at of totals) mark(at, 3)
  for (const at of totals.slice(-2)) mark(at, 1)
  for (let at = lines.length - 1; at >= 0; at--)
    if (ranks[at] === 1 || ranks[at] === 2) for (let behind = 1; behind <= BEHIND; behind++) mark(at + behind, 4)
  for (const at of [0, 1, lines.length - 3, lines.length - 2]) mark(at, LAST)
  return ranks
}
