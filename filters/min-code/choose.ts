import type { Choice } from './cuts.ts'
import { isCuttable } from './cuttable.ts'
import type { Doc } from './docs.ts'
import type { Code, Unit } from './units.ts'
import { weightOf } from './weight.ts'

/** The share of the text that balanced wants to save, and the share below which it takes what is called often, too. */
const WANTED = 0.42
const LEAST = 0.36

/** All bodies and all that follows a comment's first sentence. */
export function signatures(code: Code, docs: readonly Doc[], whole: ReadonlySet<Unit> = new Set()): Choice {
  return {
    bodies: new Set(outermost(code, 'goes')),
    whole,
    docs: new Set(docs.filter(doc => !isIn(doc, whole))),
    runs: [],
    brief: true,
  }
}

/**
 * The bodies that the rest of the file calls at most as often as the median, the longest first, until the saving is worth the gaps; where
 * these are too few, the others, the least called first. What documents a function goes with its body, long documentation last. Of a text
 * that is one function only what is in it may go; a cell or a fence that is one is `lone`, and goes.
 */
export function balanced(code: Code, docs: readonly Doc[], lone: 'wraps' | 'goes'): Choice {
  const units = outermost(code, lone)
  const calls = callsIn(code, units)
  const median = [...units.map(unit => calls.get(unit)!)].sort((a, b) => a - b)[units.length >> 1] ?? 0
  const weight = new Map(units.map(unit => [unit, weightOf(code, unit.inside)]))
  const longest = [...units].sort((a, b) => weight.get(b)! - weight.get(a)! || a.start - b.start)
  const rare = longest.filter(unit => calls.get(unit)! <= median)
  const often = longest.filter(unit => calls.get(unit)! > median).sort((a, b) => calls.get(a)! - calls.get(b)!)
  const total = code.lines.text.length
  const above = new Map(docs.filter(doc => doc.kind === 'comment').map(doc => [doc.last + 1, doc]))
  const bodies = new Set<Unit>()
  const shortened = new Set<Doc>()
  let saved = 0
  for (const unit of rare) if (saved < WANTED * total) take(unit)
  for (const unit of often) if (saved < LEAST * total) take(unit)
  const long = docs.filter(
    ({ kind, rest }) =>
      rest &&
      kind !== 'declarations' &&
      kind !== 'statement' &&
      (kind === 'comment' || kind === 'documentation' || rest.last - rest.first >= LONG),
  )
  for (const doc of [...long].sort((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first))
    if (saved < LEAST * total) shorten(doc)
  return { bodies, whole: new Set(), docs: shortened, runs: [], brief: false }

  function take(unit: Unit): void {
    bodies.add(unit)
    saved += weight.get(unit)!
    const doc = above.get(unit.first)
    if (doc) shorten(doc)
  }

  function shorten(doc: Doc): void {
    if (shortened.has(doc)) return
    shortened.add(doc)
    if (doc.rest) saved += weightOf(code, doc.rest)
  }
}

/** Lines of a literal that balanced may leave out. */
const LONG = 40

/** A function around most of a text is a wrapper: what is in it counts, not it. */
const WRAPS = 0.6

const isWrapper = ({ lines }: Code, { inside }: Unit): boolean =>
  inside.last - inside.first + 1 > WRAPS * lines.count && lines.count > 30

/** Functions whose bodies can go and that are in no other such one, wrappers aside; `lone` is what one does that has no function in it. */
export function outermost(code: Code, lone: 'wraps' | 'goes'): Unit[] {
  const open = new Set<Unit>()
  const around = new Set(code.units.map(({ outer }) => outer))
  const found: Unit[] = []
  for (const unit of code.units) {
    if (unit.outer && !open.has(unit.outer)) continue
    const wraps = isWrapper(code, unit) && (lone === 'wraps' || around.has(unit))
    if (wraps || !isCuttable(code, unit)) open.add(unit)
    else found.push(unit)
  }
  return found
}

/** How often the text calls each function besides defining it. */
export function callsIn({ lines }: Code, units: readonly Unit[]): Map<Unit, number> {
  const counts = new Map<string, number>()
  for (const { name } of units) if (name) counts.set(name, -1)
  const { text } = lines
  for (let at = text.indexOf('('); at >= 0; at = text.indexOf('(', at + 1)) {
    const end = text[at - 1] === ' ' ? at - 1 : at
    let start = end
    while (start > 0 && isWord(text.charCodeAt(start - 1))) start--
    const name = text.slice(start, end)
    const count = counts.get(name)
    if (count !== undefined) counts.set(name, count + 1)
  }
  return new Map(units.map(unit => [unit, Math.max(0, counts.get(unit.name) ?? 0)]))
}

/** A letter or a digit of a name, beyond ASCII any sign. */
const isWord = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) ||
  (unit >= 65 && unit <= 90) ||
  (unit >= 48 && unit <= 57) ||
  unit === 95 ||
  unit === 36 ||
  unit >= 128

const isIn = (doc: Doc, whole: ReadonlySet<Unit>): boolean =>
  [...whole].some(({ first, last }) => (doc.first >= first && doc.last <= last) || doc.last === first - 1)
