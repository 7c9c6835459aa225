import type { Answer } from './ask.ts'
import { outermost, signatures } from './choose.ts'
import type { Choice } from './cuts.ts'
import type { Doc } from './docs.ts'
import { BLOCK, MEMBERS } from './languages.ts'
import { type Code, type Item, itemsOf, type Run, type Unit } from './units.ts'
import { weightOf } from './weight.ts'

/** One more thing that goes. */
type Move = (choice: Draft) => void
interface Draft {
  readonly bodies: Set<Unit>
  readonly whole: Set<Unit>
  readonly docs: Set<Doc>
  readonly runs: Run[]
}

/**
 * What goes for a budget, in order: bodies that do not answer the question, what follows first paragraphs, bodies one call away, whole
 * definitions, then what answers it less well. `take(n)` is the choice after n of `size` moves; each leaves less than the one before.
 */
export function movesOf(
  code: Code,
  docs: readonly Doc[],
  { matched, near }: Answer,
): { size: number; take(n: number): Choice } {
  const all = signatures(code, docs, new Set(matched))
  const asked = new Set(matched)
  const late = docs.filter(doc => !all.docs.has(doc) && matched.some(({ first }) => first === doc.last + 1))
  const close = new Set(near)
  const bodies = outermost(code, 'goes')
    .map(unit => ({ unit, weight: weightOf(code, unit.inside) }))
    .sort((a, b) => b.weight - a.weight || a.unit.start - b.unit.start)
    .map(({ unit }) => unit)
  const moves: Move[] = [
    ...bodies
      .filter(unit => !asked.has(unit) && !close.has(unit))
      .map(
        (unit): Move =>
          ({ bodies }) =>
            void bodies.add(unit),
      ),
    ...[...all.docs].map(
      (doc): Move =>
        ({ docs }) =>
          void docs.add(doc),
    ),
    ...near.map(
      (unit): Move =>
        ({ bodies, whole }) => {
          whole.delete(unit)
          bodies.add(unit)
        },
    ),
    ...droppable(code, docs, matched, matched).map(
      (run): Move =>
        ({ runs }) =>
          void runs.push(run),
    ),
    ...matched
      .slice(1)
      .reverse()
      .map(
        (unit): Move =>
          ({ bodies, whole }) => {
            whole.delete(unit)
            bodies.add(unit)
          },
      ),
    ...droppable(code, docs, matched.slice(0, 1), matched).map(
      (run): Move =>
        ({ runs }) =>
          void runs.push(run),
    ),
    ...late.map(
      (doc): Move =>
        ({ docs }) =>
          void docs.add(doc),
    ),
    ...matched.slice(0, 1).map(
      (unit): Move =>
        ({ runs }) =>
          void runs.push(...around(code, docs, unit)),
    ),
  ]
  return {
    size: moves.length,
    take(n) {
      const draft: Draft = { bodies: new Set(), whole: new Set([...matched, ...near]), docs: new Set(), runs: [] }
      for (const move of moves.slice(0, n)) move(draft)
      return { ...draft, brief: true }
    },
  }
}

/**
 * Statements and members that can go as a whole, the longest first: those that hold nothing of `kept`. Where a type does, its other
 * members. With less kept than was asked for, those alone that hold something of that.
 */
function droppable(code: Code, docs: readonly Doc[], kept: readonly Unit[], asked: readonly Unit[]): Run[] {
  const above = new Map(docs.filter(({ kind }) => kind === 'comment').map(doc => [doc.last + 1, doc]))
  const found: { run: Run; weight: number }[] = []
  let covered = -1
  for (const item of itemsOf(code)) {
    if (item.start < covered || kept.some(unit => holds(item, unit))) continue
    if (kept.length < asked.length && !asked.some(unit => holds(item, unit))) continue
    if (!standsAlone(code, item)) continue
    covered = item.end
    const run = { first: above.get(item.first)?.first ?? item.first, last: item.last }
    found.push({ run, weight: weightOf(code, run) })
  }
  return found.sort((a, b) => b.weight - a.weight || a.run.first - b.run.first).map(({ run }) => run)
}

const holds = (item: Item, unit: Unit) => item.start <= unit.start && item.end >= unit.end

const standsAlone = ({ lines }: Code, { start, end }: Item): boolean =>
  lines.blankBefore(start) &&
  (lines.text[end - 1] === '\n' || /^[;,]?\s*$/.test(lines.text.slice(end, lines.end(lines.at(end)))))

/** All lines but a function's own, the first paragraph above it, and the heads and ends of what it is in. */
function around(code: Code, docs: readonly Doc[], unit: Unit): Run[] {
  const { syntax, lines } = code
  const kept = new Uint8Array(lines.count)
  const keep = (first: number, last: number) => kept.fill(1, first, last + 1)
  keep(unit.first, unit.last)
  const doc = docs.find(({ last }) => last === unit.first - 1)
  if (doc) keep(doc.first, doc.rest ? doc.rest.first - 1 : doc.last)
  if (doc?.rest) keep(doc.rest.last + 1, doc.last)
  let inner = unit.node
  for (let at = syntax.parent[unit.node]!; at >= 0; at = syntax.parent[at]!) {
    // Heads end where the list of what they hold begins.
    if (syntax.start[at]! > 0 || at > 0)
      keep(lines.at(syntax.start[at]!), Math.min(unit.first, headEnd(code, at, inner)))
    if (at > 0) keep(Math.max(unit.last, lines.at(syntax.end[at]! - 1)), lines.at(syntax.end[at]! - 1))
    inner = at
  }
  const runs: Run[] = []
  for (let line = 0; line < lines.count; line++) {
    if (kept[line]) continue
    const first = line
    while (line + 1 < lines.count && !kept[line + 1]) line++
    runs.push({ first, last: line })
  }
  return runs
}

/** The line where what a node holds begins. */
function headEnd({ syntax, lines }: Code, node: number, inner: number): number {
  const { kind, start } = syntax
  const list = kind[inner] === BLOCK || kind[inner] === MEMBERS
  return list ? lines.at(start[inner]!) - (lines.blankBefore(start[inner]!) ? 1 : 0) : lines.at(start[node]!)
}
