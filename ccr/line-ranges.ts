import type { LineRange } from './select.ts'

/** The lines that match, with `context` lines around each, merged. */
export function matchingLines(text: string, matches: (line: string) => boolean, context: number): LineRange[] {
  const found: [number, number][] = []
  let line = 0
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from)
    const to = end < 0 ? text.length : end
    line++
    // $ stands before the line end, CRLF too.
    if (matches(text.slice(from, text[to - 1] === '\r' && to > from ? to - 1 : to))) {
      const last = found.at(-1)
      if (last && line - context <= last[1] + 1) last[1] = line + context
      else found.push([Math.max(1, line - context), line + context])
    }
    from = to + 1
  }
  return found.map(([first, last]) => [first, Math.min(last, line)])
}

/** Of the lines that ranges hold, the first `count`. */
export function firstLines(ranges: readonly LineRange[], count: number): LineRange[] {
  const kept: LineRange[] = []
  for (const [first, last] of ranges) {
    if (count <= 0) break
    kept.push([first, Math.min(last, first + count - 1)])
    count -= last - first + 1
  }
  return kept
}

/** Of the lines that ranges hold, the last `count`. */
export function lastLines(ranges: readonly LineRange[], count: number): LineRange[] {
  const kept: LineRange[] = []
  for (const [first, last] of ranges.toReversed()) {
    if (count <= 0) break
    kept.unshift([Math.max(first, last - count + 1), last])
    count -= last - first + 1
  }
  return kept
}
