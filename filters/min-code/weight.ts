import type { Lines } from './lines.ts'
import type { Code, Run } from './units.ts'

/** UTF-16 code units of lines, their indentation left out. */
export function weightOf({ lines }: Code, { first, last }: Run): number {
  const known = weights.get(lines) ?? weightsOf(lines)
  return last < first ? 0 : known[last + 1]! - known[first]!
}

const weights = new WeakMap<Lines, Float64Array>()

/** Of all lines above each. */
function weightsOf(lines: Lines): Float64Array {
  const sums = new Float64Array(lines.count + 1)
  for (let line = 0; line < lines.count; line++) {
    let at = lines.starts[line]!
    const end = lines.end(line)
    while (at < end && (lines.text.charCodeAt(at) === 32 || lines.text.charCodeAt(at) === 9)) at++
    sums[line + 1] = sums[line]! + end - at
  }
  weights.set(lines, sums)
  return sums
}
