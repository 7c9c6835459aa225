import { lines } from '../../ccr/select.ts'
import type { FilterContext, Signal } from '../filter.ts'
import { type Encoded, literal } from './form.ts'
import type { Gap, Hit, Item } from './hit.ts'
import { DOTTED, isHeading, KEYED, printRow, ROOT, type Row, UNNUMBERED } from './hit-rows.ts'
import { type Keys, keysOf } from './keys.ts'

/** A run of hits of one file, nothing between them. */
interface Run {
  readonly kind: 'run'
  readonly path: string
  readonly rows: readonly Row[]
}

type Part = Run | Exclude<Item, Hit>

/** The body of these items, and the words of its note; `hit-rows.ts` says how it reads. */
export function printHits(items: readonly Item[], context: FilterContext, most = Number.POSITIVE_INFINITY): Encoded {
  const { signal } = context
  const parts = partsOf(items, signal)
  const runs = parts.filter(part => part.kind === 'run')
  const keys = keysOf(
    runs.flatMap(({ rows }) => rows.map(({ text }) => text)),
    signal,
  )
  const unnumbered = runs.some(({ rows }) => rows.some(({ numbers }) => numbers.length === 0))
  const names = items.flatMap(item => ('path' in item && item.path !== undefined ? [item.path] : []))
  const dotted = names.some(path => path.startsWith(ROOT))
  const folders = !dotted || names.every(path => path.includes('/'))
  return {
    lines: [...keys.lines, ...new Printer(keys, folders, most, context).print(parts)],
    note: [...(unnumbered ? [UNNUMBERED] : []), ...(keys.lines.length ? [KEYED] : []), ...(dotted ? [DOTTED] : [])],
  }
}

/** Runs with their rows folded and their numbers thinned out, and what stands between them. */
function partsOf(items: readonly Item[], signal: Signal): Part[] {
  const parts: Part[] = []
  let hits: Hit[] = []
  const close = () => {
    if (hits.length) parts.push({ kind: 'run', path: hits[0]!.path, rows: folded(hits) ?? counted(hits) })
    hits = []
  }
  for (const item of items) {
    signal.throwIfAborted()
    if (item.kind === 'hit') {
      if (hits.length && hits[0]!.path !== item.path) close()
      hits.push(item)
    } else {
      close()
      parts.push(item)
    }
  }
  close()
  return parts
}

/** Equal texts of ascending matches in one row; undefined where there are lines of context or nothing to fold. */
function folded(hits: readonly Hit[]): Row[] | undefined {
  const rows = new Map<string, number[]>()
  let last = -1
  for (const { mark, number, text } of hits) {
    if (mark !== ':' || number <= last) return undefined
    last = number
    const numbers = rows.get(text)
    if (numbers) numbers.push(number)
    else rows.set(text, [number])
  }
  if (rows.size === hits.length) return undefined
  return [...rows].map(([text, numbers]) => ({ numbers, mark: ':', keyed: false, text }))
}

/** Lines of context that a reader can count to: so many at most after or before a number. */
const COUNTED = 8

/** A row for each hit; lines of context go without a number where their neighbours have one. */
function counted(hits: readonly Hit[]): Row[] {
  const rows: Row[] = []
  const numbered = numberedIn(hits)
  hits.forEach(({ mark, number, text }, i) => {
    rows.push({ numbers: numbered[i] ? [number] : [], mark, keyed: false, text })
  })
  return rows
}

function numberedIn(hits: readonly Hit[]): boolean[] {
  const adjoins = (i: number) => i > 0 && i < hits.length && hits[i]!.number === hits[i - 1]!.number + 1
  const isMatch = (i: number) => hits[i]?.mark === ':'
  // The first lines of a run count down from its first match.
  let leading = 0
  while (leading < COUNTED && !isMatch(leading) && adjoins(leading + 1)) leading++
  const numbered: boolean[] = isMatch(leading) ? Array(leading).fill(false) : []
  let since = 0
  for (let i = numbered.length; i < hits.length; i++) {
    const shown = isMatch(i) || !adjoins(i) || since >= COUNTED
    numbered.push(shown)
    since = shown ? 0 : since + 1
  }
  return numbered
}

