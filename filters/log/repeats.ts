import type { Signal } from '../filter.ts'

/** Lines `first` to `first + lines - 1` (0-based) repeat the `of` lines before them, `times` times over. */
export interface Repeat {
  readonly first: number
  readonly lines: number
  readonly of: number
  readonly times: number
}

/** Blocks of more lines than this are not looked for. */
const LONGEST = 256

/**
 * Where lines, given by numbers from 0 to their count that are equal for equal lines, repeat a block that stands right before them. A try that failed is not
 * made again inside its own stretch, so the search is linear in lines for each period.
 */
export function repeatsOf(
  ids: ArrayLike<number>,
  worth: (first: number, lines: number) => boolean,
  signal: Signal,
): Repeat[] {
  const repeats: Repeat[] = []
  /** Of each number: where it last stood. */
  const last = new Int32Array(ids.length).fill(-LONGEST - 1)
  const tried = new Map<number, number>()
  let at = 0
  while (at < ids.length) {
    signal.throwIfAborted()
    const period = at - last[ids[at]!]!
    let end = at
    if (period <= LONGEST && (tried.get(period) ?? 0) <= at) {
      while (end < ids.length && ids[end] === ids[end - period]) end++
      signal.throwIfAborted((end - at) >> 3)
      tried.set(period, end)
    }
    const times = end > at ? Math.floor((end - at) / period) : 0
    if (times > 0 && worth(at, times * period)) {
      repeats.push({ first: at, lines: times * period, of: period, times })
      const next = at + times * period
      for (let i = next - period; i < next; i++) last[ids[i]!] = i
      at = next
    } else last[ids[at]!] = at++
  }
  return repeats
}
