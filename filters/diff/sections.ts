import type { Unit } from './units.ts'

export type FileUnit = Unit & { kind: 'file' }
export type HunkUnit = Unit & { kind: 'hunk' }
export type CommitUnit = Unit & { kind: 'commit' }

/** One changed file: its hunks, its header where git wrote one, and the commit that it is part of. */
export interface Section {
  readonly file: FileUnit | undefined
  readonly hunks: readonly HunkUnit[]
  readonly commit: CommitUnit | undefined
  /** Without a header: the lines right above the hunks, `--- a` and `+++ b` or the like. */
  readonly before: readonly number[]
}

/** Lines above hunks that may be a header that git did not write. */
const ABOVE = 3

export function sectionsOf(units: readonly Unit[]): Section[] {
  const sections: {
    file: FileUnit | undefined
    hunks: HunkUnit[]
    commit: CommitUnit | undefined
    before: number[]
  }[] = []
  let open: (typeof sections)[number] | undefined
  let commit: CommitUnit | undefined
  let above: number[] = []
  for (const unit of units) {
    if (unit.kind === 'commit') commit = unit
    if (unit.kind === 'file') sections.push((open = { file: unit, hunks: [], commit, before: [] }))
    else if (unit.kind === 'hunk') {
      if (!open) sections.push((open = { file: undefined, hunks: [], commit, before: above.slice(-ABOVE) }))
      open.hunks.push(unit)
    } else open = undefined
    above = unit.kind === 'other' ? [...above.slice(-ABOVE), unit.first] : []
  }
  return sections
}

/** Added and removed lines of a section's hunks, without their signs. */
export function changesIn(
  { hunks }: Pick<Section, 'hunks'>,
  lines: readonly string[],
): { added: string[]; removed: string[] } {
  const added: string[] = []
  const removed: string[] = []
  for (const { first, end } of hunks)
    for (let at = first + 1; at < end; at++) {
      const sign = lines[at]![0]
      if (sign === '+') added.push(lines[at]!.slice(1))
      else if (sign === '-') removed.push(lines[at]!.slice(1))
    }
  return { added, removed }
}

/** Where a line of a hunk stands before and after, and the hunk's section. */
export interface Place {
  readonly old: number
  readonly new: number
  readonly section: string
}

/** The places of all lines of hunks but their headers, by the lines' indices. */
export function placesOf(hunks: readonly HunkUnit[], lines: readonly string[]): Map<number, Place> {
  const places = new Map<number, Place>()
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

/** `@@ -177 +180 @@ section`: where a diff goes on behind a gap. */
export const cueOf = ({ old, new: now, section }: Place): string => `@@ -${old} +${now} @@${section}`
