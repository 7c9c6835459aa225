import type { Item } from './items.ts'
import type { Row } from './notation.ts'
import { cellOf, type Sheet } from './sheet.ts'

/** Rows from `at` on that differ only in numbers counting up by one: at least three. */
export function countingFrom(
  sheet: Sheet,
  items: readonly Item[],
  at: number,
): { slots: readonly number[]; more: number; last: Row } | undefined {
  const first = items[at] as Row
  const slots = countedSlots(sheet, first, items[at + 1])
  if (!slots) return undefined
  let last = first
  let more = 0
  for (let next = items[at + 1]; next && follows(sheet, last, next, slots); next = items[at + 1 + more]) {
    last = next as Row
    more++
  }
  return more >= 2 ? { slots, more, last } : undefined
}

/** The slots in which `b` is one more than `a`; undefined where they differ in another way, or not at all. */
function countedSlots(sheet: Sheet, a: Row, b: Item | undefined): number[] | undefined {
  if (!b || !areAlike(sheet, a, b)) return undefined
  let slots: number[] | undefined
  for (let slot = 0; slot < a.template!.slots; slot++) {
    const before = cellOf(a, slot)
    const after = cellOf(b, slot)
    if (sheet.same(before, after)) continue
    if (!isNext(sheet, before, after)) return undefined
    if (slots) slots.push(slot)
    else slots = [slot]
  }
  return slots
}

function follows(sheet: Sheet, a: Row, b: Item, slots: readonly number[]): boolean {
  if (!areAlike(sheet, a, b)) return false
  for (let slot = 0; slot < a.template!.slots; slot++) {
    const before = cellOf(a, slot)
    const after = cellOf(b, slot)
    if (!(slots.includes(slot) ? isNext(sheet, before, after) : sheet.same(before, after))) return false
  }
  return true
}

/** Are both rows of one template and time? */
const areAlike = (sheet: Sheet, a: Row, b: Item): b is Row =>
  'first' in b && a.template === b.template && sheet.same(a.cells, b.cells)

/** Plain numbers, or numbers padded to one width, that count up by one. */
function isNext(sheet: Sheet, before: number, after: number): boolean {
  const { text, bounds } = sheet
  // The last digits tell nearly all others apart.
  const digit = text.charCodeAt(bounds[before + 1]! - 1) - 48
  if (text.charCodeAt(bounds[after + 1]! - 1) - 48 !== (digit + 1) % 10) return false
  if (sheet.lengthAt(before) > 15 || sheet.lengthAt(after) > 15) return false
  const a = sheet.at(before)
  const b = sheet.at(after)
  if (!/^\d+$/.test(a) || !/^\d+$/.test(b)) return false
  const padded = a.length > 1 && a.charCodeAt(0) === 48
  return b === String(Number(a) + 1).padStart(padded ? a.length : 0, '0')
}
