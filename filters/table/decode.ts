import { markerAt } from '../../ccr/marker.ts'
import type { Selector } from '../../ccr/select.ts'
import { parseCell } from './cell.ts'
import { wholeNumber } from './derive.ts'
import type { Layout } from './grid.ts'
import { scaled } from './pieces.ts'
import { groupsOf, isOwn, isQuoted, labelsOf, type Part, parseColumns, type Rule, slotsOf, unquoted } from './rule.ts'

type Gap = (where: Selector) => string

/** Reads the tables of a body; `layoutOf` gives the layout that a block line names. Throws a RangeError on other bodies. */
export class Tables {
  readonly #lines: readonly string[]
  readonly #layoutOf: (spec: string) => Layout
  readonly #gap: Gap
  #at = 0

  constructor(body: string, layoutOf: (spec: string) => Layout, gap: Gap) {
    this.#lines = body.split('\n')
    this.#layoutOf = layoutOf
    this.#gap = gap
  }

  /** The lines of the original. A line of several, and a gap, is one of them. */
  read(): string[] {
    const out: string[] = []
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at++]!
      if (line.startsWith('@')) this.#readBlock(line, out)
      else if (line.startsWith('\\')) out.push(line.slice(1))
      else out.push(gapAt(line, this.#gap) ?? line)
    }
    return out
  }

