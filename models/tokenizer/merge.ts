import { NONE, pairOf, type Ranks } from './ranks.ts'

/** Tokens of one piece: the bytes of `bytes` from `from` to `to`. */
export type CountPiece = (bytes: Uint8Array, from: number, to: number) => number

/** Up to so many bytes, shifting small arrays beats a heap. */
const SHORT = 48
/** Bytes of a long piece merged at once: windows overlap by more than the longest token (128), and stay in a core's cache. */
const WINDOW = 4096

/** What only tests choose: smaller windows, and a listener that hears of every merge. */
export interface Trial {
  window?: number
  onMerge?: () => void
}

/**
 * Byte pair encoding of pieces: of all adjacent pairs the one of lowest rank merges first, the leftmost of equals, until none
 * does. O(n log n) in the bytes of a piece, in memory for `WINDOW` of them.
 */
export function pieceCounter(ranks: Ranks, { window = WINDOW, onMerge }: Trial = {}): CountPiece {
  const countShort = shortCounter(ranks, onMerge)
  const windows: Windows = [new Encoding(ranks, onMerge), new Encoding(ranks, onMerge)]

  return function countPiece(bytes, from, to) {
    if (to - from <= SHORT) return countShort(bytes, from, to)
    if (to - from > window) return countWindows(windows, window, bytes, from, to)
    windows[0].encode(bytes, from, to)
    return windows[0].tokens(0, to - from)
  }
}

/** As `pieceCounter`, for up to `SHORT` bytes. Quadratic, and the fastest there. */
function shortCounter(ranks: Ranks, onMerge?: () => void): CountPiece {
  const { byteIds, bytePairs, pairs, shift } = ranks
  const parts = new Int32Array(SHORT)
  /** What a part and the next one merge into. */
  const merges = new Int32Array(SHORT)

  return function countShort(bytes, from, to) {
    let count = to - from
    for (let i = 0; i < count; i++) {
      const byte = bytes[from + i]!
      parts[i] = byteIds[byte]!
      merges[i] = i + 1 < count ? bytePairs[(byte << 8) | bytes[from + i + 1]!]! : NONE
    }
    for (;;) {
      let lowest = NONE
      let at = 0
      for (let i = 0; i < count; i++) {
        const merge = merges[i]!
        if (merge < lowest) {
          lowest = merge
          at = i
        }
      }
      if (lowest === NONE) return count
      onMerge?.()
      count--
      parts[at] = lowest
      for (let i = at + 1; i < count; i++) {
        parts[i] = parts[i + 1]!
        merges[i] = merges[i + 1]!
      }
      merges[at] = at + 1 < count ? pairOf(pairs, shift, lowest, parts[at + 1]!) : NONE
      if (at > 0) merges[at - 1] = pairOf(pairs, shift, parts[at - 1]!, lowest)
    }
  }
}

/**
 * Windows that overlap by an eighth, each joined to the next at a token on which both agree. Exact: tokens are the encoding of
 * their bytes if every adjacent pair of them is (shown for the `bpe` crate of github/rust-gems), and the pairs on both sides of
 * that token stand in one window or the other. Where two windows agree on no token, all is done again with windows twice as wide.
 */
function countWindows(windows: Windows, width: number, bytes: Uint8Array, from: number, to: number): number {
  let [current, next] = windows
  let start = from // of the current window
  let joined = from // tokens that begin before this byte are counted
  let tokens = 0
  current.encode(bytes, start, Math.min(start + width, to))
  while (start + width < to) {
    const overlap = current.boundary(width - (width >> 3))
    next.encode(bytes, start + overlap, Math.min(start + overlap + width, to))
    const meeting = current.meet(next, overlap)
    if (meeting < 0) return countWindows(windows, 2 * width, bytes, from, to)
    tokens += current.tokens(joined - start, meeting)
    joined = start + meeting
    start += overlap
    ;[current, next] = [next, current]
  }
  tokens += current.tokens(joined - start, current.length)
  for (const window of windows) window.release()
  return tokens
}

type Windows = readonly [Encoding, Encoding]

/** A heap's key is rank * POSITIONS + position: the lowest is the leftmost pair of lowest rank, exact in a double. */
const POSITIONS = 2 ** 30
/** Stands for the place before a part that has merged into another. */
const GONE = -2

/** The tokens of one stretch of bytes, as a list of their starts, merged through a heap of pairs. */
class Encoding {
  /** Bytes encoded. */
  length = 0
  readonly #ranks: Ranks
  readonly #onMerge: (() => void) | undefined
  /** By the position of its first byte: a token, ... */
  #parts = new Int32Array(0)
  /** ... what it merges into with the one after it, ... */
  #merges = new Int32Array(0)
  /** ... where that starts (the length at the end), ... */
  #next = new Int32Array(0)
  /** ... and where the one before it does (-1 at the start). */
  #previous = new Int32Array(0)
  #heap = new Float64Array(0)
  #size = 0

