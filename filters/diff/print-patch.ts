import { lines as lineSelector } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'
import type { Encoded } from '../search/form.ts'
import { KEYED } from '../search/hit-rows.ts'
import { type Keys, keysOf } from '../search/keys.ts'
import { type Commit, eraOf, printCommit } from './commit.ts'
import type { Cut } from './cut.ts'
import { printHeader } from './file-header.ts'
import { countedFrom, type Hunk, printHunk } from './hunk.ts'
import type { Unit } from './units.ts'

/**
 * A diff or a log, its headers folded, its hunks as they are:
 *
 *   A=David Lord <d@example.com>        a key: an author, or a line outside of hunks that comes often; an empty line ends the keys
 *
 *   commit 2ac89... merge 258d 6893 by =A on Wed Apr 8 21:04:03 2026 -0700
 *   |docs/config.rst=2+2-               a diffstat (stat.ts)
 *   diff src/a.ts 631580b..4b88a75 100644     the header of a file (file-header.ts)
 *   @@ -171 +171 @@ function f()        the counts of its lines left out
 *   @@ +1,300 @@                        300 added lines, without their signs
 *   @@ -1,300 @@                        300 removed ones
 *   [... 7 lines L40-46] @@ -177 +180   a gap, and where the diff goes on
 *   =B                                  a line by its key
 *   ~any other line that looks like one of these
 */
export function printPatch(
  units: readonly Unit[],
  lines: readonly string[],
  cuts: readonly Cut[],
  context: FilterContext,
): Encoded {
  const keys = keysOf(repeatable(units, lines), context.signal)
  const note = keys.lines.length ? [KEYED] : []
  return { lines: [...keys.lines, ...new Printer(lines, keys, cuts, context).print(units)], note }
}

/** What may stand for itself or for a key. */
function repeatable(units: readonly Unit[], lines: readonly string[]): string[] {
  return units.flatMap(unit => {
    if (unit.kind === 'commit') return namesOf(unit.commit)
    return unit.kind === 'other' ? [lines[unit.first]!] : []
  })
}

/** Those that are printed: a committer who is the author is not. */
const namesOf = ({ author, committed }: Commit) =>
  committed && committed.by !== author ? [author, committed.by] : [author]

/** Lines outside of hunks that would be read as notation. */
const NOTATION = /^(?:\[\.\.\. |[~=|]|commit |diff |@@ )/
/** Lines that would be read as those of the hunk above. */
const HUNK_LINE = /^[ +\-\\]/

class Printer {
  readonly #source: readonly string[]
  readonly #keys: Keys
  readonly #cuts: readonly Cut[]
  readonly #context: FilterContext
  readonly #lines: string[] = []
  #nextCut = 0
  #era = ''
  #belowHunk = false

  constructor(source: readonly string[], keys: Keys, cuts: readonly Cut[], context: FilterContext) {
    this.#source = source
    this.#keys = keys
    this.#cuts = cuts
    this.#context = context
  }

  print(units: readonly Unit[]): string[] {
    for (const unit of units) {
      this.#context.signal.throwIfAborted(unit.end - unit.first)
      if (this.#isCut(unit)) this.#rest(unit)
      else {
        this.#whole(unit)
        this.#belowHunk = unit.kind === 'hunk'
      }
    }
    return this.#lines
  }

  #isCut({ first, end }: Unit): boolean {
    while (this.#cuts[this.#nextCut] && this.#cuts[this.#nextCut]!.end <= first) this.#nextCut++
    const cut = this.#cuts[this.#nextCut]
    return cut !== undefined && cut.first < end
  }

  #whole(unit: Unit): void {
    switch (unit.kind) {
      case 'commit': {
        const { author, committed } = unit.commit
        const committer = committed && this.#keyed(committed.by)
        this.#lines.push(printCommit(unit.commit, this.#keyed(author), this.#era, committer))
        this.#era = eraOf(unit.commit.date) || this.#era
        return
      }
      case 'stat':
        for (const line of unit.printed) this.#lines.push(line)
        return
      case 'file':
        this.#lines.push(printHeader(unit.header))
        return
      case 'hunk':
        this.#hunk(unit.hunk, unit.first, unit.end)
        return
      case 'other':
        this.#other(this.#source[unit.first]!)
    }
  }

  #keyed(text: string): string {
    const key = this.#keys.of(text)
    return key === undefined ? text : `=${key}`
  }

  #other(line: string): void {
    const keyed = this.#keyed(line)
    const escaped = NOTATION.test(line) || (this.#belowHunk && HUNK_LINE.test(line))
    this.#lines.push(keyed === line && escaped ? `~${line}` : keyed)
  }

  #hunk(hunk: Hunk, first: number, end: number): void {
    const rows = this.#source.slice(first + 1, end)
    const one = onlySign(hunk, rows)
    if (one) {
      const { start, count } = one === '+' ? hunk.new : hunk.old
      this.#lines.push(`@@ ${one}${start},${count} @@${hunk.section}`)
      for (const row of rows) this.#lines.push(row[0] === '\\' ? row : row.slice(1))
      return
    }
    const counted = countedFrom(rows, 0)
    const derived = counted.lines === rows.length && counted.old === hunk.old.count && counted.new === hunk.new.count
    const header = printHunk(hunk)
    if (derived) this.#lines.push(`@@ -${hunk.old.start} +${hunk.new.start} @@${hunk.section}`)
    else this.#lines.push(header.includes(',') ? header : `~${header}`)
    for (const row of rows) this.#lines.push(row)
  }

  /** What is left of a unit between the cuts, with their markers where they begin. */
  #rest(unit: Unit): void {
    let at = unit.first
    while (at < unit.end) {
      const cut = this.#cuts[this.#nextCut]
      if (cut && cut.first <= at) {
        if (cut.first === at) this.#marker(cut)
        at = Math.min(cut.end, unit.end)
        if (at === cut.end) this.#nextCut++
      } else this.#line(unit, at++)
    }
  }

  #marker({ first, end, what, rule, cue }: Cut): void {
    const marker = this.#context.omit(lineSelector(first + 1, end), what, rule)
    this.#lines.push(cue ? `${marker} ${cue}` : marker)
    this.#belowHunk = true
  }

  /** One line of a unit that has gaps. */
  #line(unit: Unit, at: number): void {
    const line = this.#source[at]!
    if (unit.kind === 'file' && at === unit.first) this.#lines.push(`diff ${unit.header.path}`)
    else if (unit.kind === 'hunk' && at > unit.first) this.#lines.push(line)
    else if (unit.kind === 'hunk' && line.includes(',')) this.#lines.push(line)
    else this.#lines.push(`~${line}`)
    this.#belowHunk = unit.kind === 'hunk'
  }
}

/** The sign that all lines of a hunk have, which is then that of a new or a deleted file; undefined where they differ. */
function onlySign({ old, new: now }: Hunk, rows: readonly string[]): '+' | '-' | undefined {
  const sign = old.count === 0 && old.start === 0 ? '+' : now.count === 0 && now.start === 0 ? '-' : undefined
  if (sign === undefined) return undefined
  const signed = rows.filter(row => row[0] === sign).length
  const count = sign === '+' ? now.count : old.count
  // A remark that the last line has no end stands behind the others.
  const remarked = signed === rows.length - 1 && rows.at(-1)![0] === '\\'
  return signed === count && (signed === rows.length || remarked) ? sign : undefined
}