  #readBlock(line: string, out: string[]): void {
    const { name, reader } = this.#readHead(line, out)
    const readers = new Map([['', reader]])
    for (let next = this.#lines[this.#at]; next && /^@[A-Z] /.test(next); next = this.#lines[this.#at]) {
      const more = this.#readHead(this.#next(), out)
      readers.set(more.name, more.reader)
    }
    for (let left = Number(name); left > 0; ) left -= this.#readItem(readers, out)
  }

  /** A table's line, its columns and keys. */
  #readHead(line: string, out: string[]): { name: string; reader: RowReader } {
    const found = /^@(\d{1,15}|[A-Z])(?: by (tab|.))? (.*)$/s.exec(line)
    if (!found) throw new RangeError('a line that this filter did not write')
    const layout = this.#layoutOf(found[3]!)
    const by = found[2] === undefined ? layout.separator : found[2] === 'tab' ? '\t' : found[2]
    const { names, rules } = parseColumns(this.#next(), by)
    const reader = new RowReader(layout, names, rules, by)
    while (this.#lines[this.#at]?.startsWith('=')) reader.readKeys(this.#next())
    if (layout.header) out.push(layout.header(names))
    return { name: found[1]!, reader }
  }

  /** One line of a block's rows; answers how many items it was. */
  #readItem(readers: ReadonlyMap<string, RowReader>, out: string[]): number {
    const line = this.#next()
    if (line.startsWith('!!')) {
      const count = Number(line.slice(2))
      for (let i = 0; i < count; i++) out.push(this.#next())
      return count
    }
    if (line.startsWith('!')) out.push(parseCell(line.slice(1), '\n'))
    else {
      const isOther = line.startsWith('>')
      const reader = readers.get(isOther ? line.slice(1, 2) : '')
      if (!reader) throw new RangeError('a row of no table')
      const row = isOther ? line.slice(line[2] === ' ' ? 3 : 2) : line
      const isGroup = isOther ? line[2] === '#' : line.startsWith('#')
      if (isGroup) {
        reader.readGroup(row)
        return 0
      }
      out.push(gapAt(line, this.#gap) ?? reader.readRow(row))
    }
    return 1
  }

  #next(): string {
    const line = this.#lines[this.#at++]
    if (line === undefined) throw new RangeError('a table that does not end')
    return line
  }
}

/** What a line that is a marker stands for, without its last line end; undefined for other lines. */
function gapAt(line: string, gap: Gap): string | undefined {
  if (!line.startsWith('[... ')) return undefined
  const marker = markerAt(line, 0)
  if (marker?.end !== line.length) return undefined
  const missing = gap(marker.where)
  return missing.endsWith('\n') ? missing.slice(0, -1) : missing
}

class RowReader {
  readonly #layout: Layout
  readonly #rules: readonly Rule[]
  readonly #by: string
  readonly #labels: readonly string[]
  readonly #keys = new Map<string, Map<string, string>>()
  /** Columns that name no others come first. */
  readonly #order: readonly number[]
  readonly #firstSlot: readonly number[]
  readonly #firstGroup: readonly number[]
  readonly #quoted: readonly boolean[]
  readonly #slotCount: number
  #group: string[] = []
  #slots: string[] = []
  #cells: string[] = []

  constructor(layout: Layout, names: readonly string[], rules: readonly Rule[], by: string) {
    this.#layout = layout
    this.#rules = rules
    this.#by = by
    this.#labels = labelsOf(names)
    this.#quoted = rules.map(isQuoted)
    this.#firstSlot = offsets(rules, slotsOf)
    this.#firstGroup = offsets(rules, groupsOf)
    this.#slotCount = Math.max(
      1,
      rules.reduce((sum, rule) => sum + slotsOf(rule), 0),
    )
    const refers = rules.map(({ parts }) => (parts.some(part => 'column' in part) ? 1 : 0))
    this.#order = [...rules.keys()].sort((a, b) => refers[a]! - refers[b]! || a - b)
  }

  readKeys(line: string): void {
    const colon = line.indexOf(': ')
    const pairs = new Map<string, string>()
    for (const entry of line.slice(colon + 2).split(this.#by)) {
      const equals = entry.indexOf('=')
      pairs.set(parseCell(entry.slice(0, equals), this.#by), parseCell(entry.slice(equals + 1), this.#by))
    }
    this.#keys.set(line.slice(1, colon), pairs)
  }

  readGroup(line: string): void {
    this.#group = line
      .slice(1)
      .split(this.#by)
      .map(cell => parseCell(cell, this.#by))
  }

  readRow(line: string): string {
    const shown = this.#split(line)
    const before = this.#cells
    this.#cells = Array.from({ length: this.#rules.length })
    for (const column of this.#order) this.#cells[column] = this.#readColumn(column, shown, before[column])
    return this.#layout.join(this.#cells)
  }

  /** The last cell may hold separators. */
  #split(line: string): string[] {
    const shown = line.split(this.#by)
    if (shown.length <= this.#slotCount) return shown
    const rest = shown.splice(this.#slotCount - 1)
    return [...shown, rest.join(this.#by)]
  }

  #readColumn(column: number, shown: readonly string[], before: string | undefined): string {
    const rule = this.#rules[column]!
    const first = this.#firstSlot[column]!
    if (rule.optional) {
      const cell = shown[first] ?? ''
      if (cell !== '') return this.#value(cell, column, 0)
    } else {
      const count = slotsOf(rule)
      for (let nth = 0; nth < count; nth++) {
        const cell = shown[first + nth] ?? ''
        if (cell !== '') this.#slots[first + nth] = this.#value(cell, column, nth)
      }
      const odd = count ? this.#slots[first] : undefined
      if (odd?.startsWith('\\')) return odd.slice(1)
    }
    return this.#render(rule.parts, column, before)
  }

  #value(cell: string, column: number, nth: number): string {
    const label = nth ? `${this.#labels[column]}.${nth + 1}` : this.#labels[column]!
    const isLookUp = this.#rules[column]!.parts.some(({ kind }) => kind === 'by')
    const word = isLookUp ? undefined : this.#keys.get(label)?.get(cell)
    return word ?? parseCell(cell, this.#by)
  }

  #render(parts: readonly Part[], column: number, before: string | undefined): string {
    let text = ''
    let slot = this.#firstSlot[column]!
    let group = this.#firstGroup[column]!
    for (const part of parts) {
      if (part.kind === 'text') text += part.text
      else if (part.kind === 'group') text += this.#group[group++] ?? ''
      else if (isOwn(part.kind)) {
        const own = this.#slots[slot++] ?? ''
        text += part.kind === 'scaled' ? scaled(own, part.digits) : own
      } else if ('column' in part) text += this.#refer(part, column)
      else if (part.kind === 'step') text += counted(before === undefined ? undefined : unquoted(before), part.by)
    }
    return text
  }

  #refer(part: Part & { column: number }, column: number): string {
    const cell = this.#cells[part.column]!
    const source = this.#quoted[part.column] ? unquoted(cell) : cell
    if (part.kind === 'plus') return counted(source, part.by)
    return part.kind === 'of' ? source : (this.#keys.get(this.#labels[column]!)?.get(source) ?? '')
  }
}

function counted(source: string | undefined, by: number): string {
  const number = wholeNumber(source)
  if (number === undefined) throw new RangeError('a count from what is no number')
  return String(number + by)
}

function offsets(rules: readonly Rule[], size: (rule: Rule) => number): number[] {
  const starts: number[] = []
  let at = 0
  for (const rule of rules) {
    starts.push(at)
    at += size(rule)
  }
  return starts
}
