import type { Signal } from '../filter.ts'
import type { Piece } from '../search/choose.ts'
import { isDefinition, ranked } from '../search/weigh.ts'
import { type Place, placesOf, type Section, sectionsOf } from './sections.ts'
import type { Unit } from './units.ts'

/** Changed lines that are shown together at most. */
const LONGEST = 8
/** Longer diffstats are taken apart. */
const WHOLE = 30
/** A line that answers the question weighs more than all else taken together. */
const ANSWER = 20
/** UTF-16 units of a token, as a guess. */
const TOKEN = 3.6

/** What may be shown of a diff or a log: a few changed lines with their neighbours, a commit and its subject, a diffstat. */
export interface Pieces {
  readonly pieces: readonly Piece[]
  /** Tokens of each line, as a guess. */
  readonly costs: readonly number[]
  readonly sections: readonly Section[]
  readonly places: ReadonlyMap<number, Place>
}

export function piecesOf(
  units: readonly Unit[],
  lines: readonly string[],
  query: string | undefined,
  signal: Signal,
): Pieces {
  const drafts: Omit<Piece, 'score'>[] = []
  let commit: readonly number[] = []
  for (const [i, unit] of units.entries()) {
    signal.throwIfAborted()
    if (unit.kind === 'commit') {
      // A commit is shown with its subject.
      const end = unit.end + (units[i + 1]?.kind === 'other' ? 1 : 0)
      commit = indices(unit.first, end)
      drafts.push({ first: unit.first, end, headings: [] })
    } else if (unit.kind === 'stat' || (unit.kind === 'other' && lines[unit.first] !== '')) {
      const step = unit.end - unit.first > WHOLE ? 1 : unit.end - unit.first
      for (let at = unit.first; at < unit.end; at += step) drafts.push({ first: at, end: at + step, headings: commit })
    }
  }
  const sections = sectionsOf(units)
  for (const section of sections) for (const change of changesOf(section, lines)) drafts.push(change)
  const answers =
    query === undefined
      ? undefined
      : ranked(
          drafts.map(draft => textOf(draft, lines)),
          query,
        )
  const sign = query === undefined ? undefined : SIGNS.find(({ asked }) => asked.test(query))?.sign
  const pieces = drafts.map((draft, i) => ({
    ...draft,
    score:
      (answers?.[i] ?? 0) * ANSWER + weightOf(draft, lines) + (sign && hasSign(draft, lines, sign) ? ANSWER / 4 : 0),
  }))
  return {
    pieces,
    costs: lines.map(line => 1 + line.length / TOKEN),
    sections,
    places: placesOf(
      sections.flatMap(({ hunks }) => hunks),
      lines,
    ),
  }
}

/** What a question about one side of the changes says. */
const SIGNS = [
  { asked: /\b(?:remov|delet|drop)/i, sign: '-' },
  { asked: /\b(?:add|introduc|insert)(?:s|ed|ing|ition)?\b|\bnew\b/i, sign: '+' },
] as const

function hasSign({ first, end }: Omit<Piece, 'score'>, lines: readonly string[], sign: string): boolean {
  for (let at = first; at < end; at++) if (lines[at]![0] === sign) return true
  return false
}

const indices = (first: number, end: number) => Array.from({ length: end - first }, (_, i) => first + i)

/** The text that a question is held against: the lines themselves, and the name of their file. */
function textOf({ first, end, headings }: Omit<Piece, 'score'>, lines: readonly string[]): string {
  const file = headings.find(line => lines[line]!.startsWith('diff '))
  return [...(file === undefined ? [] : [lines[file]!]), ...lines.slice(first, end)].join('\n')
}

/** Changed lines of a file's hunks in runs, each with a line of context on either side. */
function changesOf({ file, hunks, commit, before }: Section, lines: readonly string[]): Omit<Piece, 'score'>[] {
  const pieces: Omit<Piece, 'score'>[] = []
  const { header } = file ?? {}
  const tells = header && (header.fate || header.modes || header.renamed || header.body !== 'text')
  const named = file ? indices(file.first, tells ? file.end : file.first + 1) : before
  const headings = [...(commit ? indices(commit.first, commit.end) : []), ...named]
  if (file && hunks.length === 0) pieces.push({ first: file.first, end: file.end, headings })
  for (const hunk of hunks) {
    const isChanged = (at: number) => at > hunk.first && at < hunk.end && lines[at] !== '' && lines[at]![0] !== ' '
    for (let at = hunk.first + 1; at < hunk.end; ) {
      if (!isChanged(at)) {
        at++
        continue
      }
      let end = at + 1
      while (end - at < LONGEST && isChanged(end)) end++
      const first = isChanged(at - 1) || at - 1 === hunk.first ? at : at - 1
      pieces.push({ first, end: isChanged(end) || end >= hunk.end ? end : end + 1, headings })
      at = end
    }
  }
  return pieces
}

/** Definitions, removals and subjects of commits first; what is long and only added last. */
function weightOf({ first, end }: Omit<Piece, 'score'>, lines: readonly string[]): number {
  if (lines[first] === '' || lines[first]!.startsWith('commit ')) return 2
  let weight = 0
  for (let at = first; at < end; at++) {
    const line = lines[at]!
    if (line[0] === '-') weight = Math.max(weight, 1)
    if ((line[0] === '+' || line[0] === '-') && isDefinition(line.slice(1).trim())) weight += 1
  }
  return Math.min(weight, 3)
}
