import type { Hint } from '../filter.ts'
import { languageOf } from './detect.ts'
import { languages } from './languages.ts'

/** Lines at a file's beginning that say who made it. */
const OPENING = 40
/** UTF-16 code units: a shorter text is no bundle, and a line of this many on the average is not for reading. */
const BUNDLE = 8000
const PACKED = 250

const GENERATED =
  /^\W{0,8}\s*(?:@generated\b|.{0,60}\bCode generated\b.{0,80}\bDO NOT EDIT|.{0,20}\bThis (?:file|code|module|class) (?:is|was|has been) (?:auto(?:matically)?[- ]?)?generated\b|.{0,40}\b(?:AUTO-?GENERATED|automatically generated)\b|Generated (?:by|from) (?:the )?[\w./-]+)/i

/**
 * What a text is that nobody reads line by line, in a few true words: `minified JavaScript`, generated, with the line that says so, or,
 * where `tables` are to be told, how often each of its declarations comes.
 */
export function whyUnread(text: string, hint: Hint, tables: boolean): string | undefined {
  const language = languageOf(text, hint)
  if (!language) return undefined
  if (text.length >= BUNDLE && isPacked(text)) return `minified ${languages[language].name}`
  for (const line of text.slice(0, 8000).split('\n', OPENING)) {
    const whole = line.trim()
    if (whole.length < 300 && /^(?:\/\/|\/\*|\*|#|--|<!--|@)/.test(whole) && GENERATED.test(whole))
      return `generated, line says ${whole.replace(/^[\s/*#!-]+|[\s*/]+$/g, '').slice(0, 90)}`
  }
  return tables ? tableOf(text) : undefined
}

/** Declarations that a table has at least: nobody writes so many by hand. */
const TABLE = 1000
/** How many kinds of declarations it has at most, and the share of the lines that are those. */
const KINDS = 4
const SHARE = 0.9
/** The words that a declaration begins with, up to its name. */
const KIND = /^[#@]?[a-z][a-z_:]*!?\(?(?: [a-z]+(?= ))*/

/** A text of one-line declarations of few kinds: `1382 times pub const, 32 times pub type`. */
function tableOf(text: string): string | undefined {
  const counts = new Map<string, number>()
  let lines = 0
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, at + 100)
    at = end < 0 ? text.length : end + 1
    if (/^\s*(?:\n|$)/.test(line)) continue
    lines++
    const kind = KIND.exec(line)?.[0]
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    if (lines === 100 && counts.size > 2 * KINDS) return undefined
  }
  const kinds = [...counts].sort((a, b) => b[1] - a[1]).slice(0, KINDS)
  const found = kinds.reduce((sum, [, count]) => sum + count, 0)
  if (found < TABLE || found < SHARE * lines) return undefined
  return kinds.map(([kind, count]) => `${count} times ${kind}`).join(', ')
}

/** Packages that others wrote, by where they lie. */
export const isVendored = ({ path = '' }: Hint): boolean =>
  /(?:^|[\\/])(?:node_modules|bower_components|third_party|vendor|site-packages)[\\/]/.test(path)

function isPacked(text: string): boolean {
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return text.length / lines >= PACKED && !/^\s*(?:\/\*|\/\/|#)/.test(text.slice(-200).split('\n').at(-1) ?? '')
}
