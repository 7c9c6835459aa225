import { markersOf } from '../../ccr/marker.ts'
import { lines, type Selector } from '../../ccr/select.ts'
import { type Filter, type FilterContext, pass, type Verdict } from '../filter.ts'
import { type Answer, answerOf } from './ask.ts'
import { sound } from './check.ts'
import { balanced, signatures } from './choose.ts'
import { type Choice, cutsOf } from './cuts.ts'
import { languagesOf } from './detect.ts'
import { type Doc, docsOf } from './docs.ts'
import { movesOf } from './fit.ts'
import { outlineOf } from './outline.ts'
import { printed } from './print.ts'
import { type Reading, readCode } from './read.ts'
import type { Code } from './units.ts'

const OPTIONS = {
  'min-lines': { type: 'number', min: 0, default: 300, help: 'Balanced leaves texts of fewer lines alone' },
  outline: { type: 'boolean', default: false, help: 'The map: signatures with their lines' },
} as const

/** CodeCompressor: bodies go, in place, and what is left still parses; Tree-sitter's grammars say what a body is. */
const minCode: Filter<typeof OPTIONS> = {
  name: 'min-code',
  summary: 'Source code with bodies elided in place, signatures kept; every gap comes back',
  options: OPTIONS,
  unit: 'document',
  fits: (text, hint) => (languagesOf(text, hint).length > 0 ? 0.6 : 0),
  async apply(text, context) {
    const { mode, options, budget } = context
    if (mode === 'lossless') return pass('nothing-to-cut')
    if (text.length > LARGEST) return pass('too-large')
    if (text.includes('\0') || markersOf(text).length > 0) return pass('not-mine')
    const small = mode === 'balanced' && budget === undefined && !options.outline
    if (small && !hasLines(text, options['min-lines'])) return pass('nothing-to-cut')
    return rewrite(text, context)
  },
  decode: undone,
}
export default minCode

/** UTF-16 code units: a larger text is data, or takes a parser too long. */
const LARGEST = 4 * 1024 * 1024

function hasLines(text: string, least: number): boolean {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0 && count < least; at = text.indexOf('\n', at + 1)) count++
  return count >= least
}

type Context = FilterContext<typeof OPTIONS>

async function rewrite(text: string, context: Context): Promise<Verdict> {
  const step = (steps: number) => context.signal.throwIfAborted(steps)
  const reading = await readCode(text, context.hint, context.models, step)
  if (!reading) return pass('not-mine')
  const { code, grammar } = reading
  if (context.options.outline) return outlined(code, text, context)
  const docs = docsOf(code)
  if (context.budget !== undefined) return fitted(reading, docs, context)
  const cuts = sound(code, docs, choiceOf(code, docs, context), grammar, step)
  if (!cuts?.gone.includes(1)) return pass('nothing-to-cut')
  return { kind: 'rewrite', text: printed(code, cuts, context.omit), lossless: 'no' }
}

function choiceOf(code: Code, docs: readonly Doc[], { mode, query }: Context): Choice {
  const { matched, near } = query === undefined ? NOTHING : answerOf(code, docs, query)
  if (matched.length > 0) return signatures(code, docs, new Set([...matched, ...near]))
  return mode === 'balanced' ? balanced(code, docs) : signatures(code, docs)
}

const NOTHING: Answer = { matched: [], near: [] }

/** The fewest cuts that a budget needs, found by halving: each cut leaves less than the one before. */
function fitted({ code, grammar }: Reading, docs: readonly Doc[], context: Context): Verdict {
  const { query, budget, count, signal, omit } = context
  const moves = movesOf(code, docs, query === undefined ? NOTHING : answerOf(code, docs, query))
  const after = (n: number) => {
    signal.throwIfAborted(code.lines.count)
    return printed(code, cutsOf(code, docs, moves.take(n)), omit)
  }
  let low = 1
  let high = moves.size
  while (low < high) {
    const middle = (low + high) >> 1
    if (count(after(middle)) <= budget!) high = middle
    else low = middle + 1
  }
  const cuts = sound(code, docs, moves.take(low), grammar, steps => signal.throwIfAborted(steps))
  const text = cuts?.gone.includes(1) ? printed(code, cuts, omit) : undefined
  return text !== undefined && count(text) <= budget! ? { kind: 'rewrite', text, lossless: 'no' } : pass('not-smaller')
}

const OUTLINE = 'outline'

function outlined(code: Code, text: string, { omit, count }: Context): Verdict {
  const { count: last } = code.lines
  const marker = omit(lines(1, last), `${last} lines`, 'outline')
  const map = outlineOf(code, 0, count, count(text))
  if (map === '') return pass('nothing-to-cut')
  return { kind: 'rewrite', text: `${marker}\n${map}`, lossless: 'no', note: OUTLINE }
}

/** An outline is all gap. */
function undone(text: string, gap: (where: Selector) => string, note: string): string {
  if (note !== OUTLINE) return replaceLines(text, gap)
  const marker = markersOf(text)[0]
  return marker ? gap(marker.where) : text
}

/** A line with a marker stands for the marker's lines, whatever else is on it. */
function replaceLines(text: string, gap: (where: Selector) => string): string {
  let out = ''
  let from = 0
  for (const { where, start, end } of markersOf(text)) {
    const lineStart = text.lastIndexOf('\n', start) + 1
    const lineEnd = text.indexOf('\n', end)
    const missing = gap(where)
    out += text.slice(from, lineStart) + (lineEnd >= 0 && missing.endsWith('\n') ? missing.slice(0, -1) : missing)
    from = lineEnd < 0 ? text.length : lineEnd
  }
  return out + text.slice(from)
}
