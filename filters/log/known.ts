import { again, type Part, type Template, TIME } from './notation.ts'

/** The lines of a template's last row in pieces: a row changes only those of the cells that it prints. */
export class Known {
  readonly slots: number
  readonly pieces: string[]
  /** Of each slot: its places among the pieces. */
  readonly #places: readonly number[][]
  /** Those of the time. */
  readonly #times: readonly number[]

  /** `lineEnd` stands between the lines, as a piece of its own. */
  constructor({ parts, slots }: Template, lineEnd: string) {
    const pieces = parts.flatMap<Part>(part =>
      typeof part === 'string' ? part.split(/(\n)/).filter(text => text) : [part],
    )
    const placesOf = (...wanted: number[]) =>
      pieces.flatMap((piece, at) => (typeof piece === 'number' && wanted.includes(piece) ? [at] : []))
    this.slots = slots
    this.pieces = pieces.map(piece => (typeof piece === 'number' ? '' : piece === '\n' ? lineEnd : piece))
    this.#times = placesOf(TIME)
    this.#places = Array.from({ length: slots }, (_, slot) => placesOf(slot, again(slot)))
  }

  set(slot: number, value: string): void {
    for (const place of this.#places[slot]!) this.pieces[place] = value
  }

  setTime(time: string): void {
    for (const place of this.#times) this.pieces[place] = time
  }
}
