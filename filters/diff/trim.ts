import type { Signal } from '../filter.ts'
import type { Cut } from './cut.ts'
import { movedCuts } from './moved.ts'
import { noiseOf } from './noise.ts'
import { changesIn, cueOf, type FileUnit, type HunkUnit, placesOf, type Section, sectionsOf } from './sections.ts'
import type { Unit } from './units.ts'

/**
 * What a reader of the changes can do without: context beyond `radius` lines, the lines of lock files and the like. Changes of
 * ordinary source stay. In the order of the lines.
 */
export function trim(units: readonly Unit[], lines: readonly string[], radius: number, signal: Signal): Cut[] {
  const cuts: Cut[] = []
  const sections = sectionsOf(units).filter(({ hunks }) => hunks.length > 0)
  const moved = movedCuts(
    sections.flatMap(({ hunks }) => hunks),
    lines,
  )
  let next = 0
  for (const section of sections) {
    const end = section.hunks.at(-1)!.end
    let after = next
    while (after < moved.length && moved[after]!.first < end) after++
    const whole = noiseCut(section, lines)
    if (whole) cuts.push(whole)
    else
      for (const cut of inOrder([...contextCuts(section, lines, radius, signal), ...moved.slice(next, after)]))
        cuts.push(cut)
    next = after
  }
  return cuts
}

const inOrder = (cuts: readonly Cut[]) => [...cuts].sort((a, b) => a.first - b.first)

/** Fewer lines are shown rather than told of. */
const FEW = 6

function noiseCut({ file, hunks }: Section, lines: readonly string[]): Cut | undefined {
  if (!file) return undefined
  const [first, end] = [hunks[0]!.first, hunks.at(-1)!.end]
  if (end - first < FEW && charactersOf(lines, first, end) < 600) return undefined
  const { added, removed } = changesIn({ hunks }, lines)
  const noise = noiseOf({ header: file.header, added, removed })
  return noise === undefined
    ? undefined
    : { first, end, what: `${end - first} lines: ${noise}, +${added.length} -${removed.length}`, rule: noise }
}

function charactersOf(lines: readonly string[], first: number, end: number): number {
  let sum = 0
  for (let i = first; i < end; i++) sum += lines[i]!.length
  return sum
}

function contextCuts({ file, hunks }: Section, lines: readonly string[], radius: number, signal: Signal): Cut[] {
  const start = file ? file.first : hunks[0]!.first
  const end = hunks.at(-1)!.end
  const places = placesOf(hunks, lines)
  const kept = keptLines(hunks, lines, radius, signal)
  // A header that tells more than hashes stays.
  const plain = file && !file.header.fate && !file.header.modes && !file.header.renamed && file.header.body === 'text'
  const from = file ? (plain ? file.first + 1 : file.end) : start
  const cuts: Cut[] = []
  let section = ''
  for (let at = from; at < end; ) {
    let stop = at
    while (stop < end && !kept.has(stop)) stop++
    const place = places.get(stop)
    const heading = place && place.section !== section ? place.section : ''
    const cue = place ? cueOf({ ...place, section: heading }) : ''
    if (stop > at && pays(file, lines, at, stop, cue)) {
      cuts.push({
        first: at,
        end: stop,
        what: `${stop - at} ${stop - at === 1 ? 'line' : 'lines'}`,
        rule: 'unchanged context',
        ...(cue && { cue }),
      })
    }
    if (place) section = place.section
    at = Math.max(stop, at + 1)
    while (at < end && kept.has(at)) at++
  }
  return cuts
}

/** `git diff --word-diff` marks words in lines that have no sign. */
const isChanged = (line: string) => (line !== '' && line[0] !== ' ') || /\[-|\{\+/.test(line)

/** Changed lines, and context so near to them. */
function keptLines(hunks: readonly HunkUnit[], lines: readonly string[], radius: number, signal: Signal): Set<number> {
  const kept = new Set<number>()
  for (const { first, end } of hunks) {
    let wanted = 0
    for (let at = first + 1; at < end; at++) {
      signal.throwIfAborted()
      const changed = isChanged(lines[at]!)
      if (changed) for (let near = Math.max(first + 1, at - radius); near < at; near++) kept.add(near)
      wanted = changed ? radius + 1 : wanted - 1
      if (wanted > 0) kept.add(at)
    }
  }
  return kept
}

/** UTF-16 units of a token, as a guess, and tokens of a marker with its selector. */
const TOKEN = 3.6
const MARKER = 13
/** Tokens to be won at least: a gap costs the reader something too. */
const WORTH = 8

function pays(file: FileUnit | undefined, lines: readonly string[], first: number, end: number, cue: string): boolean {
  let tokens = 0
  for (let at = first; at < end; at++) {
    // Of the header's lines the codec leaves only the hashes, which take a token for two characters.
    const inHeader = file && at < file.end
    tokens += inHeader
      ? lines[at]!.startsWith('index ')
        ? (lines[at]!.length - 6) / 2
        : 0
      : 1 + lines[at]!.length / TOKEN
  }
  return tokens >= MARKER + cue.length / 2.5 + WORTH
}
