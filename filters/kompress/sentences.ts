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
  const near = nearbyCounts(spans)
  let asked = false
  return spans.map(({ passage, start, end, opens, words }, at) => {
    let cost = 0
    let tells = opens ? TELLING * 1e4 : 0
    for (let i = start; i < end; i++) {
      const word = words[i]!
      cost += costOf(word)
      tells += worth(word, near(at, word.bare))
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

/** Whether a word stands in one of the two sentences before or behind. */
function nearbyCounts(spans: readonly { start: number; end: number; words: readonly Word[] }[]) {
  const places = new Map<string, number[]>()
  spans.forEach(({ start, end, words }, at) => {
    for (let i = start; i < end; i++) {
      if (words[i]!.rule !== 'scored') continue
      const all = places.get(words[i]!.bare)
      if (!all) places.set(words[i]!.bare, [at])
      else if (all.at(-1) !== at) all.push(at)
    }
  })
  const cursors = new Map<string, number>()
  return (at: number, bare: string): boolean => {
    const all = places.get(bare)
    if (!all || all.length < 2) return false
    let cursor = cursors.get(bare) ?? 0
    while (all[cursor]! < at) cursor++
    cursors.set(bare, cursor)
    return at - (all[cursor - 1] ?? -9) <= 2 || (all[cursor + 1] ?? 1e9) - at <= 2
  }
}
