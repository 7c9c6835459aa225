import type { Signal } from '../filter.ts'
import type { Row, Template } from './notation.ts'
import { outliersOf } from './outliers.ts'
import type { Item, Plan } from './plan.ts'
import type { Hits } from './query.ts'
import { type Severity, severityOf } from './severity.ts'

/** Why an item should stay, the strongest reasons first. Below SPREAD an item is one of many. */
export const RANK = {
  asked: 100,
  error: 95,
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

/** How much each item of a plan matters; `costs` are their tokens. Linear. */
export function rankItems({ lines, items }: Plan, costs: Float64Array, hits: Hits, signal: Signal): Ranked {
  const ranks = new Float64Array(items.length)
  const severities = new Uint8Array(items.length)
  const stats = statsOf(items)
  const faults: Faults = new Map()
  const raise = (at: number, rank: number) => {
    if (ranks[at]! < rank) ranks[at] = rank
  }
  items.forEach((item, at) => {
    signal.throwIfAborted()
    const { first, count } = placeOf(item)
    if (first < HEAD || first + count > lines.length - 1 - TAIL) raise(at, RANK.ends)
    for (let line = first; line < first + count; line++) {
      if (hits.exact.has(line)) raise(at, RANK.asked)
      if (hits.likely.has(line)) raise(at, RANK.likely)
    }
    if (!('text' in item)) {
      raise(at, RANK.repeated)
      return
    }
    const severity = worst(lines, first, count)
    severities[at] = severity
    if (severity) rankFault(item, at, severity, faults, raise)
    rankByTemplate(item, at, stats, raise)
  })
  for (const known of faults.values())
    for (const { last, count } of known.values()) if (count > 1) raise(last, RANK.error)
  for (const { last } of stats.values()) raise(last, RANK.last)
  for (const at of outliersOf(items)) raise(at, RANK.rare)
  spread(ranks)
  costs.forEach((cost, at) => {
    if (cost >= HEAVY && ranks[at]! < RANK.many + 2 && severities[at] === 0) ranks[at] = RANK.many - 1 + 1 / cost
  })
  return { ranks, severities }
}

/** The lines of an item: 0-based first, and how many. */
export const placeOf = (item: Item): { first: number; count: number } => {
  if ('repeat' in item) return { first: item.repeat.first, count: item.repeat.lines }
  return 'text' in item ? { first: item.first, count: item.lines } : { first: 0, count: 0 }
}

function worst(lines: readonly string[], first: number, count: number): Severity {
  let severity: Severity = 0
  for (let line = first; line < first + count && severity < 2; line++) {
    const next = severityOf(lines[line]!)
    if (next > severity) severity = next
  }
  return severity
}

/** Of each template (undefined for literal lines): faults by their words. */
type Faults = Map<Template | undefined, Map<string, { last: number; count: number }>>

/** Every distinct error and warning by its first place; the last one is raised at the end. */
function rankFault(
  row: Row,
  at: number,
  severity: Severity,
  faults: Faults,
  raise: (at: number, rank: number) => void,
): void {
  const key = (row.template ? row.values.join(' ') : row.text).replace(/[0-9]+|0x[0-9a-f]+/g, '#').slice(0, 300)
  let known = faults.get(row.template)
  if (!known) faults.set(row.template, (known = new Map()))
  const fault = known.get(key)
  if (!fault) {
    known.set(key, { last: at, count: 1 })
    raise(at, severity === 2 ? RANK.error : RANK.warning)
  } else {
    fault.last = at
    fault.count++
  }
}

interface Stats {
  readonly rows: number
  readonly first: number
  readonly last: number
  /** Of each slot: how often each value stands there; undefined where there are many. */
  readonly values: (Map<string, number> | undefined)[]
}

function statsOf(items: readonly Item[]): Map<Template, Stats> {
  const stats = new Map<Template, Stats>()
  items.forEach((item, at) => {
    if (!('text' in item) || !item.template) return
    const known = stats.get(item.template)
    const values = known?.values ?? item.values.map(() => new Map<string, number>())
    item.values.forEach((value, slot) => {
      const counts = values[slot]
      counts?.set(value, (counts.get(value) ?? 0) + 1)
      if (counts && counts.size > FEW_VALUES) values[slot] = undefined
    })
    stats.set(item.template, { rows: (known?.rows ?? 0) + 1, first: known?.first ?? at, last: at, values })
  })
  return stats
}

function rankByTemplate(
  { template, values }: Row,
  at: number,
  stats: ReadonlyMap<Template, Stats>,
  raise: (at: number, rank: number) => void,
): void {
  const known = template && stats.get(template)
  if (!known || known.rows <= RARE_ROWS) {
    raise(at, RANK.rare)
    return
  }
  if (known.first === at) raise(at, RANK.representative)
  const rare = values.some((value, slot) => (known.values[slot]?.get(value) ?? Infinity) <= known.rows * RARE_SHARE)
  if (rare) raise(at, RANK.rare)
}

/** Items of equal rank go in blocks, in an order that thins them out evenly and takes the first last: by the bits of their place, turned round. */
function spread(ranks: Float64Array): void {
  for (let at = 0; at < ranks.length; at++) ranks[at]! += 1 - reversed(at >> BLOCK_BITS) / 2 ** 32
}

/** The 32 bits of `n`, last bit first. */
function reversed(n: number): number {
  let bits = 0
  for (let i = 0; i < 32; i++) bits = (bits << 1) | ((n >>> i) & 1)
  return bits >>> 0
}
