import type { Signal } from '../filter.ts'
import { codeOf } from '../log/notation.ts'

/**
 * git blame, each commit once:
 *
 *   A=44ffe6c6d src/flask/config.py (David Lord           2023-04-20 08:30:45 -0700     a key: what stands before the line numbers
 *
 *   1A from __future__ import annotations      line 1, of A
 *    import errno                              the next line, of the same commit
 *   ~any other line
 *
 * Undefined where the lines are not numbered one after the other.
 */
export function printBlame(lines: readonly string[], signal: Signal): string[] | undefined {
  const rows = lines.map(line => {
    signal.throwIfAborted()
    return rowOf(line)
  })
  const first = rows[0]
  if (!first) return undefined
  const names = new Map<string, string>()
  const body: string[] = []
  let shown = -SHOWN
  for (const [i, row] of rows.entries()) {
    if (row?.number !== first.number + i || row.width !== first.width) return undefined
    if (!names.has(row.commit)) names.set(row.commit, codeOf(names.size, 'A'))
    const bare = row.commit === rows[i - 1]?.commit && i - shown < SHOWN
    if (!bare) shown = i
    body.push(bare ? row.text : `${row.number}${names.get(row.commit)}${row.text}`)
  }
  return [...[...names].map(([commit, name]) => `${name}=${commit}`), '', ...body]
}

/** A line says its number at least so often. */
const SHOWN = 20

interface Row {
  readonly commit: string
  readonly number: number
  /** Units that the number and the blanks before it take. */
  readonly width: number
  /** What follows the bracket: nothing, or a blank and the line. */
  readonly text: string
}

const NUMBER = /( +)([1-9]\d{0,8})\)/y

/** A line of git blame: a hash, perhaps a path, an author and a date, and the line's number before a bracket. */
export function rowOf(line: string): Row | undefined {
  const hash = /^\^?[0-9a-f]{7,40} /.exec(line)
  if (!hash) return undefined
  // The author, a path or the text may have brackets: it is the first number that ends with one.
  for (let at = hash[0].length - 1; at >= 0 && at < COLUMNS; at = line.indexOf(' ', at + 1)) {
    NUMBER.lastIndex = at
    const found = NUMBER.exec(line)
    if (!found) continue
    const text = line.slice(NUMBER.lastIndex)
    if (text !== '' && text[0] !== ' ') continue
    return { commit: line.slice(0, at), number: Number(found[2]), width: found[1]!.length + found[2]!.length, text }
  }
  return undefined
}

/** No column begins so far right. */
const COLUMNS = 400

/** The inverse of printBlame. Throws a RangeError on any other text. */
export function parseBlame(body: readonly string[], width: number): string[] {
  const keys = new Map<string, string>()
  let at = 0
  for (; body[at]; at++) {
    const cut = body[at]!.indexOf('=')
    keys.set(body[at]!.slice(0, cut), body[at]!.slice(cut + 1))
  }
  const lines: string[] = []
  let commit: string | undefined
  let number = 0
  for (const line of body.slice(at + 1)) {
    const found = /^(\d+)([A-Z]+)/.exec(line)
    number = found ? Number(found[1]) : number + 1
    if (found) commit = keys.get(found[2]!)
    if (commit === undefined) throw new RangeError(`no commit for line ${number}`)
    lines.push(`${commit}${String(number).padStart(width)})${found ? line.slice(found[0].length) : line}`)
  }
  return lines
}
