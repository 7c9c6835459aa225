import { lines as lineSelector } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'
import { costsOf } from './costs.ts'
import { type Body, bodyOf, cutBodyOf, type Form, type Style, styleOf } from './encode.ts'
import { type Item, placeOf, placesOf } from './items.ts'
import { tellKept } from './kept.ts'
import type { Row, Template } from './notation.ts'
import { offloadValues } from './offload.ts'
import type { Plan } from './plan.ts'
import type { Omit } from './print.ts'
import { foldProgress } from './progress.ts'
import { hitsOf, NO_HITS } from './query.ts'
import { RANK, type Ranked, rankItems } from './rank.ts'
import { lineStarts } from './sheet.ts'

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
  if (mode === 'lossless') return bodyOf(plan, form)
  const { sheet } = plan
  const starts = sheet.text === text ? sheet.starts : lineStarts(text)
  const folded: Plan = { sheet, items: foldProgress(plan, line => starts[line]!, form, context) }
  // No token is shorter than a character: nothing to work out for these.
  if (budget === undefined && mode === 'balanced' && text.length < FREE) return bodyOf(folded, form)
  const style = styleOf(folded)
  const costs = costsOf(folded, style)
  const cost = costs.reduce((sum, one) => sum + one, 0)
  const target = targetOf(cost, context)
  if (target >= cost) return bodyOf(folded, form, style)
  const hits = query ? hitsOf(query, sheet.text.split('\n'), signal) : NO_HITS
  const ranked = rankItems(folded, placesOf(folded.items), costs, hits, signal)
  const items = offloadValues(folded, BLOB[mode], spareOf(ranked), starts, form, context)
  const { body, goes } = fitted({ sheet, items, ranked, costs, style, form }, target, context)
  tellKept(items, goes, ranked.ranks, starts.length - (text.endsWith('\n') ? 2 : 1), context)
  return body
}

interface Whole extends Plan {
  readonly ranked: Ranked
  readonly costs: Float64Array
  readonly style: Style
  readonly form: Form
}

/** The body of about `target` tokens, under a budget of at most that where it can be met; and which items went. */
function fitted(
  { sheet, items, ranked, costs, style, form }: Whole,
  target: number,
  context: FilterContext,
): { body: Body; goes: Uint8Array } {
  const { mode, budget } = context
  const most = budget === undefined ? MOST[mode as keyof typeof MOST] : mode === 'balanced' ? RANK.rare : Infinity
  const made = (goal: number) => {
    const stays = staysFor(goal, ranked, costs, budget !== undefined)
    const goes = goingItems({ sheet, items }, ranked.ranks, costs, stays.least > most ? { least: most } : stays)
    return { body: cutBodyOf({ sheet, items: withGaps(items, ranked, goes) }, form, style, omitter(context)), goes }
  }
  return budget === undefined ? made(target) : closest(made, budget, context)
}

/** Tokens of a note that the gate leaves room for, beside the body's budget. */
const NOTE_ROOM = 12

/** What comes nearest to a budget: goals are tried from the budget down, then between what fitted and what did not. */
function closest<T extends { readonly body: Body }>(
  made: (goal: number) => T,
  budget: number,
  context: FilterContext,
): T {
  let best: T | undefined
  let last: T | undefined
  let [low, high, most] = [0, budget, 0]
  for (let goal = budget, tries = 0; tries < TRIES; tries++) {
    last = made(goal)
    const { text, note } = last.body
    const tokens = context.count(text) + Math.max(0, context.count(note) - NOTE_ROOM)
    if (tokens <= budget) {
      if (tokens > most) [best, most] = [last, tokens]
      if (goal === budget || tokens > 0.9 * budget) break
      low = goal
    } else high = goal
    goal = best ? (low + high) / 2 : goal * Math.min(0.9, (0.95 * budget) / tokens)
  }
  return best ?? last!
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

/** The rank from which on items stay; of those of the rank below it, as many from the first on as `tokens` take. */
interface Stays {
  readonly least: number
  readonly border?: { readonly rank: number; readonly tokens: number }
}

/** What stays so that it takes about `goal` tokens. Items of a block share their rank, so there are few to sort; `finely` parts blocks. */
function staysFor(goal: number, { ranks }: Ranked, costs: Float64Array, finely: boolean): Stays {
  const byRank = new Map<number, number>()
  for (let at = 0; at < ranks.length; ) {
    const rank = ranks[at]!
    let cost = 0
    do cost += costs[at++]!
    while (ranks[at] === rank)
    byRank.set(rank, (byRank.get(rank) ?? 0) + cost)
  }
  const order = Float64Array.from(byRank.keys()).sort().reverse()
  let cost = 0
  for (const rank of order) {
    const own = byRank.get(rank)!
    if (cost + own > goal) return { least: rank + 1e-12, ...(finely && { border: { rank, tokens: goal - cost } }) }
    cost += own
  }
  return { least: 0 }
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
function goingItems(
  { sheet, items }: Plan,
  ranks: Float64Array,
  costs: Float64Array,
  { least, border }: Stays,
): Uint8Array {
  const goes = new Uint8Array(items.length)
  let room = border?.tokens ?? 0
  for (let at = 0; at < items.length; at++) {
    const fits = ranks[at] === border?.rank && (room -= costs[at]!) >= 0
    if (ranks[at]! < least && !fits) goes[at] = 1
  }
  // What follows the last line end is no line and has no selector.
  const last = items.at(-1)
  if (last && 'first' in last && (last.template || sheet.lineOf(last) === '')) goes[items.length - 1] = 0
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
  if (!items.some(item => 'repeat' in item)) return
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
    if ('first' in item && item.template) counts.set(item.template, (counts.get(item.template) ?? 0) + 1)
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
