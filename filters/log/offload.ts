import type { FilterContext } from '../filter.ts'
import type { Form } from './encode.ts'
import type { Item } from './items.ts'
import type { Row, Template } from './notation.ts'
import { escapePercent } from './percent.ts'
import type { Plan } from './plan.ts'
import { cellOf, type Sheet } from './sheet.ts'
import { Tally } from './tally.ts'
import { weight } from './weight.ts'

/** What a long line without a template becomes: its beginning, a gap, its end. */
const LONG_LINE: Template = { parts: [0, 1, 2], slots: 3 }
/** UTF-16 units of a line from which on its middle goes, and what stays at either end. */
const LONG = 4000
const ENDS = 240

/**
 * Rows with markers in place of values of at least `most` tokens that occur once, and of the middle of long lines; `spare` says which
 * items stay as they are. Linear.
 */
export function offloadValues(
  { sheet, items }: Plan,
  most: number,
  spare: (at: number, row: Row) => boolean,
  starts: Int32Array,
  form: Form,
  context: FilterContext,
): readonly Item[] {
  const once = longValues(sheet, items, most)
  if (once.size === 0) return items
  const out = [...items]
  for (const [at, cells] of [...once].sort(([a], [b]) => a - b)) {
    const item = items[at] as Row
    if (!spare(at, item)) out[at] = offloaded(item, cells, starts[item.first]!)
  }
  return out

  function offloaded(row: Row, cells: readonly number[], start: number): Row {
    const { template } = row
    if (!template) return shortened(sheet, row, start, form, context)
    const gaps: (string | undefined)[] = Array.from({ length: template.slots })
    for (const cell of cells) {
      const slot = (cell - cellOf(row, 0)) >> 1
      const [from, to] = [sheet.bounds[cell]!, sheet.bounds[cell + 1]!]
      if (!standsAlone(template, slot) || weight(sheet.text, from, to) < most) continue
      const before = sheet.text.slice(sheet.starts[row.first], from)
      gaps[slot] = gap(start + original(before, form).length, original(sheet.at(cell), form).length, context)
    }
    return gaps.some(marker => marker !== undefined) ? { ...row, gaps } : row
  }
}

/** Between spaces or quotes: a gap inside a word would leave two halves that nobody can search for. */
function standsAlone({ parts }: Template, slot: number): boolean {
  const at = parts.indexOf(slot)
  const [left, right] = [parts[at - 1], parts[at + 1]]
  const opens = left === undefined || (typeof left === 'string' && /[\s"']$/.test(left))
  return opens && (right === undefined || (typeof right === 'string' && /^[\s"']/.test(right)))
}

/** Of each item that is a long line or holds long values which occur once: the cells of these. */
function longValues(sheet: Sheet, items: readonly Item[], most: number): Map<number, readonly number[]> {
  const tally = new Tally(sheet.text)
  const long: { readonly at: number; readonly cell: number; readonly number: number }[] = []
  const found = new Map<number, number[]>()
  for (let at = 0; at < items.length; at++) {
    const item = items[at]!
    if (!('first' in item)) continue
    if (!item.template && sheet.lengthOf(item.first) > LONG) found.set(at, [])
    for (let slot = 0; slot < (item.template?.slots ?? 0); slot++) {
      const cell = cellOf(item, slot)
      if (sheet.lengthAt(cell) > most)
        long.push({ at, cell, number: tally.add(sheet.bounds[cell]!, sheet.bounds[cell + 1]!) })
    }
  }
  for (const { at, cell, number } of long) {
    if (tally.counts[number] !== 1) continue
    const cells = found.get(at)
    if (cells) cells.push(cell)
    else found.set(at, [cell])
  }
  return found
}

function shortened(sheet: Sheet, row: Row, start: number, form: Form, context: FilterContext): Row {
  return withoutMiddle(sheet, row, ENDS, sheet.lengthOf(row.first) - ENDS, start, form, context)
}

/** A literal row with a gap from `from` to `to`; the row itself where that would part a surrogate pair, whose halves are no UTF-8. */
export function withoutMiddle(
  sheet: Sheet,
  row: Row,
  from: number,
  to: number,
  start: number,
  form: Form,
  context: FilterContext,
): Row {
  const line = sheet.lineOf(row)
  const [head, middle] = [line.slice(0, from), line.slice(from, to)]
  if ([head, middle].some(part => /[\ud800-\udbff]$/.test(part))) return row
  const at = start + original(head, form).length
  const marker = gap(at, original(middle, form).length, context)
  const cells = sheet.size
  const begins = sheet.starts[row.first]!
  for (const [a, b] of [
    [0, 0],
    [0, from],
    [from, to],
    [to, line.length],
  ] as const)
    sheet.add(begins + a, begins + b)
  return { ...row, template: LONG_LINE, cells, gaps: [undefined, marker, undefined] }
}

const gap = (from: number, length: number, context: FilterContext): string =>
  context.omit(context.at(from, from + length), `${length} characters`, 'long value')

/** As it stands in the original. */
function original(text: string, { percent, crlf }: Form): string {
  const letters = percent ? escapePercent(text) : text
  return crlf ? letters.replaceAll('\n', '\r\n') : letters
}
