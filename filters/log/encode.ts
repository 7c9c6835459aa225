import type { Signal } from '../filter.ts'
import { type Features, printFeatures, type Row, TIME } from './notation.ts'
import { showPercent } from './percent.ts'
import { planOf } from './plan.ts'
import { keysOf, printBody } from './print.ts'
import { cutOf } from './times.ts'
import { wordsOf } from './words.ts'

export interface Encoded {
  readonly body: string
  readonly note: string
}

const SEPARATORS = ['|', ';', '^', '¦']

/** `text` in the notation of notation.ts, without loss. */
export function encode(text: string, signal: Signal): Encoded {
  const crlf = isCrlf(text)
  const shown = showPercent(text)
  const plain = crlf ? (shown ?? text).replaceAll('\r\n', '\n') : (shown ?? text)
  const { items } = planOf(plain, signal)
  const rows = items.filter(item => 'text' in item)
  const templates = [...new Set(rows.flatMap(({ template }) => (template ? [template] : [])))]
  const words = wordsOf(rows)
  const features: Features = {
    ...(templates.length && { by: separatorOf(rows) }),
    times: templates.some(({ parts }) => parts.includes(TIME)),
    repeats: items.some(item => 'repeat' in item),
    percent: shown !== undefined,
    crlf,
  }
  const cut = cutOf(rows.flatMap(({ time }) => (time ? [time] : [])))
  return { body: printBody(items, keysOf(templates, words), features, cut), note: printFeatures(features) }
}

/** Does every line end in CR LF? */
function isCrlf(text: string): boolean {
  if (!text.includes('\r\n') || /(?:^|[^\r])\n/.test(text)) return false
  return true
}

function separatorOf(rows: readonly Row[]): string {
  const used = SEPARATORS.map(() => 0)
  for (const row of rows)
    for (let slot = 0; slot < row.values.length - 1; slot++)
      SEPARATORS.forEach((by, at) => {
        if (row.values[slot]!.includes(by)) used[at]!++
      })
  return SEPARATORS[used.indexOf(Math.min(...used))]!
}
