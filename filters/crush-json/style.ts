import type { Layout } from './layout.ts'
import { joined } from './sheet.ts'

/** What stands between the parts of containers, in layouts where that depends on their level alone: 0 for the outermost one. */
export class Style {
  /** Between a member's name and its value. */
  readonly colon: string
  readonly #layout: Layout
  /** By level and kind: behind an opening bracket, between two items, before a closing bracket. */
  readonly #first: string[] = []
  readonly #next: string[] = []
  readonly #last: string[] = []

  constructor(layout: Layout) {
    this.#layout = layout
    this.colon = layout.colon
  }

  first(level: number, object: boolean): string {
    return (this.#first[2 * level + Number(object)] ??= this.#isWide(level)
      ? this.#lineEnd(level + 1)
      : this.#padding(object))
  }

  next(level: number, object: boolean): string {
    return (this.#next[2 * level + Number(object)] ??= this.#isWide(level)
      ? `,${this.#lineEnd(level + 1)}`
      : this.#comma(level))
  }

  last(level: number, object: boolean): string {
    return (this.#last[2 * level + Number(object)] ??= this.#isWide(level)
      ? this.#lineEnd(level)
      : this.#padding(object))
  }

  /** A container of these items. */
  list(items: readonly string[], level: number, object: boolean): string {
    if (items.length === 0) return object ? '{}' : '[]'
    return this.around(joined(items, this.next(level, object)), level, object)
  }

  /** A container of items that are joined. */
  around(items: string, level: number, object: boolean): string {
    const [first, last] = [this.first(level, object), this.last(level, object)]
    return object ? `{${first}${items}${last}}` : `[${first}${items}${last}]`
  }

  #isWide(level: number): boolean {
    const { indent, levels } = this.#layout
    return indent !== undefined && (levels === 0 || level < levels)
  }

  #lineEnd(level: number): string {
    return this.#layout.newline + this.#layout.indent!.repeat(level)
  }

  #comma(level: number): string {
    const { comma, newline, rows } = this.#layout
    return level === 0 && rows ? `,${newline}` : comma
  }

  #padding(object: boolean): string {
    return object && this.#layout.pad ? ' ' : ''
  }
}

/** The layout's style; undefined where it asks for more than levels. */
export function styleOf(layout: Layout): Style | undefined {
  const { fit, odd, shifts, lines, indent } = layout
  if (fit > 0 || odd.length > 0 || shifts.size > 0 || (lines && indent !== undefined)) return undefined
  return new Style(layout)
}
