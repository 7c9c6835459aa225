import type { Selector } from '../../ccr/select.ts'
import { type Filter, type FilterContext, pass } from '../filter.ts'
import { fitted } from '../search/choose.ts'
import type { Encoded } from '../search/form.ts'
import { KEYED } from '../search/hit-rows.ts'
import { parseKeys } from '../search/keys.ts'
import { bodyLines, textLines } from '../search/lines.ts'
import { decodeBlame, encodeBlame, isBlame } from './blame.ts'
import type { Cut } from './cut.ts'
import { decodePatch } from './decode-patch.ts'
import { isDiff } from './fits.ts'
import { withGraph, withoutGraph } from './graph.ts'
import { decodeNames, encodeNames } from './name-status.ts'
import { piecesOf } from './pieces.ts'
import { printPatch } from './print-patch.ts'
import { selectChanges } from './select-changes.ts'
import { trim } from './trim.ts'
import { readUnits } from './units.ts'

/** Diffs, logs and blame: headers folded, repeats once, what is left still reads as hunks; every byte comes back. */
const diff: Filter = {
  name: 'diff',
  summary:
    'Diffs, git log, show and blame: headers folded, authors and commits once, far context and lock files left out',
  options: {},
  unit: 'document',
  fits: text => (isDiff(text) ? 1 : 0),
  apply(text, context) {
    const { lines, rewrite } = textLines(text)
    const encoded =
      encodeBlame(lines, context) ??
      encodeNames(lines, context.signal) ??
      encodeGraph(lines, context) ??
      encodePatch(lines, context)
    return encoded ? rewrite(encoded) : pass('not-mine')
  },
  decode(body, gap, note) {
    const { lines, words, fill, join } = bodyLines(body, note, gap)
    if (isBlame(words)) return join(decodeBlame(lines, words, fill))
    return join(decodeNames(lines, words) ?? withGraph(decodeDiff(lines, words, fill), words))
  },
}
export default diff

/** Below so many tokens nothing is left out unasked; of more, aggressive leaves this share. */
const LEAST = 400
const AGGRESSIVE = 0.4

/** A log behind a graph has no gaps: what they left out would come back with its graph. */
function encodeGraph(lines: readonly string[], context: FilterContext): Encoded | undefined {
  const plain = withoutGraph(lines)
  const encoded = plain && encodePatch(plain.lines, { ...context, mode: 'lossless' })
  return encoded && { lines: encoded.lines, note: [...(encoded.note ?? []), ...plain.note] }
}

function encodePatch(lines: readonly string[], context: FilterContext): Encoded | undefined {
  const units = readUnits(lines, context.signal)
  if (units.every(({ kind }) => kind === 'other')) return undefined
  const { mode, budget, query, signal } = context
  const printed = (cuts: readonly Cut[]) => printPatch(units, lines, cuts, context)
  const whole = printed([])
  const mild = mode === 'lossless' ? whole : milder(whole, printed(trim(units, lines, CONTEXT, signal)))
  if (mode === 'lossless' || (mode === 'balanced' && budget === undefined)) return mild
  const tokens = tokensOf(mild, context)
  const room = budget ?? Math.max(LEAST, Math.floor(AGGRESSIVE * tokens))
  if (tokens <= room) return mild
  const pieces = piecesOf(units, lines, query, signal)
  const made = fitted(
    room,
    part => printed(selectChanges(lines, pieces, part, signal)),
    encoded => tokensOf(encoded, context),
  )
  return made ?? mild
}

/** Lines of context that a change keeps on either side. */
const CONTEXT = 1

/** Gaps must be worth the longer head line and the store. */
function milder(whole: Encoded, trimmed: Encoded): Encoded {
  const lengthOf = ({ lines }: Encoded) => lines.reduce((sum, line) => sum + line.length + 1, 0)
  return lengthOf(trimmed) + HEAD < WORTH * lengthOf(whole) ? trimmed : whole
}

/** UTF-16 units that the head of a rewrite with gaps is longer, and the share of the text that gaps leave at most. */
const HEAD = 100
const WORTH = 0.95

const tokensOf = (encoded: Encoded, { count }: FilterContext) => count(encoded.lines.join('\n'))

function decodeDiff(lines: readonly string[], note: readonly string[], gap: (where: Selector) => string): string[] {
  const keys = note.includes(KEYED) ? parseKeys(lines) : { texts: new Map<string, string>(), end: 0 }
  return decodePatch(lines.slice(keys.end), keys.texts, gap)
}
