import type { Signal } from '../filter.ts'
import { type Item, type Places, placeOf } from './items.ts'
import type { Row, Template } from './notation.ts'
import { afterSilence, highIn } from './outliers.ts'
import type { Plan } from './plan.ts'
import type { Hits } from './query.ts'
import { severitiesOf } from './severities.ts'
import { cellOf, isNumber, type Sheet } from './sheet.ts'
import { Tally } from './tally.ts'

/** Why an item should stay, the strongest reasons first. Below SPREAD an item is one of many. */
export const RANK = {
  asked: 100,
  /** Asked for by its kind: alone with its shape, or nearly so. */
  odd: 98,
  oddish: 92,
  error: 95,
  /** The very first and last line. */
  bounds: 93,
  ends: 90,
  representative: 85,
  rare: 80,
  warning: 75,
  likely: 70,
  last: 65,
  repeated: 60,
  many: 0,
} as const

/** Lines at the beginning and at the end that stay. */
const HEAD = 8
const TAIL = 12
/** Rows of a template up to which it is rare, and the share of a value up to which it is. */
const RARE_ROWS = 3
const RARE_SHARE = 0.02
const FEW_VALUES = 24
/** Items that stay or go together, so that one marker covers them: 16. */
const BLOCK_BITS = 4
/** Tokens of a common row from which on it goes before others: more room for the loss of one line. */
const HEAVY = 70

export interface Ranked {
  readonly ranks: Float64Array
  readonly severities: Uint8Array
}

type Raise = (at: number, rank: number) => void

/** How much each item of a plan matters; `costs` are their tokens. Linear. */
export function rankItems(plan: Plan, places: Places, costs: Float64Array, hits: Hits, signal: Signal): Ranked {
  const { sheet, items } = plan
  const ranks = new Float64Array(items.length)
  const severities = severitiesOf(plan, signal)
  const raise: Raise = (at, rank) => {
    if (ranks[at]! < rank) ranks[at] = rank
  }
  for (let at = 0; at < items.length; at++)
    rankByPlace(items[at]!, at, { lines: sheet.lineCount, cost: costs[at]! }, hits, raise)
  rankFaults(plan, severities, raise)
  for (const [template, rows] of places) rankRows(template, rows, plan, raise)
  for (const at of afterSilence(plan)) raise(at, RANK.rare)
  spread(ranks)
  for (let at = 0; at < ranks.length; at++)
    if (costs[at]! >= HEAVY && ranks[at]! < RANK.many + 2 && severities[at] === 0)
      ranks[at] = RANK.many - 1 + 1 / costs[at]!
  return { ranks, severities }
}

function rankByPlace(
  item: Item,
  at: number,
  { lines, cost }: { readonly lines: number; readonly cost: number },
  hits: Hits,
  raise: Raise,
): void {
  const { first, count } = placeOf(item)
  if (first < HEAD || first + count > lines - 1 - TAIL) raise(at, RANK.ends)
  if (first === 0 || first + count >= lines - 1) raise(at, RANK.bounds)
  if (!('first' in item)) raise(at, RANK.repeated)
  else if (!item.template) raise(at, RANK.rare)
  if (hits.exact.size === 0 && hits.likely.size === 0 && hits.odd.size === 0) return
  for (let line = first; line < first + count; line++) {
    if (hits.exact.has(line)) raise(at, RANK.asked)
    const odd = hits.odd.get(line)
    if (odd) raise(at, cost >= HEAVY ? RANK.representative + 1 : odd === 2 ? RANK.odd : RANK.oddish)
    if (hits.likely.has(line)) raise(at, RANK.likely)
  }
}

