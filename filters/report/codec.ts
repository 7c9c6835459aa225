import type { Selector } from '../../ccr/select.ts'
import type { Signal } from '../filter.ts'
import { Tables } from '../table/decode.ts'
import { printBlock } from '../table/print.ts'
import { tableOf } from '../table/table.ts'
import { layoutOf } from './layout.ts'
import { blockOf, type Line } from './makes.ts'

/** Lines and markers in the notation of the table filter; undefined where no make of line is worth a table. */
export function encode(lines: readonly Line[], signal: Signal): string | undefined {
  const block = blockOf(lines, signal)
  if (!block) return undefined
  const tables = block.grids.map(grid => tableOf(grid, signal))
  return printBlock(tables, block.items, signal).join('\n')
}

export function decode(body: string, gap: (where: Selector) => string): string {
  return new Tables(body, layoutOf, gap).read().join('\n')
}
