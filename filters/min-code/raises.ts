import { COMMENT, TEXT } from './languages.ts'
import type { Code } from './units.ts'

/** Errors named for one gap at most, and UTF-16 code units of each. */
const MOST = 3
const LONGEST = 60

/** How a function says that it fails: the word, and what is said with it. */
const WORDS =
  /(?<![\p{L}\p{N}_$.])(?:throw|raise|panic!?|bail!|return Err|unreachable!|todo!|abort|die)(?![\p{L}\p{N}_$])/gu
const RAISES = /[^\r\n;{}]*/y
/** What a statement may follow on its line: braces, conditions, arrows, `or`. */
const FOLLOWS = /(?:[{};)>|?]|\b(?:or|then|else|do))[ \t]*$/

/** The beginnings of the statements among some lines that raise an error, each once; in brief up to what is said with it. */
export function raisedIn(code: Code, first: number, last: number, brief: boolean): string[] {
  const { lines } = code
  const from = lines.starts[first]!
  const to = lines.end(last)
  const found = new Set<string>()
  const starts = raisesOf(code)
  for (let i = firstFrom(starts, from); i < starts.length && starts[i]! < to; i++) {
    const start = starts[i]!
    RAISES.lastIndex = start
    const text = RAISES.exec(lines.text)?.[0].trim() ?? ''
    const shown = brief ? text.replace(/(?<=[(,]).*$/s, '') : text
    found.add(shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown)
    if (found.size === MOST) break
  }
  return [...found].map(text => text.replace(/: /g, ':').replaceAll('?>', '? >'))
}

/** The index of the first of ascending numbers that is no less than `least`. */
function firstFrom(numbers: readonly number[], least: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle]! < least) low = middle + 1
    else high = middle
  }
  return low
}

const known = new WeakMap<Code, readonly number[]>()

/** Where statements begin that raise something, ascending. */
function raisesOf(code: Code): readonly number[] {
  const made = known.get(code)
  if (made) return made
  const { syntax, lines } = code
  const starts: number[] = []
  let node = -1
  for (const { index } of lines.text.matchAll(WORDS)) {
    while (node + 1 < syntax.length && syntax.start[node + 1]! <= index) node++
    if (node >= 0 && (syntax.kind[node] === COMMENT || syntax.kind[node] === TEXT) && syntax.end[node]! > index)
      continue
    if (syntax.start[node] === index || FOLLOWS.test(lines.text.slice(Math.max(0, index - 20), index)))
      starts.push(index)
  }
  known.set(code, starts)
  return starts
}
