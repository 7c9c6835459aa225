/** The packed merges of one vocabulary, as scripts/build-ranks.mjs lays them out: views of one buffer, nothing parsed. */
export interface Ranks {
  /** Version of the character classes: major * 100 + minor. */
  readonly unicode: number
  /** The token of each byte. */
  readonly byteIds: Int32Array
  /** The token that bytes (first << 8 | second) merge into, or `NONE`. */
  readonly bytePairs: Int32Array
  /** Hash of all merges; read it through `pairOf`. */
  readonly pairs: Int32Array
  /** 32 less the bits of a hash of pairs. */
  readonly shift: number
  /** Page of each 256 code points. */
  readonly stages: Uint16Array
  /** Class of each code point, 256 a page. */
  readonly pages: Uint8Array
  /** The commonest tokens, in slots as `memo` lays them out. */
  readonly common: Int32Array
}

/** No token: above every rank. */
export const NONE = 0x7fffffff

const MAGIC = 0x32425248
const HEADER_WORDS = 16
const ID_BITS = 18
const ID_MASK = (1 << ID_BITS) - 1

/** Views of a file's bytes. Throws an Error where they are not a table of this layout (or of this machine's byte order). */
export function readRanks(name: string, file: Uint8Array): Ranks {
  // Views of words need an aligned start; a reader that hands out pieces of a pool gives none.
  const bytes = file.byteOffset % 4 === 0 ? file : file.slice()
  const { buffer, byteOffset } = bytes
  const header = new Uint32Array(buffer, byteOffset, Math.min(HEADER_WORDS, bytes.byteLength >> 2))
  const words = (section: number) => header[5 + 2 * section]!
  const start = (section: number) => byteOffset + 4 * header[4 + 2 * section]!
  if (header[0] !== MAGIC || start(5) - byteOffset + 4 * words(5) !== bytes.byteLength)
    throw new Error(
      `tokenizer: the ranks of ${name} are damaged or of another version; npm run prepare builds them anew`,
    )
  return {
    unicode: header[2]!,
    byteIds: new Int32Array(buffer, start(0), words(0)),
    bytePairs: new Int32Array(buffer, start(1), words(1)),
    pairs: new Int32Array(buffer, start(2), words(2)),
    shift: 32 - header[3]!,
    stages: new Uint16Array(buffer, start(3), 2 * words(3)),
    pages: new Uint8Array(buffer, start(4), 4 * words(4)),
    common: new Int32Array(buffer, start(5), words(5)),
  }
}

/**
 * The token that `left` and `right` merge into, or `NONE`. Slots are ordered by home, so a resident whose home lies beyond
 * ours ends the search; the last slot is empty.
 */
export function pairOf(pairs: Int32Array, shift: number, left: number, right: number): number {
  const home = Math.imul(Math.imul(left, 0x9e3779b1) ^ right, 0x85ebca6b) >>> shift
  for (let at = 2 * home; ; at += 2) {
    const high = pairs[at + 1]!
    if (high === -1) return NONE
    const low = pairs[at]!
    const residentLeft = low & ID_MASK
    const residentRight = high & ID_MASK
    if (residentLeft === left && residentRight === right) return (low >>> ID_BITS) | ((high >>> ID_BITS) << 14)
    if (Math.imul(Math.imul(residentLeft, 0x9e3779b1) ^ residentRight, 0x85ebca6b) >>> shift > home) return NONE
  }
}
