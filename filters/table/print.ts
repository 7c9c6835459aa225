import type { Signal } from '../filter.ts'
import { printCell } from './cell.ts'
import { wholeNumber } from './derive.ts'
import { labelsOf, printColumns } from './rule.ts'
import type { Slot, Table } from './table.ts'

/** Rows after which a cell is printed again, and a count: a reader should not have to look further up (law L3). */
const REACH = 20
const COUNT_REACH = 10

/** Separators that are tried, after the layout's own. */
const SEPARATORS = [',', '|', ';', '\t']

/** The lines of one table: its block line, its columns, its keys, its rows; see notation in index.ts. */
export function printTable(table: Table, signal: Signal): string[] {
  const { grid, rules, tables, slots } = table
  const by = separatorOf(table)
  const sep = by === grid.layout.separator ? '' : ` by ${by === '\t' ? 'tab' : by}`
  const out = [`@${grid.items.length}${sep} ${grid.layout.spec}`, printColumns(grid.names, rules, by)]
  const labels = labelsOf(grid.names)
  for (const [column, pairs] of tables) out.push(keyLine(labels[column]!, pairs, by))
  for (const { column, nth, words } of slots) {
    if (!words.size) continue
    out.push(keyLine(`${labels[column]}${nth ? `.${nth + 1}` : ''}`, new Map([...words].map(([text, code]) => [code, text])), by))
  }
  new Rows(table, by, out).print(signal)
  return out
}

const keyLine = (label: string, pairs: ReadonlyMap<string, string>, by: string) =>
  `=${label}: ${[...pairs].map(([key, value]) => `${printCell(key, by, false)}=${printCell(value, by, false)}`).join(by)}`

/** The separator that stands in the fewest cells. */
function separatorOf({ grid, slots, groups }: Table): string {
  const own = grid.layout.separator
  let best = own
  let fewest = Number.POSITIVE_INFINITY
  for (const by of [own, ...SEPARATORS]) {
    let count = by === own ? 0 : 3
    for (const { texts } of slots) for (const text of texts) if (text?.includes(by)) count++
    for (const texts of groups) for (const text of texts) if (text.includes(by)) count++
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

  constructor(table: Table, by: string, out: string[]) {
    this.#table = table
    this.#by = by
    this.#out = out
    this.#last = table.slots.map(() => ({ text: undefined, at: 0 }))
    this.#codes = table.slots.map(({ words }) => new Set(words.values()))
  }

  print(signal: Signal): void {
    for (const item of this.#table.grid.items) {
      signal.throwIfAborted(1 + (this.#table.slots.length >> 2))
      if ('marker' in item) this.#out.push(item.marker)
      else if ('text' in item) this.#out.push(`!${printCell(item.text, '\n', false)}`)
      else this.#printRow(item.row)
    }
  }

  #printRow(row: number): void {
    this.#printGroup(row)
    this.#row++
    const cells = this.#table.slots.map((slot, at) => this.#cell(slot, at, row))
    while (cells.at(-1) === '') cells.pop()
    const line = cells.join(this.#by)
    this.#out.push(cells.length && '#!=['.includes(line[0] ?? ' ') ? this.#guarded(cells) : line)
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
    if (line !== this.#group) this.#out.push(`#${line}`)
    this.#group = line
  }

  #cell({ texts, kind, words }: Slot, at: number, row: number): string {
    const text = texts[row]
    const last = this.#last[at]!
    if (kind === 'step') return this.#count(text!, at)
    if (text === undefined || (kind === 'own' && text === last.text && this.#row - last.at <= REACH)) return ''
    if (kind === 'own') this.#last[at] = { text, at: this.#row }
    const code = words.get(text)
    if (code !== undefined) return code
    return this.#codes[at]!.has(text) ? `~${text}` : printCell(text, this.#by, false)
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
