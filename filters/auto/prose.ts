import { FUNCTION_WORDS } from '../kompress/words.ts'
import { isCode, isCodeLine, unfenced } from './code.ts'
import { have, once, type Sample } from './sample.ts'
import { isColumns } from './shapes.ts'

/**
 * Running text in any language: documents, mails, minutes, transcripts, manuals. It must show itself: in English by its
 * function words, else by lines that are mostly words. What shows nothing is no prose.
 */
export function isText(sample: Sample): boolean {
  const open = unfenced(sample)
  if (open.length === 0 || isColumns(sample) || isColoured(sample)) return false
  const { english, foreign } = countProse(open)
  if (!have(open, SENTENCE, 0.1)) return false
  return english >= 0.3 * open.length || english + foreign >= 0.6 * open.length
}

/** Tools colour what they print; texts have no colours. */
const isColoured = ({ lines }: Sample) => have(lines, /\x1b\[/, 0.1)

/** A mark of punctuation behind a word, as sentences and clauses have it. */
const SENTENCE = /[\p{L})][,.;:!?…]["'’”)*_]*(?:\s|$)|[。、！？]/u

/**
 * Prose beyond doubt: English sentences on most lines. The lines may bear times, as minutes and chats do, but not the full
 * timestamps and levels that a program prints.
 */
export const isSurelyProse = once(function isSurelyProse(sample) {
  const { lines } = sample
  if (
    lines.length === 0 ||
    have(lines, STAMP, 0.3) ||
    have(lines, LEVEL, 0.1) ||
    isColumns(sample) ||
    isColoured(sample)
  )
    return false
  // Code is asked for last: it takes longest, and few texts get there.
  return isMostlyEnglish(lines) && !isCode(sample)
})

/** On half of the lines; ends as soon as that is settled. */
function isMostlyEnglish(lines: readonly string[]): boolean {
  let missing = lines.length / 2
  for (let at = 0; missing > 0; at++) {
    if (lines.length - at < missing) return false
    if (kindOf(lines[at]!) === 'english' && !isOther(lines[at]!)) missing--
  }
  return true
}

const STAMP =
  /\d{4}[-/.]\d\d[-/.]\d\d[T ]\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d\d:\d\d:\d\d[.,]\d{3}|^\[?\s*\d+\.\d{3,}\]? /
const LEVEL = /\b(?:INFO|WARN(?:ING)?|ERROR|DEBUG|TRACE|FATAL|NOTICE|CRITICAL)\b|\blevel=\w/

function countProse(lines: readonly string[]): { english: number; foreign: number } {
  let english = 0
  let foreign = 0
  for (const line of lines) {
    const sort = sortOfLine(line)
    if (sort === 'english') english++
    if (sort === 'foreign') foreign++
  }
  return { english, foreign }
}

const sortOfLine = (line: string) => (isOther(line) ? undefined : kindOf(line))

/** No running text, whatever its words are. */
const isOther = (line: string) => MACHINE.test(line) || isCodeLine(line)

/** What tools print with sentences in it: hashes of commits, places, codes of rules, names with columns behind them, capitals alone. */
const MACHINE =
  /^[^\w\s]{0,3}[\s*|\\/_]{0,40}(?=[a-f]*\d)[0-9a-f]{7,40} |^\s*\d+:\d+ +(?:[A-Z]+\d+|error|warning)\b|^\S{1,200}:\d+(?::\d+)?: |^\S{1,200}: {3,}\S|^[A-Z][A-Z \d-]{8,}[;,]/

/** Four words of a line at least decide; text without spaces is judged by its letters. */
function kindOf(line: string): 'english' | 'foreign' | undefined {
  const words = line.split(/[ \t]+/, 64)
  let plain = 0
  let function_ = 0
  for (const word of words) {
    const sort = sortOf(word)
    if (sort === FUNCTION) function_++
    if (sort !== OTHER) plain++
  }
  if (plain < 4) return IDEOGRAPHS.test(line) ? 'foreign' : undefined
  if (plain < 0.6 * words.length) return undefined
  return function_ >= 0.15 * words.length && function_ >= 2 ? 'english' : 'foreign'
}

const OTHER = 0
const PLAIN = 1
const FUNCTION = 2

/** Words come again and again: what is known of them is a table of bounded size, the same whatever was asked before. */
const sorts = new Map<string, number>()
const MOST_SORTS = 10_000

function sortOf(word: string): number {
  const known = sorts.get(word)
  if (known !== undefined) return known
  const bare = word.replace(/^[^\p{L}]{1,4}|[^\p{L}]{1,4}$/gu, '').toLowerCase()
  const sort = FUNCTION_WORDS.has(bare) ? FUNCTION : /^\p{L}+(?:['’-]\p{L}+)*$/u.test(bare) ? PLAIN : OTHER
  if (sorts.size >= MOST_SORTS) sorts.clear()
  if (word.length <= LONGEST) sorts.set(word, sort)
  return sort
}

/** UTF-16 units of a word that is kept in the table. */
const LONGEST = 40

/** Ten letters of a script that sets no spaces. */
const IDEOGRAPHS = /(?:[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f][^\x00-\x7f]?){10}/
