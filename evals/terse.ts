/**
 * Does `answer` stand among `words` with its function words left out: in order, within twice as many words plus four? Of an answer
 * of more than eight such words one in seven may be missing. O(words) for each answer.
 */
export function isTerse(answer: string, words: readonly string[]): boolean {
  const wanted = wordsOf(answer).filter(word => !FUNCTION.has(word))
  if (wanted.length === 0) return false
  const spare = wanted.length > 8 ? Math.floor(wanted.length / 7) : 0
  const openers = new Set(wanted.slice(0, 1 + spare))
  const window = 2 * wanted.length + 4
  for (let i = 0; i < words.length; i++)
    if (openers.has(words[i]!) && runsFrom(i, Math.min(words.length, i + window), words, wanted, spare)) return true
  return false
}

function runsFrom(start: number, end: number, words: readonly string[], wanted: readonly string[], spare: number) {
  let found = 0
  let next = 0
  for (let i = start; i < end; i++) {
    const at = wanted.indexOf(words[i]!, next)
    if (at < 0 || at > next + spare) continue
    next = at + 1
    if (++found >= wanted.length - spare) return true
  }
  return false
}

/** The words of a text, lower case, without the signs around them. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .map(bare)
    .filter(word => word !== '')
}

/** By hand, since a pattern anchored at the end is quadratic in a word that is a long run of signs. */
function bare(word: string): string {
  let start = 0
  let end = word.length
  while (start < end && !/[0-9a-z]/.test(word[start]!)) start++
  while (start < end && !/[0-9a-z%]/.test(word[end - 1]!)) end--
  return word.slice(start, end)
}

/** Words that a reader restores. Negations, modals, quantifiers and conjunctions of cause are none of them. */
const FUNCTION = new Set(
  'a an the of to in on at by for with from as and or that which who whom whose this these those it its is are was were be been being has have had do does did will would their his her our your my they them he she we you i him us me so then there also just very too into onto upon'.split(
    ' ',
  ),
)
