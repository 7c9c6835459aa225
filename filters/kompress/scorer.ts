import type { Roles } from '../subject.ts'
import type { Word } from './guards.ts'
import { SOFT_WEIGHT, SOUND_WEIGHT } from './lexicon.ts'
import type { Passage } from './passages.ts'
import { distinguished, placeWeight } from './place.ts'
import { addRoles, LONG, OPENING } from './roles.ts'
import { sentenceEnd } from './sentences.ts'

/**
 * How much each word of some passages is worth keeping: one array a passage, a number a word, higher stays longer. Pure and
 * deterministic. The heuristic below is one; a model on the device may be another.
 */
export type Scorer = (passages: readonly Passage[], roles: Roles) => readonly Float32Array[]

/**
 * Rarity, capitals, the place in the clause and what a sentence is for. Every sentence loses its least telling words, and none loses
 * neighbours before it loses words apart: an answer breaks where a clause is missing, not where an adjective is.
 */
export const heuristic: Scorer = (passages, roles) => {
  const seen: number[] = []
  const isLong = passages.reduce((sum, { words }) => sum + words.length, 0) > MANY_WORDS
  const heads = distinguished(passages)
  return passages.map(({ words }) => scoresOf(words, { seen, isLong, heads, roles }))
}

/** In texts of more words a reader looks for what was decided and how each passage opens; below, each sentence counts alike. */
const MANY_WORDS = 4000

/** What the scores of a passage take from the whole part of the text. */
interface Whole {
  /** How often each word stood before, by its id. */
  readonly seen: number[]
  /** Nouns that stand with more than one word before them, or with one and without: those words distinguish. */
  readonly heads: readonly number[]
  readonly isLong: boolean
  readonly roles: Roles
}

function scoresOf(words: readonly Word[], { seen, isLong, heads, roles }: Whole): Float32Array {
  const scores = new Float32Array(words.length)
  const opening = words.length >= LONG ? (isLong ? 1 : 0.1) : 0
  let units = 0
  for (let start = 0; start < words.length; ) {
    const end = sentenceEnd(words, start)
    const weight = sentenceWeight(words, start, end, isLong)
    for (let i = start; i < end; i++) {
      const word = words[i]!
      if (word.rule === 'scored') {
        const count = seen[word.is.id] ?? 0
        seen[word.is.id] = count + 1
        scores[i] = wordWeight(word) + placeWeight(words, i, i - start, count > 0, heads)
      } else if (word.rule === 'soft') scores[i] = softWeight(word)
      else scores[i] = 1
    }
    const ranks = ranksOf(words, scores, start, end)
    for (let i = start; i < end; i++) {
      const score = 0.6 * scores[i]! + 0.25 * ranks[i - start]! + weight + (units < OPENING ? opening : 0)
      // Rounded, so that no engine's last bit decides between two words.
      scores[i] = Math.round(1e4 * score) / 1e4
      units += words[i]!.text.length + 1
    }
    addRoles(scores, words, start, end, roles)
    start = end
  }
  return spread(words, scores)
}

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

function sentenceWeight(words: readonly Word[], start: number, end: number, isLong: boolean): number {
  let weight = 0
  for (let i = start; i < end; i++) {
    const { rule, is } = words[i]!
    if (is.isCue && rule !== 'restored') return isLong ? 2 : 0.2
    if (rule === 'relation' || (rule === 'stays' && (is.hasDigit || is.hasTick))) weight = 0.1
  }
  return weight
}

const softWeight = ({ is }: Word) => (is.bare === '' ? SOUND_WEIGHT : (is.listed?.softWeight ?? SOFT_WEIGHT))

const wordWeight = ({ is, text, from }: Word) => 0.8 * is.rarity + (text.charCodeAt(from) < 0x61 ? 0.1 : 0)

/** A word that tells more than the content words beside it stays longer, so that those that go stand apart. */
function spread(words: readonly Word[], scores: Float32Array): Float32Array {
  const out = scores.slice()
  let before = -1
  for (let i = 0; i < words.length; i++) {
    if (words[i]!.rule !== 'scored') continue
    if (before >= 0) out[scores[before]! > scores[i]! ? before : i]! += 0.1
    before = i
  }
  return out
}
