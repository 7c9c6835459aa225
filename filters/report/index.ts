import { type Filter, type FilterContext, pass, type Verdict } from '../filter.ts'
import type { Encoded } from '../table/codec.ts'
import { decode, encode } from './codec.ts'
import { essentialLines } from './essentials.ts'
import { fits } from './fits.ts'
import { folded, shownLines } from './fold.ts'
import { formats } from './formats/index.ts'
import { isJsonReport } from './formats/json-sign.ts'
import type { Report } from './report.ts'
import { joinedText, splitText } from './split.ts'

/** What stays of a text's tokens where only as many passes go as must: names of tests that passed are often asked for. */
const KEPT = 0.26

/** Failures that explain tells of. */
const MOST_TOLD = 200

/** What test and build tools print, as data: failures in full, passes folded, totals checked. */
const report: Filter = {
  name: 'report',
  summary: 'Test and build output: failures in full, passes folded, totals checked against the tool’s own',
  options: {},
  unit: 'document',
  fits,
  apply(text, context) {
    const split = splitText(text, context.at)
    // Without a budget crush-json shows every test and failure of such a document in fewer tokens than stay here with passes folded
    // (mocha -R json, 96 tests: 83 % saved against 68 %); under a budget of 15 % it falls to head and tail, and shows no failure.
    if (isJsonReport(text) && (context.budget === undefined || context.mode === 'lossless')) return pass('not-smaller')
    const { lines } = split
    const rewrite = ({ body, note }: Encoded, lossless: 'bytes' | 'no'): Verdict => ({
      kind: 'rewrite',
      text: body,
      lossless,
      note: split.note && note ? `${split.note}, ${note}` : split.note || note,
    })
    const found = reportIn(lines, context)
    for (const { name, lines: ranges } of (found?.failures ?? []).slice(0, MOST_TOLD))
      for (const [first, last] of ranges) context.keep(split.where(first, last), `failed: ${name}`)
    const shown = shownLines(lines, found)
    const whole = encode(shown, context.signal)
    if (context.mode === 'lossless') return whole === undefined ? pass('not-smaller') : rewrite(whole, 'bytes')
    const before = context.count(text)
    const after = whole === undefined ? before : context.count(whole.body)
    const kept = context.budget ?? (context.mode === 'aggressive' ? 0 : before * KEPT)
    const cut = after > kept ? folded(split, shown, found, after - kept, after / text.length, context) : undefined
    const short = cut && encode(cut, context.signal)
    if (context.budget !== undefined && context.count(short?.body ?? whole?.body ?? text) > context.budget) {
      const essential = essentialLines(split, found, context.budget, after / text.length, context)
      return essential === undefined ? pass('not-smaller') : rewrite(essential, 'no')
    }
    if (short !== undefined) return rewrite(short, 'no')
    return whole === undefined ? pass('nothing-to-cut') : rewrite(whole, 'bytes')
  },
  decode: (body, gap, note) => joinedText(decode(body, gap), note),
}
export default report

/** The first format that reads the lines as a report whose totals agree; without one, passes stay in view. */
export function reportIn(lines: readonly string[], { signal }: Pick<FilterContext, 'signal'>): Report | undefined {
  for (const format of formats) {
    signal.throwIfAborted(lines.length >> 3)
    const found = format.is(lines) ? format.parse(lines, signal) : undefined
    if (found) return found.complete ? found : undefined
  }
  return undefined
}
