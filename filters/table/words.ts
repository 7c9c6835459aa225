import { CODE, cellWeight, ENTRY, isCodable } from './cost.ts'

/** Codes of a column: one letter, then two. */
const MOST = 26 + 26 * 26

/** Texts after which a column of hardly any repetition is left alone. */
const LOOKED_AT = 2000
const NONE: ReadonlyMap<string, string> = new Map()

/**
 * The texts of a column that are worth a code, each with its code; those that occur most have the shortest.
 * Short numbers have none: they are read faster as they are. Linear but for the sort.
 */
export function wordsOf(texts: readonly (string | undefined)[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  let last: string | undefined
  let seen = 0
  for (const text of texts) {
    if (text === undefined || text === last) continue
    counts.set(text, (counts.get(text) ?? 0) + 1)
    last = text
    if (++seen === LOOKED_AT && counts.size > 0.9 * seen) return NONE
  }
  const found: { text: string; count: number; saved: number }[] = []
  for (const [text, count] of counts) {
    if (count < 3) continue
    const each = cellWeight(text)
    if (!isCodable(text, each)) continue
    const saved = count * (each - CODE) - each - ENTRY
    if (saved > 2) found.push({ text, count, saved })
  }
  const best = found.sort((a, b) => b.saved - a.saved).slice(0, MOST)
  best.sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
  const words = new Map<string, string>()
  let next = 0
  for (const { text } of best) {
    let code = codeOf(next++)
    while (counts.has(code)) code = codeOf(next++)
    words.set(text, code)
  }
  return words
}

function codeOf(n: number): string {
  const letter = String.fromCharCode(97 + (n % 26))
  return n < 26 ? letter : codeOf(Math.floor(n / 26) - 1) + letter
}
