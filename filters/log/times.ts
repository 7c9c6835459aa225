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

/** Times that the cut is chosen by. */
const SAMPLE = 256

/**
 * How to cut these times in a slow part, printed where it changes, and a fast one that stands in the rows: the same number of fields
 * everywhere, by the estimated cost. The fast part begins with a digit and holds no space, as the notation asks.
 */
export function cutOf(times: readonly string[]): (time: string) => string {
  const sample = times.slice(0, SAMPLE)
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let fields = 0; fields <= 8; fields++) {
    const cost = costOf(sample, fields)
    if (cost < least) {
      least = cost
      best = fields
    }
  }
  let last = ''
  let slow = ''
  return function slowPartOf(time) {
    // Nearly all times begin as the one above, and are as long.
    const alike = time.length === last.length && time.startsWith(slow) && tailFits(time, slow.length)
    if (!alike) slow = slowPart(time, best)
    last = time
    return slow
  }
}

/** Tokens, roughly: a changed prefix is a line of its own, and each row has a digit group for three digits. */
function costOf(times: readonly string[], fields: number): number {
  let cost = 0
  let prefix = ''
  let last = ''
  for (const time of times) {
    if (time === last) continue
    last = time
    const slow = slowPart(time, fields)
    if (slow !== prefix) cost += 3 + slow.length * 0.55
    prefix = slow
    cost += 0.55 * (time.length - slow.length)
  }
  return cost
}

/** The longest part of `time` that ends behind at most `fields` separators and leaves a fast part. */
function slowPart(time: string, fields: number): string {
  let end = 0
  let seen = 0
  for (let i = 0; i < time.length; i++) {
    const digit = isDigit(time, i)
    if (digit && !isDigit(time, i - 1) && seen <= fields && tailFits(time, i)) end = i
    if (!digit && isDigit(time, i - 1)) seen++
  }
  if (end === 0 && !tailFits(time, 0)) return time.slice(0, firstFit(time))
  return time.slice(0, end)
}

function firstFit(time: string): number {
  for (let i = 1; i < time.length; i++) if (isDigit(time, i) && !isDigit(time, i - 1) && tailFits(time, i)) return i
  return time.length
}

const tailFits = (time: string, at: number) => isDigit(time, at) && time.indexOf(' ', at) < 0

const isDigit = (text: string, at: number) => {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}