/** Every distinct error and warning of a template (undefined for literal lines) by its first place; the last one is as good as an error. */
function rankFaults({ sheet, items }: Plan, severities: Uint8Array, raise: Raise): void {
  const faults = new Map<Template | undefined, Map<string, { last: number; count: number }>>()
  for (let at = 0; at < items.length; at++) {
    const item = items[at]!
    if (severities[at] === 0 || !('first' in item)) continue
    let known = faults.get(item.template)
    if (!known) faults.set(item.template, (known = new Map()))
    const words = wordsIn(sheet, item)
    const fault = known.get(words)
    if (!fault) {
      known.set(words, { last: at, count: 1 })
      raise(at, severities[at] === 2 ? RANK.error : RANK.warning)
    } else {
      fault.last = at
      fault.count++
    }
  }
  for (const known of faults.values())
    for (const { last, count } of known.values()) if (count > 1) raise(last, RANK.error)
}

/** What a fault says but for its numbers; empty where its template says it all. */
function wordsIn(sheet: Sheet, row: Row): string {
  if (!row.template) return withoutNumbers(sheet.lineOf(row))
  if (allNumbers(sheet, row, row.template.slots)) return ''
  let words = ''
  for (let slot = 0; slot < row.template.slots; slot++) {
    const cell = cellOf(row, slot)
    words += isNumber(sheet, cell) ? ' #' : ` ${withoutNumbers(sheet.at(cell))}`
  }
  return words.slice(0, 300)
}

function allNumbers(sheet: Sheet, row: Row, slots: number): boolean {
  for (let slot = 0; slot < slots; slot++) if (!isNumber(sheet, cellOf(row, slot))) return false
  return true
}

const withoutNumbers = (text: string) => text.replace(/[0-9]+|0x[0-9a-f]+/g, '#').slice(0, 300)

/** The first and the last row of a template, those with rare values or outliers, and all where it is rare itself. */
function rankRows(template: Template, places: readonly number[], plan: Plan, raise: Raise): void {
  raise(places.at(-1)!, RANK.last)
  if (places.length <= RARE_ROWS) for (const at of places) raise(at, RANK.rare)
  else {
    raise(places[0]!, RANK.representative)
    const { sheet, items } = plan
    const firsts = Int32Array.from(places, at => (items[at] as Row).cells)
    for (let slot = 0; slot < template.slots; slot++) {
      for (const row of rareIn(sheet, firsts, slot)) raise(places[row]!, RANK.rare)
      for (const row of highIn(sheet, firsts, slot)) raise(places[row]!, RANK.rare)
    }
  }
}

/** Of a slot with few values, the rows with one that hardly ever stands there. */
function rareIn(sheet: Sheet, firsts: Int32Array, slot: number): number[] {
  const tally = new Tally(sheet.text)
  const numbers = new Uint8Array(firsts.length)
  for (let row = 0; row < firsts.length; row++) {
    const cell = firsts[row]! + 2 + 2 * slot
    numbers[row] = tally.add(sheet.bounds[cell]!, sheet.bounds[cell + 1]!)
    if (tally.size > FEW_VALUES) return []
  }
  const most = firsts.length * RARE_SHARE
  const rare: number[] = []
  if (tally.counts.subarray(0, tally.size).some(count => count <= most))
    for (let row = 0; row < firsts.length; row++) if (tally.counts[numbers[row]!]! <= most) rare.push(row)
  return rare
}

/** Items of equal rank go in blocks, in an order that thins them out evenly and takes the first last: by the bits of their place, turned round. */
function spread(ranks: Float64Array): void {
  for (let block = 0; block << BLOCK_BITS < ranks.length; block++) {
    const share = 1 - reversed(block) / 2 ** 32
    const end = Math.min(ranks.length, (block + 1) << BLOCK_BITS)
    for (let at = block << BLOCK_BITS; at < end; at++) ranks[at]! += share
  }
}

/** The 32 bits of `n`, last bit first. */
function reversed(n: number): number {
  let bits = 0
  for (let i = 0; i < 32; i++) bits = (bits << 1) | ((n >>> i) & 1)
  return bits >>> 0
}
