import type { Signal } from '../filter.ts'
import type { Found } from './decode-hits.ts'
import { EXTRAS, parseExtras, printExtras, printStats } from './extras.ts'
import { type Hit, type Item, Items, type Keep } from './hit.ts'
import { isPath } from './read-hits.ts'
import { type Event, type EventRow, eventOf, printEvent } from './rg-event.ts'
import { type Matches, matchesOf } from './submatches.ts'

/** The events of `rg --json` as hits of their files, and the texts that were searched for. */
export interface Events {
  readonly items: readonly Item[]
  readonly matches: Matches
}

/** Events in any other spelling than ripgrep's stay as they are. Undefined where a line could be taken for one of ours. */
export function readEvents(lines: readonly string[], keep: Keep, signal: Signal): Events | undefined {
  const events = lines.map(line => {
    signal.throwIfAborted(1 + Math.floor(line.length / 100))
    return eventOf(line)
  })
  const spans = events.flatMap(event => (event?.type === 'row' ? event.row.spans : []))
  const matches = matchesOf(spans.map(({ text }) => text))
  const reader = new Reader(matches, keep)
  for (const [i, event] of events.entries()) {
    signal.throwIfAborted()
    const line = lines[i]!
    if (!event && line.startsWith(EXTRAS)) return undefined
    if (event && !stays(event, i, keep)) reader.drop(i, event)
    else if (!event || !reader.take(event, line, i)) reader.other(line)
  }
  return { items: reader.end(), matches }
}

/** The statistics stay below a row that does. */
function stays(event: Event, index: number, keep: Keep): boolean {
  if (event.type === 'row') return keep.line(index)
  return keep.file(event.path) && (event.type === 'begin' || keep.line(index - 1))
}

/** Gathers the rows of a file, and below them a line with what else their events say. */
class Reader {
  readonly #items: Items
  readonly #matches: Matches
  #path: string | undefined
  /** The line that began a file of which nothing is printed yet. */
  #begun: string | undefined
  #rows: EventRow[] = []
  /** Of the rows since the file began. */
  #counts = { lines: 0, matches: 0 }

  constructor(matches: Matches, keep: Keep) {
    this.#matches = matches
    this.#items = new Items(keep)
  }

  /** False where the event is not in its place. */
  take(event: Event, line: string, index: number): boolean {
    if (event.type === 'begin') return this.#begin(event.path, line)
    if (event.type === 'row') return this.#row({ ...event.row, hit: { ...event.row.hit, line: index } })
    if (event.path !== this.#path || this.#begun !== undefined) return false
    this.#close(printStats(event.stats, this.#counts))
    this.#path = undefined
    return true
  }

  drop(line: number, event: Event): void {
    this.#close()
    this.#begun = undefined
    const path = event.type === 'row' ? event.row.hit.path : event.path
    // What is in no file that was begun is no part of one that is named.
    this.#items.drop(line, path, event.type === 'row' && event.row.hit.mark === ':', path === this.#path)
    if (event.type === 'end' && path === this.#path) this.#path = undefined
  }

  other(text: string): void {
    this.#close()
    if (this.#begun !== undefined) this.#items.list.push({ kind: 'other', text: this.#begun })
    // What follows in a file whose heading was not printed stays as it is.
    if (this.#begun !== undefined) this.#path = undefined
    this.#begun = undefined
    this.#items.list.push({ kind: 'other', text })
  }

  end(): readonly Item[] {
    this.#close()
    if (this.#begun !== undefined) this.#items.list.push({ kind: 'other', text: this.#begun })
    return this.#items.list
  }

  #begin(path: string, line: string): boolean {
    if (this.#path !== undefined || !isPath(path)) return false
    this.#path = path
    this.#begun = line
    this.#counts = { lines: 0, matches: 0 }
    return true
  }

  #row(row: EventRow): boolean {
    if (row.hit.path !== this.#path) return false
    this.#begun = undefined
    this.#rows.push(row)
    if (row.hit.mark === ':') this.#counts.lines++
    this.#counts.matches += row.spans.length
    return true
  }

  #close(end = ''): void {
    if (this.#rows.length === 0 && !end) return
    for (const { hit } of this.#rows) this.#items.list.push(hit)
    this.#items.list.push({ kind: 'other', text: printExtras(this.#rows, this.#matches) + end })
    this.#rows = []
  }
}

/** The inverse of readEvents. Throws a RangeError where a line of extras does not fit the rows above it. */
export function printEvents(found: readonly Found[], matches: Matches): string[] {
  const lines: string[] = []
  let open: string | undefined
  let hits: Hit[] = []
  let counts = { lines: 0, matches: 0 }
  const begin = (path: string | undefined) => {
    if (path === undefined || path === open) return
    open = path
    counts = { lines: 0, matches: 0 }
    lines.push(printEvent({ type: 'begin', path }))
  }
  for (const item of found) {
    if (item.kind === 'hit') hits.push(item)
    else if (item.kind === 'missing') {
      begin(item.path)
      lines.push(item.text)
    } else if (item.kind === 'break') throw new RangeError('a break among events')
    else if (!item.text.startsWith(EXTRAS)) lines.push(item.text)
    else {
      const { rows, stats } = parseExtras(item.text, hits, matches)
      hits = []
      for (const row of rows) {
        begin(row.hit.path)
        if (row.hit.mark === ':') counts.lines++
        counts.matches += row.spans.length
        lines.push(printEvent({ type: 'row', row }))
      }
      if (stats && open !== undefined) {
        lines.push(printEvent({ type: 'end', path: open, stats: stats(counts) }))
        open = undefined
      }
    }
  }
  return lines
}