  constructor(ranks: Ranks, onMerge?: () => void) {
    this.#ranks = ranks
    this.#onMerge = onMerge
  }

  encode(bytes: Uint8Array, from: number, to: number): void {
    this.#layOut(bytes, from, to)
    const { pairs, shift } = this.#ranks
    const [parts, merges, next, previous] = [this.#parts, this.#merges, this.#next, this.#previous]
    while (this.#size > 0) {
      const key = this.#pop()
      const token = Math.floor(key / POSITIONS)
      const at = key - token * POSITIONS
      // A pair whose parts have since merged with others.
      if (merges[at] !== token) continue
      this.#onMerge?.()
      const gone = next[at]!
      const after = next[gone]!
      parts[at] = token
      merges[gone] = NONE
      previous[gone] = GONE
      next[at] = after
      merges[at] = after < this.length ? pairOf(pairs, shift, token, parts[after]!) : NONE
      if (after < this.length) previous[after] = at
      if (merges[at] !== NONE) this.#push(merges[at]! * POSITIONS + at)
      const before = previous[at]!
      if (before < 0) continue
      merges[before] = pairOf(pairs, shift, parts[before]!, token)
      if (merges[before] !== NONE) this.#push(merges[before]! * POSITIONS + before)
    }
  }

  /** Tokens that start at `from` or later and before `to`; `from` is a token's start. */
  tokens(from: number, to: number): number {
    let count = 0
    for (let at = from; at < to; at = this.#next[at]!) count++
    return count
  }

  /** The first start of a token at or after `position`; the length where there is none. */
  boundary(position: number): number {
    let at = position
    while (at < this.length && this.#previous[at] === GONE) at++
    return at
  }

  /** Start of the first token, counted here, that `other` has too, its bytes beginning at our `offset`; -1 where there is none. */
  meet(other: Encoding, offset: number): number {
    let mine = offset
    let theirs = 0
    while (mine < this.length && theirs < other.length) {
      const nextMine = this.#next[mine]!
      const nextTheirs = other.#next[theirs]!
      if (mine === theirs + offset && nextMine === nextTheirs + offset) return mine
      if (nextMine <= nextTheirs + offset) mine = nextMine
      if (nextMine >= nextTheirs + offset) theirs = nextTheirs
    }
    return -1
  }

  /** Lets go of what a rare giant window took. */
  release(): void {
    if (this.#parts.length > 4 * WINDOW) this.#reserve(WINDOW)
  }

  #reserve(length: number): void {
    this.#parts = new Int32Array(length)
    this.#merges = new Int32Array(length)
    this.#next = new Int32Array(length)
    this.#previous = new Int32Array(length)
    // All pairs at the start, then one more per merge: two come for each that goes.
    this.#heap = new Float64Array(2 * length)
  }

  /** One part a byte, and the heap of all pairs. */
  #layOut(bytes: Uint8Array, from: number, to: number): void {
    const length = to - from
    if (length > this.#parts.length) this.#reserve(length)
    const { byteIds, bytePairs } = this.#ranks
    this.length = length
    this.#size = 0
    for (let at = 0; at < length; at++) {
      const byte = bytes[from + at]!
      const merge = at + 1 < length ? bytePairs[(byte << 8) | bytes[from + at + 1]!]! : NONE
      this.#parts[at] = byteIds[byte]!
      this.#merges[at] = merge
      this.#next[at] = at + 1
      this.#previous[at] = at - 1
      if (merge !== NONE) this.#heap[this.#size++] = merge * POSITIONS + at
    }
    for (let at = (this.#size >> 1) - 1; at >= 0; at--) this.#sink(at, this.#heap[at]!)
  }

  #push(key: number): void {
    const heap = this.#heap
    let at = this.#size++
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (heap[parent]! <= key) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = key
  }

  #pop(): number {
    const lowest = this.#heap[0]!
    const last = this.#heap[--this.#size]!
    if (this.#size > 0) this.#sink(0, last)
    return lowest
  }

  /** Puts `key` at `at` or where it belongs below. */
  #sink(at: number, key: number): void {
    const heap = this.#heap
    const size = this.#size
    let hole = at
    for (let child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && heap[child + 1]! < heap[child]!) child++
      if (heap[child]! >= key) break
      heap[hole] = heap[child]!
      hole = child
    }
    heap[hole] = key
  }
}
