import type { Placed } from './measure.ts'
import type { Row } from './suite.ts'

/** Figures of many rows together. Shares are percentages, undefined where there is nothing to share. */
export interface Totals {
  readonly files: number
  readonly changed: number
  readonly before: number
  readonly after: number
  readonly saved: number
  /** The median of the files' own savings: one large file does not lift it. */
  readonly median: number
  readonly strong: Shares
  readonly telling: Shares
  readonly all: Shares
  /** The saving that is left when one strong fact of each file is asked for and a miss is fetched, by its gap or by `--grep`. */
  readonly net?: number
  readonly netGrep?: number
  /** Strong facts that a cut to the same size leaves in view: head and tail, lines drawn by chance. */
  readonly headTail?: number
  readonly random?: number
  /** Files whose bytes did not come back, and reports of defects. */
  readonly broken: number
  readonly reports: number
}

/** Of `count` facts: in view or decodable, one retrieval away, lost. */
export interface Shares {
  readonly count: number
  readonly view?: number
  readonly decodable?: number
  readonly retrievable?: number
  readonly lost?: number
}

/** All figures of some rows; of one filter in one mode, else they mean nothing. */
export function totalsOf(rows: readonly Row[]): Totals {
  const sum = (pick: (row: Row) => number) => rows.reduce((total, row) => total + pick(row), 0)
  const facts = rows.flatMap(row => row.facts)
  const strong = sharesOf(facts.filter(fact => fact.strong))
  const [before, after] = [sum(row => row.before), sum(row => row.after)]
  return {
    files: rows.length,
    changed: sum(row => Number(row.changed)),
    before,
    after,
    saved: percent(before - after, before) ?? 0,
    median: medianOf(rows.map(row => percent(row.before - row.after, row.before) ?? 0)),
    strong,
    telling: sharesOf(facts.filter(fact => fact.telling)),
    all: sharesOf(facts),
    ...optional('net', netOf(rows, 'gap')),
    ...optional('netGrep', netOf(rows, 'grep')),
    ...optional(
      'headTail',
      percent(
        sum(row => row.headTail),
        strong.count,
      ),
    ),
    ...optional(
      'random',
      percent(
        sum(row => row.random),
        strong.count,
      ),
    ),
    broken: sum(row => Number(!row.roundTrip)),
    reports: sum(row => row.reports.length),
  }
}

/** How facts fare, in percent. */
export function sharesOf(facts: readonly Placed[]): Shares {
  const count = facts.length
  const share = (reach: Placed['reach']) => percent(facts.filter(fact => fact.reach === reach).length, count)
  if (count === 0) return { count }
  return {
    count,
    view: share('view')!,
    decodable: share('decodable')!,
    retrievable: share('retrievable')!,
    lost: share('lost')!,
  }
}

/** In view, or in what the text alone decodes to. */
export const inView = ({ view, decodable }: Shares) => (view === undefined ? undefined : view + decodable!)

/** A file pays for the mean of its strong facts: a look costs nothing, a fetch its tokens and call, a lost fact the whole file. */
function netOf(rows: readonly Row[], by: 'gap' | 'grep'): number | undefined {
  let before = 0
  let spent = 0
  for (const row of rows) {
    const strong = row.facts.filter(fact => fact.strong)
    if (strong.length === 0) continue
    const price = (fact: Placed) => (fact.reach === 'lost' ? row.before : (fact.cost?.[by] ?? 0))
    before += row.before
    spent += row.after + strong.reduce((sum, fact) => sum + price(fact), 0) / strong.length
  }
  return percent(before - spent, before)
}

/** Undefined where there is no whole. */
export const percent = (part: number, whole: number): number | undefined =>
  whole === 0 ? undefined : (100 * part) / whole

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return 0
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const optional = <K extends string>(key: K, value: number | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: number }

/** Rows by what `key` says of them, in order of first appearance. */
export function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const name = key(row)
    const group = groups.get(name)
    if (group) group.push(row)
    else groups.set(name, [row])
  }
  return groups
}
