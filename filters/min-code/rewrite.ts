import { lines } from '../../ccr/select.ts'
import { type FilterContext, pass, type Verdict } from '../filter.ts'
import { type Answer, answerOf } from './ask.ts'
import { sound } from './check.ts'
import { balanced, signatures } from './choose.ts'
import { type Choice, type Cuts, cutsOf } from './cuts.ts'
import { type Doc, docsOf } from './docs.ts'
import { movesOf } from './fit.ts'
import { Lines } from './lines.ts'
import { OUTLINE, outlineOf } from './outline.ts'
import { type Part, partsOf } from './parts.ts'
import { printed } from './print.ts'
import { type Reading, readCode } from './read.ts'
import type { Code } from './units.ts'
import { isVendored, whyUnread } from './unread.ts'

export const OPTIONS = {
  'min-lines': { type: 'number', min: 0, default: 300, help: 'Balanced leaves texts of fewer lines alone' },
  outline: { type: 'boolean', default: false, help: 'The map: signatures with their lines' },
} as const

type Context = FilterContext<typeof OPTIONS>

/** UTF-16 code units: a larger text is data, or takes a parser too long. */
const LARGEST = 4 * 1024 * 1024

/** What becomes of source text in a lossy mode. */
export async function rewrite(text: string, context: Context): Promise<Verdict> {
  const { mode, options, budget, query, hint } = context
  const asked = options.outline || query !== undefined
  const whole = new Lines(text)
  const unread = asked ? undefined : whyUnread(text, hint, mode === 'aggressive')
  const small = mode === 'balanced' && budget === undefined && !options.outline && whole.count < options['min-lines']
  if (small && !unread?.startsWith('minified')) return pass('nothing-to-cut')
  if (unread) return told(whole, unread, context)
  if (text.length > LARGEST) return pass('too-large')
  const parts = partsOf(text, hint)
  const readings: [Part, Reading][] = []
  try {
    for (const part of parts) {
      const reading = await readCode(part.text, hint, context.models, stepOf(context), part.languages)
      if (reading) readings.push([part, reading])
    }
    const [only] = readings
    if (!only) return pass('not-mine')
    if (options.outline) return outlined(readings, whole, context)
    if (budget !== undefined && parts.length === 1) return fitted(whole, ...only, context)
    return elided(readings, whole, context)
  } finally {
    for (const [, { code }] of readings) code.syntax.close()
  }
}

const stepOf =
  ({ signal }: Context) =>
  (steps: number) =>
    signal.throwIfAborted(steps)

/** One line for a text that nobody reads line by line. */
function told({ count }: Lines, why: string, { omit }: Context): Verdict {
  const marker = omit(lines(1, count), `${count} line${count === 1 ? '' : 's'}: ${why}`, 'unread')
  return { kind: 'rewrite', text: marker, lossless: 'no' }
}

function elided(readings: readonly [Part, Reading][], whole: Lines, context: Context): Verdict {
  let text = ''
  let line = 0
  let cut = false
  for (const [part, { code }] of readings) {
    const docs = docsOf(code)
    const choice = choiceOf(code, docs, context)
    const cuts = sound(code, docs, choice, stepOf(context))
    if (!cuts?.gone.includes(1)) continue
    cut = true
    noteKept(part, choice, context)
    text += linesBetween(whole, line, part.first) + shown(part, code, cuts, context)
    line = part.last + 1
  }
  if (!cut) return pass('nothing-to-cut')
  text += linesBetween(whole, line, whole.count)
  return { kind: 'rewrite', text, lossless: 'no', ...(isVendored(context.hint) && { note: 'vendored' }) }
}

/** For explain: the functions that the question keeps. */
function noteKept({ page }: Part, { whole }: Choice, { keep }: Context): void {
  for (const { first, last } of whole) keep(lines(page.above + first + 1, page.above + last + 1), 'question')
}

const linesBetween = (whole: Lines, first: number, end: number): string =>
  first < end ? whole.slice(first, end - 1) : ''

const shown = ({ page }: Part, code: Code, cuts: Cuts, { omit }: Context): string => printed(code, cuts, omit, page)

function choiceOf(code: Code, docs: readonly Doc[], context: Context): Choice {
  const { mode, hint } = context
  const { matched, near } = answered(code, docs, context)
  if (matched.length > 0) return signatures(code, docs, new Set([...matched, ...near]))
  return mode === 'balanced' && !isVendored(hint) ? balanced(code, docs) : signatures(code, docs)
}

const NOTHING: Answer = { matched: [], near: [] }

/** What answers the question, if there is one. */
function answered(code: Code, docs: readonly Doc[], { query, signal }: Context): Answer {
  signal.throwIfAborted(code.lines.count)
  return query === undefined ? NOTHING : answerOf(code, docs, query)
}

/** The fewest cuts that a budget needs, found by halving: each cut leaves less than the one before. */
function fitted(whole: Lines, part: Part, { code }: Reading, context: Context): Verdict {
  const { budget, count, signal } = context
  const docs = docsOf(code)
  const answer = answered(code, docs, context)
  const moves = movesOf(code, docs, answer)
  const page = (cuts: Cuts) =>
    linesBetween(whole, 0, part.first) +
    shown(part, code, cuts, context) +
    linesBetween(whole, part.last + 1, whole.count)
  let low = 1
  let high = moves.size
  while (low < high) {
    signal.throwIfAborted(code.lines.count)
    const middle = (low + high) >> 1
    if (count(page(cutsOf(code, docs, moves.take(middle)))) <= budget!) high = middle
    else low = middle + 1
  }
  const choice = moves.take(low)
  const cuts = sound(code, docs, choice, stepOf(context))
  const text = cuts?.gone.includes(1) ? page(cuts) : undefined
  if (text !== undefined) noteKept(part, choice, context)
  return text !== undefined && count(text) <= budget! ? { kind: 'rewrite', text, lossless: 'no' } : pass('not-smaller')
}

function outlined(readings: readonly [Part, Reading][], whole: Lines, { omit, count }: Context): Verdict {
  const tokens = count(whole.text)
  const maps = readings.map(([{ page }, { code }]) =>
    outlineOf(code, page.number?.(0) ?? page.above + 1, count, tokens),
  )
  const map = maps.join('')
  if (map === '') return pass('nothing-to-cut')
  const marker = omit(lines(1, whole.count), `${whole.count} lines`, OUTLINE)
  return { kind: 'rewrite', text: `${marker}\n${map}`, lossless: 'no', note: OUTLINE }
}
