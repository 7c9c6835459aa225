/** First and last UTF-16 code unit. */
export type Range = readonly [first: number, last: number]

export const LAST = 0xffff
const DIGIT: readonly Range[] = rangesIn('09')
export const WORD: readonly Range[] = rangesIn('09AZ__az')
/** JavaScript's \s. */
const SPACE: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
]
export const CLASSES: Readonly<Record<string, readonly Range[]>> = {
  d: DIGIT,
  w: WORD,
  s: SPACE,
  D: others(DIGIT),
  W: others(WORD),
  S: others(SPACE),
}

/** POSIX classes, for those who come from grep: [[:space:]]. */
export const POSIX: ReadonlyMap<string, readonly Range[]> = new Map<string, readonly Range[]>([
  ['alpha', rangesIn('AZaz')],
  ['digit', DIGIT],
  ['alnum', rangesIn('09AZaz')],
  ['upper', rangesIn('AZ')],
  ['lower', rangesIn('az')],
  ['space', SPACE],
  ['blank', rangesIn('  \t\t')],
  ['punct', rangesIn('!/:@[`{~')],
  ['xdigit', rangesIn('09AFaf')],
])

/** Ranges told by their first and last characters: `AZaz`. */
function rangesIn(pairs: string): Range[] {
  return Array.from({ length: pairs.length / 2 }, (_, i) => [pairs.charCodeAt(2 * i), pairs.charCodeAt(2 * i + 1)])
}

/** All units but these. */
export function others(ranges: readonly Range[]): Range[] {
  const rest: Range[] = []
  let from = 0
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (first > from) rest.push([from, first - 1])
    from = Math.max(from, last + 1)
  }
  if (from <= LAST) rest.push([from, LAST])
  return rest
}

/** A range and the other case of its letters; long ranges hold both cases anyway. */
export function bothCases([first, last]: Range): Range[] {
  const ranges: Range[] = [[first, last]]
  for (let unit = first; unit <= Math.min(last, first + 600); unit++)
    for (const other of [String.fromCharCode(unit).toLowerCase(), String.fromCharCode(unit).toUpperCase()])
      if (other.length === 1 && other.charCodeAt(0) !== unit) ranges.push([other.charCodeAt(0), other.charCodeAt(0)])
  return ranges
}
