import type { Signal } from '../filter.ts'
import type { Page } from './page.ts'

/**
 * The line behind the diff, or the `git log`, that begins at line `first`; `first` itself where none does. Hunks end where their heads
 * say (git, GNU diff -u), so that text behind them is not taken for context. Reads no line twice but those around a gap.
 */
export function diffEnd(page: Page, first: number, end: number, signal: Signal): number {
  if (!opens(page, first)) return first
  let last = first
  let inLog = false
  for (let at = first; at < end; ) {
    signal.throwIfAborted()
    const line = page.line(at)
    if (COMMIT.test(line)) inLog = true
    const hunk = HUNK.exec(line)
    if (hunk) at = last = hunkEnd(page, at + 1, end, hunk, signal)
    else if (HEADER.test(line) || (inLog && LOG.test(line))) last = ++at
    else if (line === '' && at - last < 2) at++
    else break
  }
  return last
}

/** Does a diff or a log of commits surely begin here? Two lines agree, since `---` opens other things too. */
function opens(page: Page, at: number): boolean {
  const line = page.line(at)
  if (line.startsWith('diff --git ')) return true
  if (COMMIT.test(line)) return /^(?:Author|Merge|AuthorDate): /.test(page.line(at + 1))
  return line.startsWith('--- ') && page.line(at + 1).startsWith('+++ ') && HUNK.test(page.line(at + 2))
}

const COMMIT = /^commit [0-9a-f]{40}(?: |$)/
const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/
const HEADER =
  /^(?:diff -|index [0-9a-f]+|(?:old|new) mode \d|(?:deleted|new) file mode |(?:dis)?similarity index |(?:rename|copy) (?:from|to) |Binary files |--- \S|\+\+\+ \S|Index: |={60,}$|Only in |\\ No newline)/
/** What `git log` prints between diffs: heads, messages, statistics. */
const LOG =
  /^(?:commit [0-9a-f]{40}|(?:Author|AuthorDate|Commit|CommitDate|Merge|Date): | {4}|---$| \S.* +\| +(?:\d+|Bin)| \d+ files? changed| (?:create|delete|rename|mode) )/

function hunkEnd(page: Page, first: number, end: number, [, left, right]: RegExpExecArray, signal: Signal): number {
  let before = Number(left ?? 1)
  let after = Number(right ?? 1)
  let at = first
  for (; at < end && (before > 0 || after > 0); at++) {
    signal.throwIfAborted()
    const mark = page.line(at)[0] ?? ' '
    if (mark === '-') before--
    else if (mark === '+') after--
    else if (mark === ' ') {
      before--
      after--
    } else if (mark !== '\\') break
  }
  return at
}
