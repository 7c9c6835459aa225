import type { CountPiece } from './merge.ts'

/** Bytes before which a memo may read, beyond the end of a piece. */
export const READ_AHEAD = 12

/** Bytes of the longest piece in the small table. A slot is four words: the piece, then its tokens and size. */
const SMALL = 12
/** Bytes of the longest piece in the large table: no token is longer, and ruled lines and indents are seldom. */
const LARGE = 128
/** Words of a slot in the large table: the tokens and size, then the piece. */
const LARGE_WORDS = 1 + LARGE / 4
/** A power of two: 264 KiB. */
const LARGE_SLOTS = 2048

/** Tokens of the `size` bytes at `at`; `view` shows the bytes as words. */
export type CountBytes = (bytes: Uint8Array, view: DataView, at: number, size: number) => number

/**
 * Keeps what `countPiece` said of pieces up to 128 bytes, in two tables of fixed size where a newcomer takes the place of
 * whatever was in its slot. A piece is its own key, whole, so a table changes the speed and never the count. The small table (512 KiB)
 * begins as `common`.
 */
export function memo(countPiece: CountPiece, common: Int32Array): CountBytes {
  const small = common.slice()
  const mask = small.length / 4 - 1
  const large = new Int32Array(LARGE_WORDS * LARGE_SLOTS)

  return function countBytes(bytes, view, at, size) {
    if (size > SMALL) return size > LARGE ? countPiece(bytes, at, at + size) : countLarge(bytes, view, at, size)
    const first = view.getInt32(at, true) & FIRST[size]!
    const second = view.getInt32(at + 4, true) & SECOND[size]!
    const third = view.getInt32(at + 8, true) & THIRD[size]!
    const slot = (mix(mix(mix(size, first), second), third) & mask) << 2
    const known = small[slot + 3]!
    if (small[slot] === first && small[slot + 1] === second && small[slot + 2] === third && (known & 15) === size)
      return known >> 4
    const tokens = countPiece(bytes, at, at + size)
    small[slot] = first
    small[slot + 1] = second
    small[slot + 2] = third
    small[slot + 3] = (tokens << 4) | size
    return tokens
  }

  function countLarge(bytes: Uint8Array, view: DataView, at: number, size: number): number {
    // The last word overlaps the one before it: as `size` is compared too, that is as good as a word cut short.
    const last = at + size - 4
    let hash = size
    for (let word = at; word < last; word += 4) hash = mix(hash, view.getInt32(word, true))
    hash = mix(hash, view.getInt32(last, true))
    const slot = (hash & (LARGE_SLOTS - 1)) * LARGE_WORDS
    if ((large[slot]! & 255) === size && holds(large, slot + 1, view, at, last)) return large[slot]! >> 8
    const tokens = countPiece(bytes, at, at + size)
    let key = slot
    large[key++] = (tokens << 8) | size
    for (let word = at; word < last; word += 4) large[key++] = view.getInt32(word, true)
    large[key] = view.getInt32(last, true)
    return tokens
  }
}

/** True where the words from `key` on are those at `at`, the last of them at `last`. */
function holds(table: Int32Array, key: number, view: DataView, at: number, last: number): boolean {
  let next = key
  for (let word = at; word < last; word += 4) if (table[next++] !== view.getInt32(word, true)) return false
  return table[next] === view.getInt32(last, true)
}

/** Mixes a word into a hash, whose low bits serve; build-ranks.mjs does the same. */
function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

// By the size of a piece: the bits of its first, second and third four bytes.
const FIRST = masks(0)
const SECOND = masks(4)
const THIRD = masks(8)

function masks(offset: number): Int32Array {
  return Int32Array.from({ length: SMALL + 1 }, (_, size) => {
    const bytes = Math.min(Math.max(size - offset, 0), 4)
    return bytes === 4 ? -1 : (1 << (8 * bytes)) - 1
  })
}
