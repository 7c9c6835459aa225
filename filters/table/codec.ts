import type { Selector } from '../../ccr/select.ts'
import type { Signal } from '../filter.ts'
import { weight } from '../log/weight.ts'
import { csvSegments } from './csv.ts'
import { Tables } from './decode.ts'
import { layoutOf } from './layouts.ts'
import { printBlock } from './print.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { tableOf } from './table.ts'

/** `text` with its tables in the notation of index.ts; undefined where no table in it gets shorter. */
export function encode(text: string, signal: Signal): string | undefined {
  const segments = csvSegments(text, signal) ?? segmentsOf(text.split('\n'), signal)
  let shorter = false
  const out: string[] = []
  for (const segment of segments) {
    const shown = segment.block && shownTable(segment, signal)
    if (shown) {
      shorter = true
      out.push(...shown)
    } else for (const line of segment.lines) out.push(literal(line))
  }
  return shorter ? out.join('\n') : undefined
}

/** The segment's table, where it takes fewer tokens than its lines. */
function shownTable({ block, lines }: Segment, signal: Signal): readonly string[] | undefined {
  const shown = printBlock(
    block!.grids.map(grid => tableOf(grid, signal)),
    block!.items,
    signal,
  )
  const before = lines.length ? weightOf(lines) : Number.POSITIVE_INFINITY
  return weightOf(shown) < before ? shown : undefined
}

const weightOf = (lines: readonly string[]) => lines.reduce((sum, line) => sum + 1 + weight(line), 0)

/** A line that is no table's, with a backslash where it would be taken for another kind of line. */
const literal = (line: string) => (/^(?:@|\\|\[\.\.\. )/.test(line) ? `\\${line}` : line)

export function decode(body: string, gap: (where: Selector) => string): string {
  return new Tables(body, layoutOf, gap).read().join('\n')
}
