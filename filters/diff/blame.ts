import { markerAt } from '../../ccr/marker.ts'
import { lines as lineSelector, type Selector } from '../../ccr/select.ts'
import type { FilterContext, Signal } from '../filter.ts'
import { codeOf } from '../log/notation.ts'
import { chooseLines, fitted } from '../search/choose.ts'
import type { Encoded } from '../search/form.ts'
import { parseKeys } from '../search/keys.ts'
import { isDefinition, ranked } from '../search/weigh.ts'

/**
 * git blame, each commit once:
 *
 *   A=44ffe6c6d src/flask/config.py (David Lord           2023-04-20 08:30:45 -0700     a key: what stands before the line numbers
 *
 *   1A from __future__ import annotations      line 1, of A
 *    import errno                              the next line, of the same commit
 *   [... 12 lines L3-14]                       a gap
 *
 * Undefined where a line is none of git blame's, or its number is set in another width.
 */
export function encodeBlame(lines: readonly string[], context: FilterContext): Encoded | undefined {
  const rows = rowsOf(lines, context.signal)
  if (!rows) return undefined
  const { mode, budget, query, signal } = context
  const note = [`${BLAME}${rows[0]!.width}`]
  const whole = { lines: printBlame(rows, () => true, context), note }
  if (mode === 'lossless' || (mode === 'balanced' && budget === undefined)) return whole
  const tokens = context.count(whole.lines.join('\n'))
  if (budget === undefined || tokens <= budget) return whole
  const answers = query === undefined ? undefined : ranked(lines, query)
  const pieces = rows.map(({ text }, i) => {
    const score = (answers?.[i] ?? 0) * ANSWER + (isDefinition(text.trim()) ? 1 : 0)
    return { first: i, end: i + 1, score, headings: [] }
  })
  const costs = rows.map(({ text }) => COMMIT + text.length / TOKEN)
  const made = fitted(
    budget,
    room => {
      const kept = chooseLines(pieces, costs, room, signal)
      return { lines: printBlame(rows, i => kept.has(i), context), note }
    },
    encoded => context.count(encoded.lines.join('\n')),
  )
  return made ?? whole
}

/** The first word of the note; the width of the line numbers follows. */
const BLAME = 'blame '
/** A line that answers the question weighs more than any other. */
const ANSWER = 20
/** UTF-16 units of a token, as a guess; tokens of a commit's share in a line. */
const TOKEN = 3.6
const COMMIT = 10
/** A line says its number at least so often. */
const SHOWN = 20

export const isBlame = (note: readonly string[]): boolean => note[0]!.startsWith(BLAME)

function rowsOf(lines: readonly string[], signal: Signal): Row[] | undefined {
  const rows: Row[] = []
  for (const line of lines) {
    signal.throwIfAborted()
    const row = rowOf(line)
    const last = rows.at(-1)
    if (!row || (last && row.width !== last.width)) return undefined
    rows.push(row)
  }
  return rows
}

function printBlame(rows: readonly Row[], keep: (row: number) => boolean, { omit }: FilterContext): string[] {
  const names = new Map<string, string>()
  const body: string[] = []
  let shown = -SHOWN
  for (let i = 0; i < rows.length; i++) {
    if (!keep(i)) {
      let end = i + 1
      while (end < rows.length && !keep(end)) end++
      body.push(omit(lineSelector(i + 1, end), end - i === 1 ? '1 line' : `${end - i} lines`, 'lines that matter less'))
      i = end - 1
      shown = -SHOWN
      continue
    }
    const { commit, number, text } = rows[i]!
    if (!names.has(commit)) names.set(commit, codeOf(names.size, 'A'))
    const above = rows[i - 1]
    const bare = commit === above?.commit && number === above.number + 1 && i - shown < SHOWN
    if (!bare) shown = i
    body.push(bare ? text : `${number}${names.get(commit)}${text}`)
  }
  return [...[...names].map(([commit, name]) => `${name}=${commit}`), '', ...body]
}

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

/** The inverse of encodeBlame. Throws a RangeError on any other text. */
export function decodeBlame(
  body: readonly string[],
  note: readonly string[],
  gap: (where: Selector) => string,
): string[] {
  const width = Number(note[0]!.slice(BLAME.length))
  const { texts, end } = parseKeys(body)
  const lines: string[] = []
  let commit: string | undefined
  let number = 0
  for (const line of body.slice(end)) {
    const marker = markerAt(line, 0)
    if (marker) {
      lines.push(gap(marker.where))
      continue
    }
    const found = /^(\d+)([A-Z]+)/.exec(line)
    number = found ? Number(found[1]) : number + 1
    if (found) commit = texts.get(found[2]!)
    if (commit === undefined) throw new RangeError(`no commit for line ${number}`)
    lines.push(`${commit}${String(number).padStart(width)})${found ? line.slice(found[0].length) : line}`)
  }
  return lines
}
