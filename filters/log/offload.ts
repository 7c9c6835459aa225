import type { FilterContext } from '../filter.ts'
import type { Form } from './encode.ts'
import type { Item } from './items.ts'
import type { Row, Template } from './notation.ts'
import { escapePercent } from './percent.ts'
import type { Plan } from './plan.ts'
import { cellOf, type Sheet } from './sheet.ts'
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
  const { counts, places } = longValues(sheet, items, most)
  const out = [...items]
  for (const at of places) {
    const item = items[at]
    if (item && 'first' in item && !spare(at, item)) out[at] = offloaded(item, starts[item.first]!)
  }
  return out

  function offloaded(row: Row, start: number): Row {
    const { template } = row
    if (!template) return shortened(sheet, row, start, form, context)
    const gaps = sheet.valuesOf(row).map((value, slot) => {
      if (!isBlob(value, most) || counts.get(value) !== 1 || !standsAlone(template, slot)) return undefined
      const before = sheet.text.slice(sheet.starts[row.first], sheet.bounds[cellOf(row, slot)])
      return gap(start + original(before, form).length, original(value, form).length, context)
    })
    return gaps.some(marker => marker !== undefined) ? { ...row, gaps } : row
  }
}

const isBlob = (value: string, most: number) => value.length > most && weight(value) >= most

/** Between spaces or quotes: a gap inside a word would leave two halves that nobody can search for. */
function standsAlone({ parts }: Template, slot: number): boolean {
  const at = parts.indexOf(slot)
  const [left, right] = [parts[at - 1], parts[at + 1]]
  const opens = left === undefined || (typeof left === 'string' && /[\s"']$/.test(left))
  return opens && (right === undefined || (typeof right === 'string' && /^[\s"']/.test(right)))
}

/** How often each long value stands in the rows, and which items hold one, or are a long line. */
function longValues(
  sheet: Sheet,
  items: readonly Item[],
  most: number,
): { counts: Map<string, number>; places: number[] } {
  const counts = new Map<string, number>()
  const places: number[] = []
  for (let at = 0; at < items.length; at++) {
    const item = items[at]!
    if (!('first' in item)) continue
    let isLong = !item.template && sheet.lineOf(item).length > LONG
    for (let slot = 0; slot < (item.template?.slots ?? 0); slot++) {
      const cell = cellOf(item, slot)
      if (sheet.lengthAt(cell) <= most) continue
      const value = sheet.at(cell)
      counts.set(value, (counts.get(value) ?? 0) + 1)
      isLong = true
    }
    if (isLong) places.push(at)
  }
  return { counts, places }
}

function shortened(sheet: Sheet, row: Row, start: number, form: Form, context: FilterContext): Row {
  return withoutMiddle(sheet, row, ENDS, sheet.lineOf(row).length - ENDS, start, form, context)
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
