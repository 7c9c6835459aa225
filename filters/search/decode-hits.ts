import { markerAt } from '../../ccr/marker.ts'
import type { Selector } from '../../ccr/select.ts'
import { BREAK, type Gap, type Hit, type Item } from './hit.ts'
import { DOTTED, KEYED, parseLine, ROOT, type Row } from './hit-rows.ts'
import { parseKeys } from './keys.ts'

/** What a body of printHits stands for: its items, and what its gaps left out. */
export type Found =
  | Exclude<Item, Gap>
  | { readonly kind: 'missing'; readonly path: string | undefined; readonly text: string }

/** The items that printHits printed. Throws a RangeError on any other text. */
export function decodeHits(
  body: readonly string[],
  note: readonly string[],
  gap: (where: Selector) => string,
): Found[] {
  const keys = note.includes(KEYED) ? parseKeys(body) : { texts: new Map<string, string>(), end: 0 }
  const reader = new Reader(keys.texts, note.includes(DOTTED))
  for (let i = keys.end; i < body.length; i++) {
    const line = body[i]!
    const marker = line.startsWith('[... ') ? markerAt(line, 0) : undefined
    // What follows a marker names files that are left out: the gap is in none that is shown.
    if (marker) reader.missing(gap(marker.where), marker.end === line.length)
    else reader.line(line)
  }
  return reader.end()
}

class Reader {
  readonly #keys: ReadonlyMap<string, string>
  readonly #dotted: boolean
  readonly #found: Found[] = []
  #folder = ''
  #path: string | undefined
  /** Rows of one file with nothing between them; a row whose number is counted has none yet. */
  #run: { numbers: readonly number[]; mark: ':' | '-'; text: string }[] = []

  constructor(keys: ReadonlyMap<string, string>, dotted: boolean) {
    this.#keys = keys
    this.#dotted = dotted
  }

  line(printed: string): void {
    const line = parseLine(printed)
    if (line.kind === 'row') {
      this.#row(line.row)
      return
    }
    this.#close()
    if (line.kind === 'break') this.#found.push(BREAK)
    else if (line.kind === 'literal') this.#found.push({ kind: 'other', text: line.text })
    else if (line.kind === 'folder') this.#folder = line.path
    else {
      this.#path = this.#resolved(line.path)
      if (line.kind !== 'single') return
      this.#row(line.row)
      this.#close()
      this.#path = undefined
    }
  }

  missing(text: string, inFile: boolean): void {
    this.#close()
    if (!inFile) this.#path = undefined
    this.#found.push({ kind: 'missing', path: this.#path, text })
  }

  end(): Found[] {
    this.#close()
    return this.#found
  }

  /** Below a folder's heading a name without a slash; a path with one leaves the folder. */
  #resolved(name: string): string {
    if (!name.includes('/')) return this.#folder + name
    this.#folder = ''
    return !this.#dotted && name.startsWith(ROOT) ? name.slice(ROOT.length) : name
  }

  #row({ numbers, mark, keyed, text }: Row): void {
    const whole = keyed ? this.#keys.get(text) : text
    if (whole === undefined) throw new RangeError(`no key ${text}`)
    this.#run.push({ numbers, mark, text: whole })
  }

  #close(): void {
    if (this.#run.length === 0) return
    if (this.#path === undefined) throw new RangeError('rows below no path')
    for (const hit of this.#hits(this.#path)) this.#found.push(hit)
    this.#run = []
  }

  #hits(path: string): Hit[] {
    const rows = this.#run
    const hits: Hit[] = []
    for (const [i, { numbers, mark, text }] of rows.entries())
      for (const number of numbers.length ? numbers : [this.#counted(i, hits)])
        hits.push({ kind: 'hit', path, mark, number, text })
    return rows.some(({ numbers }) => numbers.length > 1) ? hits.sort((a, b) => a.number - b.number) : hits
  }

  /** The number of row `i`, which has none: one more than the row before it, or as many less than the next number as rows lie between. */
  #counted(i: number, before: readonly Hit[]): number {
    const last = before.at(-1)
    if (last) return last.number + 1
    const next = this.#run.findIndex(({ numbers }) => numbers.length > 0)
    if (next < 0) throw new RangeError('a row without a number')
    return this.#run[next]!.numbers[0]! - (next - i)
  }
}
