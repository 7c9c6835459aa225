import type { Row, Template } from './notation.ts'
import { patternsIn } from './patterns.ts'
import { cellOf, type Sheet } from './sheet.ts'
import { Tally } from './tally.ts'
import { weight } from './weight.ts'

/** Rows after which a value or a time is printed again: a reader should not have to look further up (law L3). */
export const REACH = 20

/** Codes of one and two letters. */
const MOST = 702
/** Shorter values are as good as a code. UTF-16 units. */
export const SHORTEST = 3
/** Tokens of a code, and of a key line beyond its value. */
export const CODE = 1.2
const ENTRY = 3
/** A slot whose first values hardly ever came before is not looked at any more. */
const TRIED = 400
const SELDOM = 0.03
/** Values that patterns are sought in. */
const MOST_VALUES = 20_000
/** Rows that the choice looks at: of more, whole stretches, so that what is left out as in the row above is seen. */
const SAMPLE = 4096
const STRETCH = 256

export interface Words {
  /** Values, the most frequent first. */
  readonly words: readonly string[]
  readonly patterns: readonly string[]
}

/** The values that are worth a code in the head, and the patterns of those that are not. Linear but for the sorting of candidates. */
export function wordsOf(sheet: Sheet, rows: readonly Row[]): Words {
  const every = Math.max(1, Math.floor(rows.length / SAMPLE))
  const seen: Seen = { tally: new Tally(sheet.text), long: [], longOnes: [], slots: new Map() }
  for (let row = 0; row < rows.length; row++) {
    if (row % STRETCH === 0 && (row / STRETCH) % every !== 0) row += STRETCH - 1
    else countIn(sheet, rows[row]!, row, seen)
  }
  const { tally, long, longOnes } = seen
  const words = worthCodes(sheet, tally, every)
  const known = new Set(words)
  const others = long.filter((_, at) => !known.has(longOnes[at]!))
  return {
    words: words.map(number => sheet.text.slice(tally.starts[number], tally.ends[number])),
    patterns: patternsIn(others.length, at => sheet.at(others[at]!)),
  }
}

/** What is known of the values of some rows. */
interface Seen {
  /** Of those that may be worth a code. */
  readonly tally: Tally
  /** The cells of long ones, and the numbers of these in the tally; -1 where they are not in it. */
  readonly long: number[]
  readonly longOnes: number[]
  readonly slots: Map<Template, Slot[]>
}

/** What a slot of a template printed last: its cell, where it stood, and how often its values came before. */
interface Slot {
  cell: number
  row: number
  tried: number
  again: number
}

const newSlot = (): Slot => ({ cell: 0, row: -REACH - 1, tried: 0, again: 0 })

/** Counts the values that a row prints: those that are as above are left out. */
function countIn(sheet: Sheet, of: Row, row: number, { tally, long, longOnes, slots }: Seen): void {
  const { template } = of
  if (!template || template.slots === 0) return
  let known = slots.get(template)
  if (!known) slots.set(template, (known = Array.from({ length: template.slots }, newSlot)))
  for (let at = 0; at < template.slots; at++) {
    const slot = known[at]!
    const cell = cellOf(of, at)
    if (row - slot.row <= REACH && sheet.same(slot.cell, cell)) continue
    slot.cell = cell
    slot.row = row
    const length = sheet.lengthAt(cell)
    let number = -1
    if (length >= SHORTEST && (slot.tried <= TRIED || slot.again >= slot.tried * SELDOM)) {
      number = tally.add(sheet.bounds[cell]!, sheet.bounds[cell + 1]!)
      slot.tried++
      if (tally.counts[number]! > 1) slot.again++
    }
    if (length > 7 && long.length < MOST_VALUES) {
      long.push(cell)
      longOnes.push(number)
    }
  }
}

/** Their numbers in the tally; `scale` is how many rows each counted one stands for. */
function worthCodes({ text }: Sheet, { starts, ends, counts, size }: Tally, scale: number): number[] {
  const found: { word: number; count: number; saved: number }[] = []
  for (let word = 0; word < size; word++) {
    const count = counts[word]!
    if (count < 2) continue
    const each = weight(text, starts[word], ends[word])
    const saved = count * scale * (each - CODE) - each - ENTRY
    if (saved > 0) found.push({ word, count, saved })
  }
  found.sort((a, b) => b.saved - a.saved)
  const best = found.slice(0, MOST)
  best.sort((a, b) => b.count - a.count)
  return best.map(({ word }) => word)
}
