import { restoreFillers } from './fillers.ts'
import { carries, isCapital, isUnit, isUpper } from './near.ts'
import { NUMBERS, RELATIONS, RESTORED, SOFT_RELATIONS, SOUNDS } from './words.ts'

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
  restoreFillers(words)
  return words
}

function wordOf(text: string, line: number): Word {
  if (PLAIN.test(text)) return { text, bare: text, from: 0, to: text.length, line, rule: RULES.get(text) ?? 'scored' }
  if (SOUNDS.test(text)) return { text, bare: '', from: 0, to: text.length, line, rule: 'soft' }
  let from = 0
  let to = text.length
  while (from < to && OPENING.includes(text[from]!)) from++
  while (to > from && CLOSING.includes(text[to - 1]!)) to--
  const core = text.slice(from, to)
  return { text, bare: core.toLowerCase(), from, to, line, rule: ruleOf(core, text) }
}

const PLAIN = /^[a-z]+$/
const OPENING = '([{"\'“‘«—–-*_'
const CLOSING = '.,;:!?)]}"\'”’»…—–-*_'

/** Without its neighbours: identifiers, numbers, paths, flags, marked up words and relations stay. */
function ruleOf(core: string, text: string): Rule {
  if (!LETTERS.test(core)) return 'stays'
  if (core.length > 1 && core === core.toUpperCase()) return 'stays'
  if (/^[a-z]\)/i.test(text) || text.includes('://')) return 'stays'
  return RULES.get(core.toLowerCase()) ?? 'scored'
}

/** The rules of the words that are listed; a word of two lists has the rule that keeps it longer. */
const RULES: ReadonlyMap<string, Rule> = new Map([
  ...[...RESTORED].map(word => [word, 'restored'] as const),
  ...[...RELATIONS].map(word => [word, 'relation'] as const),
  ...[...SOFT_RELATIONS].map(word => [word, 'soft'] as const),
  ...[...NUMBERS].map(word => [word, 'stays'] as const),
])

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
    if (isName(word, words[i - 1], words[i + 1])) word.rule = 'stays'
    else if (word.rule !== 'restored') word.rule = isUnit(words[i - 1]) ? 'stays' : word.rule
    else if (carries(word, words[i - 1], words[i + 1], words[i + 2])) word.rule = 'soft'
  }
}

/** Capitalised inside a sentence; at its start, or behind a mark or a time that opens a line, capitals say nothing. */
function isName({ text, bare, from, rule }: Word, before: Word | undefined, after: Word | undefined): boolean {
  if (!isUpper(text.charCodeAt(from)) || bare === 'i' || !before) return false
  if (/[.!?:…]["'”’)\]*_]*$/.test(before.text) || !/[a-zA-Z]/.test(before.text)) return false
  // Firm A, vitamin A.
  if (bare === 'a') return true
  return rule !== 'restored' || isCapital(after)
}
