import type { Tokenizer } from '../models.ts'
import { memo, READ_AHEAD } from './memo.ts'
import { pieceCounter } from './merge.ts'
import type { Ranks } from './ranks.ts'
import { APOSTROPHE, END, isLetter, MARK, NUMBER, PADDING, type PieceEnd } from './split.ts'

/** UTF-16 units encoded at a time: what is read again soon stays in the cache of a core. */
const CHUNK = 32_768

/**
 * An exact counter of byte pair encoding: `pieces` cuts, `ranks` say what merges. The text is scanned as UTF-8 in a buffer,
 * no substring is made of a piece, and the counts of short pieces are kept in a table that only makes things faster.
 */
export function bpe(name: string, ranks: Ranks, pieces: (ranks: Ranks) => PieceEnd): Tokenizer {
  const encoder = new TextEncoder()
  const pieceEnd = pieces(ranks)
  const countPiece = memo(pieceCounter(ranks), ranks.common)
  const scratch = allocate(CHUNK)

  return { name, exact: true, count }

  function count(text: string): number {
    let tokens = 0
    for (let start = 0; start < text.length; ) {
      const end = chunkEnd(ranks, text, start)
      const whole = start === 0 && end === text.length
      tokens += countChunk(whole ? text : text.slice(start, end), end - start)
      start = end
    }
    return tokens
  }

  function countChunk(text: string, units: number): number {
    const buffer = units > CHUNK ? allocate(units) : scratch
    const { bytes } = buffer
    const { written } = encoder.encodeInto(text, bytes)
    bytes.fill(END, written, written + PADDING)
    return countBytes(buffer, written)
  }

  function countBytes({ bytes, view }: Buffer, length: number): number {
    let tokens = 0
    for (let at = 0; at < length; ) {
      const end = pieceEnd(bytes, at)
      // Every byte is a token.
      tokens += end - at === 1 ? 1 : countPiece(bytes, view, at, end - at)
      at = end
    }
    return tokens
  }
}

interface Buffer {
  bytes: Uint8Array
  view: DataView
}

/** Room for `units` UTF-16 units as UTF-8, and for what is read beyond. */
function allocate(units: number): Buffer {
  const buffer = new ArrayBuffer(3 * units + Math.max(PADDING, READ_AHEAD))
  return { bytes: new Uint8Array(buffer), view: new DataView(buffer) }
}

/**
 * Where a chunk that begins at `start` may end: about `CHUNK` units on, between two characters that no pattern takes into one
 * piece, so that the parts count as the whole does. A piece longer than a chunk makes its chunk longer.
 */
function chunkEnd(ranks: Ranks, text: string, start: number): number {
  for (let size = CHUNK; start + size < text.length; size *= 2) {
    const floor = start + (size >> 1)
    for (let end = start + size; end > floor; end--)
      if (isCut(ranks, text.charCodeAt(end - 1), text.charCodeAt(end))) return end
  }
  return text.length
}

/** True after a letter or number and before a character that no pattern takes into the same piece. */
function isCut({ stages, pages }: Ranks, before: number, after: number): boolean {
  // Half a character may be of any class, and a contraction begins with an apostrophe.
  if (isSurrogate(before) || isSurrogate(after) || after === APOSTROPHE) return false
  const kind = pages[(stages[before >> 8]! << 8) | (before & 0xff)]!
  const next = pages[(stages[after >> 8]! << 8) | (after & 0xff)]!
  if (kind === NUMBER) return next !== NUMBER
  return isLetter(kind) && !isLetter(next) && next !== MARK
}

function isSurrogate(unit: number): boolean {
  return unit >> 11 === 0x1b
}
