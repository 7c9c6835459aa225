import type { Template } from './notation.ts'
import type { Item } from './plan.ts'

/** Rows of a template from which on its numbers have a usual size. */
const FEWEST = 20
/** Rows that the usual size is taken from. */
const SAMPLE = 500
/** How far from the median, in median absolute deviations (Hampel's rule, set wide), and how many times the median. */
const DEVIATIONS = 12
const TIMES_MEDIAN = 4
/** Outliers are few: more than this share are just spread. */
const SHARE = 0.01
/** Seconds of silence that are never unusual, and how many times the usual pause is. */
const SHORT_PAUSE = 30
const TIMES_PAUSE = 20

/** Places of items that stand out: a number far above what its slot usually holds, or the first line after a long silence. Linear. */
export function outliersOf(items: readonly Item[]): number[] {
  return [...highNumbers(items), ...afterSilence(items)]
}

function highNumbers(items: readonly Item[]): number[] {
  const places = new Map<Template, number[]>()
  items.forEach((item, at) => {
    if (!('text' in item) || !item.template?.slots) return
    const known = places.get(item.template)
    if (known) known.push(at)
    else places.set(item.template, [at])
  })
  const found: number[] = []
  for (const [template, rows] of places) {
    if (rows.length < FEWEST) continue
    for (let slot = 0; slot < template.slots; slot++) found.push(...highIn(rows, at => numberIn(items[at]!, slot)))
  }
  return found
}

/** NaN where the value is no number, as in `12.5ms`, whose unit is part of it. */
function numberIn(item: Item, slot: number): number {
  const value = 'text' in item ? (item.values[slot] ?? '') : ''
  return value.length < 16 && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN
}

function highIn(rows: readonly number[], numberOf: (at: number) => number): number[] {
  const step = Math.max(1, Math.floor(rows.length / SAMPLE))
  const sample = Float64Array.from(rows.filter((_, i) => i % step === 0).map(numberOf)).sort()
  const middle = sample[sample.length >> 1]!
  if (Number.isNaN(sample.at(-1)!)) return []
  const spread = sample.map(number => Math.abs(number - middle)).sort()[sample.length >> 1]!
  const high = Math.max(middle + DEVIATIONS * spread, TIMES_MEDIAN * middle, 1)
  const found = rows.filter(at => numberOf(at) > high)
  return found.length <= Math.max(1, rows.length * SHARE) ? found : []
}

function afterSilence(items: readonly Item[]): number[] {
  const pauses: { at: number; seconds: number }[] = []
  let last: number | undefined
  items.forEach((item, at) => {
    const seconds = 'text' in item ? secondsOf(item.time) : undefined
    if (seconds === undefined) return
    if (last !== undefined && seconds >= last) pauses.push({ at, seconds: seconds - last })
    last = seconds
  })
  const usual = Float64Array.from(pauses.map(({ seconds }) => seconds)).sort()[pauses.length >> 1] ?? 0
  const long = pauses.filter(({ seconds }) => seconds > Math.max(SHORT_PAUSE, TIMES_PAUSE * usual))
  return long.length <= items.length * SHARE ? long.map(({ at }) => at) : []
}

/** Seconds since midnight, or undefined where the time does not show a clock. */
function secondsOf(time: string): number | undefined {
  const found = /(\d\d):(\d\d):(\d\d)/.exec(time)
  return found ? Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3]) : undefined
}
