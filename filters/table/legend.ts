import { GAPPED } from './offload.ts'
import type { Part } from './rule.ts'
import type { Table } from './table.ts'

/** What a head line says of the notation, for those parts of it that these tables use: no brackets, colons or line ends. */
export class Legend {
  readonly #words = new Set<string>(['empty=as above'])

  add(tables: readonly Table[]): void {
    for (const { rules, slots, grid } of tables) {
      if (grid.gapped) this.#words.add(GAPPED)
      for (const { parts, optional } of rules) {
        for (const { kind } of parts) {
          const word = WORDS[kind]
          if (word) this.#words.add(word)
        }
        if (parts.length > 1 && parts.some(({ kind }) => kind === 'own')) this.#words.add('*=a cell')
        if (optional) this.#words.add('?=blank where its rule holds')
      }
      if (slots.some(({ texts }) => texts.some(text => text?.startsWith('\\')))) this.#words.add('\\x=whole cell x')
    }
    if (tables.length > 1) this.#words.add('>B=row of table B')
  }

  toString(): string {
    return [...this.#words].join(', ')
  }
}

const WORDS: Readonly<Partial<Record<Part['kind'], string>>> = {
  group: '#=from the # line',
  scaled: '(/10)=128 is 12.8',
  step: '(+1)=above plus 1',
}
