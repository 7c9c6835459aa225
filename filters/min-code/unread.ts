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

/** What a text is that nobody reads line by line, in a few true words: `minified JavaScript`, or generated, with the line that says so. */
export function whyUnread(text: string, hint: Hint): string | undefined {
  const language = languageOf(text, hint)
  if (!language) return undefined
  if (text.length >= BUNDLE && isPacked(text)) return `minified ${languages[language].name}`
  for (const line of text.slice(0, 8000).split('\n', OPENING)) {
    const whole = line.trim()
    if (whole.length < 300 && /^(?:\/\/|\/\*|\*|#|--|<!--|@)/.test(whole) && GENERATED.test(whole))
      return `generated, line says ${whole.replace(/^[\s/*#!-]+|[\s*/]+$/g, '').slice(0, 90)}`
  }
  return undefined
}

/** Packages that others wrote, by where they lie. */
export const isVendored = ({ path = '' }: Hint): boolean =>
  /(?:^|[\\/])(?:node_modules|bower_components|third_party|vendor|site-packages)[\\/]/.test(path)

function isPacked(text: string): boolean {
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return text.length / lines >= PACKED && !/^\s*(?:\/\*|\/\/|#)/.test(text.slice(-200).split('\n').at(-1) ?? '')
}
