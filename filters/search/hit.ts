/** One line that a search printed: where it stands, and its text. */
export interface Hit {
  readonly kind: 'hit'
  readonly path: string
  /** As printed: a match, or a line of its context. */
  readonly mark: ':' | '-'
  readonly number: number
  readonly text: string
}

/** Lines of the original that are left out, 0-based and inclusive; `path` where they are hits of one file. */
export interface Gap {
  readonly kind: 'gap'
  readonly path: string | undefined
  readonly first: number
  readonly last: number
}

/** What lines of search output are: a hit, the `--` between blocks of context, something else, or lines to leave out. */
export type Item = Hit | Gap | { readonly kind: 'break' } | { readonly kind: 'other'; readonly text: string }

export const BREAK = { kind: 'break' } as const
/** What grep and rg print between blocks that do not touch. */
export const BREAK_LINE = '--'

/** Longer numbers are no line numbers: they are left alone, so that all others are exact. */
export const NUMBER = /^(?:0|[1-9]\d{0,8})$/

/** Items in order, lines to leave out gathered into gaps. */
export class Items {
  readonly list: Item[] = []

  drop(line: number, path: string | undefined): void {
    const last = this.list.at(-1)
    const joins = last?.kind === 'gap' && last.path === path && last.last === line - 1
    if (joins) this.list[this.list.length - 1] = { ...last, last: line }
    else this.list.push({ kind: 'gap', path, first: line, last: line })
  }
}

/** Which lines stay, by their index. */
export type Keep = (line: number) => boolean
export const keepAll: Keep = () => true
