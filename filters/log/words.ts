import type { Row } from './notation.ts'
import { REACH } from './print.ts'
import { weight } from './weight.ts'

/** Codes of one and two letters. */
const MOST = 702
/** Tokens of a code, and of a key line beyond its value. */
const CODE = 1.2
const ENTRY = 3

/** The values that are worth a code in the head, those that save most first. Linear but for the sorting of candidates. */
export function wordsOf(rows: readonly Row[]): string[] {
  const counts = new Map<string, number>()
  const last = new Map<object, { values: readonly string[]; row: number }>()
  rows.forEach(({ template, values }, row) => {
    if (!template) return
    const known = last.get(template)
    const near = known && row - known.row <= REACH
    values.forEach((value, slot) => {
      if (value.length > 2 && !(near && known.values[slot] === value)) counts.set(value, (counts.get(value) ?? 0) + 1)
    })
    last.set(template, { values, row })
  })
  const found: { word: string; count: number; saved: number }[] = []
  for (const [word, count] of counts) {
    if (count < 2) continue
    const each = weight(word)
    const saved = count * (each - CODE) - each - ENTRY
    if (saved > 0) found.push({ word, count, saved })
  }
  found.sort((a, b) => b.saved - a.saved)
  const best = found.slice(0, MOST)
  best.sort((a, b) => b.count - a.count)
  return best.map(({ word }) => word)
}
