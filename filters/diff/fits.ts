import { shareOf } from '../search/shares.ts'
import { rowOf } from './blame.ts'
import { isGraph } from './graph.ts'
import { isNames } from './name-status.ts'

/** Lines looked at: the first ones of a bounded prefix. */
const LINES = 400
const PREFIX = 64 * 1024

/** Is a text what git diff, show, log, blame or a diffstat print, a patch mail, or a unified diff of any tool? */
export function isDiff(text: string): boolean {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const lines = text
    .slice(start, start + PREFIX)
    .split('\n', LINES)
    .map(line => line.replace(/\r$/, ''))
  return [isBlame, isLog, isPatch, isStat, isNames].some(is => is(lines))
}

const isBlame = (lines: readonly string[]) =>
  lines.length > 3 && shareOf(lines.slice(0, 40), line => !!rowOf(line)) >= 0.9

/** A log begins with a commit, behind a star in a graph; a warning or two may stand before it. */
function isLog(lines: readonly string[]): boolean {
  const plain = isGraph(lines[0]!) ? lines.slice(0, 5).map(line => line.slice(2)) : lines
  return plain
    .slice(0, 4)
    .some((line, i) => COMMIT.test(line) && /^(?:Author|Merge|AuthorDate): /.test(plain[i + 1] ?? ''))
}

const COMMIT = /^commit [0-9a-f]{40}/
const HUNK = /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/
const PATCH_LINE =
  /^[-+ @\\]|^(?:diff|index|new|old|deleted|similarity|rename|Binary|Only|commit|From|Date|Subject|Author)\b/

function isPatch(lines: readonly string[]): boolean {
  const isHead = (line: string, i: number) =>
    line.startsWith('diff --git ') || (line.startsWith('--- ') && (lines[i + 1] ?? '').startsWith('+++ '))
  if (lines[0]!.startsWith('diff --git ') && HEADER_ONLY.test(lines[1] ?? '')) return true
  if (!lines.some(isHead)) return false
  return lines.some(line => HUNK.test(line)) && shareOf(lines, line => PATCH_LINE.test(line)) >= 0.7
}

/** A change of a mode or a name has no hunks. */
const HEADER_ONLY = /^(?:old mode|similarity index|new file mode|deleted file mode|index) /

const isStat = (lines: readonly string[]) =>
  lines.some(line => /^ \d+ files? changed, /.test(line)) && shareOf(lines, line => STAT_ROW.test(line)) >= 0.5

const STAT_ROW = /^ \S.* \| +(?:\d+ ?[+-]*$|Bin )/
