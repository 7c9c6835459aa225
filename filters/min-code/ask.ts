import { rank } from '../../ccr/search.ts'
import { termsOf } from '../../ccr/terms.ts'
import type { Doc } from './docs.ts'
import type { Code, Unit } from './units.ts'

/** Functions that answer a question, the best first, and those one call away from the best. */
export interface Answer {
  readonly matched: readonly Unit[]
  readonly near: readonly Unit[]
}

/** Functions kept for a question at most, and the share of the best one's score that another must have. */
const MOST = 8
const SHARE = 0.5
/** Functions around the best ones: those that they call, and those that call them. */
const MOST_NEAR = 6

/** How often a text is read to rank its functions, at most. */
const MOST_READ = 20

/** Ranks the functions of a text by their names, what documents them, and all words in them. */
export function answerOf(code: Code, docs: readonly Doc[], query: string): Answer {
  const { units, lines } = code
  const above = new Map(docs.filter(({ kind }) => kind === 'comment').map(doc => [doc.last + 1, doc]))
  // Functions in functions in functions: each is read, but not all of each.
  const reach = Math.max(1000, Math.ceil((MOST_READ * lines.text.length) / units.length))
  const texts = units.map(unit => {
    const doc = above.get(unit.first)
    return `${doc ? lines.slice(doc.first, doc.last) : ''}${lines.text.slice(unit.start, Math.min(unit.end, unit.start + reach))}`
  })
  const scores = rank(texts, query)
  const terms = new Set(termsOf(query))
  const words = new Set(query.match(/[\p{L}\p{N}_$#~?!]+/gu) ?? [])
  units.forEach(({ name }, i) => {
    if (name) scores[i]! += bonusOf(name, terms, words)
  })
  const order = units.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b)
  const best = scores[order[0]!] ?? 0
  if (!(best > 0)) return { matched: [], near: [] }
  const matched = order
    .filter(i => scores[i]! >= SHARE * best)
    .slice(0, MOST)
    .map(i => units[i]!)
  return { matched, near: nearTo(code, matched) }
}

const EXACT = 100
const ALL_WORDS = 15
const SOME_WORDS = 6

/** What a name adds: it stands in the question, or all or some of its words do; the more words, the surer. */
function bonusOf(name: string, terms: ReadonlySet<string>, words: ReadonlySet<string>): number {
  // A name of one small word is a word of the question like any other.
  if (words.has(name) && /[^a-z]/.test(name) && name.length > 2) return EXACT
  const own = termsOf(name.replace(/^[#_$~]+/, '')).filter(term => term !== name.toLowerCase())
  const parts = own.length > 0 ? own : termsOf(name)
  if (parts.length === 0) return 0
  const found = parts.filter(term => terms.has(term)).length
  return found === parts.length
    ? ALL_WORDS * found + (words.has(name) ? SOME_WORDS : 0)
    : (SOME_WORDS * found) / parts.length
}

/** UTF-16 code units of a function that are searched for a call. */
const LONGEST = 20_000

/** One hop: what the best function calls, and what calls it. */
function nearTo({ units, lines }: Code, matched: readonly Unit[]): Unit[] {
  const best = matched[0]
  if (!best) return []
  const called = new Set(lines.text.slice(best.start, best.end).match(/[\p{L}_$][\p{L}\p{N}_$]{0,99}(?=\s?\()/gu) ?? [])
  return units
    .filter(unit => {
      if (!unit.name || matched.some(other => overlap(unit, other))) return false
      return (
        called.has(unit.name) ||
        (best.name.length > 2 &&
          calls(lines.text.slice(unit.start, Math.min(unit.end, unit.start + LONGEST)), best.name))
      )
    })
    .slice(0, MOST_NEAR)
}

const overlap = (a: Unit, b: Unit): boolean => a.start < b.end && b.start < a.end

function calls(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (
      !/[\p{L}\p{N}_$]/u.test(text[at - 1] ?? ' ') &&
      /^\s?\(/.test(text.slice(at + name.length, at + name.length + 2))
    )
      return true
  return false
}
