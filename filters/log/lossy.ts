import { lines as lineSelector } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'
import { type Body, bodyOf, cutBodyOf, type Form } from './encode.ts'
import { type Item, placeOf, placesOf } from './items.ts'
import { tellKept } from './kept.ts'
import type { Row, Template } from './notation.ts'
import { lineStarts, offloadValues } from './offload.ts'
import type { Plan } from './plan.ts'
import { costsOf, type Omit } from './print.ts'
import { foldProgress } from './progress.ts'
import { hitsOf } from './query.ts'
import { RANK, type Ranked, rankItems } from './rank.ts'

/** Tokens that stay uncut in balanced mode, and what stays of the rest. */
const FREE = 8000
const STAYS = 0.75
/** Tokens of rows from which on a gap is worth its marker of some twenty. */
const WORTH_GAP = 36
/** Tokens of a value from which on it is offloaded. */
const BLOB = { balanced: 60, aggressive: 28 }
const TRIES = 7

/**
 * The body, with gaps where the mode or the budget asks for them: common lines without a fault go first, in blocks spread over the
 * text, then repeated faults, then rare lines.
 */
export function bodyWithin(text: string, plan: Plan, form: Form, context: FilterContext): Body {
  const { mode, budget, query, signal } = context
  if (mode === 'lossless') return bodyOf(plan.items, form)
  const starts = lineStarts(text)
  const folded = foldProgress(plan.items, line => starts[line]!, form, context)
  const whole = bodyOf(folded, form)
  // No token is shorter than a character: nothing to work out for these.
  if (budget === undefined && mode === 'balanced' && whole.text.length < FREE) return whole
  const costs = costsOf(whole)
  const cost = costs.reduce((sum, one) => sum + one, 0)
  const target = targetOf(cost, context)
  if (target >= cost) return whole
  const places = placesOf(folded)
  const hits = query ? hitsOf(query, plan.lines, signal) : { exact: new Set<number>(), likely: new Set<number>() }
  const ranked = rankItems({ lines: plan.lines, items: folded }, places, costs, hits, signal)
  const items = offloadValues(folded, BLOB[mode], spareOf(ranked), starts, form, context)
  const { body, goes } = fitted({ items, ranked, costs, whole, form }, target, context)
  tellKept(items, goes, ranked.ranks, starts.length - (text.endsWith('\n') ? 1 : 0), context)
  return body
}

interface Whole {
  readonly items: readonly Item[]
  readonly ranked: Ranked
  readonly costs: Float64Array
  readonly whole: Body
  readonly form: Form
}

/** The body of about `target` tokens, under a budget of at most that where it can be met; and which items went. */
function fitted(
  { items, ranked, costs, whole, form }: Whole,
  target: number,
  context: FilterContext,
): { body: Body; goes: Uint8Array } {
  const { mode, budget } = context
  const most = budget === undefined ? MOST[mode as keyof typeof MOST] : mode === 'balanced' ? RANK.rare : Infinity
  for (let goal = target, tries = 1; ; tries++) {
    const least = Math.min(most, thresholdFor(goal, ranked, costs))
    const goes = goingItems(items, ranked.ranks, costs, least)
    const body = cutBodyOf(withGaps(items, ranked, goes), form, whole, omitter(context))
    if (budget === undefined || least === Infinity || tries === TRIES) return { body, goes }
    const tokens = context.count(body.text)
    if (tokens <= budget) return { body, goes }
    goal *= Math.min(0.9, (0.95 * budget) / tokens)
  }
}

/** Nothing goes out of the middle of faults and of what was asked for, nor values out of rows that are not common. */
const spareOf =
  ({ ranks, severities }: Ranked) =>
  (at: number, { template }: Row) =>
    severities[at]! > 0 || ranks[at]! >= (template ? RANK.repeated : RANK.asked)

/** Ranks that a mode never cuts. */
const MOST = { balanced: RANK.repeated, aggressive: RANK.representative }

