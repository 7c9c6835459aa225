import type { Word } from './guards.ts'

/** Phrases that say nothing beyond their sentence: it says the same without them. */
const PHRASES = [
  'in order to',
  'as a matter of fact',
  'in actual fact',
  'it is worth noting that',
  'it should be noted that',
  'it is important to note that',
  'please note that',
  'needless to say',
  'the fact that',
  'you know',
  'i mean',
  'as you can see',
  'at this point in time',
  'for the purpose of',
  'when it comes to',
  'by the way',
  'it goes without saying that',
].map(phrase => phrase.split(' '))

/** These are verbs too, so only a mark behind them shows that they are fillers. */
const BEFORE_MARK = new Set(['know', 'mean'])

/** The filler phrases that begin with this word, as words. */
export const fillersOf = (bare: string): readonly (readonly string[])[] | undefined => byFirst.get(bare)

const byFirst = new Map<string, string[][]>()
for (const phrase of PHRASES) byFirst.set(phrase[0]!, [...(byFirst.get(phrase[0]!) ?? []), phrase])

export const FILLER_OPENERS: readonly string[] = [...byFirst.keys()]

/** Marks the words of filler phrases as words that a reader restores. */
export function restoreFillers(words: readonly Word[]): void {
  for (let i = 0; i < words.length; i++) {
    const phrase = words[i]!.is.listed?.fillers?.find(phrase => stands(phrase, words, i))
    if (!phrase) continue
    for (let k = 0; k < phrase.length; k++) if (words[i + k]!.rule !== 'stays') words[i + k]!.rule = 'restored'
    i += phrase.length - 1
  }
}

/** Does the phrase stand at `at`, with no mark inside that ends a clause? */
function stands(phrase: readonly string[], words: readonly Word[], at: number): boolean {
  for (let k = 0; k < phrase.length; k++) {
    const word = words[at + k]
    if (word?.bare !== phrase[k] || (k + 1 < phrase.length && word!.to < word!.text.length)) return false
  }
  const last = words[at + phrase.length - 1]!
  const next = words[at + phrase.length]
  if (!BEFORE_MARK.has(last.bare)) return true
  return next !== undefined && (last.text.slice(last.to) || next.text) === ','
}
