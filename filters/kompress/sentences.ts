import type { Word } from './guards.ts'
import type { Passage } from './passages.ts'

/** The index behind the last word of the sentence that begins at `start`. */
export function sentenceEnd(words: readonly Word[], start: number): number {
  let end = start + 1
  while (end < words.length && !words[end - 1]!.is.endsSentence) end++
  return end
}

/** A sentence: words [start, end) of a passage. */
interface Sentence {
  readonly passage: number
  readonly start: number
  readonly end: number
  /** What it tells for each unit of what it costs. */
  readonly value: number
  readonly cost: number
}

/**
 * Marks the words of the sentences that tell least: greetings, transitions, restatements of what the sentences beside them say. At
 * most `share` of the words' cost goes; sentences with names, numbers or code never do, nor those that decide or require something.
 */
export function thinned(
  passages: readonly Passage[],
  share: number,
  costOf: (word: Word) => number,
): readonly (Uint8Array | undefined)[] {
  const gone: (Uint8Array | undefined)[] = passages.map(() => undefined)
  if (share === 0) return gone
  const sentences = sentencesOf(passages, costOf)
  let left = share * sentences.reduce((sum, { cost }) => sum + cost, 0)
  const order = sentences.filter(({ value }) => value < TELLING).sort((a, b) => a.value - b.value || a.cost - b.cost)
  for (const { passage, start, end, cost } of order) {
    left -= cost
    if (left < 0) break
    gone[passage] ??= new Uint8Array(passages[passage]!.words.length)
    gone[passage].fill(1, start, end)
  }
  return gone
}

/** Sentences of this value never go. */
const TELLING = 1000

function sentencesOf(passages: readonly Passage[], costOf: (word: Word) => number): Sentence[] {
  const spans = passages.flatMap(({ words, indents }, passage) => {
    const found: { passage: number; start: number; end: number; opens: boolean; words: readonly Word[] }[] = []
    for (let start = 0; start < words.length; start = found.at(-1)!.end)
      found.push({ passage, start, end: sentenceEnd(words, start), words, opens: start === 0 && isItem(indents[0]!) })
    return found
  })
  const near = nearby(spans)
  let asked = false
  let nth = 0
  return spans.map(({ passage, start, end, opens, words }) => {
    let cost = 0
    let tells = opens ? TELLING * 1e4 : 0
    for (let i = start; i < end; i++) {
      const word = words[i]!
      cost += costOf(word)
      tells += worth(word, near[nth++] === 1)
    }
    if (asked) tells += ANSWER
    asked = words[end - 1]!.text.endsWith('?')
    if (asked) tells += 1
    return { passage, start, end, cost, value: Math.round((1e4 * tells) / Math.max(4, cost)) / 1e4 }
  })
}

/** Not, because, unless: as much as three rare words. */
const RELATION = 3

/** What stands behind a question may be a bare yes. */
const ANSWER = 20

const isItem = (indent: string) => /^[\s>]*(?:[-*+•]|\(?\w{1,3}[.)])\s/.test(indent)

function worth({ bare, rule, is }: Word, isNear: boolean): number {
  if (rule === 'stays') return bare === '' || bare === 'one' ? 0 : TELLING * 1e4
  if (rule === 'relation') return RELATION
  if (rule !== 'scored') return 0
  if (is.isCue) return TELLING * 1e4
  return (isNear ? 0.2 : 1) * (0.15 + is.rarity)
}

/** For each word of the sentences, in order: does it stand in one of the two sentences before or behind, too? */
function nearby(spans: readonly { start: number; end: number; words: readonly Word[] }[]): Uint8Array {
  const count = spans.reduce((sum, { start, end }) => sum + end - start, 0)
  const near = new Uint8Array(count)
  const last: number[] = []
  const before: number[] = []
  // Forwards, then backwards: `at` grows away from where the walk began.
  for (const step of [1, -1])
    for (let at = 0, nth = step > 0 ? 0 : count - 1; at < spans.length; at++) {
      if (at === 0) last.length = before.length = 0
      const { start, end, words } = spans[step > 0 ? at : spans.length - 1 - at]!
      for (let k = 0; k < end - start; k++, nth += step) {
        const { rule, is } = words[step > 0 ? start + k : end - 1 - k]!
        if (rule !== 'scored') continue
        if (last[is.id] !== at) {
          before[is.id] = last[is.id] ?? -9
          last[is.id] = at
        }
        if (at - before[is.id]! <= 2) near[nth] = 1
      }
    }
  return near
}
