import { estimate } from './notation.ts'

/** A string's source without quotes, and how often it stands in the body. */
export interface Counted {
  readonly text: string
  readonly count: number
}

const MOST_PREFIXES = 8
/** Strings that are looked at for common beginnings, and beginnings of each. */
const MOST_STRINGS = 4000
const MOST_CUTS = 14
/** Lengths of a beginning, in UTF-16 units. */
const SHORTEST = 10
const LONGEST = 160
/** Estimated tokens that a beginning saves at least, and what a reference to it costs. */
const WORTH = 12
const REFERENCE = 2.5

/**
 * Beginnings that many strings share, the longest first. Each is the best for the strings that those chosen before it leave. None of the
 * strings weighs less than `least`, the answer of `leastOf`.
 */
export function prefixesOf(strings: readonly Counted[], least: number): string[] {
  const above = strings.filter(one => weightOf(one) > least)
  const ties = strings.filter(one => weightOf(one) === least)
  const heaviest = [...above, ...firstOf(ties, MOST_STRINGS - above.length)]
    .sort((a, b) => weightOf(b) - weightOf(a) || (a.text < b.text ? -1 : 1))
    .slice(0, MOST_STRINGS)
  const tally = new Tally()
  for (const one of heaviest) if (one.text.length > SHORTEST) tally.add(one)
  const found: string[] = []
  while (found.length < MOST_PREFIXES) {
    const best = tally.best()
    if (best === undefined) break
    found.push(best)
    tally.remove(best)
  }
  return found.sort((a, b) => b.length - a.length)
}

/** The least weight, in UTF-16 units of all places of a string, of the strings that `prefixesOf` looks at. */
export const leastOf = (weights: readonly number[]): number =>
  weights.length > MOST_STRINGS ? Float64Array.from(weights).sort()[weights.length - MOST_STRINGS]! : 0

const weightOf = ({ text, count }: Counted): number => text.length * count

/** The `count` first ones in the order of their texts, and others that begin as the last of them: most of many ids are left unsorted. */
function firstOf(strings: readonly Counted[], count: number): readonly Counted[] {
  if (strings.length <= count) return strings
  const starts = Float64Array.from(strings, ({ text }) => startOf(text))
  const last = starts.toSorted()[count - 1]!
  return strings.filter((_, i) => starts[i]! <= last)
}

/** A text's first three units as a number. */
const startOf = (text: string): number =>
  (text.charCodeAt(0) | 0) * 2 ** 32 + (text.charCodeAt(1) | 0) * 2 ** 16 + (text.charCodeAt(2) | 0)

interface Prefix {
  readonly text: string
  /** Of all strings that it may be cut from. */
  count: number
  /** Estimated tokens; worked out where it is needed. */
  cost: number
}

/** How often each beginning stands in the strings that are left. */
class Tally {
  #strings: (Counted & { readonly prefixes: readonly Prefix[] })[] = []
  readonly #prefixes = new Map<string, Prefix>()

  add({ text, count }: Counted): void {
    const prefixes: Prefix[] = []
    for (let at = SHORTEST; at < text.length && at < LONGEST && prefixes.length < MOST_CUTS; at++) {
      if (!isBoundary(text, at) || text.charCodeAt(at - 1) === BACKSLASH || isTime(text, at)) continue
      const start = text.slice(0, at)
      let prefix = this.#prefixes.get(start)
      if (!prefix) this.#prefixes.set(start, (prefix = { text: start, count: 0, cost: -1 }))
      prefix.count += count
      prefixes.push(prefix)
    }
    if (prefixes.length > 0) this.#strings.push({ text, count, prefixes })
  }

  /** The beginning that saves most; of equal ones, the one that comes first in the strings that are left. */
  best(): string | undefined {
    let most = WORTH
    let best: Prefix[] = []
    for (const prefix of this.#prefixes.values()) {
      const gain = gainOf(prefix)
      if (gain === most && best.length > 0) best.push(prefix)
      if (gain <= most) continue
      most = gain
      best = [prefix]
    }
    if (best.length < 2) return best[0]?.text
    for (const { prefixes } of this.#strings) {
      const first = prefixes.find(prefix => best.includes(prefix))
      if (first) return first.text
    }
    return best[0]!.text
  }

  /** Takes away the strings that begin so. */
  remove(start: string): void {
    this.#strings = this.#strings.filter(({ text, count, prefixes }) => {
      if (!text.startsWith(start)) return true
      for (const prefix of prefixes) {
        prefix.count -= count
        if (prefix.count === 0) this.#prefixes.delete(prefix.text)
      }
      return false
    })
  }
}

function gainOf(prefix: Prefix): number {
  if (prefix.count < 3) return 0
  if (prefix.cost < 0) prefix.cost = estimate(prefix.text)
  return (prefix.count - 1) * (prefix.cost - REFERENCE) - 5
}

/** A time of day is not to be taken apart. */
const isTime = (text: string, at: number) => text[at] === ':' && /[T :]\d\d$/.test(text.slice(at - 3, at))

/** A beginning ends before a sign, or before a number. */
function isBoundary(text: string, at: number): boolean {
  const mark = MARKS[text.charCodeAt(at)]!
  return mark === SIGN || (mark === DIGIT && NUMBER[text.charCodeAt(at - 1)] !== 1)
}

const BACKSLASH = 0x5c
const SIGN = 1
const DIGIT = 2
const MARKS = new Uint8Array(65536)
for (const char of '/:?#@ ') MARKS[char.charCodeAt(0)] = SIGN
for (const char of '0123456789') MARKS[char.charCodeAt(0)] = DIGIT
/** What a number may be made of. */
const NUMBER = new Uint8Array(65536)
for (const char of '0123456789.,:-+/') NUMBER[char.charCodeAt(0)] = 1
