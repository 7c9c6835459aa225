import type { Selector } from '../../ccr/select.ts'
import type { Signal } from '../filter.ts'
import type { Encoded } from '../table/codec.ts'
import { Tables } from '../table/decode.ts'
import type { Block } from '../table/grid.ts'
import { Legend } from '../table/legend.ts'
import { literal, printBlock } from '../table/print.ts'
import { tableOf } from '../table/table.ts'
import { layoutOf } from './layout.ts'
import { blockOf, type Line } from './makes.ts'

/** Lines of one block at most: makes and codes hold within it, and memory is bounded by it. */
const MOST_LINES = 40_000

/** Lines and markers in the notation of the table filter; undefined where no make of line is worth a table and nothing is left out. */
export function encode(lines: readonly Line[], signal: Signal): Encoded | undefined {
  const out: string[] = []
  const legend = new Legend()
  let shorter = false
  for (let from = 0; from < lines.length; from += MOST_LINES) {
    const part = lines.slice(from, from + MOST_LINES)
    const block = blockOf(part, signal)
    shorter ||= block !== undefined || part.some(line => typeof line !== 'string' && 'marker' in line)
    if (block) out.push(...printedBlock(block, legend, signal))
    else for (const line of part) out.push(shownLine(line))
  }
  return shorter ? { body: out.join('\n'), note: legend.toString() } : undefined
}

const shownLine = (line: Line) =>
  typeof line === 'string' ? literal(line) : 'text' in line ? literal(line.text) : line.marker

function printedBlock({ grids, items }: Block, legend: Legend, signal: Signal): string[] {
  const tables = grids.map(grid => tableOf(grid, signal))
  legend.add(tables)
  return printBlock(tables, items, signal)
}

export function decode(body: string, gap: (where: Selector) => string): string {
  return new Tables(body, layoutOf, gap).read().join('\n')
}
