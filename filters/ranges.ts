/** Ranges of a text, hashed and compared where they stand: a string for each would cost more than all that is done with it. */

/** Does the same stand at two places of a text, for so many units? Numbers differ at their end first. */
export function isSame(text: string, a: number, b: number, length: number): boolean {
  for (let i = length - 1; i >= 0; i--) if (text.charCodeAt(a + i) !== text.charCodeAt(b + i)) return false
  return true
}

/** FNV-1a (Fowler, Noll, Vo) over UTF-16 units in two strands, so that a multiplication need not wait for the one before it. */
export function hashOf(text: string, from: number, to: number): number {
  let odd = to - from
  let even = 0x811c9dc5 | 0
  let i = from
  for (; i + 1 < to; i += 2) {
    even = Math.imul(even ^ text.charCodeAt(i), 16777619)
    odd = Math.imul(odd ^ text.charCodeAt(i + 1), 16777619)
  }
  if (i < to) even = Math.imul(even ^ text.charCodeAt(i), 16777619)
  const hash = Math.imul(even ^ (odd << 13) ^ (odd >>> 19), 0x85ebca6b)
  return hash ^ (hash >>> 15)
}
