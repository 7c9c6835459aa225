import type { Field } from './picture.ts'

/** A word of a line and where it stands. */
interface Token {
  readonly text: string
  readonly start: number
}

const SHARE = 0.9
/** Words that stand apart as only columns do. */
const PADDED = /\S {2,40}\S/

/**
 * Columns of words: every line cut at its spaces into as many cells, the last of which takes the rest. So a wide cell may push the
 * others to the right, as in `ps` and `ls -l`. Undefined where the lines have no such columns. Linear.
 */
export function tokenFields(
  lines: readonly string[],
  headed: boolean,
): { fields: Field[]; cells: (string[] | undefined)[] } | undefined {
  const count = headed ? tokensOf(lines[0]!, 64).length : leastCount(lines)
  if (count < 4 || count >= 64 || lines.filter(line => PADDED.test(line)).length < 0.6 * lines.length) return undefined
  const rows = lines.map(line => {
    const tokens = tokensOf(line, count)
    return tokens.length === count ? tokens : undefined
  })
  const full = rows.filter(row => row !== undefined)
  if (full.length < SHARE * lines.length) return undefined
  return { fields: fieldsOf(full), cells: rows.map(row => row?.map(({ text }) => text)) }
}

/** The first words of a line; the last of `most` goes on to its end. */
function tokensOf(line: string, most: number): Token[] {
  const tokens: Token[] = []
  for (const found of line.matchAll(/\S+/g)) {
    if (tokens.length === most - 1) {
      tokens.push({ text: line.slice(found.index), start: found.index })
      break
    }
    tokens.push({ text: found[0], start: found.index })
  }
  return tokens
}

/** The number of words that nearly all lines have at least. */
function leastCount(lines: readonly string[]): number {
  const counts = lines.map(line => tokensOf(line, 20).length).sort((a, b) => a - b)
  return counts[Math.floor((1 - SHARE) * counts.length)]!
}

/** Each column by where its words mostly begin, or where they mostly end. */
function fieldsOf(rows: readonly Token[][]): Field[] {
  const fields: Field[] = []
  let at = 0
  const last = rows[0]!.length - 1
  for (let column = 0; column <= last; column++) {
    const tokens = rows.map(row => row[column]!)
    const start = modeOf(tokens.map(token => token.start))
    const end = modeOf(tokens.map(({ text, start }) => start + text.length))
    if (column === last) fields.push({ align: '<', width: 0, gap: '' })
    else if (end.count > start.count) {
      fields.push({ align: '>', width: end.value - at, gap: ' ' })
      at = end.value + 1
    } else {
      const next = modeOf(rows.map(row => row[column + 1]!.start))
      const nextEnds = modeOf(rows.map(row => row[column + 1]!.start + row[column + 1]!.text.length))
      const widest = mostWidth(tokens.map(({ text }) => text.length))
      const width = column + 1 === last || next.count >= nextEnds.count ? next.value - at - 1 : widest
      fields.push({ align: '<', width: Math.max(0, width), gap: ' ' })
      at += Math.max(0, width) + 1
    }
  }
  return fields
}

function modeOf(values: readonly number[]): { value: number; count: number } {
  const counts = new Map<number, number>()
  let best = { value: 0, count: 0 }
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1
    counts.set(value, count)
    if (count > best.count) best = { value, count }
  }
  return best
}

/** The length that nearly all have at most. */
function mostWidth(lengths: readonly number[]): number {
  return [...lengths].sort((a, b) => a - b)[Math.floor(0.97 * (lengths.length - 1))]!
}
