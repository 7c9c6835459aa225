import type { Row, Template } from './notation.ts'
import { patternsIn } from './patterns.ts'
import { weight } from './weight.ts'

/** Rows after which a value or a time is printed again: a reader should not have to look further up (law L3). */
export const REACH = 20

/** Codes of one and two letters. */
const MOST = 702
/** Tokens of a code, and of a key line beyond its value. */
const CODE = 1.2
const ENTRY = 3
/** A slot whose first values hardly ever came before is not looked at any more. */
const TRIED = 400
const SELDOM = 0.03
/** Values that patterns are sought in. */
const MOST_VALUES = 20_000

export interface Words {
  /** Values, the most frequent first. */
  readonly words: readonly string[]
  readonly patterns: readonly string[]
}

/** The values that are worth a code in the head, and the patterns of those that are not. Linear but for the sorting of candidates. */
export function wordsOf(rows: readonly Row[]): Words {
  const counts = new Map<string, number>()
  const long: string[] = []
  forEachPrinted(rows, (value, slot) => {
    if (value.length > 7 && long.length < MOST_VALUES) long.push(value)
    if (value.length <= 2 || (slot.tried > TRIED && slot.again < slot.tried * SELDOM)) return
    const before = counts.get(value)
    counts.set(value, (before ?? 0) + 1)
    slot.tried++
    if (before) slot.again++
  })
  const words = worthCodes(counts)
  const known = new Set(words)
  return { words, patterns: patternsIn(long.filter(value => !known.has(value))) }
}

interface Slot {
  value: string
  /** Where it was printed last. */
  row: number
  tried: number
  again: number
}

/** Calls `visit` for the values that rows print, those that are as above left out. */
function forEachPrinted(rows: readonly Row[], visit: (value: string, slot: Slot) => void): void {
  const slots = new Map<Template, Slot[]>()
  for (let row = 0; row < rows.length; row++) {
    const { template, values } = rows[row]!
    if (!template || values.length === 0) continue
    let known = slots.get(template)
    if (!known) slots.set(template, (known = values.map(() => ({ value: '', row: -REACH - 1, tried: 0, again: 0 }))))
    for (let at = 0; at < values.length; at++) {
      const slot = known[at]!
      if (slot.value === values[at] && row - slot.row <= REACH) continue
      slot.value = values[at]!
      slot.row = row
      visit(slot.value, slot)
    }
  }
}

function worthCodes(counts: ReadonlyMap<string, number>): string[] {
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
