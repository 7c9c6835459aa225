import { type Word, wordsOf } from './guards.ts'
import { PROSE } from './layout.ts'
import type { Lexicon } from './lexicon.ts'

/** Running text that belongs together: a filled paragraph, or one line. */
export interface Passage {
  /** Its lines [from, to), 0-based. */
  readonly from: number
  readonly to: number
  /** What stands before the words of each line and always stays: indentation, list markers, speakers' labels. */
  readonly indents: readonly string[]
  readonly words: readonly Word[]
}

/** The passage that begins at `from`, a line of running text. */
export function passageAt(lines: readonly string[], kinds: Uint8Array, from: number, lexicon: Lexicon): Passage {
  const to = filledTo(lines, kinds, from)
  const indents: string[] = []
  const texts: string[] = []
  for (const line of lines.slice(from, to)) {
    const indent = INDENT.exec(line)![0]
    indents.push(indent)
    texts.push(line.slice(indent.length))
  }
  return { from, to, indents, words: wordsOf(texts, lexicon) }
}

const INDENT =
  /^[\s>]*(?:(?:[-*+•] |\(?[0-9a-zA-Z]{1,3}[.)] )\s*)?(?:[A-Z][\w.'’-]{0,30}(?: [A-Z(][\w.'’()-]{0,30}){0,4} ?: )?/

/** Lines of a paragraph that was filled: none of them, but the last, had room for the next one's first word. */
function filledTo(lines: readonly string[], kinds: Uint8Array, from: number): number {
  let to = from + 1
  while (to < lines.length && to - from < LONGEST && kinds[to] === PROSE && !STARTS.test(lines[to]!)) to++
  if (to - from < 2) return to
  const block = lines.slice(from, to)
  const width = Math.max(...block.map(line => line.length))
  const full = block.filter(
    (line, i) => i + 1 === block.length || line.length + roomFor(block[i + 1]!) >= width - SLACK,
  ).length
  return width >= 40 && width <= 132 && full >= 0.8 * block.length ? to : from + 1
}

/** Lines of a passage: a bound for what is scored and read as one. */
const LONGEST = 60
/** Ragged by so many units, since editors fill with their own rules. */
const SLACK = 6
/** Lines that begin something of their own: list items, quotations, turns of speakers. */
export const STARTS =
  /^\s*(?:[-*+•] |\(?[0-9a-zA-Z]{1,3}[.)] |>|[A-Z][\w.'’-]{0,30}(?: [A-Z(][\w.'’()-]{0,30}){0,4} ?: )/
const roomFor = (next: string) => 1 + (/^\s*(\S*)/.exec(next)?.[1] ?? '').length

/** How English the words are: the share of those that a reader of English restores. In other languages they are others' words. */
export function isEnglish(words: readonly Word[], context: boolean): boolean {
  if (words.length < 12 && context) return true
  let restored = 0
  let sure = false
  for (const { bare, rule } of words) {
    if (rule === 'restored') restored++
    sure ||= SURE.has(bare)
  }
  return sure && restored >= 0.1 * words.length
}

const SURE = new Set('the of and to is are was that it this with for have be you they we from'.split(' '))
