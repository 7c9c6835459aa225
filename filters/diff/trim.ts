import type { Signal } from '../filter.ts'
import type { Cut } from './cut.ts'
import type { Hunk } from './hunk.ts'
import { noiseOf } from './noise.ts'
import type { Unit } from './units.ts'

type FileUnit = Unit & { kind: 'file' }
type HunkUnit = Unit & { kind: 'hunk' }

/** A file's hunks; its header where git wrote one. */
interface Section {
  readonly file: FileUnit | undefined
  readonly hunks: readonly HunkUnit[]
}

/**
 * What a reader of the changes can do without: context beyond `radius` lines, the lines of lock files and the like. Changes of
 * ordinary source stay. In the order of the lines.
 */
export function trim(units: readonly Unit[], lines: readonly string[], radius: number, signal: Signal): Cut[] {
  const cuts: Cut[] = []
  for (const section of sectionsOf(units)) {
    const whole = noiseCut(section, lines)
    if (whole) cuts.push(whole)
    else cuts.push(...contextCuts(section, lines, radius, signal))
  }
  return cuts
}

function sectionsOf(units: readonly Unit[]): Section[] {
  const sections: { file: FileUnit | undefined; hunks: HunkUnit[] }[] = []
  let open: { file: FileUnit | undefined; hunks: HunkUnit[] } | undefined
  for (const unit of units) {
    if (unit.kind === 'file') sections.push((open = { file: unit, hunks: [] }))
    else if (unit.kind !== 'hunk') open = undefined
    else if (open) open.hunks.push(unit)
    else sections.push((open = { file: undefined, hunks: [unit] }))
  }
  return sections.filter(({ hunks }) => hunks.length > 0)
}

/** Fewer lines are shown rather than told of. */
const FEW = 6

function noiseCut({ file, hunks }: Section, lines: readonly string[]): Cut | undefined {
  if (!file) return undefined
  const [first, end] = [hunks[0]!.first, hunks.at(-1)!.end]
  if (end - first < FEW && charactersOf(lines, first, end) < 600) return undefined
  const signed = (sign: string) =>
    hunks
      .flatMap(hunk => lines.slice(hunk.first + 1, hunk.end).filter(line => line[0] === sign))
      .map(line => line.slice(1))
  const [added, removed] = [signed('+'), signed('-')]
  const noise = noiseOf({ header: file.header, added, removed })
  return noise === undefined
    ? undefined
    : { first, end, what: `${end - first} lines: ${noise}, +${added.length} -${removed.length}` }
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
    const cue = place ? `@@ -${place.old} +${place.new} @@${heading}` : ''
    if (stop > at && pays(file, lines, at, stop, cue)) {
      cuts.push({
        first: at,
        end: stop,
        what: `${stop - at} ${stop - at === 1 ? 'line' : 'lines'}`,
        ...(cue && { cue }),
      })
    }
    if (place) section = place.section
    at = Math.max(stop, at + 1)
    while (at < end && kept.has(at)) at++
  }
  return cuts
}

/** Changed lines, and context so near to them. */
function keptLines(hunks: readonly HunkUnit[], lines: readonly string[], radius: number, signal: Signal): Set<number> {
  const kept = new Set<number>()
  for (const { first, end } of hunks) {
    let wanted = 0
    for (let at = first + 1; at < end; at++) {
      signal.throwIfAborted()
      const changed = lines[at]![0] !== ' ' && lines[at] !== ''
      if (changed) for (let near = Math.max(first + 1, at - radius); near < at; near++) kept.add(near)
      wanted = changed ? radius + 1 : wanted - 1
      if (wanted > 0) kept.add(at)
    }
  }
  return kept
}

/** Where each line of the hunks stands before and after, and its hunk's section. */
function placesOf(hunks: readonly HunkUnit[], lines: readonly string[]) {
  const places = new Map<number, { old: number; new: number; section: Hunk['section'] }>()
  for (const { hunk, first, end } of hunks) {
    let [old, now] = [hunk.old.start, hunk.new.start]
    for (let at = first + 1; at < end; at++) {
      places.set(at, { old, new: now, section: hunk.section })
      const sign = lines[at]![0]
      if (sign !== '+' && sign !== '\\') old++
      if (sign !== '-' && sign !== '\\') now++
    }
  }
  return places
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
