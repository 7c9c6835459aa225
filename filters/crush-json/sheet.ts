/** Pieces that are kept before they are joined: enough that a join costs little, and few enough that none of them grows old. */
const ROOM = 1024
/** As few pieces as this are put together one by one: to join them at once would cost more. */
const FEW = 16
/** Longer texts, in UTF-16 units, are copied once, when all is put together: what holds others is long at every level. */
const LONG = 4096

/** A text that is written piece by piece. */
export class Sheet {
  readonly #pieces: string[] = []
  #count = 0
  #text = ''

  add(piece: string): void {
    if (piece.length > LONG) {
      this.#join()
      this.#text += piece
    } else {
      this.#pieces[this.#count++] = piece
      if (this.#count === ROOM) this.#join()
    }
  }

  /** What was written since the last time. */
  taken(): string {
    this.#join()
    const text = this.#text
    this.#text = ''
    return text
  }

  #join(): void {
    if (this.#count <= FEW) {
      for (let i = 0; i < this.#count; i++) this.#text += this.#pieces[i]!
      this.#count = 0
      return
    }
    this.#pieces.length = this.#count
    this.#text += this.#pieces.join('')
    this.#count = 0
  }
}

/** The items with `sign` between them; empty where there are none. */
export function joined(items: readonly string[], sign: string): string {
  if (items.length > FEW && items.every(({ length }) => length <= LONG)) return items.join(sign)
  let text = items[0] ?? ''
  for (let i = 1; i < items.length; i++) text += sign + items[i]!
  return text
}
