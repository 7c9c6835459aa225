import type { Ranks } from './ranks.ts'

/**
 * End of the piece that begins at `at`, by the pattern of an encoding. `bytes` is well-formed UTF-8 with `END` at least
 * `PADDING` times after the last byte of the text.
 */
export type PieceEnd = (bytes: Uint8Array, at: number) => number

/** A byte that no UTF-8 has, after the end of a text. */
export const END = 0xff
/** Bytes a scanner may look ahead. */
export const PADDING = 4

/** What cuts a text before its bytes are merged, by encoding. */
export const pieces = { o200k_base: o200kPieces, cl100k_base: cl100kPieces }

// Classes of characters, numbered as in scripts/build-ranks.mjs.
const OTHER = 0
const UPPER = 1 // Lu, Lt
const LOWER = 2 // Ll
const CASELESS = 3 // Lm, Lo
export const MARK = 4 // M
export const NUMBER = 5 // N
const SPACE = 6 // White_Space, but for
const BREAK = 7 // CR and LF
// Classes of bytes only.
const WIDE = 8 // part of a character of several bytes
const NOTHING = 9 // END

export const APOSTROPHE = 0x27
const SLASH = 0x2f
const BLANK = 0x20

/**
 * o200k_base, where U is Lu, Lt, Lm, Lo or M, and L is Ll, Lm, Lo or M:
 * `[^\r\n\p{L}\p{N}]?U*L+('s|'t|'re|'ve|'m|'ll|'d)?`, the same with `U+L*`, `\p{N}{1,3}`, ` ?[^\s\p{L}\p{N}]+[\r\n/]*`,
 * `\s*[\r\n]+`, `\s+(?!\S)`, `\s+`. The first to match wins. ASCII is read by byte, any other piece by `wideEnd`.
 */
function o200kPieces(ranks: Ranks): PieceEnd {
  const classes = byteClasses(ranks)
  const peek = peeker(ranks, classes)

  return function pieceEnd(bytes, at) {
    let end = at
    let kind = classes[bytes[end]!]!
    if (kind === OTHER || kind === SPACE) {
      const second = classes[bytes[at + 1]!]!
      if (second === UPPER || second === LOWER) end++
      else if (second === WIDE) return wideEnd(bytes, at)
      else if (kind === OTHER || (bytes[at] === BLANK && second === OTHER)) return punctuationEnd(bytes, at + 1, at)
      kind = classes[bytes[end]!]!
    }
    if (kind === UPPER || kind === LOWER) {
      while (classes[bytes[end]!] === UPPER) end++
      while (classes[bytes[end]!] === LOWER) end++
      if (classes[bytes[end]!] === WIDE) return wideEnd(bytes, at)
      return bytes[end] === APOSTROPHE ? end + contraction(bytes, end) : end
    }
    if (kind === SPACE || kind === BREAK) return spaceEnd(peek, bytes, at, false)
    return kind === NUMBER ? numberEnd(peek, bytes, at) : wideEnd(bytes, at)
  }

  function punctuationEnd(bytes: Uint8Array, from: number, at: number): number {
    let end = from
    while (classes[bytes[end]!] === OTHER) end++
    if (classes[bytes[end]!] === WIDE) return wideEnd(bytes, at)
    while (classes[bytes[end]!] === BREAK || bytes[end] === SLASH) end++
    return end
  }

  function wideEnd(bytes: Uint8Array, at: number): number {
    const first = peek(bytes, at)
    const kind = first >> 3
    if (kind === NUMBER) return numberEnd(peek, bytes, at)
    const start = kind === OTHER || kind === SPACE ? at + (first & 7) : at
    const word = wordEnd(bytes, start)
    if (word > start) return bytes[word] === APOSTROPHE ? word + contraction(bytes, word) : word
    let end = otherEnd(peek, bytes, bytes[at] === BLANK ? start : at)
    if (end === at || (end === start && bytes[at] === BLANK)) return spaceEnd(peek, bytes, at, false)
    while (classes[bytes[end]!] === BREAK || bytes[end] === SLASH) end++
    return end
  }

  /** End of `U*L+` or else `U+L*`; `start` where neither matches. */
  function wordEnd(bytes: Uint8Array, start: number): number {
    let end = start
    let caselessEnd = -1
    let next = peek(bytes, end)
    for (; next >> 3 === UPPER || next >> 3 === CASELESS || next >> 3 === MARK; next = peek(bytes, end)) {
      end += next & 7
      if (next >> 3 !== UPPER) caselessEnd = end
    }
    // No lower-case letter here: `L+` takes back the last character in both U and L, and what was after it begins a new piece.
    if (next >> 3 !== LOWER) return caselessEnd < 0 ? end : caselessEnd
    for (; next >> 3 === LOWER || next >> 3 === CASELESS || next >> 3 === MARK; next = peek(bytes, end)) end += next & 7
    return end
  }
}

/**
 * cl100k_base: `'s|'t|'re|'ve|'m|'ll|'d`, `[^\r\n\p{L}\p{N}]?\p{L}+`, `\p{N}{1,3}`, ` ?[^\s\p{L}\p{N}]+[\r\n]*`, `\s+$`,
 * `\s*[\r\n]`, `\s+(?!\S)`, `\s`. The first to match wins.
 */
