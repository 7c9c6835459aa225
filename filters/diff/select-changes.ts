import type { Signal } from '../filter.ts'
import { chooseLines } from '../search/choose.ts'
import type { Cut } from './cut.ts'
import type { Pieces } from './pieces.ts'
import { changesIn, cueOf, type Place, type Section } from './sections.ts'

/** The share of a room of tokens that names of files left out may take, and tokens of a name with its counts. */
const NAMES = 0.2
const NAME = 9

/** What to leave out, so that what stays takes about `room` tokens: all but the pieces that matter most. */
export function selectChanges(lines: readonly string[], all: Pieces, room: number, signal: Signal): Cut[] {
  const kept = chooseLines(all.pieces, all.costs, room * (1 - NAMES), signal)
  for (const { hunks } of all.sections)
    for (const { first } of hunks) if (kept.has(first - 1) && kept.has(first + 1)) kept.add(first)
  const files = new Map(all.sections.map(section => [section.file?.first, section]))
  let names = Math.floor((room * NAMES) / NAME)
  const cuts: Cut[] = []
  for (let at = 0; at < lines.length; at++) {
    if (kept.has(at)) continue
    const inside: Section[] = []
    let end = at
    for (; end < lines.length && !kept.has(end); end++) if (files.has(end)) inside.push(files.get(end)!)
    signal.throwIfAborted(end - at)
    const cue = cueFor(inside, names, all.places.get(end), lines)
    names -= Math.min(names, inside.length)
    cuts.push({
      first: at,
      end,
      what: `${end - at} ${end - at === 1 ? 'line' : 'lines'}`,
      rule: 'changes that matter less',
      ...(cue && { cue }),
    })
    at = end
  }
  return cuts
}

/** The files that a gap leaves out, at most so many by name, and where the diff goes on behind it. */
function cueFor(inside: readonly Section[], most: number, place: Place | undefined, lines: readonly string[]): string {
  const told = inside.slice(0, most).map(section => printCounts(section, lines))
  const more = inside.length > told.length ? [`${inside.length - told.length} more files`] : []
  return [...told, ...more, ...(place ? [cueOf(place)] : [])].join(' ')
}

function printCounts(section: Section, lines: readonly string[]): string {
  const { added, removed } = changesIn(section, lines)
  return `${section.file!.header.path}=${added.length}+${removed.length}-`
}
