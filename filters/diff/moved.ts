import type { Cut } from './cut.ts'
import type { HunkUnit } from './sections.ts'

/** Shorter runs are shown again. */
const LINES = 6
const UNITS = 200

/**
 * Added runs of lines that were removed in one run elsewhere, as cuts that say where: the removed lines stay. Runs are compared
 * without their indentation. Linear.
 */
export function movedCuts(hunks: readonly HunkUnit[], lines: readonly string[]): Cut[] {
  const removed = new Map<string, { readonly first: number; readonly exact: string }>()
  for (const { first, end } of runsOf(hunks, lines, '-')) {
    const key = bare(lines, first, end)
    if (!removed.has(key)) removed.set(key, { first, exact: exactly(lines, first, end) })
  }
  const cuts: Cut[] = []
  for (const { first, end } of runsOf(hunks, lines, '+')) {
    const found = removed.get(bare(lines, first, end))
    if (!found) continue
    const from = `moved, removed at L${found.first + 1}-${found.first + end - first}`
    const how = found.exact === exactly(lines, first, end) ? '' : ', indented anew'
    cuts.push({ first, end, what: `${end - first} added lines: ${from}${how}`, rule: 'moved lines' })
  }
  return cuts
}

/** Runs of lines with one sign that are long enough. */
function runsOf(
  hunks: readonly HunkUnit[],
  lines: readonly string[],
  sign: '+' | '-',
): { first: number; end: number }[] {
  const runs: { first: number; end: number }[] = []
  for (const hunk of hunks) {
    let units = 0
    for (let at = hunk.first + 1, first = at; at <= hunk.end; at++) {
      if (at < hunk.end && lines[at]![0] === sign) {
        units += lines[at]!.trim().length
        continue
      }
      if (at - first >= LINES && units >= UNITS) runs.push({ first, end: at })
      first = at + 1
      units = 0
    }
  }
  return runs
}

const exactly = (lines: readonly string[], first: number, end: number) =>
  lines
    .slice(first, end)
    .map(line => line.slice(1))
    .join('\n')

const bare = (lines: readonly string[], first: number, end: number) =>
  lines
    .slice(first, end)
    .map(line => line.slice(1).trim())
    .join('\n')
