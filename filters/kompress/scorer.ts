import type { Word } from './guards.ts'
import type { Passage } from './passages.ts'
import { rarity } from './ranks.ts'
import { CUE } from './words.ts'

/**
 * How much each word of some passages is worth keeping: one array a passage, a number a word, higher stays longer. Pure and
 * deterministic. The heuristic below is one; a model on the device may be another.
 */
export type Scorer = (passages: readonly Passage[]) => readonly Float32Array[]

/**
 * Rarity, capitals and what a sentence is for: words of sentences that decide, require or report a failure, and of those that open a
 * passage, stay longer. Scores are smoothed toward the neighbours', since an answer breaks where one word is missing.
 */
export const heuristic: Scorer = passages => {
  const seen = new Map<string, number>()
  return passages.map(({ words }) => smooth(words, scoresOf(words, seen)))
}

/** The opening of a long passage says what it is about. In UTF-16 units. */
const OPENING = 110
/** Words of a long passage, at least. */
const LONG = 30
const SMOOTHING = 0.35

function scoresOf(words: readonly Word[], seen: Map<string, number>): Float32Array {
  const scores = new Float32Array(words.length)
  const opening = words.length >= LONG ? 1 : 0.2
  let units = 0
  for (let start = 0; start < words.length; ) {
    let end = start + 1
    while (end < words.length && !endsSentence(words[end - 1]!)) end++
    const weight = sentenceWeight(words, start, end)
    for (let i = start; i < end; i++) {
      const word = words[i]!
      const count = seen.get(word.bare) ?? 0
      if (word.rule === 'scored') seen.set(word.bare, count + 1)
      scores[i] = wordWeight(word, count)
    }
    const ranks = ranksOf(words, scores, start, end)
    for (let i = start; i < end; i++) {
      scores[i] = 0.5 * scores[i]! + 0.7 * ranks[i - start]! + weight + (units < OPENING ? opening : 0)
      units += words[i]!.text.length + 1
    }
    start = end
  }
  return scores
}

/** Does a sentence end with this word? */
export const endsSentence = ({ text, to }: Word) => to < text.length && /[.!?]["'”’)]*$/.test(text)

/** Where each word stands among those of its sentence, 0 for the least telling up to 1: every sentence keeps its best words. */
function ranksOf(words: readonly Word[], scores: Float32Array, start: number, end: number): Float32Array {
  const order: number[] = []
  for (let i = start; i < end; i++) if (words[i]!.rule === 'scored' || words[i]!.rule === 'soft') order.push(i)
  order.sort((a, b) => scores[a]! - scores[b]! || b - a)
  const ranks = new Float32Array(end - start).fill(1)
  order.forEach((i, rank) => {
    ranks[i - start] = (rank + 1) / order.length
  })
  return ranks
}

function sentenceWeight(words: readonly Word[], start: number, end: number): number {
  let weight = 0
  for (let i = start; i < end; i++) {
    const { bare, rule, text } = words[i]!
    if (rule !== 'restored' && CUE.test(bare)) weight = 2
    else if (rule === 'stays' && /\d|`/.test(text)) weight = Math.max(weight, 0.1)
  }
  return weight
}

function wordWeight({ bare, rule, text, from }: Word, count: number): number {
  if (rule === 'stays' || rule === 'relation') return 1
  if (rule === 'restored') return 0.2
  if (rule === 'soft') return 0.3
  const capital = text.charCodeAt(from) < 0x61 ? 0.1 : 0
  const adverb = bare.length > 4 && bare.endsWith('ly') ? -0.25 : 0
  return rarity(bare) + capital + adverb - 0.04 * Math.min(5, count)
}

function smooth(words: readonly Word[], scores: Float32Array): Float32Array {
  const smoothed = new Float32Array(words.length)
  for (let i = 0; i < words.length; i++) {
    const near = ((scores[i - 1] ?? scores[i]!) + (scores[i + 1] ?? scores[i]!)) / 2
    // Rounded, so that no engine's last bit decides between two words.
    smoothed[i] = Math.round(1e4 * ((1 - SMOOTHING) * scores[i]! + SMOOTHING * near)) / 1e4
  }
  return smoothed
}
