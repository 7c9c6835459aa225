import type { Grammar, Models, Syntax } from '../../models/models.ts'
import type { Hint } from '../filter.ts'
import { languagesOf } from './detect.ts'
import { type LanguageName, languages } from './languages.ts'
import { type Code, codeOf } from './units.ts'

/** Source text as its grammar reads it. */
export interface Reading {
  readonly code: Code
  readonly grammar: Grammar
}

/** Lines that a grammar may miss of a thousand: beyond, the text is in another language, or in none. Macros alone make dozens. */
const MOST_ERRORS = 120
/** Languages that a text is read in. */
const MOST_TRIED = 3
/** With less, no other language is tried. */
const FEW_ERRORS = 50

/** Steps a parser may take for each UTF-16 code unit, and besides: some eight times what source text needs, and bait soon has. */
const PATIENCE = 8
const START = 50_000

/** The grammar is not to go on: thrown through its parser, and no error. */
class Impatient extends Error {}

function patiently(
  text: string,
  step: (steps: number) => void,
  read: (step: (steps: number) => void) => Syntax | undefined,
): Syntax | undefined {
  let left = START + PATIENCE * text.length
  try {
    return read(steps => {
      step(steps)
      left -= steps
      if (left < 0) throw new Impatient()
    })
  } catch (cause) {
    if (cause instanceof Impatient) return undefined
    throw cause
  }
}

/** Its `code.syntax` is to be closed. Reads `text` in the language that its hint and its lines tell, or in the next likely one; undefined where none fits. */
export async function readCode(
  text: string,
  hint: Hint,
  models: Models,
  step: (steps: number) => void,
  likely: Iterable<LanguageName> = languagesOf(text, hint),
): Promise<Reading | undefined> {
  let best: Reading | undefined
  let tried = 0
  for (const name of likely) {
    if (++tried > MOST_TRIED) break
    const language = languages[name]
    const grammar = await models.grammar(language.grammar)
    // A byte-order mark is white space to no grammar.
    const plain = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text
    const syntax = patiently(text, step, counted => grammar?.read(plain, language.kinds, counted))
    if (!grammar || !syntax) continue
    const code = codeOf(text, language, syntax)
    if (best && syntax.errors.length >= best.code.syntax.errors.length) syntax.close()
    else {
      best?.code.syntax.close()
      best = { code, grammar }
    }
    if (missed(code) <= FEW_ERRORS) break
  }
  if (best && missed(best.code) <= MOST_ERRORS) return best
  best?.code.syntax.close()
  return undefined
}

/** Of a thousand lines, those where the grammar lost its way. */
function missed({ lines, syntax }: Code): number {
  const places = new Set(syntax.errors.map(at => lines.at(at)))
  return (1000 * places.size) / Math.max(20, lines.count)
}
