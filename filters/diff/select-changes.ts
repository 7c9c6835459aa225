import type { Signal } from '../filter.ts'
import { chooseLines } from '../search/choose.ts'
import type { Cut } from './cut.ts'
import type { Pieces } from './pieces.ts'
import { changesIn, cueOf, placesOf, type Section, sectionsOf } from './sections.ts'
import type { Unit } from './units.ts'

/** The share of a room of tokens that names of files left out may take, and tokens of a name with its counts. */
const NAMES = 0.2
const NAME = 9

/** What to leave out, so that what stays takes about `room` tokens: all but the pieces that matter most. */
export function selectChanges(
  units: readonly Unit[],
  lines: readonly string[],
  { pieces, costs }: Pieces,
  room: number,
  signal: Signal,
): Cut[] {
  const kept = chooseLines(pieces, costs, room * (1 - NAMES), signal)
  const sections = sectionsOf(units)
  for (const { hunks } of sections)
    for (const { first } of hunks) if (kept.has(first - 1) && kept.has(first + 1)) kept.add(first)
  const places = placesOf(
    sections.flatMap(({ hunks }) => hunks),
    lines,
  )
  const files = new Map(sections.flatMap(section => (section.file ? [[section.file.first, section] as const] : [])))
  let names = Math.floor((room * NAMES) / NAME)
  const cuts: Cut[] = []
  for (let at = 0; at < lines.length; at++) {
    if (kept.has(at)) continue
    let end = at + 1
    while (end < lines.length && !kept.has(end)) end++
    signal.throwIfAborted(end - at)
    const inside: Section[] = []
    for (let line = at; line < end; line++) if (files.has(line)) inside.push(files.get(line)!)
    const told = inside.slice(0, names)
    names -= told.length
    const place = places.get(end)
    const more = inside.length > told.length ? [`${inside.length - told.length} more files`] : []
    const cue = [...told.map(section => printCounts(section, lines)), ...more, ...(place ? [cueOf(place)] : [])].join(
      ' ',
    )
    cuts.push({ first: at, end, what: `${end - at} ${end - at === 1 ? 'line' : 'lines'}`, ...(cue && { cue }) })
    at = end
  }
  return cuts
}

function printCounts(section: Section, lines: readonly string[]): string {
  const { added, removed } = changesIn(section, lines)
  return `${section.file!.header.path}=${added.length}+${removed.length}-`
}
