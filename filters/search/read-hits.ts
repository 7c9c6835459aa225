import type { Signal } from '../filter.ts'
import { BREAK, BREAK_LINE, type Hit, type Item, Items, type Keep } from './hit.ts'
import { isHeading } from './hit-rows.ts'

/** Beyond it no path is looked for in a line. */
const PATH_LIMIT = 400

/** `path:12:text` and, around it, `path-12-text`: grep -n, rg -n, git grep -n, ack. One item a line. */
export function readPrefixed(lines: readonly string[], keep: Keep, signal: Signal): readonly Item[] {
  const paths = new Map<string, boolean>()
  const matches = lines.map((line, i) => {
    signal.throwIfAborted()
    return matchIn(line, i, paths)
  })
  const items = new Items(keep)
  let last: Hit | undefined
  for (const [i, line] of lines.entries()) {
    signal.throwIfAborted()
    const match = matches[i]
    const hit = match && match.path === last?.path ? match : (contextIn(line, i, last, match, paths) ?? match)
    if (!stays(keep, i, hit, line)) items.drop(i, hit?.path ?? last?.path, hit?.mark === ':')
    else items.list.push(hit ?? otherOf(line))
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

const MATCH = /:(\d{1,9}):/g

/**
 * The first `:12:` parts path and text, so `C:\a.c:12:x` and `a-2024-01-15.log:12:x` are read right. `paths` holds what was seen before
 * it, and whether that can be a path.
 */
function matchIn(line: string, index: number, paths: Map<string, boolean>): Hit | undefined {
  MATCH.lastIndex = 1
  const found = MATCH.exec(line.length > PATH_LIMIT ? line.slice(0, PATH_LIMIT) : line)
  if (!found) return undefined
  const path = line.slice(0, found.index)
  let known = paths.get(path)
  if (known === undefined) paths.set(path, (known = isPath(path)))
  return known ? rowOf(line, path, found.index + 1, index, ':') : undefined
}

/**
 * A line of context names a file that has matches; which of its hyphens ends the name, only the other lines tell. Where it could be a
 * match in a file of another name too, it is context only if it comes right after the last line.
 */
function contextIn(
  line: string,
  index: number,
  last: Hit | undefined,
  match: Hit | undefined,
  paths: ReadonlyMap<string, boolean>,
): Hit | undefined {
  if (last && line.startsWith(last.path) && line[last.path.length] === '-') {
    const hit = rowOf(line, last.path, last.path.length + 1, index, '-')
    if (hit && (!match || hit.number === last.number + 1)) return hit
  }
  if (match && !/\s/.test(match.path)) return undefined
  const window = line.slice(0, PATH_LIMIT)
  for (let at = window.indexOf('-', 1); at >= 0; at = window.indexOf('-', at + 1)) {
    if (!isDigit(window.charCodeAt(at + 1)) || !paths.get(window.slice(0, at))) continue
    const hit = rowOf(line, window.slice(0, at), at + 1, index, '-')
    if (hit) return hit
  }
  return undefined
}

const isDigit = (unit: number) => unit >= 48 && unit <= 57

/** `12:text` from `start` on, with this mark where one is given. Numbers are such that they are printed again as they were. */
function rowOf(line: string, path: string, start: number, index: number, mark?: ':' | '-'): Hit | undefined {
  let end = start
  let number = 0
  for (let unit = line.charCodeAt(end); isDigit(unit); unit = line.charCodeAt(++end)) number = number * 10 + unit - 48
  const after = line[end]
  if ((after !== ':' && after !== '-') || (mark !== undefined && mark !== after)) return undefined
  const digits = end - start
  if (digits === 0 || digits > 9 || (digits > 1 && line.charCodeAt(start) === 48)) return undefined
  return { kind: 'hit', path, mark: after, number, text: line.slice(end + 1), line: index }
}

/** Rows `12:text` and `12-text` below the path of their file, files parted by an empty line: rg --heading, ack, ag. */
export function readHeaded(lines: readonly string[], keep: Keep, signal: Signal): readonly Item[] {
  const items = new Items(keep)
  let path: string | undefined
  for (let i = 0; i < lines.length; i++) {
    signal.throwIfAborted()
    const line = lines[i]!
    const hit = path === undefined ? undefined : rowOf(line, path, 0, i)
    const heading = hit || (i > 0 && line !== '') ? undefined : headingAt(lines, i === 0 ? 0 : i + 1, path)
    if (heading !== undefined) {
      path = heading
      if (!keep.file(path)) items.drop(i, path)
      if (i > 0 && !keep.file(path)) items.drop(i + 1, path)
      if (i > 0) i++
    } else if (!stays(keep, i, hit, line)) items.drop(i, path, hit?.mark === ':')
    else items.list.push(hit ?? otherOf(line))
  }
  return items.list
}

/** The path that stands as a heading in line `at`, with a row below it, or undefined. */
function headingAt(lines: readonly string[], at: number, current: string | undefined): string | undefined {
  const line = lines[at]
  if (line === undefined || line === current || !isPath(line) || !rowOf(lines[at + 1] ?? '', line, 0, at))
    return undefined
  return rowOf(line, line, 0, at) ? undefined : line
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