function cl100kPieces(ranks: Ranks): PieceEnd {
  const classes = byteClasses(ranks)
  const peek = peeker(ranks, classes)

  return function pieceEnd(bytes, at) {
    const first = bytes[at]!
    const kind = classes[first]!
    if (first === APOSTROPHE) {
      const length = contraction(bytes, at)
      if (length > 0) return at + length
    }
    if (kind === NUMBER) return numberEnd(peek, bytes, at)
    const start = kind === OTHER || kind === SPACE ? at + 1 : at
    let end = start
    while (classes[bytes[end]!] === UPPER || classes[bytes[end]!] === LOWER) end++
    if (classes[bytes[end]!] === WIDE) return wideEnd(bytes, at)
    if (end > start) return end
    if (kind === BREAK) return spaceEnd(peek, bytes, at, true)
    if (kind === SPACE && (first !== BLANK || classes[bytes[start]!] !== OTHER)) return spaceEnd(peek, bytes, at, true)
    while (classes[bytes[end]!] === OTHER) end++
    if (classes[bytes[end]!] === WIDE) return wideEnd(bytes, at)
    while (classes[bytes[end]!] === BREAK) end++
    return end
  }

  function wideEnd(bytes: Uint8Array, at: number): number {
    const first = peek(bytes, at)
    const kind = first >> 3
    if (kind === NUMBER) return numberEnd(peek, bytes, at)
    const start = kind === OTHER || kind === SPACE || kind === MARK ? at + (first & 7) : at
    const word = wordEnd(bytes, start)
    if (word > start) return word
    let end = otherEnd(peek, bytes, bytes[at] === BLANK ? start : at)
    if (end === at || (end === start && bytes[at] === BLANK)) return spaceEnd(peek, bytes, at, true)
    while (classes[bytes[end]!] === BREAK) end++
    return end
  }

  function wordEnd(bytes: Uint8Array, start: number): number {
    let end = start
    let next = peek(bytes, end)
    for (; isLetter(next >> 3); next = peek(bytes, end)) end += next & 7
    return end
  }
}

/** True of the classes of letters; a mark is none. */
export function isLetter(kind: number): boolean {
  return kind === UPPER || kind === LOWER || kind === CASELESS
}

/** Bytes of a contraction's suffix at the apostrophe `at`, in any mixture of cases; 0 where there is none. */
function contraction(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1]! | 0x20
  if (first === 0x73 || first === 0x74 || first === 0x64 || first === 0x6d) return 2 // s t d m
  const second = bytes[at + 2]! | 0x20
  if (first === 0x6c && second === 0x6c) return 3 // ll
  // U+017F, the long s: without regard to case it is an s.
  if (bytes[at + 1] === 0xc5 && bytes[at + 2] === 0xbf) return 3
  return (first === 0x76 || first === 0x72) && second === 0x65 ? 3 : 0 // ve re
}

/** End of `\p{N}{1,3}`. */
function numberEnd(peek: Peek, bytes: Uint8Array, at: number): number {
  let end = at
  for (let digits = 0; digits < 3; digits++) {
    const next = peek(bytes, end)
    if (next >> 3 !== NUMBER) break
    end += next & 7
  }
  return end
}

/** End of `[^\s\p{L}\p{N}]*`. */
function otherEnd(peek: Peek, bytes: Uint8Array, at: number): number {
  let end = at
  let next = peek(bytes, end)
  for (; next >> 3 === OTHER || next >> 3 === MARK; next = peek(bytes, end)) end += next & 7
  return end
}

/**
 * End of a piece of white space: up to the last line break, or else all but the last space of a run that something follows.
 * With `whole`, a run that ends the text is one piece.
 */
function spaceEnd(peek: Peek, bytes: Uint8Array, at: number, whole: boolean): number {
  let end = at
  let breakEnd = -1
  let last = 0
  let next = peek(bytes, end)
  for (; next >> 3 === SPACE || next >> 3 === BREAK; next = peek(bytes, end)) {
    last = next & 7
    end += last
    if (next >> 3 === BREAK) breakEnd = end
  }
  const closes = next >> 3 === NOTHING
  if (closes && whole) return end
  if (breakEnd >= 0) return breakEnd
  return closes || end - last === at ? end : end - last
}

/** Class of each byte. */
function byteClasses({ stages, pages }: Ranks): Uint8Array {
  const classes = new Uint8Array(256).fill(WIDE)
  const ascii = stages[0]! << 8
  classes.set(pages.subarray(ascii, ascii + 0x80))
  classes[END] = NOTHING
  return classes
}

/** The character at a byte: class << 3 | width in bytes. */
type Peek = (bytes: Uint8Array, at: number) => number

function peeker({ stages, pages }: Ranks, classes: Uint8Array): Peek {
  return function peek(bytes, at) {
    const first = bytes[at]!
    if (first < 0x80 || first === END) return (classes[first]! << 3) | 1
    const second = bytes[at + 1]! & 0x3f
    if (first < 0xe0) return (classOf(((first & 0x1f) << 6) | second) << 3) | 2
    const third = bytes[at + 2]! & 0x3f
    if (first < 0xf0) return (classOf(((first & 0x0f) << 12) | (second << 6) | third) << 3) | 3
    const fourth = bytes[at + 3]! & 0x3f
    return (classOf(((first & 0x07) << 18) | (second << 12) | (third << 6) | fourth) << 3) | 4
  }

  function classOf(codePoint: number): number {
    return pages[(stages[codePoint >> 8]! << 8) | (codePoint & 0xff)]!
  }
}
