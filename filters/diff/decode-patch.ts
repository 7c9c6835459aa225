import { markerAt } from '../../ccr/marker.ts'
import type { Selector } from '../../ccr/select.ts'
import { eraOf, parseCommit, writeCommit } from './commit.ts'
import { parseHeader, writeHeader } from './file-header.ts'
import { countedFrom, printHunk } from './hunk.ts'
import { SIGN, writeStat } from './stat.ts'

/** The original's lines from those of printPatch. Throws a RangeError on any other text. */
export function decodePatch(
  body: readonly string[],
  keys: ReadonlyMap<string, string>,
  gap: (where: Selector) => string,
): string[] {
  const lines: string[] = []
  let era = ''
  for (let at = 0; at < body.length; ) {
    const line = body[at]!
    const block = blockAt(body, at)
    if (block) {
      for (const written of block.lines) lines.push(written)
      at += block.count
      continue
    }
    at++
    const marker = markerAt(line, 0)
    if (marker) lines.push(gap(marker.where))
    else if (line.startsWith('~')) lines.push(line.slice(1))
    else if (line.startsWith('=')) lines.push(keyed(line, keys))
    else if (line.startsWith('commit ')) {
      const commit = parseCommit(line, era)
      if (!commit) throw new RangeError('no commit')
      era = eraOf(commit.date) || era
      if (lines.length) lines.push('')
      const { committed } = commit
      lines.push(
        ...writeCommit({
          ...commit,
          author: keyed(commit.author, keys),
          ...(committed && { committed: { ...committed, by: keyed(committed.by, keys) } }),
        }),
      )
    } else lines.push(line)
  }
  return lines
}

function keyed(text: string, keys: ReadonlyMap<string, string>): string {
  if (!text.startsWith('=')) return text
  const whole = keys.get(text.slice(1))
  if (whole === undefined) throw new RangeError(`no key ${text}`)
  return whole
}

/** A diffstat, a file's header or a hunk: how many lines it takes here, and those it stands for. */
function blockAt(body: readonly string[], at: number): { count: number; lines: readonly string[] } | undefined {
  const line = body[at]!
  if (line.startsWith(SIGN)) {
    let end = at + 1
    // A block ends with its totals.
    while (body[end]?.startsWith(SIGN) && !TOTALS.test(body[end - 1]!)) end++
    return { count: end - at, lines: writeStat(body.slice(at, end)) }
  }
  if (line.startsWith('diff ')) {
    const header = parseHeader(line)
    if (!header) throw new RangeError('no header of a file')
    return { count: 1, lines: writeHeader(header) }
  }
  return line.startsWith('@@ ') ? hunkAt(body, at) : undefined
}

const TOTALS = /^\|\d+ files/
const ONE_SIGN = /^@@ ([+-])(\d+),(\d+) @@(.*)$/
const COUNTED = /^@@ -(\d+) \+(\d+) @@(.*)$/

function hunkAt(body: readonly string[], at: number): { count: number; lines: readonly string[] } | undefined {
  const one = ONE_SIGN.exec(body[at]!)
  if (one) {
    const [, sign, start, count, section] = one
    const none = { start: 0, count: 0 }
    const some = { start: Number(start), count: Number(count) }
    const hunk = { old: sign === '-' ? some : none, new: sign === '+' ? some : none, section: section! }
    const rows = body.slice(at + 1, at + 1 + some.count)
    return { count: 1 + rows.length, lines: [printHunk(hunk), ...rows.map(row => sign + row)] }
  }
  const counted = COUNTED.exec(body[at]!)
  if (!counted) return undefined
  const { old, new: now, lines } = countedFrom(body, at + 1)
  const hunk = {
    old: { start: Number(counted[1]), count: old },
    new: { start: Number(counted[2]), count: now },
    section: counted[3]!,
  }
  return { count: 1 + lines, lines: [printHunk(hunk), ...body.slice(at + 1, at + 1 + lines)] }
}
