import type { Signal } from '../filter.ts'
import { type Features, printFeatures, TIME } from './notation.ts'
import { showPercent } from './percent.ts'
import { planOf } from './plan.ts'
import { type Item, keysOf, printBody } from './print.ts'
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
  const lines = plain.split('\n')
  const { rows, templates } = planOf(lines, signal)
  const words = wordsOf(rows)
  const features: Features = {
    ...(templates.length && { by: separatorOf(rows) }),
    times: templates.some(({ parts }) => parts.includes(TIME)),
    repeats: hasRepeats(rows),
    percent: shown !== undefined,
    crlf,
  }
  const cut = cutOf(rows.flatMap(({ time }) => (time ? [time] : [])))
  return { body: printBody(rows, keysOf(templates, words), features, cut), note: printFeatures(features) }
}

/** Does every line end in CR LF? */
function isCrlf(text: string): boolean {
  if (!text.includes('\r\n') || /(?:^|[^\r])\n/.test(text)) return false
  return true
}

function separatorOf(rows: readonly Item[]): string {
  const used = SEPARATORS.map(() => 0)
  for (const row of rows) {
    if ('marker' in row) continue
    for (let slot = 0; slot < row.values.length - 1; slot++)
      SEPARATORS.forEach((by, at) => {
        if (row.values[slot]!.includes(by)) used[at]!++
      })
  }
  return SEPARATORS[used.indexOf(Math.min(...used))]!
}

function hasRepeats(
  rows: readonly { text: string; time: string; template?: object; values: readonly string[] }[],
): boolean {
  return rows.some((row, at) => {
    const before = rows[at - 1]
    return (
      before !== undefined &&
      row.template === before.template &&
      row.text === before.text &&
      row.time === before.time &&
      row.values.every((value, slot) => value === before.values[slot])
    )
  })
}
