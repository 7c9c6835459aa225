import type { FilterContext } from '../filter.ts'
import type { Form } from './encode.ts'
import type { Item } from './items.ts'
import { withoutMiddle } from './offload.ts'
import type { Plan } from './plan.ts'
import { severityOf } from './severity.ts'

/** A line that goes back to its beginning this often shows progress. */
const FEWEST = 6

/** Lines that overwrite themselves with carriage returns keep their beginning and their end. The same items where there are none. Linear. */
export function foldProgress(
  { sheet, items }: Plan,
  startOf: (line: number) => number,
  form: Form,
  context: FilterContext,
): readonly Item[] {
  let changed = false
  const out = items.map(item => {
    if (!('first' in item) || item.template) return item
    const text = sheet.lineOf(item)
    const states = text.includes('\r') ? text.split('\r') : []
    if (states.length <= FEWEST || states.some(state => severityOf(state) > 0)) return item
    changed = true
    const from = text.indexOf('\r', text.indexOf('\r') + 1)
    const to = text.lastIndexOf('\r', text.length - 2)
    return withoutMiddle(sheet, item, from, to, startOf(item.first), form, context)
  })
  return changed ? out : items
}
