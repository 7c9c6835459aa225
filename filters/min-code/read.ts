import type { Grammar, Models } from '../../models/models.ts'
import type { Hint } from '../filter.ts'
import { languagesOf } from './detect.ts'
import { type LanguageName, languages } from './languages.ts'
import { type Code, codeOf } from './units.ts'

/** Source text as its grammar reads it. */
export interface Reading {
  readonly code: Code
  readonly grammar: Grammar
}

/** Places that a grammar may miss for each thousand lines: beyond, it is another language, or not one. */
const MOST_ERRORS = 80

/** Reads `text` in the language that its hint and its lines tell, or in the next likely one; undefined where none fits. */
export async function readCode(
  text: string,
  hint: Hint,
  models: Models,
  step: (steps: number) => void,
  likely: readonly LanguageName[] = languagesOf(text, hint),
): Promise<Reading | undefined> {
  let best: Reading | undefined
  for (const name of likely.slice(0, 3)) {
    const language = languages[name]
    const grammar = await models.grammar(language.grammar)
    // A byte-order mark is white space to no grammar.
    const syntax = grammar?.read(text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text, language.kinds, step)
    if (!grammar || !syntax) continue
    const code = codeOf(text, language, syntax)
    if (!best || syntax.errors.length < best.code.syntax.errors.length) best = { code, grammar }
    if (syntax.errors.length * 1000 <= MOST_ERRORS * 0.1 * code.lines.count) break
  }
  if (!best || best.code.syntax.errors.length * 1000 > MOST_ERRORS * Math.max(20, best.code.lines.count))
    return undefined
  return best
}
