import type { Item } from './items.ts'
import type { Row } from './notation.ts'

/** Rows from `at` on that differ only in numbers counting up by one: at least three. */
export function countingFrom(
  items: readonly Item[],
  at: number,
): { slots: readonly number[]; more: number; last: Row } | undefined {
  const first = items[at] as Row
  const slots = countedSlots(first, items[at + 1])
  if (!slots) return undefined
  let last = first
  let more = 0
  for (let next = items[at + 1]; next && follows(last, next, slots); next = items[at + 1 + more]) {
    last = next as Row
    more++
  }
  return more >= 2 ? { slots, more, last } : undefined
}

/** The slots in which `b` is one more than `a`; undefined where they differ in another way, or not at all. */
function countedSlots(a: Row, b: Item | undefined): number[] | undefined {
  if (!b || !('text' in b) || a.template !== b.template || a.time !== b.time) return undefined
  let slots: number[] | undefined
  for (let slot = 0; slot < a.values.length; slot++) {
    const [before, after] = [a.values[slot]!, b.values[slot]!]
    if (before === after) continue
    if (!isNext(before, after)) return undefined
    if (slots) slots.push(slot)
    else slots = [slot]
  }
  return slots
}

function follows(a: Row, b: Item, slots: readonly number[]): boolean {
  if (!('text' in b) || a.template !== b.template || a.time !== b.time) return false
  return a.values.every((value, slot) =>
    slots.includes(slot) ? isNext(value, b.values[slot]!) : value === b.values[slot],
  )
}

/** Plain numbers, or numbers padded to one width, that count up by one. */
function isNext(a: string, b: string): boolean {
  // The last digits tell nearly all others apart.
  const digit = a.charCodeAt(a.length - 1) - 48
  if (b.charCodeAt(b.length - 1) - 48 !== (digit + 1) % 10) return false
  if (a.length > 15 || b.length > 15 || !/^\d+$/.test(a) || !/^\d+$/.test(b)) return false
  const padded = a.length > 1 && a.charCodeAt(0) === 48
  return b === String(Number(a) + 1).padStart(padded ? a.length : 0, '0')
}
