import type { Signal } from '../filter.ts'
import { alignedBlock, isHeaded } from './aligned.ts'
import { barBlock, barIn, isRule, opensBars } from './bars.ts'
import type { Block } from './grid.ts'

/** A stretch of a text: a table, or lines that are none. */
export interface Segment {
  /** Without their line ends; none for a table that is not weighed against its lines. */
  readonly lines: readonly string[]
  readonly block?: Block
  /** The first line of each item of the block, 1-based, and one past the last. */
  readonly starts?: readonly number[]
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
    if (end > plain) segments.push({ lines: lines.slice(plain, end) })
  }
  while (at < lines.length) {
    const end = runEnd(lines, at)
    signal.throwIfAborted(1 + 3 * (end - at))
    const start = at + introLines(lines, at, end)
    const block = end - start >= 4 ? blockOf(lines.slice(start, end)) : undefined
    if (block) {
      close(start)
      segments.push({ lines: lines.slice(start, end), block, starts: startsOf(block, end) })
      plain = end
    }
    // Lines that only looked like names above dashes do not keep those below from being a table.
    at = !block && end > at + 2 && opensBars(lines, at) ? at + 2 : Math.max(end, at + 1)
  }
  close(lines.length)
  return segments
}

/** Lines above the names, such as `total 112`: a few at most. */
const MOST_INTRO = 5

function introLines(lines: readonly string[], from: number, to: number): number {
  if (opensBars(lines, from)) return 0
  for (let at = from; at < Math.min(to, from + MOST_INTRO + 1); at++)
    if (isHeaded(lines[at]!, lines[at + 1])) return at - from
  return 0
}

/** Lines of one table at most: what is longer makes several. */
const MOST_LINES = 50_000

/** One past the last of the lines that could be a table with the one at `from`. */
function runEnd(lines: readonly string[], from: number): number {
  const bars = opensBars(lines, from)
  let at = from
  while (
    at < lines.length &&
    at - from < MOST_LINES &&
    lines[at]!.trim() !== '' &&
    (!bars || barIn(lines[at]!) !== undefined || isRule(lines[at]!))
  ) {
    if (!bars && at > from && opensBars(lines, at)) break
    at++
  }
  return at
}

/** Each item has a line; the line of names comes first. */
function startsOf({ items }: Block, end: number): number[] {
  const first = end - items.length + 1
  return Array.from({ length: items.length + 1 }, (_, at) => first + at)
}

function blockOf(lines: readonly string[]): Block | undefined {
  const crlf = lines[0]!.endsWith('\r')
  const shown = crlf ? lines.map(line => (line.endsWith('\r') ? line.slice(0, -1) : line)) : lines
  if (crlf && lines.some(line => !line.endsWith('\r'))) return undefined
  return opensBars(shown, 0) ? barBlock(shown, crlf) : alignedBlock(shown, crlf)
}
