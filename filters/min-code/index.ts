import { markersOf } from '../../ccr/marker.ts'
import type { Selector } from '../../ccr/select.ts'
import { type Filter, pass } from '../filter.ts'
import { isNotebook, languageOf } from './detect.ts'
import { OUTLINE } from './outline.ts'
import { OPTIONS, rewrite } from './rewrite.ts'

/** CodeCompressor: bodies go, in place, and what is left still parses; Tree-sitter's grammars say what a body is. */
const minCode: Filter<typeof OPTIONS> = {
  name: 'min-code',
  summary: 'Source code with bodies elided in place, signatures kept; every gap comes back',
  options: OPTIONS,
  unit: 'document',
  answers: true,
  fits: (text, hint) => (languageOf(text, hint) || isNotebook(text, hint) ? 0.6 : 0),
  apply(text, context) {
    if (context.mode === 'lossless') return pass('nothing-to-cut')
    // Texts with markers of their own would not be told from ours; NUL ends a text for some grammars.
    if (text.includes('\0') || markersOf(text).length > 0) return pass('not-mine')
    return rewrite(text, context)
  },
  decode: (text, gap, note) => (note === OUTLINE ? outlined(text, gap) : replaceLines(text, gap)),
}
export default minCode

/** An outline is all gap: its marker stands for the whole text. */
function outlined(text: string, gap: (where: Selector) => string): string {
  const marker = markersOf(text)[0]
  if (!marker) throw new RangeError('an outline without its marker')
  return gap(marker.where)
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
