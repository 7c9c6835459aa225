/** At most this many of one column, the furthest ones. */
export const MOST_OUTLIERS = 6
/** Deviations, in robust standard deviations, that make an outlier (Iglewicz and Hoaglin 1993 take 3.5). */
const FAR = 5

/**
 * Where numbers lie far from the median, in units of the median absolute deviation (where that is 0: all others of a few), where the
 * smallest and the largest are, and where the level changes.
 */
export function outliers(values: Float64Array): number[] {
  const middle = median(values)
  const deviation = spreadOf(values, middle)
  const far: { at: number; far: number }[] = []
  for (let at = 0; at < values.length; at++) {
    const distance = Math.abs(values[at]! - middle) / (deviation || Number.MIN_VALUE)
    if (distance > FAR) far.push({ at, far: distance })
  }
  if (deviation === 0 && far.length > values.length * 0.05) return ends(values)
  far.sort((a, b) => b.far - a.far || a.at - b.at)
  return [...far.slice(0, MOST_OUTLIERS).map(({ at }) => at), ...ends(values), ...step(values, deviation)]
}

/** The smallest and the largest. */
function ends(values: Float64Array): number[] {
  let [low, high] = [0, 0]
  for (let i = 1; i < values.length; i++) {
    if (values[i]! < values[low]!) low = i
    if (values[i]! > values[high]!) high = i
  }
  return values[low] === values[high] ? [] : [low, high]
}

/** Where the level changes once and for all: both sides of the split that parts the sums best (CUSUM), if they lie far apart. */
function step(values: Float64Array, deviation: number): number[] {
  if (isCounter(values)) return []
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let [sum, most, at] = [0, 0, 0]
  for (let i = 0; i < values.length - 1; i++) {
    sum += values[i]! - mean
    if (Math.abs(sum) > most) [most, at] = [Math.abs(sum), i]
  }
  if (at < 3 || at > values.length - 5) return []
  const left = values.slice(0, at + 1)
  const right = values.slice(at + 1)
  const before = median(left)
  const after = median(right)
  const spread = Math.max(spreadOf(left, before), spreadOf(right, after), deviation / 100)
  return Math.abs(before - after) <= 4 * spread ? [] : [at, at + 1]
}

/** The median absolute deviation as a standard deviation. */
const spreadOf = (values: Float64Array, middle: number): number =>
  1.4826 * median(values.map(value => Math.abs(value - middle)))

/** Numbers that only rise are positions, not levels. */
const isCounter = (values: Float64Array) => values.every((value, i) => i === 0 || value >= values[i - 1]!)

/** The value in the middle, the higher one of two; 0 of none. */
export function median(values: Float64Array): number {
  const sorted = values.toSorted()
  return sorted[sorted.length >> 1] ?? 0
}
