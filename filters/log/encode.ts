import type { Signal } from '../filter.ts'
import { type Features, printFeatures } from './features.ts'
import type { Item } from './items.ts'
import { type Row, type Template, TIME } from './notation.ts'
import { showPercent } from './percent.ts'
import { type Plan, planOf } from './plan.ts'
import { pays } from './price.ts'
import { keysOf, type Omit, type Printed, printBody } from './print.ts'
import { literalRows } from './rows.ts'
import { cutOf } from './times.ts'
import { wordsOf } from './words.ts'

/** How the original differs from the lines of its plan. */
export type Form = Pick<Features, 'percent' | 'crlf'>

/** A text's plan: its items are the text, line for line, in the notation of notation.ts. Undefined where it has too many lines. */
export function parse(text: string, signal: Signal): { plan: Plan; form: Form } | undefined {
  const crlf = text.includes('\r\n') && !/(?:^|[^\r])\n/.test(text)
  const shown = showPercent(text)
  const plain = crlf ? (shown ?? text).replaceAll('\r\n', '\n') : (shown ?? text)
  const plan = planOf(plain, signal)
  return plan && { plan, form: { percent: shown !== undefined, crlf } }
}

export interface Body extends Printed {
  readonly note: string
}

/** Items as a body: with the keys that pay for these items. `omit` makes the markers of gaps. */
export function bodyOf(given: readonly Item[], form: Form, omit: Omit = () => ''): Body {
  const items = withoutRareTemplates(given)
  const rows: Row[] = []
  const times: string[] = []
  const counts = new Map<Template, number>()
  for (const item of items) {
    if (!('text' in item)) continue
    rows.push(item)
    if (item.template) counts.set(item.template, (counts.get(item.template) ?? 0) + 1)
    if (item.time) times.push(item.time)
  }
  const templates = [...counts.keys()]
  const features: Features = {
    keys: templates.length > 0,
    ...(templates.some(({ slots }) => slots > 1) && { by: separatorOf(rows) }),
    times: templates.some(({ parts }) => parts.includes(TIME)),
    repeats: items.some(item => 'repeat' in item),
    ...form,
  }
  const printed = printBody(items, keysOf(templates, wordsOf(rows)), features, cutOf(times), omit)
  return { ...printed, note: printFeatures({ ...features, dittos: printed.dittos }) }
}

/** Where gaps took the rows of a template away, the others may not pay for its key. */
function withoutRareTemplates(items: readonly Item[]): readonly Item[] {
  if (!items.some(item => 'cut' in item)) return items
  const counts = new Map<Template, number>()
  for (const item of items)
    if ('text' in item && item.template) counts.set(item.template, (counts.get(item.template) ?? 0) + 1)
  return items.flatMap((item): Item[] => {
    if (!('text' in item) || !item.template || item.gaps) return [item]
    return pays(item.template, counts.get(item.template)!) ? [item] : literalRows(item)
  })
}

const SEPARATORS = ['|', ';', '^', '#']

/** Rows that the choice of the separator looks at. */
const SAMPLE = 500

/** The separator that the fewest values hold. */
function separatorOf(rows: readonly Row[]): string {
  const used = SEPARATORS.map(() => 0)
  const step = Math.max(1, Math.floor(rows.length / SAMPLE))
  for (let at = 0; at < rows.length; at += step) {
    const { values } = rows[at]!
    for (let slot = 0; slot < values.length - 1; slot++)
      for (let by = 0; by < SEPARATORS.length; by++) if (values[slot]!.includes(SEPARATORS[by]!)) used[by]!++
  }
  return SEPARATORS[used.indexOf(Math.min(...used))]!
}