function targetOf(cost: number, { mode, budget }: FilterContext): number {
  if (budget !== undefined) return budget
  return mode === 'balanced' ? Math.min(cost, FREE + STAYS * (cost - FREE)) : Math.min(cost, 300 + 0.42 * cost)
}

/** The rank below which items go so that about `goal` tokens stay. Items of a block share their rank, so there are few to sort. */
function thresholdFor(goal: number, { ranks }: Ranked, costs: Float64Array): number {
  const byRank = new Map<number, number>()
  ranks.forEach((rank, at) => {
    byRank.set(rank, (byRank.get(rank) ?? 0) + costs[at]!)
  })
  const order = Float64Array.from(byRank.keys()).sort().reverse()
  let cost = 0
  for (const rank of order) {
    cost += byRank.get(rank)!
    if (cost > goal) return rank + 1e-12
  }
  return 0
}

/** Items with markers in place of the runs that go. */
function withGaps(items: readonly Item[], { ranks, severities }: Ranked, goes: Uint8Array): Item[] {
  const out: Item[] = []
  for (let at = 0; at < items.length; ) {
    let end = at
    while (end < items.length && goes[end]) end++
    if (end > at) {
      out.push(cutOf(items.slice(at, end), ranks.subarray(at, end), severities.subarray(at, end)))
      at = end
    } else out.push(items[at++]!)
  }
  return out
}

/** Items below the rank, in runs that are worth a marker. */
function goingItems(items: readonly Item[], ranks: Float64Array, costs: Float64Array, least: number): Uint8Array {
  const goes = new Uint8Array(items.length)
  for (let at = 0; at < items.length; at++) if (ranks[at]! < least) goes[at] = 1
  // What follows the last line end is no line and has no selector.
  const last = items.at(-1)
  if (last && 'text' in last && last.text === '') goes[items.length - 1] = 0
  stayTogether(items, goes)
  for (let at = 0; at < items.length; ) {
    let [end, cost] = [at, 0]
    while (end < items.length && goes[end]) cost += costs[end++]!
    if (end > at && cost < WORTH_GAP) goes.fill(0, at, end)
    at = end + 1
  }
  stayTogether(items, goes)
  return goes
}

/** A repeat goes where any line that it repeats goes. */
function stayTogether(items: readonly Item[], goes: Uint8Array): void {
  let lastGone = -1
  items.forEach((item, at) => {
    const { first, count } = placeOf(item)
    if ('repeat' in item && lastGone >= first - item.repeat.of) goes[at] = 1
    if (goes[at]) lastGone = first + count - 1
  })
}

function cutOf(items: readonly Item[], ranks: Float64Array, severities: Uint8Array): Item {
  const first = placeOf(items[0]!).first
  const last = placeOf(items.at(-1)!)
  const counts = new Map<Template, number>()
  for (const item of items)
    if ('text' in item && item.template) counts.set(item.template, (counts.get(item.template) ?? 0) + 1)
  const templates = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!)
  return { cut: { first, lines: last.first + last.count - first, templates, faults: faultsOf(ranks, severities) } }
}

/** How many of the rows tell of faults, and whether the like of them is in view. */
function faultsOf(ranks: Float64Array, severities: Uint8Array): string {
  const faults = severities.reduce((sum, severity) => sum + (severity > 0 ? 1 : 0), 0)
  if (faults === 0) return NO_FAULT
  const known = severities.every((severity, at) => severity === 0 || ranks[at]! < RANK.warning)
  return `${faults} ${faults === 1 ? 'error or warning' : 'errors or warnings'}${known ? ' as above' : ''}`
}

const NO_FAULT = 'no error or warning'

/** `[... 16 lines L67-82: A B, no error or warning]` */
const omitter =
  (context: FilterContext): Omit =>
  ({ first, lines, faults }, codes) =>
    context.omit(
      lineSelector(first + 1, first + lines),
      `${lines} ${lines === 1 ? 'line' : 'lines'}: ${codes ? `${codes}, ` : ''}${faults}`,
      faults === NO_FAULT ? 'common lines' : 'lines like others in view',
    )
