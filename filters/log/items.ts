import type { Row, Template } from './notation.ts'
import type { Repeat } from './repeats.ts'

/** What stands in a body: a row, a block again, or a gap. */
export type Item = Row | { readonly repeat: Repeat } | { readonly cut: Cut }

/** Lines that are left out: 0-based first, and how many. */
export interface Cut {
  readonly first: number
  readonly lines: number
  /** Of its rows, the most frequent first. */
  readonly templates: readonly Template[]
  readonly faults: string
}

/** The lines of an item: 0-based first, and how many. */
export function placeOf(item: Item): { first: number; count: number } {
  if ('first' in item) return { first: item.first, count: item.lines }
  return 'repeat' in item ? { first: item.repeat.first, count: item.repeat.lines } : { first: 0, count: 0 }
}

/** Of each template: where its rows are, ascending. */
export type Places = ReadonlyMap<Template, readonly number[]>

export function placesOf(items: readonly Item[]): Places {
  const places = new Map<Template, number[]>()
  for (let at = 0; at < items.length; at++) {
    const item = items[at]!
    if (!('first' in item) || !item.template) continue
    const known = places.get(item.template)
    if (known) known.push(at)
    else places.set(item.template, [at])
  }
  return places
}

/** Of each template, in the order in which they first stand: how many rows it has. */
export function rowsOfTemplates(items: readonly Item[]): Map<Template, number> {
  const counts = new Map<Template, number>()
  for (const item of items)
    if ('first' in item && item.template) counts.set(item.template, (counts.get(item.template) ?? 0) + 1)
  return counts
}
