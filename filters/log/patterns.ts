import { weight } from './weight.ts'

/** Values with a hole: `image-*-small` and what stands in the hole. */
export interface Filled {
  readonly before: string
  readonly hole: string
  readonly after: string
}

/** Shorter values have no pattern. UTF-16 units. */
const SHORTEST = 8
/** Values that the choice looks at, and patterns that it ends with. */
const SAMPLE = 1200
const MOST = 60
/** Tokens of a code with its asterisk, and of a key line beyond the pattern. */
const CODE = 2.2
const ENTRY = 4

/** The pattern's name in maps. */
export const patternOf = ({ before, after }: Filled): string => `${before}*${after}`

/**
 * The patterns a value may have: without its longest number, or with only its beginning, up to a slash, a question mark or an
 * equals sign. None for values with an asterisk of their own.
 */
export function fillingsOf(value: string): Filled[] {
  if (value.length < SHORTEST || value.length > 2000 || value.includes('*')) return []
  const found: Filled[] = []
  const [from, to] = longestNumber(value)
  if (to > from) found.push({ before: value.slice(0, from), hole: value.slice(from, to), after: value.slice(to) })
  for (const end of endsOf(value)) found.push({ before: value.slice(0, end), hole: value.slice(end), after: '' })
  return found
}

function longestNumber(value: string): [from: number, to: number] {
  let [from, to] = [0, 0]
  for (let at = 0; at < value.length; at++) {
    let end = at
    while (isDigit(value.charCodeAt(end))) end++
    if (end - at > to - from) [from, to] = [at, end]
    if (end > at) at = end
  }
  return [from, to]
}

const isDigit = (code: number) => code >= 48 && code <= 57

/** Behind the first three slashes, and behind the first or last of other marks. */
function endsOf(value: string): number[] {
  const ends = new Set<number>()
  let slash = -1
  for (let i = 0; i < 3; i++) ends.add((slash = value.indexOf('/', slash + 1)) + 1)
  ends
    .add(value.indexOf('?') + 1)
    .add(value.indexOf('=') + 1)
    .add(value.indexOf('::') + 2)
  ends
    .add(value.lastIndexOf('/') + 1)
    .add(value.lastIndexOf('::') + 2)
    .add(value.lastIndexOf('.') + 1)
  return [...ends].filter(end => end >= 4 && end < value.length)
}

/** The patterns that are worth a key, those that save most first. Linear; long lists of values are sampled. */
export function patternsIn(values: readonly string[]): string[] {
  const step = Math.max(1, Math.floor(values.length / SAMPLE))
  const sample = values.filter((_, at) => at % step === 0).map(fillingsOf)
  let chosen: ReadonlySet<string> | undefined
  for (let round = 0; round < 3; round++) {
    const counts = new Map<string, number>()
    for (const fillings of sample)
      for (const one of chosen ? [bestOf(fillings, chosen)] : fillings)
        if (one) counts.set(patternOf(one), (counts.get(patternOf(one)) ?? 0) + 1)
    const found = [...counts].flatMap(([pattern, count]) => {
      const each = weight(pattern)
      const saved = step * count * (each - 0.8 - CODE) - each - ENTRY
      return saved > 0 ? [{ pattern, saved }] : []
    })
    found.sort((a, b) => b.saved - a.saved)
    chosen = new Set(found.slice(0, MOST).map(({ pattern }) => pattern))
  }
  return [...chosen!]
}

/** The filling that leaves least to print, of those whose pattern is known. */
export function bestOf(fillings: readonly Filled[], patterns: { has(pattern: string): boolean }): Filled | undefined {
  let best: Filled | undefined
  for (const one of fillings)
    if ((!best || one.hole.length < best.hole.length) && patterns.has(patternOf(one))) best = one
  return best
}
