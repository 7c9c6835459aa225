import type { FilterContext, Signal } from '../filter.ts'
import { chooseLines, fitted, type Piece } from '../search/choose.ts'
import { ranked } from '../search/weigh.ts'
import type { Encoded } from '../table/codec.ts'
import { encode } from './codec.ts'
import { speaks } from './fold.ts'
import type { Line } from './makes.ts'
import type { Report, Test } from './report.ts'
import { roleLines, withoutRoles } from './roles.ts'
import type { Split } from './split.ts'

/** Lines in which tools give their totals and their verdict. */
const TOTALS =
  /\b\d+ (?:tests?|passed|failed|passing|failing|errors?|warnings?)\b|^(?:FAIL|ok|not ok|PASS|BUILD)\b|Tests? (?:run|result)|test result:|<testsuites?\b|^\{(?!.*"Test":).*"Action":"(?:pass|fail)"/i
/** How tools print what was expected, what came, and where. */
const DETAIL =
  /^E {3}|^\s*(?:\w+\.)*\w*(?:Error|Exception)\b|panicked at|^\s*●|^\s+\d+\) |[✖✕×✗]|^\s*(?:not ok|FAIL(?:ED)?|--- FAIL)\b|\b(?:expected|received|actual)\b/i
/** `login.ts:88`, `Foo.java:12`, `bar.c(7)`. */
const PLACE = /[\w-]\.[a-zA-Z]{1,5}[:(]\d+/
/** Lines behind an essential one that explain it: a message, a place. */
const BEHIND = 3

/**
 * What fits a budget when folding passes is not enough, all else behind markers: what the question names or asks for by its role, the
 * last totals, of each failure its name, message and place; then what else was printed of failures, lines that speak of trouble, other
 * totals, and what stands behind these; then the rest from the top. `perUnit` is the tokens that a UTF-16 unit takes when coded.
 */
export function essentialLines(
  split: Split,
  report: Report | undefined,
  budget: number,
  perUnit: number,
  context: FilterContext,
): Encoded | undefined {
  const { lines } = split
  const scores = scoresOf(lines, report, context)
  const pieces = lines.map((_, at): Piece => ({ first: at, end: at + 1, score: scores[at]!, headings: [] }))
  const costs = lines.map(line => 1 + line.length * perUnit)
  return fitted(
    budget,
    room => encode(withGaps(split, chooseLines(pieces, costs, room, context.signal), context), context.signal),
    made => (made === undefined ? Number.POSITIVE_INFINITY : context.count(made.body)),
  )
}

/** Ranks of lines, the best last: a line's score is its rank and, among equals, less than one. */
const [ENDS, BEHIND_TROUBLE, TOTAL, TROUBLE, DETAILS, FAILED, TOLD, LAST_TOTALS, ROLE, NAMED] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
]

function scoresOf(
  lines: readonly string[],
  report: Report | undefined,
  { query, signal }: FilterContext,
): Float64Array {
  const scores = new Float64Array(lines.length)
  const mark = (at: number, score: number) => {
    if (at >= 0 && at < lines.length && scores[at]! < score) scores[at] = score
  }
  const totals: number[] = []
  const troubles: number[] = []
  lines.forEach((line, at) => {
    signal.throwIfAborted(1 + (line.length >> 7))
    const short = line.slice(0, 2000)
    if (speaks(short)) troubles.push(at)
    if (TOTALS.test(short)) totals.push(at)
    if (DETAIL.test(short)) mark(at, DETAILS)
  })
  for (const at of totals) mark(at, TOTAL)
  for (const at of totals.slice(-2)) mark(at, LAST_TOTALS)
  // From both ends inwards.
  troubles.forEach((at, nth) => {
    mark(at, TROUBLE + 0.9 - Math.min(nth, troubles.length - 1 - nth) / troubles.length)
    for (let behind = 1; behind <= BEHIND; behind++) mark(at + behind, BEHIND_TROUBLE)
  })
  for (const failure of report?.failures ?? []) markFailure(lines, failure, mark, signal)
  for (const at of [0, 1, lines.length - 3, lines.length - 2]) mark(at, ENDS)
  // The empty string behind the last line end is no line, and no gap ends with it.
  if (lines.at(-1) === '') mark(lines.length - 1, NAMED + 2)
  if (query === undefined) return scores
  roleLines(lines, totals, query).forEach((at, nth) => void mark(at, ROLE + 0.9 - nth / 100))
  const answers = ranked(lines, withoutRoles(query))
  // Half of the best answer's score is no answer; without a good one the roles decide.
  answers.forEach((score, at) => void (score >= 0.5 && mark(at, NAMED + score)))
  return scores
}

/** Its name, what it says first, and where; the rest of its lines come later. */
function markFailure(
  lines: readonly string[],
  { name, message = '', lines: ranges }: Test,
  mark: (at: number, score: number) => void,
  signal: Signal,
): void {
  const of: number[] = []
  for (const [first, last] of ranges) for (let at = first - 1; at < last; at++) of.push(at)
  signal.throwIfAborted(1 + of.length)
  const judged = of.slice(0, MOST_JUDGED)
  const find = (is: (line: string) => boolean) => judged.find(at => is(lines[at]!.slice(0, 2000)))
  for (const at of of) mark(at, FAILED)
  const last = name.split(/::|\s/).at(-1)!
  const named = find(line => line.includes(name)) ?? find(line => line.includes(last)) ?? of[0]
  const first = message.trimStart().split('\n', 1)[0]!.slice(0, 80)
  const said = (first && find(line => line.includes(first))) || (find(line => DETAIL.test(line)) ?? find(speaks))
  const told = [named, said, find(line => PLACE.test(line))]
  for (const at of told) if (at !== undefined) mark(at, TOLD)
}

/** Lines of one failure that are looked at for its message and place. */
const MOST_JUDGED = 200

function withGaps({ lines, where }: Split, kept: ReadonlySet<number>, { omit }: FilterContext): Line[] {
  const out: Line[] = []
  for (let at = 0; at < lines.length; ) {
    let end = at
    while (end < lines.length && !kept.has(end)) end++
    if (end > at)
      out.push({ marker: omit(where(at + 1, end), end - at === 1 ? '1 line' : `${end - at} lines`, 'budget') })
    if (end < lines.length) out.push(lines[end]!)
    at = end + 1
  }
  return out
}
