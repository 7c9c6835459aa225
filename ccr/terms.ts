/**
 * The terms of a question, each once: lower case, stems, identifiers in parts and whole, no stop words. Deterministic: no locale.
 */
export function termsOf(query: string): string[] {
  const terms = new Set<string>()
  for (const word of wordsOf(query)) {
    if (STOP.has(word.toLowerCase())) continue
    for (const term of wordTerms(word)) if (!STOP.has(term)) terms.add(term)
  }
  return [...terms]
}

/**
 * Counts `terms` in one text after another: by a term's index, how often it occurs. Texts with none of them cost one search. What a
 * word means is looked up once, since words come again; bounded memory.
 */
export function termCounter(terms: readonly string[]): (text: string) => ReadonlyMap<number, number> {
  const indexes = new Map(terms.map((term, i) => [term, i]))
  const known = new Map<string, readonly number[]>()
  const any = new RegExp(terms.map(needleOf).join('|') || '(?!)', 'i')
  return function countsOf(text) {
    if (!any.test(text)) return NONE
    const counts = new Map<number, number>()
    for (const word of wordsOf(text))
      for (const index of meaningOf(word)) counts.set(index, (counts.get(index) ?? 0) + 1)
    return counts
  }

  function meaningOf(word: string): readonly number[] {
    const meaning = known.get(word)
    if (meaning) return meaning
    if (known.size >= 20_000) known.clear()
    const found = wordTerms(word).flatMap(term => indexes.get(term) ?? [])
    known.set(word, found)
    return found
  }
}

const NONE: ReadonlyMap<number, number> = new Map()

/** What stands in every form of the term's word, as a pattern: try and tries share `tr`. */
const needleOf = (term: string) => term.replace(/(?<=..)y$/, '').replaceAll('$', '\\$')

/** Runs of letters, digits and what joins identifiers; scripts that put no spaces between words go by single characters. */
const WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}_$]{1,100}/gu
const ASCII_WORDS = /[\w$]{1,100}/g

const wordsOf = (text: string): readonly string[] => text.match(NOT_ASCII.test(text) ? WORDS : ASCII_WORDS) ?? []

const NOT_ASCII = /[^\0-\x7f]/

/** The terms of one word: its parts (snake_case, camelCase, HTTPServer, letters and digits), stemmed, and the whole. */
function wordTerms(word: string): string[] {
  const parts = word.match(PARTS) ?? []
  const terms = parts.map(part => stem(part.toLowerCase()))
  if (parts.length > 1) terms.push(word.toLowerCase())
  return [...new Set(terms)]
}

const PARTS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{Lt}]+|\p{Lu}|\p{N}+/gu

/** English plurals and the forms of regular verbs; what it does to other words it does in text and question alike. */
function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word) || /(?:ss|us|is)$/.test(word)) return word
  const root = word.replace(/(?:ies|ied)$/, 'y').replace(/(?<=...)(?:es|s|ed|ing)$/, '')
  // stopped, stopping: the consonant is doubled. The silent e of time and timed goes from all forms.
  return root.replace(/([bdgmnprt])\1$/, '$1').replace(/(?<=...)e$/, '')
}

/** Words that a question is asked with, not about. */
const STOP = new Set(
  `a about after all an and any are as at be been before but by can could did do does for from get give had has have how i if in
  into is it its list long many me much my no not of on one or our out over show so some tell than that the their them then there
  these they this those to under up us was we were what when where which while who whom whose why will with would you your`.split(
    /\s+/,
  ),
)
