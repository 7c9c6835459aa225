import { lines } from '../../ccr/select.ts'
import { type FilterContext, pass, type Verdict } from '../filter.ts'
import { type Answer, answerOf } from './ask.ts'
import { sound } from './check.ts'
import { balanced, signatures } from './choose.ts'
import { type Choice, type Cuts, cutsOf } from './cuts.ts'
import { isNotebook } from './detect.ts'
import { type Doc, docsOf } from './docs.ts'
import { movesOf } from './fit.ts'
import { Lines } from './lines.ts'
import { FEW, MANY, notebookOf, type Output } from './notebook.ts'
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
  const notebook = isNotebook(text, hint)
    ? notebookOf(whole, mode === 'balanced' ? MANY : FEW, stepOf(context))
    : undefined
  const parts = notebook?.code ?? partsOf(text, hint)
  const readings: [Part, Reading][] = []
  try {
    for (const part of parts) {
      const reading = await readCode(part.text, hint, context.models, stepOf(context), part.languages)
      if (reading) readings.push([part, reading])
    }
    const [only] = readings
    if (!only && !notebook?.outputs.length) return pass('not-mine')
    if (options.outline) return outlined(readings, whole, context)
    if (budget !== undefined && parts.length === 1 && only && !notebook) return fitted(whole, ...only, context)
    return elided(readings, notebook?.outputs ?? [], whole, context)
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

/** Lines that look otherwise in what is shown. */
interface Piece {
  readonly first: number
  readonly last: number
  readonly text: string
}

function elided(
  readings: readonly [Part, Reading][],
  outputs: readonly Output[],
  whole: Lines,
  context: Context,
): Verdict {
  const pieces = [
    ...readings.flatMap(([part, { code }]) => pieceOf(part, code, context) ?? []),
    ...outputs.map(output => toldOf(output, context)),
  ].sort((a, b) => a.first - b.first)
  if (pieces.length === 0) return pass('nothing-to-cut')
  let text = ''
  let line = 0
  for (const piece of pieces) {
    text += linesBetween(whole, line, piece.first) + piece.text
    line = piece.last + 1
  }
  text += linesBetween(whole, line, whole.count)
  return { kind: 'rewrite', text, lossless: 'no', ...(isVendored(context.hint) && { note: 'vendored' }) }
}

function pieceOf(part: Part, code: Code, context: Context): Piece | undefined {
  const docs = docsOf(code)
  const choice = choiceOf(part, code, docs, context)
  const cuts = sound(code, docs, choice, stepOf(context))
  if (!cuts?.gone.includes(1)) return undefined
  noteKept(part, choice, context)
  return { first: part.first, last: part.last, text: shown(part, code, cuts, context) }
}

function toldOf({ first, last, what, frame, tail }: Output, { omit }: Context): Piece {
  return { first, last, text: `${frame}${omit(lines(first + 1, last + 1), what, 'output')}${tail}\n` }
}

/** For explain: the functions that the question keeps. */
function noteKept({ page }: Part, { whole }: Choice, { keep }: Context): void {
  for (const { first, last } of whole) keep(lines(page.above + first + 1, page.above + last + 1), 'question')
}

const linesBetween = (whole: Lines, first: number, end: number): string =>
  first < end ? whole.slice(first, end - 1) : ''

const shown = ({ page }: Part, code: Code, cuts: Cuts, { omit }: Context): string => printed(code, cuts, omit, page)

function choiceOf(part: Part, code: Code, docs: readonly Doc[], context: Context): Choice {
  const { mode, hint } = context
  const { matched, near } = answered(code, docs, context)
  if (matched.length > 0) return signatures(code, docs, new Set([...matched, ...near]))
  if (mode !== 'balanced' || isVendored(hint)) return signatures(code, docs)
  return balanced(code, docs, part.languages ? 'goes' : 'wraps')
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
