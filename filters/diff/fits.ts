import { rowOf } from './blame.ts'

/** Lines looked at: the first ones of a bounded prefix. */
const LINES = 400
const PREFIX = 64 * 1024

/** Is a text what git diff, show, log or blame print, or a unified diff of any tool? */
export function isDiff(text: string): boolean {
  const lines = text
    .slice(0, PREFIX)
    .split('\n', LINES)
    .map(line => line.replace(/\r$/, ''))
  if (lines.length > 3 && lines.slice(0, 40).filter(line => rowOf(line)).length >= 0.9 * Math.min(40, lines.length - 1))
    return true
  if (
    lines.some(
      (line, i) => /^commit [0-9a-f]{40}/.test(line) && /^(?:Author|Merge|AuthorDate): /.test(lines[i + 1] ?? ''),
    )
  )
    return true
  const hunks = lines.filter(line => /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/.test(line)).length
  const heads = lines.filter(
    (line, i) => line.startsWith('diff --git ') || (line.startsWith('--- ') && lines[i + 1]?.startsWith('+++ ')),
  ).length
  if (hunks + heads === 0)
    return (
      /^ \d+ files? changed, /m.test(text.slice(0, PREFIX)) &&
      lines.filter(line => / \| +\d+ [+-]*$/.test(line)).length >= lines.length / 2
    )
  const like = lines.filter(line =>
    /^[-+ @\\]|^(?:diff|index|new|old|deleted|similarity|rename|Binary) |^$/.test(line),
  ).length
  return heads > 0 && like >= 0.7 * lines.length
}
