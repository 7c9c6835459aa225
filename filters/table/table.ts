import type { Signal } from '../filter.ts'
import { fillColumns } from './fill.ts'
import type { Grid } from './grid.ts'
import { groupColumns } from './groups.ts'
import { draftsOf } from './plan.ts'
import type { Rule } from './rule.ts'
import { wordsOf } from './words.ts'

/** A grid made ready to print: rules, cells and keys. */
export interface Table {
  readonly grid: Grid
  readonly rules: readonly Rule[]
  /** The cells of a row, in order. */
  readonly slots: readonly Slot[]
  /** The texts of the group line, by part, then by row. */
  readonly groups: readonly (readonly string[])[]
  /** For a column whose rule looks its cells up. */
  readonly tables: ReadonlyMap<number, ReadonlyMap<string, string>>
}

export interface Slot {
  readonly column: number
  /** Which of the column's slots it is. */
  readonly nth: number
  /** Undefined where the row prints nothing for it. */
  readonly texts: readonly (string | undefined)[]
  readonly kind: 'own' | 'optional' | 'step'
  readonly words: ReadonlyMap<string, string>
}

/** Chooses how each column is written and cuts its cells accordingly. Linear. */
export function tableOf(grid: Grid, signal: Signal): Table {
  const filled = fillColumns(grid, draftsOf(grid, signal), signal)
  const rows = grid.columns[0]?.length ?? 0
  const groups = groupColumns(filled, rows)
  const none: ReadonlyMap<string, string> = new Map()
  const slots = filled.flatMap(({ rule, own, odd, isSource, table }, column): Slot[] => {
    signal.throwIfAborted(1 + rows)
    if (rule.optional) {
      const kind = rule.parts.some(part => part.kind === 'step') ? 'step' : 'optional'
      return [{ column, nth: 0, texts: odd!, kind, words: kind === 'step' || table ? none : wordsOf(odd!) }]
    }
    return own.map(({ texts }, nth) => {
      const all = odd && nth === 0 ? texts.map((text, row) => (odd[row] === undefined ? text : `\\${odd[row]}`)) : texts
      return {
        column,
        nth,
        texts: all,
        kind: 'own',
        words: isSource || rule.parts.some(part => part.kind === 'scaled') ? none : wordsOf(all),
      }
    })
  })
  const tables = new Map(filled.flatMap(({ table }, column) => (table ? [[column, table] as const] : [])))
  return { grid, rules: filled.map(({ rule }) => rule), slots, groups, tables }
}
