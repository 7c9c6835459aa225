import { rank } from '../../ccr/search.ts'
import { ownSubjectOf, rolesOf } from '../subject.ts'
import { STARTS } from './passages.ts'
import type { Steer } from './plan.ts'

/**
 * What `query` makes of a text. Its paragraphs and list items that answer best are held: half of the room there is (in UTF-16
 * units) at most, and none that answers much less well than the best. Where nothing of the question occurs, nothing is held.
 */
export function steerOf(query: string, lines: readonly string[], room: number): Steer {
  const roles = rolesOf(query)
  const held = new Set<number>()
  const units = unitsOf(lines)
  const scores = rank(
    units.map(({ text }) => text),
    ownSubjectOf(query),
  )
  const best = scores.reduce((most, score) => Math.max(most, score), 0)
  if (best === 0) return { held, roles }
  const order = units.map((_, i) => i).filter(i => scores[i]! > 0 && scores[i]! >= 0.4 * best)
  order.sort((a, b) => scores[b]! - scores[a]! || a - b)
  let left = room / 2
  for (const i of order) {
    const { text, from, to } = units[i]!
    if (text.length > left) continue
    left -= text.length
    for (let line = from; line < to; line++) held.add(line)
  }
  return { held, bearing: bearingOf(units, scores, best, lines.length), roles }
}

function bearingOf(units: readonly Unit[], scores: readonly number[], best: number, lines: number): Float32Array {
  const bearing = new Float32Array(lines)
  const all = units.map((_, i) => scores[i]! / best)
  // Whoever answers goes on in the next turns, and was asked in the ones before.
  for (let i = 1; i < all.length; i++) all[i] = Math.max(all[i]!, all[i - 1]! * nearness(units[i - 1]!))
  for (let i = all.length - 2; i >= 0; i--) all[i] = Math.max(all[i]!, all[i + 1]! * nearness(units[i + 1]!))
  units.forEach(({ from, to }, i) => {
    bearing.fill(all[i]!, from, to)
  })
  return bearing
}

/** What is left of a bearing behind a unit: half behind each 400 UTF-16 units. */
const nearness = ({ text }: Unit) => 400 / (400 + text.length)

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
