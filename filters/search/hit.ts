/** One line that a search printed: where it stands, and its text. */
export interface Hit {
  readonly kind: 'hit'
  readonly path: string
  /** As printed: a match, or a line of its context. */
  readonly mark: ':' | '-'
  readonly number: number
  readonly text: string
  /** The index of the original's line, where it is known. */
  readonly line?: number
}

/** Lines of the original that are left out, 0-based and inclusive; `path` where they are hits of one file. */
export interface Gap {
  readonly kind: 'gap'
  readonly path: string | undefined
  readonly first: number
  readonly last: number
  /** How many matches of which files are among them, where it is files that are left out. */
  readonly files: ReadonlyMap<string, number>
}

/** What lines of search output are: a hit, the `--` between blocks of context, something else, or lines to leave out. */
export type Item = Hit | Gap | { readonly kind: 'break' } | { readonly kind: 'other'; readonly text: string }

export const BREAK = { kind: 'break' } as const
/** What grep and rg print between blocks that do not touch. */
export const BREAK_LINE = '--'

/** Which hits stay, by the indices of their lines, and which files have some that do. */
export interface Keep {
  readonly line: (index: number) => boolean
  readonly file: (path: string) => boolean
}

export const KEEP_ALL: Keep = { line: () => true, file: () => true }

/** Items in order, lines to leave out gathered into gaps. */
export class Items {
  readonly list: Item[] = []
  readonly #keep: Keep

  constructor(keep: Keep) {
    this.#keep = keep
  }

  /** Leaves out a line; `path` where it is of a file, `match` where it is a match in it, `inside` where that file is begun. */
  drop(line: number, path: string | undefined, match = false, inside = true): void {
    const named = inside && path !== undefined && this.#keep.file(path) ? path : undefined
    const last = this.list.at(-1)
    const joins = last?.kind === 'gap' && last.path === named && last.last === line - 1
    const files = joins ? (last.files as Map<string, number>) : new Map<string, number>()
    if (match && path !== undefined) files.set(path, (files.get(path) ?? 0) + 1)
    if (joins) this.list[this.list.length - 1] = { ...last, last: line }
    else this.list.push({ kind: 'gap', path: named, first: line, last: line, files })
  }
}
