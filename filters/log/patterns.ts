import { weight } from './weight.ts'

/** Shorter values have no pattern. UTF-16 units. */
const SHORTEST = 8
const LONGEST = 2000
/** Values that the choice looks at, and patterns that it ends with. */
const SAMPLE = 600
const MOST = 60
/** After the first, in which a value counts for all its patterns, each value counts for the best one that was chosen. */
const ROUNDS = 3
/** Tokens of a code with its asterisk, and of a key line beyond the pattern. */
export const FILLED = 2.2
const ENTRY = 4

/** The patterns (`image-*-small`) of so many values that are worth a key, those that save most first. Linear; of many values a sample is looked at. */
export function patternsIn(values: number, valueAt: (at: number) => string): string[] {
  const step = Math.max(1, Math.floor(values / SAMPLE))
  const names = new Map<string, number>()
  const fillings: Filling[][] = []
  for (let at = 0; at < values; at += step) {
    const found = fillingsOf(valueAt(at), names)
    if (found.length) fillings.push(found)
  }
  const patterns = [...names.keys()]
  const weights = new Float64Array(patterns.length)
  const saved = (count: number, id: number) => {
    const each = (weights[id] ||= weight(patterns[id]!))
    return step * count * (each - 0.8 - FILLED) - each - ENTRY
  }
  let chosen: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const counts = round === 0 ? countAll(fillings, patterns.length) : countBest(fillings, patterns.length, chosen)
    const found: { id: number; gain: number }[] = []
    for (let id = 0; id < counts.length; id++) {
      // One alone has nothing to share.
      const gain = counts[id]! > 1 ? saved(counts[id]!, id) : 0
      if (gain > 0) found.push({ id, gain })
    }
    found.sort((a, b) => b.gain - a.gain)
    chosen = found.slice(0, MOST).map(({ id }) => id)
    if (chosen.length === 0) break
  }
  return chosen.map(id => patterns[id]!)
}

/** A pattern that a value has, and how long what stands in its hole is. */
interface Filling {
  readonly id: number
  readonly hole: number
}

/**
 * The patterns a value may have: without its longest number, or with only its beginning, up to a slash, a question mark or an
 * equals sign. None for values with an asterisk of their own.
 */
function fillingsOf(value: string, names: Map<string, number>): Filling[] {
  const found: Filling[] = []
  if (value.length < SHORTEST || value.length > LONGEST || value.includes('*')) return found
  const add = (before: number, after: number) => {
    const name = `${value.slice(0, before)}*${value.slice(after)}`
    let id = names.get(name)
    if (id === undefined) names.set(name, (id = names.size))
    found.push({ id, hole: after - before })
  }
  const [from, to] = longestNumber(value)
  if (to > from) add(from, to)
  for (const end of endsOf(value)) add(end, value.length)
  return found
}

function longestNumber(value: string): [from: number, to: number] {
  let from = 0
  let to = 0
  for (let at = 0; at < value.length; at++) {
    let end = at
    while (isDigit(value.charCodeAt(end))) end++
    if (end - at > to - from) {
      from = at
      to = end
    }
    if (end > at) at = end
  }
  return [from, to]
}

const isDigit = (code: number) => code >= 48 && code <= 57

/** Behind the first three slashes, and behind the first or last of other marks. */
function endsOf(value: string): number[] {
  const ends: number[] = []
  const add = (end: number) => {
    if (end >= 4 && end < value.length && !ends.includes(end)) ends.push(end)
  }
  for (let slash = value.indexOf('/'), i = 0; slash >= 0 && i < 3; slash = value.indexOf('/', slash + 1), i++)
    add(slash + 1)
  add(value.indexOf('?') + 1)
  add(value.indexOf('=') + 1)
  add(value.indexOf('::') + 2)
  add(value.lastIndexOf('/') + 1)
  add(value.lastIndexOf('::') + 2)
  add(value.lastIndexOf('.') + 1)
  return ends
}

function countAll(fillings: readonly Filling[][], patterns: number): Float64Array {
  const counts = new Float64Array(patterns)
  for (const some of fillings) for (const { id } of some) counts[id]!++
  return counts
}

/** Each value counts for the pattern that leaves least to print, of those that were chosen. */
function countBest(fillings: readonly Filling[][], patterns: number, chosen: readonly number[]): Float64Array {
  const counts = new Float64Array(patterns)
  const known = new Uint8Array(patterns)
  for (const id of chosen) known[id] = 1
  for (const some of fillings) {
    let best: Filling | undefined
    for (const one of some) if (known[one.id] && (!best || one.hole < best.hole)) best = one
    if (best) counts[best.id]!++
  }
  return counts
}

interface Known {
  readonly code: string
  readonly before: string
  readonly after: string
  /** A word goes on in the hole: only a number may stand there, lest others be torn. */
  readonly inWord: boolean
}

/** Patterns with their codes, for looking values up. */
export class Patterns {
  /** By the first character, 0 where the hole comes first. */
  readonly #known = new Map<number, Known[]>()

  constructor(codes: ReadonlyMap<string, string>) {
    for (const [pattern, code] of codes) {
      const hole = pattern.indexOf('*')
      const first = hole > 0 ? pattern.charCodeAt(0) : 0
      const known = {
        code,
        before: pattern.slice(0, hole),
        after: pattern.slice(hole + 1),
        inWord: /\w\*|\*\w/.test(pattern),
      }
      this.#known.set(first, [...(this.#known.get(first) ?? []), known])
    }
  }

  /** `b*7`, by the pattern that leaves least to print; undefined where none fits, or where the hole would hold `by`. */
  cellOf(value: string, by: string): string | undefined {
    if (value.length < SHORTEST || this.#known.size === 0) return undefined
    const best = longer(fitting(value, this.#known.get(value.charCodeAt(0))), fitting(value, this.#known.get(0)))
    if (!best) return undefined
    const hole = value.slice(best.before.length, value.length - best.after.length)
    return by !== '' && hole.includes(by) ? undefined : `${best.code}*${hole}`
  }
}

function fitting(value: string, known: readonly Known[] | undefined): Known | undefined {
  let best: Known | undefined
  for (const one of known ?? []) {
    const length = one.before.length + one.after.length
    if (length >= value.length || (best && length <= best.before.length + best.after.length)) continue
    if (value.startsWith(one.before) && value.endsWith(one.after) && (!one.inWord || hasNumber(value, one))) best = one
  }
  return best
}

function hasNumber(value: string, { before, after }: Known): boolean {
  for (let at = before.length; at < value.length - after.length; at++) if (!isDigit(value.charCodeAt(at))) return false
  return true
}

function longer(a: Known | undefined, b: Known | undefined): Known | undefined {
  if (!a || !b) return a ?? b
  return a.before.length + a.after.length >= b.before.length + b.after.length ? a : b
}
