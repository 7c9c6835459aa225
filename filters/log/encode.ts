import type { Signal } from '../filter.ts'
import { type Features, printFeatures } from './features.ts'
import { type Item, rowsOfTemplates } from './items.ts'
import { type Row, type Template, TIME } from './notation.ts'
import { showPercent } from './percent.ts'
import { type Plan, planOf } from './plan.ts'
import { pays } from './price.ts'
import { keysOf, type Omit, type Printed, printBody } from './print.ts'
import { literalRows } from './rows.ts'
import { cellOf, type Sheet } from './sheet.ts'
import { type Cut, cutOf, SAMPLE as TIMES } from './times.ts'
import { type Words, wordsOf } from './words.ts'

/** How the original differs from the lines of its plan. */
export type Form = Pick<Features, 'percent' | 'crlf'>

/** A text's plan: its items are the text, line for line, in the notation of notation.ts. Undefined where it has too many lines. */
export function parse(
  text: string,
  known: readonly Template[],
  signal: Signal,
): { plan: Plan; form: Form } | undefined {
  const crlf = text.includes('\r\n') && !/(?:^|[^\r])\n/.test(text)
  const shown = showPercent(text)
  const plain = crlf ? (shown ?? text).replaceAll('\r\n', '\n') : (shown ?? text)
  const plan = planOf(plain, known, signal)
  return plan && { plan, form: { percent: shown !== undefined, crlf } }
}

/** A body with the note that its reader needs. */
export interface Body extends Printed {
  readonly note: string
}

/** What is chosen by looking at all rows: gaps leave it as it is. */
export interface Style {
  readonly words: Words
  readonly by: string
  readonly cut: Cut
}

/** The keys that pay for these items, and how values and times are parted. */
export function styleOf({ sheet, items }: Plan): Style {
  const rows = items.filter(item => 'first' in item)
  return { words: wordsOf(sheet, rows), by: separatorOf(sheet, rows), cut: cutOf(timesOf(sheet, rows)) }
}

/** Items as a body. */
export const bodyOf = (plan: Plan, form: Form, style: Style = styleOf(plan)): Body =>
  printed(plan, form, style, () => '')

/** Some of the items with gaps, in the style of all. `omit` makes the markers. */
export const cutBodyOf = ({ sheet, items }: Plan, form: Form, style: Style, omit: Omit): Body =>
  printed({ sheet, items: withoutRareTemplates(items) }, form, style, omit)

function printed({ sheet, items }: Plan, form: Form, style: Style, omit: Omit): Body {
  const templates = [...rowsOfTemplates(items).keys()]
  const features: Features = {
    keys: templates.length > 0,
    ...(templates.some(({ slots }) => slots > 1) && { by: style.by }),
    again: templates.some(({ parts }) => parts.some(part => typeof part === 'number' && part < TIME)),
    times: templates.some(({ parts }) => parts.includes(TIME)),
    repeats: items.some(item => 'repeat' in item),
    ...form,
  }
  const body = printBody(sheet, items, keysOf(templates, style.words), features, style.cut, omit)
  const { dittos, ranges, fills, escapes } = body
  return { ...body, note: printFeatures({ ...features, dittos, ranges, fills, escapes }) }
}

/** Where gaps took the rows of a template away, the others may not pay for its key. */
function withoutRareTemplates(items: readonly Item[]): readonly Item[] {
  const rare = new Set<Template>()
  for (const [template, rows] of rowsOfTemplates(items)) if (!pays(template, rows)) rare.add(template)
  if (rare.size === 0) return items
  return items.flatMap((item): Item[] => {
    if (!('first' in item) || !item.template || item.gaps || !rare.has(item.template)) return [item]
    return literalRows(item)
  })
}

/** The first times, as many as a cut is chosen by. */
function timesOf(sheet: Sheet, rows: readonly Row[]): string[] {
  const times: string[] = []
  for (let at = 0; at < rows.length && times.length < TIMES; at++) {
    const row = rows[at]!
    if (row.template && sheet.lengthAt(row.cells) > 0) times.push(sheet.timeOf(row))
  }
  return times
}

const SEPARATORS = ['|', ';', '#', '!']

/** Rows that the choice of the separator looks at. */
const SAMPLE = 500

/** The separator that the fewest values hold. */
function separatorOf(sheet: Sheet, rows: readonly Row[]): string {
  const used = SEPARATORS.map(() => 0)
  const step = Math.max(1, Math.floor(rows.length / SAMPLE))
  for (let at = 0; at < rows.length; at += step) {
    const row = rows[at]!
    for (let slot = 0; slot < (row.template?.slots ?? 0) - 1; slot++)
      for (let by = 0; by < SEPARATORS.length; by++) if (sheet.holds(cellOf(row, slot), SEPARATORS[by]!)) used[by]!++
  }
  return SEPARATORS[used.indexOf(Math.min(...used))]!
}
