import type { Row, Template } from './notation.ts'
import { REACH } from './print.ts'
import { weight } from './weight.ts'

/** Codes of one and two letters. */
const MOST = 702
/** Tokens of a code, and of a key line beyond its value. */
const CODE = 1.2
const ENTRY = 3
/** A slot whose first values hardly ever came before is not looked at any more. */
const TRIED = 400
const SELDOM = 0.03

interface Slots {
  values: readonly string[]
  row: number
  tried: number
  readonly again: number[]
}

/** The values that are worth a code in the head, those that save most first. Linear but for the sorting of candidates. */
export function wordsOf(rows: readonly Row[]): string[] {
  const counts = new Map<string, number>()
  const slots = new Map<Template, Slots>()
  for (let row = 0; row < rows.length; row++) {
    const { template, values } = rows[row]!
    if (!template) continue
    let known = slots.get(template)
    if (!known) slots.set(template, (known = { values, row: row - REACH - 1, tried: 0, again: values.map(() => 0) }))
    const near = row - known.row <= REACH
    for (let slot = 0; slot < values.length; slot++) {
      const value = values[slot]!
      if (value.length <= 2 || (near && known.values[slot] === value)) continue
      if (known.tried > TRIED && known.again[slot]! < known.tried * SELDOM) continue
      const before = counts.get(value)
      counts.set(value, (before ?? 0) + 1)
      if (before) known.again[slot]!++
    }
    known.values = values
    known.row = row
    known.tried++
  }
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
