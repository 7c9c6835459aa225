import { parseCell } from './cell.ts'
import { wholeNumber } from './derive.ts'
import type { Layout } from './grid.ts'
import { scaled } from './pieces.ts'
import { groupsOf, isOwn, isQuoted, labelsOf, type Part, type Rule, slotsOf, unquoted } from './rule.ts'

/** Reads the rows of one table, each by what the rows and the group line above it left. */
export class RowReader {
  readonly #layout: Layout
  readonly #names: readonly string[]
  readonly #rules: readonly Rule[]
  readonly #by: string
  /** What a cell stands for. */
  readonly #fill: (cell: string) => string
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

  constructor(
    layout: Layout,
    names: readonly string[],
    rules: readonly Rule[],
    by: string,
    fill: (cell: string) => string = cell => cell,
  ) {
    this.#fill = fill
    this.#layout = layout
    this.#names = names
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
    return this.#layout.join(this.#cells.map(this.#fill), this.#names)
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
