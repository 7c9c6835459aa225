import { anchorsOf, rank } from '../../ccr/search.ts'
import type { LineRange } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'
import type { Line } from './makes.ts'
import type { Report } from './report.ts'
import type { Split } from './split.ts'

/** What the lines of failing tests may take of a text to stand as they are. */
const FAILURES = 0.15

/** The lines as they go to the codec: those of tests that failed stand as they are, as far as there are not too many of them. */
export function shownLines(lines: readonly string[], report: Report | undefined): readonly Line[] {
  const failed = new Set<number>()
  for (const { lines: ranges } of report?.failures ?? [])
    for (const [first, last] of ranges) for (let at = first; at <= last; at++) failed.add(at - 1)
  if (failed.size === 0) return lines
  let all = 0
  let failing = 0
  lines.forEach((line, at) => {
    all += line.length
    if (failed.has(at)) failing += line.length
  })
  return failing > FAILURES * all ? lines : lines.map((text, at) => (failed.has(at) ? { text } : text))
}

/** Lines that say nothing about an outcome: what tools print while they fetch and compile. */
const PROGRESS =
  /^(?:\s+(?:Compiling|Downloading|Downloaded|Fresh|Checking|Locking|Adding|Unpacking) \S+ v?\d|\[INFO\] (?:Downloading|Downloaded) from |(?:Downloading|Downloaded) from \S+: |Download(?:ing)? https?:|> Task :\S+(?: UP-TO-DATE| NO-SOURCE| FROM-CACHE)?\r?$|go: downloading )/

/** Words that a reader may look for, in names too: these lines stay. */
const MENTION = /error|fail|warn|panic|exception|fatal|critical|denied|timeout|timed out|abort|crash|leak|deprecat/i

/** Counts of none are no trouble. */
const NONE = /\b(?:failures?|failed|errors?|warnings?)["']?\s*[:=]\s*["']?0\b/gi

/** Does the line speak of trouble? */
export const speaks = (line: string) => MENTION.test(line) && MENTION.test(line.replace(NONE, ''))

const FEWEST = 4
/** Tokens of a marker, about. */
const MARKER = 14

/** A run of lines that may go, and what they are. 1-based, inclusive. */
interface Fold {
  readonly first: number
  readonly last: number
  readonly what: string
  readonly tokens: number
}

/**
 * The `shown` lines with passes and progress behind markers, the longest runs first, until about `spare` tokens are saved (all of them,
 * where it is Infinity). `perUnit` is the tokens that a UTF-16 unit takes when coded. Undefined where nothing may go.
 */
export function folded(
  { lines, where }: Split,
  shown: readonly Line[],
  report: Report | undefined,
  spare: number,
  perUnit: number,
  context: FilterContext,
): Line[] | undefined {
  const folds = foldsOf(lines, report, perUnit, context)
  const order = [...folds].sort((a, b) => b.tokens - a.tokens || a.first - b.first)
  const chosen: Fold[] = []
  let left = spare
  for (const fold of order) {
    if (left <= 0 || fold.tokens <= MARKER) break
    chosen.push(fold)
    left -= fold.tokens - MARKER
  }
  if (chosen.length === 0) return undefined
  chosen.sort((a, b) => a.first - b.first)
  const out: Line[] = []
  let at = 0
  for (const { first, last, what } of chosen) {
    for (const line of shown.slice(at, first - 1)) out.push(line)
    out.push({ marker: context.omit(where(first, last), what, what.replace(/^\d+ /, '')) })
    at = last
  }
  for (const line of shown.slice(at)) out.push(line)
  return out
}

function foldsOf(
  lines: readonly string[],
  report: Report | undefined,
  perUnit: number,
  context: FilterContext,
): Fold[] {
  const kinds = kindsOf(lines, report, context)
  const folds: Fold[] = []
  for (let from = 0; from < lines.length; ) {
    let to = from
    let tokens = 0
    let passes = 0
    while (to < lines.length && kinds[to] && kinds[to]! >> 1 === kinds[from]! >> 1) {
      tokens += (1 + lines[to]!.length) * perUnit
      passes += kinds[to] === FIRST_OF_PASS ? 1 : 0
      to++
    }
    if (to - from >= FEWEST) {
      const what = kinds[from] === PROGRESS_LINE ? `${to - from} lines of progress` : `${passes} passed`
      folds.push({ first: from + 1, last: to, what, tokens })
    }
    from = Math.max(to, from + 1)
  }
  return folds
}

const FIRST_OF_PASS = 2
const PASS_LINE = 3
const PROGRESS_LINE = 4

/** What each line is, 0 where it must stay. */
function kindsOf(lines: readonly string[], report: Report | undefined, { query, signal }: FilterContext): Uint8Array {
  const asked = query === undefined ? new Set<number>() : askedLines(lines, query)
  const kinds = new Uint8Array(lines.length)
  for (const { lines: ranges } of report?.passes ?? []) {
    if (ranges.some(range => mentions(lines, range, asked))) continue
    ranges.forEach(([first, last], nth) => {
      signal.throwIfAborted(1 + last - first)
      kinds.fill(PASS_LINE, first - 1, last)
      if (nth === 0) kinds[first - 1] = FIRST_OF_PASS
    })
  }
  lines.forEach((line, at) => {
    if (!kinds[at] && line.length < 400 && PROGRESS.test(line) && !speaks(line)) kinds[at] = PROGRESS_LINE
  })
  return kinds
}

const mentions = (lines: readonly string[], [first, last]: LineRange, asked: ReadonlySet<number>) => {
  for (let at = first - 1; at < last; at++) if (asked.has(at) || speaks(lines[at]!)) return true
  return false
}

const MOST_ASKED = 30

/** Lines that a question asks for, 0-based: those with its exact anchors, and the best others. */
export function askedLines(lines: readonly string[], query: string): ReadonlySet<number> {
  const anchors = anchorsOf(query)
  const exact = lines.flatMap((line, at) => (anchors.some(anchor => line.includes(anchor)) ? [at] : []))
  const scores = rank(lines, query)
  const best = [...scores.keys()].filter(at => scores[at]! > 0).sort((a, b) => scores[b]! - scores[a]! || a - b)
  return new Set([...exact.slice(0, 4 * MOST_ASKED), ...best.slice(0, MOST_ASKED)])
}
