import { restoreFillers } from './fillers.ts'
import type { Lexeme, Lexicon, Rule } from './lexicon.ts'
import { carries, isCapital, isUnit, isUpper } from './near.ts'

/** A word in its place. Texts have many: only what its place says is its own. */
export class Word {
  /** What is known of it wherever it stands. */
  readonly is: Lexeme
  /** The index of its line in the paragraph. */
  readonly line: number
  rule: Rule

  constructor(is: Lexeme, line: number) {
    this.is = is
    this.line = line
    this.rule = is.rule
  }

  get text(): string {
    return this.is.text
  }

  get bare(): string {
    return this.is.bare
  }

  get from(): number {
    return this.is.from
  }

  get to(): number {
    return this.is.to
  }
}

/** The words of a paragraph's lines, each with its rule. One step of work a character. */
export function wordsOf(lines: readonly string[], lexicon: Lexicon): Word[] {
  const words: Word[] = []
  for (let line = 0; line < lines.length; line++)
    for (const part of lines[line]!.split(' ')) if (part !== '') words.push(new Word(lexicon.of(part), line))
  keepSpans(words)
  keepInContext(words)
  restoreFillers(words)
  return words
}

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
