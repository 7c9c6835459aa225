import { BLANK, VERBATIM } from './layout.ts'
import { type Cut, linesOf } from './repeats.ts'

/** Lines kept of a long block of code or table: enough to see what it is. */
export interface Room {
  readonly head: number
  readonly tail: number
}

/** The middle of blocks that are no running text (code, tables), where they are longer than `room`. */
export function longBlocks(lines: readonly string[], kinds: Uint8Array, { head, tail }: Room): Cut[] {
  const cuts: Cut[] = []
  for (let i = 0; i < lines.length; ) {
    let to = i
    while (to < lines.length && kinds[to] === VERBATIM && (to === i || !isHeading(lines[to]!))) to++
    if (to - i > head + tail + 3) cuts.push(...middle(lines, i + head, to - tail))
    i = Math.max(i + 1, to)
    while (i < lines.length && kinds[i] === BLANK) i++
  }
  return cuts
}

const isHeading = (line: string) => /^#{1,6} /.test(line)

function middle(lines: readonly string[], from: number, to: number): Cut[] {
  let units = 0
  for (let i = from; i < to; i++) units += lines[i]!.trim().length
  return units < 240 ? [] : [{ from, to, what: linesOf(from, to), rule: 'long block' }]
}
