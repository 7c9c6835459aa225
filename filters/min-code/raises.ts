import type { Code } from './units.ts'

/** Errors named for one gap at most, and UTF-16 code units of each. */
const MOST = 3
const LONGEST = 60

/** How a function says that it fails, as far as statements begin so. */
const RAISES = /(?:throw|raise|panic!?|bail!|return Err|unreachable!|todo!|abort|die)\b[^\r\n;{]*/y
const BEGINS = new Set('trpbuad')

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
  for (let i = 0; i < syntax.length; i++) {
    const start = syntax.start[i]!
    if (syntax.kind[i] !== 0 || !BEGINS.has(lines.text[start]!)) continue
    RAISES.lastIndex = start
    if (RAISES.test(lines.text)) starts.push(start)
  }
  known.set(code, starts)
  return starts
}
