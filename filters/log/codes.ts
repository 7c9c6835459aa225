import { hashOf } from '../ranges.ts'
import type { Sheet } from './sheet.ts'

/** A power of two: places that the hashes of words fall into. */
const PLACES = 1 << 16
/** UTF-16 units that are hashed at most. */
const HASHED = 32

/** Codes of words, looked up where a word may stand: what has none is mostly told by its hash, without a string being made of it. */
export class Codes {
  readonly #codes: ReadonlyMap<string, string>
  readonly #taken = new Uint8Array(PLACES)

  constructor(codes: ReadonlyMap<string, string>) {
    this.#codes = codes
    for (const word of codes.keys()) this.#taken[placeOf(word, 0, word.length)] = 1
  }

  /** Of what stands in a cell; undefined where it has no code. */
  codeAt(sheet: Sheet, cell: number): string | undefined {
    if (this.#codes.size === 0) return undefined
    const place = placeOf(sheet.text, sheet.bounds[cell]!, sheet.bounds[cell + 1]!)
    return this.#taken[place] ? this.#codes.get(sheet.at(cell)) : undefined
  }
}

const placeOf = (text: string, from: number, to: number): number =>
  hashOf(text, from, Math.min(to, from + HASHED)) & (PLACES - 1)
