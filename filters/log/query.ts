import type { Signal } from '../filter.ts'
import { AFTER_ODD, oddLines } from '../odd.ts'
import { subjectOf } from '../subject.ts'

/** Lines that the best matches of a question keep at most. */
const BEST = 40
/** BM25's saturation and length normalisation (Robertson and Zaragoza, 2009). */
const K1 = 1.2
const B = 0.6

/** So few lines with the question's words are what it is about. */
const SURE = 5

const STOP = new Set(
  'the and for are was were what which when where who why how did does has have had with from this that there into all any not can its our your'.split(
    ' ',
  ),
)

export interface Hits {
  /** Lines with an id, a number, a path or a quoted string of the question, and the few that hold its words: 0-based. */
  readonly exact: ReadonlySet<number>
  /** The best lines by BM25 over the question's words. */
  readonly likely: ReadonlySet<number>
  /** Where the question is after what is rare: the lines whose shape no other line has, 2 for the oddest. */
  readonly odd: ReadonlyMap<number, 1 | 2>
}

export const NO_HITS: Hits = { exact: new Set(), likely: new Set(), odd: new Map() }

/** Which lines a question is about. Linear in the text for each of at most 24 terms. */
export function hitsOf(question: string, lines: readonly string[], signal: Signal): Hits {
  const anchors = anchorsOf(question)
  const words = wordsIn(subjectOf(question.replace(AFTER_ODD, ' ')))
  const exact = new Set<number>()
  const found: { line: number; length: number; counts: number[] }[] = []
  const frequency = words.map(() => 0)
  lines.forEach((line, at) => {
    signal.throwIfAborted(1 + (line.length >> 6))
    if (anchors.some(anchor => hasWhole(line, anchor))) exact.add(at)
    const lower = line.toLowerCase()
    const counts = words.map(word => (lower.includes(word) ? 1 : 0))
    if (!counts.some(count => count > 0)) return
    counts.forEach((count, word) => {
      frequency[word]! += count
    })
    found.push({ line: at, length: line.length, counts })
  })
  const likely = bestOf(found, frequency, lines.length)
  if (exact.size > BEST * 5) exact.clear()
  if (likely.size <= SURE) for (const line of likely) exact.add(line)
  return { exact, likely, odd: AFTER_ODD.test(question) ? oddLines(lines, signal) : new Map() }
}

function bestOf(
  found: readonly { line: number; length: number; counts: readonly number[] }[],
  frequency: readonly number[],
  lines: number,
): Set<number> {
  const mean = found.reduce((sum, { length }) => sum + length, 1) / Math.max(1, found.length)
  const weights = frequency.map(count => Math.log(1 + (lines - count + 0.5) / (count + 0.5)))
  const scored = found.map(({ line, length, counts }) => {
    const norm = K1 * (1 - B + (B * length) / mean)
    const score = counts.reduce((sum, count, word) => sum + (weights[word]! * count * (K1 + 1)) / (count + norm), 0)
    return { line, score }
  })
  scored.sort((a, b) => b.score - a.score || a.line - b.line)
  const least = (scored[0]?.score ?? 0) * 0.6
  return new Set(scored.slice(0, BEST).flatMap(({ line, score }) => (score >= least ? [line] : [])))
}

/** Quoted strings, and words with a digit, a slash, a dot or an underscore inside. */
function anchorsOf(question: string): string[] {
  const quoted = [...question.matchAll(/["'`]([^"'`\n]{3,200})["'`]/g)].map(([, text]) => text!)
  const marked = question
    .split(/[\s"'`,;!?()]+/)
    .map(word => word.replace(/^[.:]+|[.:]+$/g, ''))
    .filter(word => word.length >= 3 && /[\d/_.]/.test(word))
  return [...new Set([...quoted, ...marked])].slice(0, 12)
}

/** Does `anchor` stand in `line`, and not inside a longer number or word? */
function hasWhole(line: string, anchor: string): boolean {
  for (let at = line.indexOf(anchor); at >= 0; at = line.indexOf(anchor, at + 1))
    if (!isWord(line.charCodeAt(at - 1)) && !isWord(line.charCodeAt(at + anchor.length))) return true
  return false
}

const isWord = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95

const wordsIn = (question: string): string[] =>
  [...new Set(question.toLowerCase().match(/[\p{L}\p{N}_]{3,40}/gu) ?? [])].filter(word => !STOP.has(word)).slice(0, 12)
