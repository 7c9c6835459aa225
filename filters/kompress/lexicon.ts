import { FILLER_OPENERS, fillersOf } from './fillers.ts'
import { RELATING, type Relates, relatesOf } from './near.ts'
import { rarity } from './ranks.ts'
import {
  BE,
  COMPARES,
  CUE,
  DEGREE,
  MODALS,
  NUMBERS,
  RELATIONS,
  RESTORED,
  SOFT_RELATIONS,
  SOUNDS,
  WEAK,
} from './words.ts'

/**
 * What may become of a word: stay whatever happens, stay as long as its sentence says anything, go first (a reader restores it),
 * go by its score, or go by its neighbours' scores.
 */
export type Rule = 'stays' | 'relation' | 'restored' | 'scored' | 'soft'

/** What is known of a word without its neighbours. */
export interface Lexeme {
  /** As it stands, with its punctuation. */
  readonly text: string
  /** Lower case, punctuation left out. */
  readonly bare: string
  /** The same for equal bare words of a part, counted from 0; -1 for words that are not scored. */
  readonly id: number
  /** Where the bare word begins and ends in `text`. */
  readonly from: number
  readonly to: number
  readonly rule: Rule
  readonly rarity: number
  readonly isCue: boolean
  readonly isVerb: boolean
  readonly isAdjective: boolean
  /** For the words that some list has; most have none. */
  readonly listed: Listed | undefined
  readonly endsSentence: boolean
  readonly hasDigit: boolean
  readonly hasTick: boolean
}

/** What the lists say of a word. */
export interface Listed {
  readonly rule: Rule
  readonly isDegree: boolean
  /** A verb may stand behind it. */
  readonly isAuxiliary: boolean
  /** Phrases that begin with it and say nothing. */
  readonly fillers: readonly (readonly string[])[] | undefined
  /** By its neighbours: does it carry a relation here, though readers restore it elsewhere? */
  readonly relates: Relates | undefined
  readonly softWeight: number
}

/** The words of a part of a text, each looked at once. */
export class Lexicon {
  readonly #known = new Map<string, Lexeme>()
  readonly #ids = new Map<string, number>()
  readonly #idOf = (bare: string): number => {
    let id = this.#ids.get(bare)
    if (id === undefined) this.#ids.set(bare, (id = this.#ids.size))
    return id
  }

  of(text: string): Lexeme {
    let lexeme = this.#known.get(text)
    if (lexeme) return lexeme
    lexeme = lexemeOf(text, this.#idOf)
    this.#known.set(text, lexeme)
    return lexeme
  }
}

function lexemeOf(text: string, idOf: (bare: string) => number): Lexeme {
  const isPlain = PLAIN.test(text)
  const isSound = !isPlain && SOUNDS.test(text)
  let from = 0
  let to = text.length
  if (!isPlain && !isSound) {
    while (from < to && OPENING.includes(text[from]!)) from++
    while (to > from && CLOSING.includes(text[to - 1]!)) to--
  }
  const core = text.slice(from, to)
  const bare = isSound ? '' : isPlain ? text : core.toLowerCase()
  const listed = LISTED.get(bare)
  const rule = isSound ? 'soft' : isPlain ? (listed?.rule ?? 'scored') : ruleOf(core, text, listed)
  const isScored = rule === 'scored'
  // Patterns of endings are looked for at every place: the shorter the better.
  const ending = bare.slice(-4)
  return {
    text,
    bare,
    id: isScored ? idOf(bare) : -1,
    from,
    to,
    rule,
    rarity: rarity(bare),
    isCue: rule !== 'restored' && CUE.test(bare),
    isVerb: isScored && VERB.test(ending),
    isAdjective: isScored && ADJECTIVE.test(ending),
    listed,
    endsSentence: !isPlain && to < text.length && /[.!?]["'”’)]*$/.test(text.slice(to)),
    hasDigit: !isPlain && /\d/.test(text),
    hasTick: !isPlain && text.includes('`'),
  }
}

const PLAIN = /^[a-z]+$/
const OPENING = '([{"\'“‘«—–-*_'
const CLOSING = '.,;:!?)]}"\'”’»…—–-*_'
const VERB = /(?:ed|s|ing|ize|ify|en)$/
const ADJECTIVE = /(?:al|ive|ous|ful|able|ible|ic|ary|ent|ant|less|ish)$/

/** Identifiers, numbers, paths, flags, marked up words and relations stay. */
function ruleOf(core: string, text: string, listed: Listed | undefined): Rule {
  if (!LETTERS.test(core)) return 'stays'
  if (core.length > 1 && core === core.toUpperCase()) return 'stays'
  if (/^[a-z]\)/i.test(text) || text.includes('://')) return 'stays'
  return listed?.rule ?? 'scored'
}

/** Letters of any script, apostrophes and hyphens inside. */
const LETTERS = /^[a-zA-Z\u00c0-\u024f]+(?:['’-][a-zA-Z\u00c0-\u024f]+){0,4}$/

/** Of a soft word that no list has. */
export const SOFT_WEIGHT = 0.85
/** Of sounds that transcribers note. */
export const SOUND_WEIGHT = -1

const HAVE = ['have', 'has', 'had', 'having']
const LISTS = [RESTORED, RELATIONS, SOFT_RELATIONS, NUMBERS, DEGREE, BE, MODALS, HAVE, FILLER_OPENERS, RELATING]
const LISTED: ReadonlyMap<string, Listed> = new Map(
  LISTS.flatMap(list => [...list]).map(bare => [
    bare,
    {
      rule: listedRule(bare),
      isDegree: DEGREE.has(bare),
      isAuxiliary: BE.has(bare) || MODALS.has(bare) || HAVE.includes(bare),
      fillers: fillersOf(bare),
      relates: relatesOf(bare),
      softWeight: softWeight(bare),
    },
  ]),
)

/** A word of two lists has the rule that keeps it longer. */
function listedRule(bare: string): Rule {
  if (NUMBERS.has(bare)) return 'stays'
  if (SOFT_RELATIONS.has(bare)) return 'soft'
  if (RELATIONS.has(bare)) return 'relation'
  return RESTORED.has(bare) ? 'restored' : 'scored'
}

/** Particles of verbs and comparatives are missed most; of, and, was least. */
function softWeight(bare: string): number {
  if (WEAK.has(bare)) return 0.2
  if (bare === 'on' || bare === 'in' || COMPARES.has(bare)) return 1.2
  if (RESTORED.has(bare)) return bare === 'to' || BE.has(bare) ? 0.65 : 0.35
  return SOFT_WEIGHT
}
