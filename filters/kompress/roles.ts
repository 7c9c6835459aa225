import type { Roles } from '../subject.ts'
import type { Word } from './guards.ts'
import { isCapital } from './near.ts'
import { sentenceEnd } from './sentences.ts'

/** The opening of a long passage says what it is about. In UTF-16 units. */
export const OPENING = 110
/** Words of a long passage, at least. */
export const LONG = 30

/**
 * Adds to `scores` what the question's roles make of the words [start, end), a sentence: one that decides or requires keeps all its
 * words, a number, a name or an identifier those around it.
 */
export function addRoles(scores: Float32Array, words: readonly Word[], start: number, end: number, roles: Roles): void {
  if (roles.decisions && decides(words, start, end)) for (let i = start; i < end; i++) scores[i]! += ASKED
  if (!roles.numbers && !roles.names && !roles.identifiers) return
  for (let i = start; i < end; i++) {
    const word = words[i]!
    if (!isAsked(word, i > start, roles)) continue
    for (let k = Math.max(start, i - AROUND); k < Math.min(end, i + AROUND + 1); k++)
      scores[k] = Math.max(scores[k]!, scores[k]! + ASKED_NEAR / (1 + Math.abs(k - i)))
  }
}

/** More than any word gets without a question. */
const ASKED = 2.2
/** For the word itself; less for those around it, up to this many words away. */
const ASKED_NEAR = 1.6
const AROUND = 4

/**
 * What readers restore stays as long as the words around it where the question is after it: in sentences that decide or require,
 * and in the opening of a passage that bears on the question, by which it is found again and quoted.
 */
export function wake(words: readonly Word[], roles: Roles, bears: boolean): void {
  for (let start = 0; roles.decisions && start < words.length; ) {
    const end = sentenceEnd(words, start)
    if (decides(words, start, end)) for (let i = start; i < end; i++) wakeOne(words[i]!)
    start = end
  }
  if (!bears) return
  for (let i = 0, units = 0; i < words.length && units < OPENING; i++) {
    wakeOne(words[i]!)
    units += words[i]!.text.length + 1
  }
}

function wakeOne(word: Word): void {
  if (word.rule === 'restored') word.rule = 'soft'
}

function decides(words: readonly Word[], start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const { rule, bare, is } = words[i]!
    if (rule !== 'restored' && (is.isCue || SETTLES.test(bare))) return true
  }
  return false
}

/** Words that settle something too, though not often enough to be cues where nobody asks. */
const SETTLES = /^(?:choos|chose|instead$|rather$|prefer|ensur|oblig|mandat|assign|commit(?:s|ted|ment)?$)/

function isAsked(word: Word, inside: boolean, { numbers, names, identifiers }: Roles): boolean {
  if (numbers && word.is.hasDigit) return true
  if (names && inside && word.rule !== 'restored' && isCapital(word)) return true
  return identifiers && word.rule === 'stays' && /[`_(){}/.]\w|\w`/.test(word.text)
}
