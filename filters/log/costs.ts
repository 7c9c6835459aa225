import { Codes } from './codes.ts'
import { countingFrom } from './counting.ts'
import type { Style } from './encode.ts'
import { codeOf, type Row, type Template } from './notation.ts'
import { Patterns } from './patterns.ts'
import type { Plan } from './plan.ts'
import { cellOf, type Sheet } from './sheet.ts'
import { weight } from './weight.ts'
import { CODE, REACH, SHORTEST } from './words.ts'

/** Tokens of a line end with a row's code, of a separator, and of a row that is no template's: a repeat, a gap. */
const ROW = 2
const SEPARATOR = 0.8
const OTHER = 4

/** What a template's rows have said so far: of each slot the cell of its value, and the item in which it stood, not as above. */
interface Said {
  readonly cells: Int32Array
  readonly at: Int32Array
  /** Of each slot: how many values were tried for a pattern, what they weigh, and what they do as they are printed. */
  readonly tried: Int32Array
  readonly whole: Float64Array
  readonly printed: Float64Array
}

const nothingSaid = (slots: number): Said => ({
  cells: new Int32Array(slots),
  at: new Int32Array(slots).fill(-REACH - 1),
  tried: new Int32Array(slots),
  whole: new Float64Array(slots),
  printed: new Float64Array(slots),
})

/** Values of a slot that are tried for a pattern: the others are taken to have as much of one. */
const TRIED = 64

/**
 * About how many tokens each item will take in a body of this style, without printing it: within some ten per cent of what is printed.
 * A time counts where it is not the one above, a value where it is not the one above in its slot; 0 where a row before it counts through it.
 */
export function costsOf({ sheet, items }: Plan, { words, cut }: Style): Float64Array {
  const codes = new Codes(new Map(words.words.map(word => [word, ''])))
  const patterns = new Patterns(new Map(words.patterns.map((pattern, i) => [pattern, codeOf(i, 'a')])))
  const said = new Map<Template, Said>()
  const costs = new Float64Array(items.length)
  let prefix = ''
  let time = -1
  for (let at = 0; at < items.length; at++) {
    const item = items[at]!
    if (!('first' in item)) costs[at] = OTHER
    else if (!item.template) costs[at] = 1 + weight(sheet.lineOf(item))
    else {
      let cost = ROW + cellsCost(sheet, item, item.template, at, said, { codes, patterns })
      if (sheet.lengthAt(item.cells) > 0 && (time < 0 || !sheet.same(item.cells, time))) {
        time = item.cells
        const from = sheet.bounds[time]!
        const to = sheet.bounds[time + 1]!
        const slow = cut(sheet.text, from, to)
        cost += weight(sheet.text, from + slow.length, to)
        if (slow !== prefix) cost += 1 + weight((prefix = slow))
      }
      costs[at] = cost
      // Rows that count up from this one are printed with it and take nothing.
      const range = countingFrom(sheet, items, at)
      if (!range) continue
      for (const slot of range.slots) said.get(item.template)!.cells[slot] = cellOf(range.last, slot)
      at += range.more
    }
  }
  return costs
}

function cellsCost(
  sheet: Sheet,
  row: Row,
  template: Template,
  at: number,
  all: Map<Template, Said>,
  { codes, patterns }: { readonly codes: Codes; readonly patterns: Patterns },
): number {
  const { slots } = template
  let said = all.get(template)
  if (!said) all.set(template, (said = nothingSaid(slots)))
  let cost = 0
  for (let slot = 0; slot < slots; slot++) {
    const cell = cellOf(row, slot)
    if (at - said.at[slot]! <= REACH && sheet.same(said.cells[slot]!, cell)) continue
    said.cells[slot] = cell
    said.at[slot] = at
    const isCoded = sheet.lengthAt(cell) >= SHORTEST && codes.codeAt(sheet, cell) !== undefined
    cost += SEPARATOR + (isCoded ? CODE : plainCost(sheet, cell, slot, said, patterns))
  }
  return cost
}

/** Of a value without a code: less where it has a pattern (`b*7`). */
function plainCost(sheet: Sheet, cell: number, slot: number, said: Said, patterns: Patterns): number {
  const whole = weight(sheet.text, sheet.bounds[cell], sheet.bounds[cell + 1])
  if (said.tried[slot]! >= TRIED)
    return said.whole[slot]! > 0 ? (whole * said.printed[slot]!) / said.whole[slot]! : whole
  const filled = patterns.cellOf(sheet.at(cell), '')
  const printed = filled === undefined ? whole : weight(filled)
  said.tried[slot]!++
  said.whole[slot]! += whole
  said.printed[slot]! += printed
  return printed
}
