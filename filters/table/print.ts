import type { Signal } from '../filter.ts'
import { OPENS, printCell } from './cell.ts'
import { wholeNumber } from './derive.ts'
import type { Item } from './grid.ts'
import { labelsOf, printColumns } from './rule.ts'
import type { Slot, Table } from './table.ts'

/** Rows after which a cell is printed again, and a count: a reader should not have to look further up (law L3). */
const REACH = 20
const COUNT_REACH = 10

/** Separators that are tried, after the layout's own. */
const SEPARATORS = [',', '|', ';', '\t']

/** The lines of a block: for each table a line that names it, its columns and its keys, then the rows; see notation in index.ts. */
export function printBlock(tables: readonly Table[], items: readonly Item[], signal: Signal): string[] {
  const out: string[] = []
  const rows = tables.map((table, at) => {
    const by = separatorOf(table)
    const { separator, spec } = table.grid.layout
    const sep = by === separator ? '' : ` by ${by === '\t' ? 'tab' : by}`
    out.push(`@${at ? letterOf(at) : items.length}${sep} ${spec}`, ...headOf(table, by))
    return new Rows(table, by, at ? `>${letterOf(at)}` : '', out)
  })
  for (let at = 0; at < items.length; at++) {
    signal.throwIfAborted(2)
    const item = items[at]!
    if ('marker' in item) out.push(item.marker)
    else if ('row' in item) rows[item.grid ?? 0]!.print(item.row)
    else at += printTexts(items, at, out) - 1
  }
  return out
}

/** Tables after the first are called B, C ... */
export const letterOf = (at: number): string => String.fromCharCode(65 + at)
export const MOST_TABLES = 26

/** Lines that stand as they are: one behind a `!`, more below a line that says how many. Answers how many items these were. */
function printTexts(items: readonly Item[], from: number, out: string[]): number {
  const texts: string[] = []
  for (let at = from; at < items.length; at++) {
    const item = items[at]!
    if (!('text' in item) || item.text.includes('\n')) break
    texts.push(item.text)
  }
  if (texts.length >= 2) out.push(`!!${texts.length}`, ...texts)
  else {
    const text = printCell((items[from] as { text: string }).text, '\n', false)
    out.push(text.startsWith('!') ? `!~${text.replaceAll('~', '~0')}` : `!${text}`)
  }
  return Math.max(1, texts.length)
}

function headOf({ grid, rules, tables, slots }: Table, by: string): string[] {
  const out = [printColumns(grid.names, rules, by)]
  const labels = labelsOf(grid.names)
  for (const [column, pairs] of tables) out.push(keyLine(labels[column]!, pairs, by))
  for (const { column, nth, words } of slots) {
    if (!words.size) continue
    const codes = new Map([...words].map(([text, code]) => [code, text]))
    out.push(keyLine(`${labels[column]}${nth ? `.${nth + 1}` : ''}`, codes, by))
  }
  return out
}

/** A line that is no table's, with a backslash where it would be taken for another kind of line. */
export const literal = (line: string) => (/^(?:@|\\|\[\.\.\. )/.test(line) ? `\\${line}` : line)

const keyLine = (label: string, pairs: ReadonlyMap<string, string>, by: string) =>
  `=${label}: ${[...pairs].map(([key, value]) => `${printCell(key, by, false)}=${printCell(value, by, false)}`).join(by)}`

/** Rows by which separators are judged: in others, a cell with one is escaped. */
const JUDGED = 2000

/** The separator that stands in the fewest cells. */
function separatorOf({ grid, slots, groups }: Table): string {
  const own = grid.layout.separator
  let best = own
  let fewest = Number.POSITIVE_INFINITY
  const cells = [...slots.slice(0, -1).map(({ texts }) => texts), ...groups]
  for (const by of [own, ...SEPARATORS]) {
    let count = by === own ? 0 : 3
    for (const texts of cells)
      for (let row = 0; row < texts.length && row < JUDGED; row++) if (texts[row]?.includes(by)) count++
    if (count < fewest) {
      fewest = count
      best = by
    }
    if (count === 0) break
  }
  return best
}

class Rows {
  readonly #table: Table
  readonly #by: string
  readonly #out: string[]
  /** Per slot: the last text and the row of the output in which it was printed. */
  readonly #last: { text: string | undefined; at: number }[]
  readonly #codes: readonly ReadonlySet<string>[]
  #group = ''
  #row = 0

  readonly #mark: string

  /** `mark` opens the rows of a table that is not the block's first. */
  constructor(table: Table, by: string, mark: string, out: string[]) {
    this.#table = table
    this.#by = by
    this.#mark = mark
    this.#out = out
    this.#last = table.slots.map(() => ({ text: undefined, at: 0 }))
    this.#codes = table.slots.map(({ words }) => new Set(words.values()))
  }

  print(row: number): void {
    this.#printGroup(row)
    this.#row++
    const cells = this.#table.slots.map((slot, at) => this.#cell(slot, at, row))
    while (cells.at(-1) === '') cells.pop()
    const line = cells.join(this.#by)
    const shown = cells.length && OPENS.includes(line[0] ?? ' ') ? this.#guarded(cells) : line
    this.#out.push(this.#mark ? `${this.#mark} ${shown}` : shown)
  }

  /** A first cell that is a code or empty never opens like another kind of line; others are escaped. */
  #guarded(cells: string[]): string {
    const [first, ...rest] = cells as [string, ...string[]]
    return [first.charCodeAt(0) === 126 ? first : `~${first.replaceAll('~', '~0')}`, ...rest].join(this.#by)
  }

  #printGroup(row: number): void {
    const { groups } = this.#table
    if (!groups.length) return
    const line = groups.map(texts => printCell(texts[row]!, this.#by, false)).join(this.#by)
    if (line !== this.#group) this.#out.push(`${this.#mark}#${line}`)
    this.#group = line
  }

  #cell({ texts, kind, words }: Slot, at: number, row: number): string {
    const text = texts[row]
    const last = this.#last[at]!
    if (kind === 'step') return this.#count(text!, at)
    if (text === undefined || (kind === 'own' && text === last.text && this.#row - last.at <= REACH)) return ''
    if (kind === 'own') this.#last[at] = { text, at: this.#row }
    if (words.size > 0) {
      const code = words.get(text)
      if (code !== undefined) return code
      if (text.length < 3 && this.#codes[at]!.has(text)) return `~${text}`
    }
    return printCell(text, this.#by, false, at === this.#table.slots.length - 1)
  }

  /** Nothing where the cell is what the one above counts on to, but for each tenth row. */
  #count(text: string, at: number): string {
    const { column } = this.#table.slots[at]!
    const part = this.#table.rules[column]!.parts.find(({ kind }) => kind === 'step')
    const last = this.#last[at]!
    const before = wholeNumber(inner(last.text))
    const by = part?.kind === 'step' ? part.by : 0
    const follows = before !== undefined && text === this.#quote(column, String(before + by))
    const near = this.#row - last.at < COUNT_REACH
    this.#last[at] = { text, at: follows && near ? last.at : this.#row }
    return follows && near ? '' : printCell(text, this.#by, false)
  }

  #quote(column: number, number: string): string {
    return this.#table.rules[column]!.parts.map(part => (part.kind === 'text' ? part.text : number)).join('')
  }
}

const inner = (text: string | undefined) => (text !== undefined && text[0] === '"' ? text.slice(1, -1) : text)