class Printer {
  readonly #keys: Keys
  readonly #folders: boolean
  readonly #context: FilterContext
  readonly #lines: string[] = []
  #folder = ''
  /** The file whose rows these are. */
  #path: string | undefined
  /** Most names that a marker of whole files is followed by. */
  readonly #names: number

  constructor(keys: Keys, folders: boolean, names: number, context: FilterContext) {
    this.#keys = keys
    this.#folders = folders
    this.#names = names
    this.#context = context
  }

  print(parts: readonly Part[]): string[] {
    const names = parts.flatMap(part => ('path' in part && part.path !== undefined ? [part.path] : []))
    let at = 0
    for (const part of parts) {
      this.#context.signal.throwIfAborted()
      if ('path' in part && part.path !== undefined) at++
      if (part.kind === 'run') this.#run(part, names[at])
      else if (part.kind === 'gap') this.#gap(part, names[at])
      else this.#lines.push(part.kind === 'break' ? '' : literal(part.text))
    }
    return this.#lines
  }

  #gap({ path, first, last, files }: Gap, next: string | undefined): void {
    if (path !== undefined && path !== this.#path) {
      this.#lines.push(this.#nameOf(path, next))
      this.#path = path
    }
    const count = last - first + 1
    const marker = this.#context.omit(
      lines(first + 1, last + 1),
      `${count} ${count > 1 ? 'lines' : 'line'}`,
      'hits that matter less',
    )
    if (path === undefined) this.#path = undefined
    this.#lines.push(path === undefined ? `${marker} ${printCounts(files, this.#names)}` : marker)
  }

  #run({ path, rows }: Run, next: string | undefined): void {
    if (path === this.#path) {
      this.#rows(rows)
      return
    }
    const name = this.#nameOf(path, next)
    const [row] = rows
    const alone = rows.length === 1 && row!.numbers.length === 1 && row!.mark === ':' && next !== path
    this.#path = alone ? undefined : path
    if (alone) this.#lines.push(`${name}:${printRow(this.#keyed(row!))}`)
    else {
      this.#lines.push(name)
      this.#rows(rows)
    }
  }

  #rows(rows: readonly Row[]): void {
    for (const row of rows) this.#lines.push(printRow(this.#keyed(row)))
  }

  #keyed(row: Row): Row {
    const key = this.#keys.of(row.text)
    return key === undefined ? row : { ...row, keyed: true, text: key }
  }

  /** The path, or what is left of it below a folder's heading; such a heading is opened where two files follow it. */
  #nameOf(path: string, next: string | undefined): string {
    const cut = path.lastIndexOf('/') + 1
    const folder = path.slice(0, cut)
    const base = path.slice(cut)
    if (cut > 1 && folder === this.#folder && isHeading(base)) return base
    const opens = this.#folders && cut > 1 && next !== undefined && next !== path && isBelow(next, folder)
    if (opens && isHeading(base) && isHeading(next.slice(cut))) {
      this.#folder = folder
      this.#lines.push(folder)
      return base
    }
    const name = cut === 0 && this.#folder ? ROOT + path : path
    this.#folder = ''
    return name
  }
}

/** `lib/a.js=3 lib/b.js=1`, and how many more there are: the files of a gap and their matches, for readers only. */
function printCounts(files: ReadonlyMap<string, number>, most: number): string {
  const shown = [...files].slice(0, most)
  const more = files.size - shown.length
  const words = shown.map(([path, count]) => `${path}=${count}`)
  return (more > 0 || words.length === 0 ? [...words, `${more} more files`] : words).join(' ')
}

const isBelow = (path: string, folder: string) => path.startsWith(folder) && !path.includes('/', folder.length)
