import type { Signal } from '../filter.ts'
import { alignedGrid } from './aligned.ts'
import { barGrid, isRule } from './bars.ts'
import type { Grid } from './grid.ts'

/** A stretch of a text: a table, or lines that are none. `first` is its first line, 0-based. */
export interface Segment {
  readonly first: number
  readonly lines: readonly string[]
  readonly grid?: Grid
}

/**
 * The tables that stand among other lines: those with bars by their line of dashes, aligned ones by the gaps that run through
 * neighbouring lines. `lines` without their line ends; all else stays a segment of plain lines. Linear.
 */
export function segmentsOf(lines: readonly string[], signal: Signal): Segment[] {
  const segments: Segment[] = []
  let plain = 0
  let at = 0
  const close = (end: number) => {
    if (end > plain) segments.push({ first: plain, lines: lines.slice(plain, end) })
  }
  while (at < lines.length) {
    const end = runEnd(lines, at)
    signal.throwIfAborted(1 + 3 * (end - at))
    const grid = end - at >= 4 ? gridOf(lines.slice(at, end)) : undefined
    if (grid) {
      close(at)
      segments.push({ first: at, lines: lines.slice(at, end), grid })
      plain = end
    }
    at = Math.max(end, at + 1)
  }
  close(lines.length)
  return segments
}

/** One past the last of the lines that could be a table with the one at `from`. */
function runEnd(lines: readonly string[], from: number): number {
  const bars = hasBar(lines, from)
  let at = from
  while (at < lines.length && lines[at]!.trim() !== '' && (!bars || lines[at]!.includes('|') || isRule(lines[at]!))) {
    if (!bars && at > from && hasBar(lines, at)) break
    at++
  }
  return at
}

/** Does a table with bars begin here: names, then dashes? */
const hasBar = (lines: readonly string[], at: number) =>
  lines[at]!.includes('|') && !isRule(lines[at]!) && /[|+]/.test(lines[at + 1] ?? '') && isRule(lines[at + 1] ?? '')

function gridOf(lines: readonly string[]): Grid | undefined {
  const crlf = lines[0]!.endsWith('\r')
  const shown = crlf ? lines.map(line => (line.endsWith('\r') ? line.slice(0, -1) : line)) : lines
  if (crlf && lines.some(line => !line.endsWith('\r'))) return undefined
  return hasBar(shown, 0) ? barGrid(shown, crlf) : alignedGrid(shown, crlf)
}
