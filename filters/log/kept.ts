import { lines as lineSelector } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'
import { type Item, placeOf } from './items.ts'
import { RANK } from './rank.ts'

/** What `explain` says of lines that stay, by the least rank that has it. */
const RULES: readonly [least: number, rule: string][] = [
  [RANK.asked, 'asked for'],
  [RANK.odd, 'alone with its shape'],
  [RANK.error, 'error'],
  [RANK.bounds, 'first or last'],
  [RANK.oddish, 'alone with its shape'],
  [RANK.ends, 'first or last'],
  [RANK.representative, 'first of its template'],
  [RANK.rare, 'rare or outlier'],
  [RANK.warning, 'warning'],
  [RANK.likely, 'like the question'],
  [RANK.last, 'last of its template'],
]

/** Ranges that are told of at most: those of the highest ranks. */
const MOST = 200

interface Kept {
  readonly rank: number
  readonly rule: string
  /** 0-based, the end exclusive. */
  readonly first: number
  end: number
}

/** Says for `explain` which lines stay on purpose, and why. `lines` is how many the text has. */
export function tellKept(
  items: readonly Item[],
  goes: Uint8Array,
  ranks: Float64Array,
  lines: number,
  context: FilterContext,
): void {
  const found: Kept[] = []
  for (let at = 0; at < items.length; at++) {
    const rank = ranks[at]!
    if (goes[at] || rank < RANK.last) continue
    const rule = RULES.find(([least]) => rank >= least)![1]
    const { first, count } = placeOf(items[at]!)
    const end = Math.min(first + count, lines)
    const before = found.at(-1)
    if (before?.rule === rule && before.end === first) before.end = end
    else if (end > first) found.push({ rank, rule, first, end })
  }
  if (found.length > MOST) found.sort((a, b) => b.rank - a.rank).length = MOST
  found.sort((a, b) => a.first - b.first)
  for (const { rule, first, end } of found) context.keep(lineSelector(first + 1, end), rule)
}
