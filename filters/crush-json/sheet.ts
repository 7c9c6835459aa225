/** Pieces that are kept before they are joined: enough that a join costs little, and few enough that none of them grows old. */
const ROOM = 1024

/** A text that is written piece by piece. */
export class Sheet {
  readonly #pieces: string[] = []
  #count = 0
  #text = ''

  add(piece: string): void {
    this.#pieces[this.#count++] = piece
    if (this.#count === ROOM) this.#join()
  }

  /** What was written since the last time. */
  taken(): string {
    this.#join()
    const text = this.#text
    this.#text = ''
    return text
  }

  #join(): void {
    this.#pieces.length = this.#count
    this.#text += this.#pieces.join('')
    this.#count = 0
  }
}
