import { indentOf, type Lines } from './lines.ts'
import type { Run } from './units.ts'

/** A first sentence: what stands in front of the marker on its line, and what behind. */
export interface OneLine {
  readonly frame: string
  readonly tail: string
}

/** UTF-16 code units of a sentence that is told whole. */
const LONGEST = 240

/**
 * A comment's first sentence on one line, with what opens and closes the comment; `quotes` are those around documentation in a string.
 * Undefined where the comment begins with no sentence, or with one that cannot stand between the two.
 */
export function oneLine(lines: Lines, first: number, last: number, quotes?: string): OneLine | undefined {
  const words = sentenceOf(lines, first, last)
  if (words === '' || /\[\.\.\.|\/\*|\*\/|\\$/.test(words) || (quotes && words.includes(quotes[0]!))) return undefined
  const line = lines.line(first)
  const indent = indentOf(line)
  if (quotes) return { frame: `${indent}${quotes}${words}${quotes}  # `, tail: '' }
  const [opener] = /^\s*(?:\/\*(?:[*!](?![*/]))?|\/\/\/?(?!\/)!?|\/\/|#)/.exec(line) ?? []
  if (opener === undefined) return undefined
  return { frame: `${opener} ${words} `, tail: opener.includes('*') ? ' */' : '' }
}

/** The words of a comment up to where its first sentence or its first paragraph ends. */
function sentenceOf(lines: Lines, first: number, last: number): string {
  let words = ''
  const licence = first < 3 && LICENCE.test(lines.slice(first, last))
  for (let line = first; line <= last; line++) {
    const bare = lines.line(line).replace(DECORATION, '').replace(XML, ' ').trim()
    const empty = !isText(bare)
    if (words === '' && empty) continue
    if (empty || (words !== '' && TAG.test(bare))) break
    words += `${words && ' '}${bare}`
    const end = SENTENCE.exec(words)
    if (end) words = words.slice(0, end.index + end[0].length)
    if (end || licence || words.length > LONGEST) break
  }
  return words.length > LONGEST ? `${words.slice(0, LONGEST).replace(/\s*\S*$/, '')} …` : words
}

/** Rules, and letters drawn with bars and underscores, say nothing. */
function isText(bare: string): boolean {
  const signs = bare.replace(/\s+/g, '')
  return 2 * signs.replace(/[\p{L}\p{N}]+/gu, '').length < signs.length
}

/** Tags that C# and Java have around what they say. */
const XML = /<\/?(?:summary|remarks|para|p)\/?>/g
/** Up to a stop that is not an abbreviation's, or to a line that ends with a colon. */
const SENTENCE = /^.{4,}?(?:(?<!\b(?:e\.g|i\.e|cf|vs|al|[Nn]o|[A-Z]))[.!?](?=\s|$)|:$)/u

/** What follows the first paragraph: up to a blank line, a rule, or the first tag such as @param or :param. */
export function restOf(lines: Lines, first: number, last: number): Run | undefined {
  let words = false
  let from = first
  const licence = first < 3 && LICENCE.test(lines.slice(first, last))
  for (; from <= last; from++) {
    const bare = lines.line(from).replace(DECORATION, '')
    if (words && (bare === '' || TAG.test(bare))) break
    if (words && licence) break
    words ||= /[\p{L}\p{N}]/u.test(bare)
    if (from - first >= LONGEST_PARAGRAPH) break
  }
  const closes = /\*\/|"""|'''|=end|-->/.test(lines.line(last)) ? 1 : 0
  return from <= last - closes ? { first: from, last: last - closes } : undefined
}

/** At the head of a file; its first line tells what it is. */
const LICENCE = /\b(?:copyright|licen[cs]ed?|SPDX)\b/i

/** Lines of a first paragraph that are kept at most. */
const LONGEST_PARAGRAPH = 6
const DECORATION = /^\s*(?:\/\*+|\*+\/?|\/\/+!?|#+!?|"""|''')?\s*|\s*(?:\*+\/)?\s*$/g
const TAG = /^(?:@\w|:\w+[ :]|[-=~]{4,}$|<p>$)/
