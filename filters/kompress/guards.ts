import { BE, NUMBERS, PARTS, PHRASAL, RELATIONS, RESTORED, SOFT_RELATIONS, SOUNDS, UNDERGONE } from './words.ts'

/**
 * What may become of a word: stay whatever happens, stay as long as its sentence says anything, go first (a reader restores it),
 * go by its score, or go by its neighbours' scores.
 */
export type Rule = 'stays' | 'relation' | 'restored' | 'scored' | 'soft'

export interface Word {
  /** As it stands, with its punctuation. */
  readonly text: string
  /** Lower case, punctuation left out. */
  readonly bare: string
  /** Where the bare word begins and ends in `text`. */
  readonly from: number
  readonly to: number
  /** The index of its line in the paragraph. */
  readonly line: number
  rule: Rule
}

/** The words of a paragraph's lines, each with its rule. One step of work a character. */
export function wordsOf(lines: readonly string[]): Word[] {
  const words: Word[] = []
  for (let line = 0; line < lines.length; line++)
    for (const text of lines[line]!.split(' ')) if (text !== '') words.push(wordOf(text, line))
  keepSpans(words)
  keepInContext(words)
  return words
}

function wordOf(text: string, line: number): Word {
  if (RESTORED.has(text)) return { text, bare: text, from: 0, to: text.length, line, rule: 'restored' }
  if (SOUNDS.test(text)) return { text, bare: '', from: 0, to: text.length, line, rule: 'soft' }
  let from = 0
  let to = text.length
  while (from < to && OPENING.includes(text[from]!)) from++
  while (to > from && CLOSING.includes(text[to - 1]!)) to--
  const core = text.slice(from, to)
  return { text, bare: core.toLowerCase(), from, to, line, rule: ruleOf(core, text) }
}

const OPENING = '([{"\'“‘«—–-*_'
const CLOSING = '.,;:!?)]}"\'”’»…—–-*_'

/** Without its neighbours: identifiers, numbers, paths, flags, marked up words and relations stay. */
function ruleOf(core: string, text: string): Rule {
  if (!LETTERS.test(core)) return 'stays'
  const lower = core.toLowerCase()
  if (core.length > 1 && core === core.toUpperCase()) return 'stays'
  if (NUMBERS.has(lower)) return 'stays'
  if (SOFT_RELATIONS.has(lower)) return 'soft'
  if (/^[a-z]\)/i.test(text) || text.includes('://')) return 'stays'
  if (RELATIONS.has(lower)) return 'relation'
  return RESTORED.has(lower) ? 'restored' : 'scored'
}

/** Letters of any script, apostrophes and hyphens inside. */
const LETTERS = /^[a-zA-Z\u00c0-\u024f]+(?:['’-][a-zA-Z\u00c0-\u024f]+){0,4}$/

/** Code spans, links, short quotations and emphasis stay whole. */
function keepSpans(words: Word[]): void {
  let code = false
  let bracket = -1
  let quote = -1
  for (let i = 0; i < words.length; i++) {
    const { text, from, to, rule } = words[i]!
    // Letters alone open and close nothing.
    if (!code && rule !== 'stays' && to - from === text.length) continue
    const ticks = text.includes('`') ? text.split('`').length - 1 : 0
    if (code || ticks || text.includes('*') || text.includes('_')) words[i]!.rule = 'stays'
    if (ticks % 2) code = !code
    if (bracket < 0 && text.includes('[')) bracket = i
    if (bracket >= 0 && text.includes(']')) {
      keep(words, bracket, i, 12)
      bracket = -1
    }
    if (quote < 0 && /^[([]?["“«]/.test(text)) quote = i
    if (quote >= 0 && /["”»][.,;:!?)\]]*$/.test(text) && (i > quote || text.length > 1)) {
      keep(words, quote, i, 10)
      quote = -1
    }
  }
}

/** Spans of more words than `most` are running text after all. */
function keep(words: Word[], first: number, last: number, most: number): void {
  if (last - first >= most) return
  for (let i = first; i <= last; i++) words[i]!.rule = 'stays'
}

/** What the neighbours say: names, units, agents, recipients, parts, particles, passives. */
function keepInContext(words: Word[]): void {
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word.rule === 'stays' || word.rule === 'relation') continue
    const before = words[i - 1]
    const after = words[i + 1]
    if (
      isName(word, before) ||
      (word.rule === 'restored' ? carries(word, before, after, words[i + 2]) : isUnit(before))
    )
      word.rule = word.rule === 'restored' ? 'soft' : 'stays'
  }
}

/** Capitalised inside a sentence; at its start capitals say nothing. */
function isName({ text, bare, from }: Word, before: Word | undefined): boolean {
  if (!isUpper(text.charCodeAt(from)) || bare === 'i') return false
  return before !== undefined && !/[.!?:…]["'”’)\]*_]*$/.test(before.text) && before.text !== '-'
}

const isUpper = (unit: number) => (unit >= 0x41 && unit <= 0x5a) || (unit >= 0xc0 && unit <= 0xde)
const isNumeric = (word: Word | undefined) => word !== undefined && (/\d/.test(word.text) || NUMBERS.has(word.bare))
const isUnit = (before: Word | undefined) =>
  before !== undefined && before.rule === 'stays' && /^[^a-zA-Z]*\d[\d.,:/]*[kKMG%]?$/.test(before.text)
const isCapital = (word: Word | undefined) => word !== undefined && isUpper(word.text.charCodeAt(word.from))

/** Does this use of a word that readers restore carry a relation? */
function carries(
  { bare, text, to }: Word,
  before: Word | undefined,
  after: Word | undefined,
  next: Word | undefined,
): boolean {
  const ends = to < text.length
  switch (bare) {
    case 'of':
      return PARTS.has(before?.bare ?? '') || isNumeric(before) || (isCapital(before) && isCapital(after))
    case 'to':
      return (
        isNumeric(after) ||
        isCapital(after) ||
        HAVE_TO.has(before?.bare ?? '') ||
        (UNDERGONE.has(before?.bare ?? '') && isNoun(after))
      )
    case 'from':
    case 'for':
      return isNumeric(after) || (isCapital(after) && UNDERGONE.has(before?.bare ?? ''))
    case 'on':
    case 'in':
      return (
        ends ||
        PHRASAL.has(before?.bare ?? '') ||
        (bare === 'in' && isNumeric(after) && !/^(?:1\d|20)\d\d\b/.test(after!.text))
      )
    case 'as':
      return ['such', 'well', 'long', 'soon', 'far', 'same'].includes(before?.bare ?? '') || next?.bare === 'as'
    case 'and':
      return !before || !/[,;.]$/.test(before.text)
    case 'have':
    case 'has':
    case 'had':
      return after?.bare === 'to' || isNoun(after) || isNumeric(after)
    case 'do':
    case 'does':
    case 'did':
      return MODALS.has(before?.bare ?? '') || ends
    case 'so':
      return after?.bare === 'that'
    default:
      return BE.has(bare) && UNDERGONE.has(after?.bare ?? '')
  }
}

const MODALS = new Set('can could may might must shall should will would to not'.split(' '))
const HAVE_TO = new Set(['have', 'has', 'had', 'used', 'up', 'due', 'equal', 'equals', 'prior'])
const isNoun = (word: Word | undefined) =>
  word !== undefined &&
  [
    'the',
    'a',
    'an',
    'his',
    'her',
    'their',
    'our',
    'my',
    'your',
    'its',
    'him',
    'them',
    'us',
    'me',
    'all',
    'each',
    'no',
    'more',
    'some',
    'any',
    'many',
  ].includes(word.bare)
