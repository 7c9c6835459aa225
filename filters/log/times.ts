/** Where a line says when it was written, and what of it changes slowly. */

/**
 * The times that logs print, each within the first hundred characters: ISO 8601 and its kin, day-first dates, the common log format,
 * syslog (RFC 3164) and ctime, bare clock times, kernel seconds, Unix epochs of ten or thirteen digits.
 */
const TIMES = new RegExp(
  [
    String.raw`\d{4}[-/.]\d\d[-/.]\d\d(?:[T :_]|, )\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z\b|[+-]\d\d:?\d\d\b)?`,
    String.raw`\d{1,2}[-/.](?:\d\d|[A-Z][a-z]{2})[-/.]\d{2,4}[ :T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?`,
    String.raw`(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d(?:[.,]\d{1,9})?`,
    String.raw`\b\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z\b)?`,
    String.raw`(?<=\[) *\d{1,7}\.\d{6}(?=\])`,
    String.raw`\b1\d{9}(?:\d{3}|\.\d{1,9})?\b`,
  ].join('|'),
)

/** UTF-16 code units at the beginning of a line in which a time is looked for. */
const WITHIN = 100

/** Start and end of the first time in `line`, or undefined. Bounded time. */
export function timeIn(line: string): { start: number; end: number } | undefined {
  const found = TIMES.exec(line.length > WITHIN ? line.slice(0, WITHIN) : line)
  if (!found) return undefined
  const end = found.index + found[0].length
  return end < WITHIN ? { start: found.index, end } : undefined
}

/** `timeIn` for the lines of `text`, by their places: most begin with a time as the line above does, which takes no search. */
export function timesFinder(text: string): (from: number, to: number) => ReturnType<typeof timeIn> {
  let last = -1
  let time: ReturnType<typeof timeIn>
  return function timeLikeTheLast(from, to) {
    if (last >= 0 && to - from > time!.end && isAlike(text, from, last, time!.end)) return time
    const line = text.slice(from, Math.min(to, from + WITHIN + 1))
    time = timeIn(line)
    // An epoch is told by its first digit, not by its make alone.
    last = time?.start === 0 && line.length > time.end && line.slice(0, time.end).includes(':') ? from : -1
    return time
  }
}

/** Are two lines of one make up to `end`, digits for digits and all else the same? */
function isAlike(text: string, line: number, last: number, end: number): boolean {
  for (let at = 0; at <= end; at++) {
    const a = text.charCodeAt(line + at)
    const b = text.charCodeAt(last + at)
    if (a !== b && (a < 48 || a > 57 || b < 48 || b > 57)) return false
  }
  return true
}

/** Times that the cut is chosen by. */
export const SAMPLE = 256

/** The slow part of the time that stands in `text` between two places. */
export type Cut = (text: string, from: number, to: number) => string

/**
 * How to cut these times in a slow part, printed where it changes, and a fast one that stands in the rows: the same number of fields
 * everywhere, by the estimated cost. The fast part begins with a digit and holds no space, as the notation asks.
 */
export function cutOf(times: readonly string[]): Cut {
  const best = bestCut(times.map(cutsOf), times)
  let length = -1
  let slow = ''
  return function slowPartOf(text, from, to) {
    // Nearly all times begin as the one above, and are as long.
    if (to - from === length && text.startsWith(slow, from) && tailFits(text, from + slow.length, to)) return slow
    const time = text.slice(from, to)
    length = time.length
    const next = slowPart(time, cutsOf(time), best)
    return next === slow ? slow : (slow = next)
  }
}

/** Fields of a time at most. */
const MOST_FIELDS = 8

/** Where the fast part may begin: with the first field, the second one ... as far as the notation allows; once at least. */
function cutsOf(time: string): number[] {
  const space = time.lastIndexOf(' ')
  const cuts: number[] = []
  for (let i = 0; i < time.length && cuts.length <= MOST_FIELDS; i++)
    if (isDigit(time, i) && !isDigit(time, i - 1)) cuts.push(i > space ? i : -1)
  const first = cuts.find(cut => cut >= 0) ?? time.length
  return cuts.length ? cuts.map(cut => (cut < 0 ? first : cut)) : [first]
}

const slowPart = (time: string, cuts: readonly number[], fields: number): string =>
  time.slice(0, cuts[Math.min(fields, cuts.length - 1)])

/** How many fields the slow part has where that is cheapest. */
function bestCut(cuts: readonly (readonly number[])[], times: readonly string[]): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let fields = 0; fields <= MOST_FIELDS; fields++) {
    const cost = costOf(cuts, times, fields)
    if (cost < least) {
      least = cost
      best = fields
    }
  }
  return best
}

/** Tokens, roughly: a changed prefix is a line of its own, and each row has a digit group for three digits. */
function costOf(cuts: readonly (readonly number[])[], times: readonly string[], fields: number): number {
  let cost = 0
  let prefix = ''
  let last = ''
  for (let i = 0; i < cuts.length; i++) {
    const time = times[i]!
    if (time === last) continue
    last = time
    const slow = slowPart(time, cuts[i]!, fields)
    if (slow !== prefix) cost += 3 + slow.length * 0.55
    prefix = slow
    cost += 0.55 * (time.length - slow.length)
  }
  return cost
}

function tailFits(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 32) return false
  return isDigit(text, from)
}

const isDigit = (text: string, at: number) => {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}
