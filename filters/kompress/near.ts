import type { Word } from './guards.ts'
import { BE, DETERMINERS, MODALS, NUMBERS, PARTS, PHRASAL, UNDERGONE } from './words.ts'

type Near = Word | undefined

/** Does this use of a word that readers restore carry a relation? Its neighbours say it: one before, two after. */
export function carries(word: Word, before: Near, after: Near, next: Near): boolean {
  const relates = word.is.listed?.relates
  if (relates) return relates(before, after, next, word.to < word.text.length)
  return BE.has(word.bare) && has(UNDERGONE, after)
}

/** By word: what must stand before it, after it, two after it; `ends` where punctuation follows it at once. */
export type Relates = (before: Near, after: Near, next: Near, ends: boolean) => boolean

const auxiliary: Relates = (_, after) => after?.bare === 'to' || has(DETERMINERS, after) || isNumeric(after)
const didIt: Relates = (before, _, __, ends) => ends || has(MODALS, before)
const own: Relates = (_, after) => after?.bare === 'own'
const toWhom: Relates = (before, after) => isNumeric(after) || (isCapital(after) && has(UNDERGONE, before))

const CARRIES: Readonly<Record<string, Relates>> = {
  // One of nine, 3 of 4, Bank of America.
  of: (before, after) => has(PARTS, before) || isNumeric(before) || (isCapital(before) && isCapital(after)),
  // To 5, to Bo, have to, told to the others.
  to: (before, after) =>
    isNumeric(after) ||
    isCapital(after) ||
    has(TAKES_TO, before) ||
    (has(UNDERGONE, before) && has(DETERMINERS, after)),
  from: toWhom,
  for: toWhom,
  // Turned on, logged in, what it stands on; in 3 days, but not in 2019.
  on: (before, _, __, ends) => ends || has(PHRASAL, before),
  in: (before, after, _, ends) =>
    ends || has(PHRASAL, before) || (isNumeric(after) && !/^(?:1\d|20)\d\d\b/.test(after!.text)),
  // Such as, as long as.
  as: (before, _, next) => has(TAKES_AS, before) || next?.bare === 'as',
  // Behind a comma it joins what the comma joins.
  and: before => !before || !/[,;.]$/.test(before.text),
  // Had to go, had three; not had gone.
  have: auxiliary,
  has: auxiliary,
  had: auxiliary,
  do: didIt,
  does: didIt,
  did: didIt,
  // Who works there; their own tool.
  there: (_, __, ___, ends) => ends,
  their: own,
  his: own,
  her: own,
  so: (_, after) => after?.bare === 'that',
}

/** The words whose uses differ. */
export const RELATING: readonly string[] = Object.keys(CARRIES)

/** The test for uses of this word, if it needs one. */
export const relatesOf = (bare: string): Relates | undefined =>
  Object.hasOwn(CARRIES, bare) ? CARRIES[bare] : undefined

const TAKES_TO = new Set(['have', 'has', 'had', 'used', 'up', 'due', 'equal', 'equals', 'prior'])
const TAKES_AS = new Set(['such', 'well', 'long', 'soon', 'far', 'same'])

const has = (words: ReadonlySet<string>, word: Near) => word !== undefined && words.has(word.bare)

export const isUpper = (unit: number) => (unit >= 0x41 && unit <= 0x5a) || (unit >= 0xc0 && unit <= 0xde)
export const isCapital = (word: Near) => word !== undefined && isUpper(word.text.charCodeAt(word.from))
const isNumeric = (word: Near) => word !== undefined && (word.is.hasDigit || NUMBERS.has(word.bare))

/** A word behind a number is its unit. */
export const isUnit = (before: Near) =>
  before?.is.hasDigit === true && before.rule === 'stays' && /^[^a-zA-Z]*\d[\d.,:/]*[kKMG%]?$/.test(before.text)
