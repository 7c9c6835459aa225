import type { Word } from './guards.ts'

/**
 * What the place of a scored word in its clause adds to its worth. A clause without its verb, its object or its last noun says
 * nothing; an adjective before a noun and an adverb of degree are missed least. Grammar is guessed from endings and neighbours:
 * what stands right before another content word is taken for a modifier, what stands before a function word or a mark for a head.
 */
export function placeWeight(
  words: readonly Word[],
  i: number,
  inSentence: number,
  again: boolean,
  heads: readonly number[],
): number {
  const { bare, to, text, is } = words[i]!
  if (is.listed?.isDegree) return -0.7
  const after = words[i + 1]
  // Set wrongly, decided unanimously; but fully automatic.
  if (bare.length > 4 && bare.endsWith('ly')) return after?.rule === 'scored' ? -0.2 : 0.2
  const before = words[i - 1]
  let weight = followsRelation(words, i) ? AFTER_RELATION : 0
  if (to < text.length || !after) return weight + ENDS
  if (after.rule !== 'scored') weight += inSentence < 4 ? SUBJECT : HEAD
  else if (inSentence < 2 && !is.isAdjective) weight += SUBJECT
  else if (is.isVerb) weight += VERB_LIKE
  else if (heads[after.is.id] === SEVERAL) weight += 0.2
  else if (again || is.isAdjective) weight -= 0.2
  // Was opened, can open: what stands behind an auxiliary is the verb.
  if (before?.is.listed?.isAuxiliary) weight += VERB_LIKE
  return weight
}

const ENDS = 0.55
const SUBJECT = 0.5
const HEAD = 0.4
const VERB_LIKE = 0.2
const AFTER_RELATION = 0.3

const SEVERAL = -1
const NOTHING = -2

/** By id: each content word's modifier, the content word that stands before it; -2 where none does, -1 where that differs from place to place. */
export function distinguished(passages: readonly { readonly words: readonly Word[] }[]): readonly number[] {
  const heads: number[] = []
  for (const { words } of passages)
    for (let i = 0; i < words.length; i++) {
      const { is, rule } = words[i]!
      if (rule !== 'scored') continue
      const before = words[i - 1]
      const modifier = before?.rule === 'scored' && before.to === before.text.length ? before.is.id : NOTHING
      const known = heads[is.id]
      if (known === undefined) heads[is.id] = modifier
      else if (known !== modifier) heads[is.id] = SEVERAL
    }
  return heads
}

/** What stands behind if, because, not, by and their like, up to the second content word, or up to a mark. */
function followsRelation(words: readonly Word[], i: number): boolean {
  for (let k = i - 1, content = 0; k >= 0 && content < 2; k--) {
    const { rule, to, text } = words[k]!
    if (rule === 'relation') return true
    if (to < text.length) return false
    if (rule === 'scored') content++
  }
  return false
}
