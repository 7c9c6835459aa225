import type { Signal } from '../filter.ts'
import { BREAK, BREAK_LINE, type Hit, type Item, Items, type Keep, NUMBER } from './hit.ts'
import { isHeading } from './hit-rows.ts'

/** Beyond it no path is looked for in a line. */
const PATH_LIMIT = 400

/** `path:12:text` and, around it, `path-12-text`: grep -n, rg -n, git grep -n, ack. One item a line. */
export function readPrefixed(lines: readonly string[], keep: Keep, signal: Signal): readonly Item[] {
  const paths = new Set<string>()
  for (const line of lines) {
    signal.throwIfAborted()
    const hit = matchIn(line)
    if (hit) paths.add(hit.path)
  }
  const items = new Items(keep)
  let last: Hit | undefined
  for (const [i, line] of lines.entries()) {
    signal.throwIfAborted()
    const hit = (last && hitOf(line, last.path)) ?? contextIn(line, paths) ?? matchIn(line)
    if (!stays(keep, i, hit, line)) items.drop(i, hit?.path ?? last?.path, hit?.mark === ':')
    else items.list.push(hit ? { ...hit, line: i } : otherOf(line))
    if (hit) last = hit
  }
  return items.list
}

/** A break stays between hits that do; what is no hit stays. */
function stays(keep: Keep, index: number, hit: Hit | undefined, line: string): boolean {
  if (hit) return keep.line(index)
  return line !== BREAK_LINE || (keep.line(index - 1) && keep.line(index + 1))
}

const otherOf = (text: string): Item => (text === BREAK_LINE ? BREAK : { kind: 'other', text })

const MATCH = /:(\d{1,10}):/g

/** The first `:12:` parts path and text, so `C:\a.c:12:x` and `a-2024-01-15.log:12:x` are read right. */
export function matchIn(line: string): Hit | undefined {
  MATCH.lastIndex = 1
  const found = MATCH.exec(line.length > PATH_LIMIT ? line.slice(0, PATH_LIMIT) : line)
  if (!found || !NUMBER.test(found[1]!)) return undefined
  const path = line.slice(0, found.index)
  if (!isPath(path)) return undefined
  return { kind: 'hit', path, mark: ':', number: Number(found[1]), text: line.slice(MATCH.lastIndex) }
}

/** A line of context names a file that has matches; which of its hyphens ends the name, only the other lines tell. */
function contextIn(line: string, paths: ReadonlySet<string>): Hit | undefined {
  const window = line.slice(0, PATH_LIMIT)
  for (let at = window.indexOf('-', 1); at >= 0; at = window.indexOf('-', at + 1)) {
    const digit = window.charCodeAt(at + 1)
    if (digit < 48 || digit > 57 || !paths.has(window.slice(0, at))) continue
    const hit = hitOf(line, window.slice(0, at))
    if (hit) return hit
  }
  return undefined
}

/** The hit in the file `path` that `line` prints, or undefined. */
function hitOf(line: string, path: string): Hit | undefined {
  if (!line.startsWith(path)) return undefined
  return rowOf(line, path, path.length + 1, line[path.length])
}

/** `12:text` from `start` on, after the mark if that is given. */
function rowOf(line: string, path: string, start: number, mark?: string): Hit | undefined {
  let end = start
  while (line.charCodeAt(end) >= 48 && line.charCodeAt(end) <= 57) end++
  const after = line[end]
  if ((after !== ':' && after !== '-') || (mark !== undefined && mark !== after)) return undefined
  const digits = line.slice(start, end)
  if (!NUMBER.test(digits)) return undefined
  return { kind: 'hit', path, mark: after, number: Number(digits), text: line.slice(end + 1) }
}

/** Rows `12:text` and `12-text` below the path of their file, files parted by an empty line: rg --heading, ack, ag. */
export function readHeaded(lines: readonly string[], keep: Keep, signal: Signal): readonly Item[] {
  const items = new Items(keep)
  let path: string | undefined
  for (let i = 0; i < lines.length; i++) {
    signal.throwIfAborted()
    const line = lines[i]!
    const hit = path === undefined ? undefined : rowOf(line, path, 0)
    const heading = headingAt(lines, i === 0 ? 0 : i + 1, path)
    if (!hit && heading !== undefined && (i === 0 || line === '')) {
      path = heading
      if (!keep.file(path)) items.drop(i, path)
      if (i > 0 && !keep.file(path)) items.drop(i + 1, path)
      if (i > 0) i++
    } else if (!stays(keep, i, hit, line)) items.drop(i, path, hit?.mark === ':')
    else items.list.push(hit ? { ...hit, line: i } : otherOf(line))
  }
  return items.list
}

/** The path that stands as a heading in line `at`, with a row below it, or undefined. */
function headingAt(lines: readonly string[], at: number, current: string | undefined): string | undefined {
  const line = lines[at]
  if (line === undefined || line === current || !isPath(line) || !rowOf(lines[at + 1] ?? '', line, 0)) return undefined
  return rowOf(line, line, 0) ? undefined : line
}

/** Names of files may have spaces and colons; what has control characters or begins like our notation is left alone. */
export function isPath(text: string): boolean {
  return (
    text.length > 0 &&
    isHeading(text) &&
    text.length <= PATH_LIMIT &&
    !/^(?:[\s\\~=]|\[(?:\.\.\.|hr) )|[\x00-\x1f]|\s$/.test(text)
  )
}
