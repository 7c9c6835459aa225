import type { Style } from './encode.ts'
import type { Item } from './items.ts'
import type { Row, Template } from './notation.ts'
import { weight } from './weight.ts'
import { CODE, REACH, SHORTEST } from './words.ts'

/** Tokens of a line end with a row's code, of a separator, and of a row that is no template's: a repeat, a gap. */
const ROW = 2
const SEPARATOR = 0.8
const OTHER = 4

/** What a template's rows have said so far: of each slot its value, and the item in which it stood, not as above. */
interface Said {
  readonly values: string[]
  readonly at: Int32Array
}

/**
 * About how many tokens each item will take in a body of this style, without printing it: within some ten per cent of what is printed.
 * A time counts where it is not the one above, a value where it is not the one above in its slot.
 */
export function costsOf(items: readonly Item[], { words, cut }: Style): Float64Array {
  const codes = new Set(words.words)
  const said = new Map<Template, Said>()
  const costs = new Float64Array(items.length)
  let prefix = ''
  let time = ''
  for (let at = 0; at < items.length; at++) {
    const item = items[at]!
    if (!('text' in item)) costs[at] = OTHER
    else if (!item.template) costs[at] = 1 + weight(item.text)
    else {
      costs[at] = ROW + cellsCost(item, item.template, at, said, codes)
      if (item.time === time || item.time === '') continue
      time = item.time
      const slow = cut(time)
      costs[at]! += weight(time) - weight(slow)
      if (slow !== prefix) costs[at]! += 1 + weight((prefix = slow))
    }
  }
  return costs
}

function cellsCost(
  { values }: Row,
  template: Template,
  at: number,
  all: Map<Template, Said>,
  codes: ReadonlySet<string>,
): number {
  let said = all.get(template)
  if (!said) all.set(template, (said = { values: [], at: new Int32Array(values.length).fill(-REACH - 1) }))
  let cost = 0
  for (let slot = 0; slot < values.length; slot++) {
    const value = values[slot]!
    if (said.values[slot] === value && at - said.at[slot]! <= REACH) continue
    said.values[slot] = value
    said.at[slot] = at
    cost += SEPARATOR + (value.length >= SHORTEST && codes.has(value) ? CODE : weight(value))
  }
  return cost
}
