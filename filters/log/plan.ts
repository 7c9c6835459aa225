import type { Signal } from '../filter.ts'
import type { Item } from './items.ts'
import { learnedRows } from './learn.ts'
import type { Row, Template } from './notation.ts'
import { type Repeat, repeatsOf } from './repeats.ts'
import { type Scan, scanLines } from './scan.ts'
import type { Sheet } from './sheet.ts'

/** A text's lines as items, before anything is left out. */
export interface Plan {
  readonly sheet: Sheet
  readonly items: readonly Item[]
}

/** Lines, but for repeats, that are held in memory at once. */
const MOST_LINES = 400_000

/** Each line as a row of the template that pays for it, those that are known first, else as it is; undefined where there are too many. Linear. */
export function planOf(text: string, known: readonly Template[], signal: Signal): Plan | undefined {
  const scan = scanLines(text, signal)
  const repeats = repeatsOf(scan.ids, (first, lines) => worthRepeating(scan, first, lines), signal)
  const rest = withoutRepeats(scan.sheet.lineCount, repeats)
  if (rest.length > MOST_LINES) return undefined
  const rows = learnedRows(scan, rest, known, signal)
  return { sheet: scan.sheet, items: interleaved(rows, repeats) }
}

/** The places of all lines that are not repeats. */
function withoutRepeats(lines: number, repeats: readonly Repeat[]): Int32Array {
  const rest = new Int32Array(repeats.reduce((left, repeat) => left - repeat.lines, lines))
  let next = 0
  let count = 0
  for (let line = 0; line < lines; line++)
    if (repeats[next]?.first === line) line += repeats[next++]!.lines - 1
    else rest[count++] = line
  return rest
}

/** A repeat row costs some three tokens, a row of a template about two. */
function worthRepeating({ sheet: { starts } }: Scan, first: number, count: number): boolean {
  const length = starts[first + count]! - starts[first]!
  return count > 1 ? length > 24 : length > 60
}

function interleaved(rows: readonly Row[], repeats: readonly Repeat[]): Item[] {
  if (!repeats.length) return [...rows]
  const items: Item[] = []
  let next = 0
  for (const row of rows) {
    while (next < repeats.length && repeats[next]!.first <= row.first) items.push({ repeat: repeats[next++]! })
    items.push(row)
  }
  while (next < repeats.length) items.push({ repeat: repeats[next++]! })
  return items
}
