import type { Plan } from './plan.ts'
import type { Sheet } from './sheet.ts'

/** Rows of a template from which on its numbers have a usual size. */
const FEWEST = 20
/** Rows that the usual size is taken from. */
const SAMPLE = 128
/** How far from the median, in median absolute deviations (Hampel's rule, set wide), and how many times the median. */
const DEVIATIONS = 12
const TIMES_MEDIAN = 4
/** Outliers are few: more than this share are just spread. */
const SHARE = 0.01
/** Seconds of silence that are never unusual, and how many times the usual pause is. */
const SHORT_PAUSE = 30
const TIMES_PAUSE = 20

/** NaN where the cell is no number, as in `12.5ms`, whose unit is part of it. */
function numberAt({ text, bounds }: Sheet, cell: number): number {
  const from = bounds[cell]!
  const to = bounds[cell + 1]!
  if (from === to || to - from > 15) return Number.NaN
  let number = 0
  let scale = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit >= 0 && digit <= 9) {
      number = number * 10 + digit
      scale *= 10
    } else if (digit === -2 && i > from && scale === 0 && i < to - 1) scale = 1
    else return Number.NaN
  }
  return scale > 1 ? number / scale : number
}

/** Which rows hold a number far above what the slot usually holds; `firsts` are their cells for their times. Linear. */
export function highIn(sheet: Sheet, firsts: Int32Array, slot: number): number[] {
  if (firsts.length < FEWEST) return []
  const offset = 2 + 2 * slot
  const step = Math.max(1, Math.floor(firsts.length / SAMPLE))
  const some: number[] = []
  for (let row = 0; row < firsts.length; row += step) {
    const number = numberAt(sheet, firsts[row]! + offset)
    if (Number.isNaN(number)) return []
    some.push(number)
  }
  const sample = Float64Array.from(some).sort()
  const middle = sample[sample.length >> 1]!
  const spread = sample.map(number => Math.abs(number - middle)).sort()[sample.length >> 1]!
  const high = Math.max(middle + DEVIATIONS * spread, TIMES_MEDIAN * middle, 1)
  // Numbers with fewer digits, or as many that begin with a smaller one, need not be read.
  const digits = String(Math.floor(high))
  const most = Math.max(1, firsts.length * SHARE)
  const found: number[] = []
  for (let row = 0; row < firsts.length; row++) {
    const cell = firsts[row]! + offset
    const length = sheet.lengthAt(cell)
    if (length < digits.length) continue
    if (length === digits.length && sheet.text.charCodeAt(sheet.bounds[cell]!) < digits.charCodeAt(0)) continue
    if (!(numberAt(sheet, cell) > high)) continue
    found.push(row)
    if (found.length > most) return []
  }
  return found
}

/** The items that come first after a long silence. Linear. */
export function afterSilence({ sheet, items }: Plan): number[] {
  const at: number[] = []
  const pauses: number[] = []
  let last = -1
  let time = -1
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!
    if (!('first' in item) || !item.template || (time >= 0 && sheet.same(item.cells, time))) continue
    time = item.cells
    const seconds = secondsAt(sheet, time)
    if (seconds < 0) continue
    if (last >= 0 && seconds >= last) {
      at.push(i)
      pauses.push(seconds - last)
    }
    last = seconds
  }
  if (!pauses.some(pause => pause > SHORT_PAUSE)) return []
  const usual = Float64Array.from(pauses).sort()[pauses.length >> 1] ?? 0
  const long = at.filter((_, i) => pauses[i]! > Math.max(SHORT_PAUSE, TIMES_PAUSE * usual))
  return long.length <= items.length * SHARE ? long : []
}

/** Seconds since midnight, or -1 where the cell does not show a clock. */
function secondsAt({ text, bounds }: Sheet, cell: number): number {
  const from = bounds[cell]!
  const to = bounds[cell + 1]!
  let colon = from
  while (colon < to && text.charCodeAt(colon) !== 58) colon++
  // `22/Jan/2019:03:56:14`: the first colon ends the date.
  if (text.charCodeAt(colon + 3) === 58 && text.charCodeAt(colon + 6) === 58) colon += 3
  if (colon < from + 2 || colon + 6 > to || text.charCodeAt(colon + 3) !== 58) return -1
  const seconds = twoDigits(text, colon - 2) * 3600 + twoDigits(text, colon + 1) * 60 + twoDigits(text, colon + 4)
  return Number.isNaN(seconds) ? -1 : seconds
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}
