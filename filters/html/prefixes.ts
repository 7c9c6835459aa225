import { attribute, type Node } from './page.ts'

/** Lists and quotations within each other that are shown as such; it bounds the length of every line. */
const DEEPEST = 10

interface Level {
  readonly name: string
  /** Before the first line that it holds. */
  first: string
  /** Before the others. */
  readonly rest: string
  /** The number of the next item. */
  next: number
}

/** What stands before the lines of what lists, items and quotations hold. */
export class Prefixes {
  readonly #levels: Level[] = []
  #items = 0

  enter(node: Node): void {
    const { name } = node
    if (name === 'ol' || name === 'ul' || name === 'menu' || name === 'dir')
      this.#push(name, '', '', Number(attribute(node, 'start')) || 1)
    else if (name === 'li') this.#enterItem()
    else if (name === 'dd') this.#push(name, ': ', '  ')
    else if (name === 'blockquote') this.#push(name, '> ', '> ')
  }

  leave({ name }: Node): void {
    if (this.#levels.at(-1)?.name !== name) return
    this.#levels.pop()
    if (isItem(name)) this.#items--
  }

  /** Is this within an item of a list? */
  get isList(): boolean {
    return this.#items > 0
  }

  /** The lines, each with what stands before it. */
  put(lines: readonly string[]): string {
    let first = ''
    let rest = ''
    const shown = this.#levels.length > DEEPEST ? this.#levels.slice(-DEEPEST) : this.#levels
    for (const level of shown) {
      first += level.first
      rest += level.rest
      level.first = level.rest
    }
    return lines.map((line, i) => (line === '' ? rest.trimEnd() : (i === 0 ? first : rest) + line)).join('\n')
  }

  #enterItem(): void {
    const list = this.#levels.at(-1)
    this.#push('li', list?.name === 'ol' ? `${list.next++}. ` : '- ', '  ')
  }

  #push(name: string, first: string, rest: string, next = 1): void {
    this.#levels.push({ name, first, rest, next })
    if (isItem(name)) this.#items++
  }
}

const isItem = (name: string) => name === 'li' || name === 'dd'
