import { rank } from '../../ccr/search.ts'
import { STARTS } from './passages.ts'
import { CUE } from './words.ts'

/**
 * The lines (0-based) of the paragraphs and list items that answer `query` best: a quarter of the room there is (in UTF-16 units) at
 * most, and none that answers much less well than the best. Where nothing of the question occurs, nothing is held.
 */
export function heldFor(query: string | undefined, lines: readonly string[], room: number): ReadonlySet<number> {
  const held = new Set<number>()
  if (!query) return held
  const units = unitsOf(lines)
  const scores = scoresOf(units, query)
  const best = scores.reduce((most, score) => Math.max(most, score), 0)
  const order = units.map((_, i) => i).filter(i => scores[i]! > 0 && scores[i]! >= 0.4 * best)
  order.sort((a, b) => scores[b]! - scores[a]! || a - b)
  let left = room / 4
  for (const i of order) {
    const { text, from, to } = units[i]!
    if (text.length > left) continue
    left -= text.length
    for (let line = from; line < to; line++) held.add(line)
  }
  return held
}

/** Questions after what was decided or is required. */
const AFTER_DECISIONS = /\b(?:deci[ds]|requir|agree|resol[uv]|conclu|action items?|next steps|todo|obligat|deadline)/i

/** By the words of the question; what decides or requires counts as much as the best where the question is after that. */
function scoresOf(units: readonly Unit[], query: string): number[] {
  const scores = rank(
    units.map(({ text }) => text),
    query,
  )
  if (!AFTER_DECISIONS.test(query)) return scores
  const best = scores.reduce((most, score) => Math.max(most, score), 1)
  return scores.map((score, i) => (decides(units[i]!.text) ? best + score : score))
}

const decides = (text: string) =>
  text
    .toLowerCase()
    .split(/[^a-z]+/)
    .some(word => CUE.test(word))

interface Unit {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** Runs of lines without a blank one, list items, and long lines by themselves. */
function unitsOf(lines: readonly string[]): Unit[] {
  const units: Unit[] = []
  for (let from = 0; from < lines.length; ) {
    let to = from + 1
    while (to < lines.length && to - from < MOST_LINES && goesOn(lines[to - 1]!, lines[to]!)) to++
    if (lines[from]!.trim() !== '') units.push({ text: lines.slice(from, to).join('\n'), from, to })
    from = to
  }
  return units
}

const MOST_LINES = 20
const LONG_LINE = 200

const goesOn = (line: string, next: string) =>
  line.length < LONG_LINE && next.length < LONG_LINE && line.trim() !== '' && next.trim() !== '' && !STARTS.test(next)
