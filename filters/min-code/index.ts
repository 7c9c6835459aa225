import { markersOf } from '../../ccr/marker.ts'
import type { Selector } from '../../ccr/select.ts'
import { type Filter, type FilterContext, pass, type Verdict } from '../filter.ts'
import { sound } from './check.ts'
import { balanced, signatures } from './choose.ts'
import { languagesOf } from './detect.ts'
import { docsOf } from './docs.ts'
import { printed } from './print.ts'
import { readCode } from './read.ts'

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
  decode: (text, gap) => replaceLines(text, gap),
}
export default minCode

/** UTF-16 code units: a larger text is data, or takes a parser too long. */
const LARGEST = 4 * 1024 * 1024

function hasLines(text: string, least: number): boolean {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0 && count < least; at = text.indexOf('\n', at + 1)) count++
  return count >= least
}

async function rewrite(text: string, context: FilterContext<typeof OPTIONS>): Promise<Verdict> {
  const step = (steps: number) => context.signal.throwIfAborted(steps)
  const reading = await readCode(text, context.hint, context.models, step)
  if (!reading) return pass('not-mine')
  const { code, grammar } = reading
  const docs = docsOf(code)
  const choice = context.mode === 'balanced' ? balanced(code, docs) : signatures(code, docs)
  const cuts = sound(code, docs, choice, grammar, step)
  if (!cuts || !cuts.gone.includes(1)) return pass('nothing-to-cut')
  return { kind: 'rewrite', text: printed(code, cuts, context.omit), lossless: 'no' }
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
