import type { Doc } from './docs.ts'
import { DATA, FUNCTION, TEXT } from './languages.ts'
import type { Code } from './units.ts'

/** Lines of a literal that go at the least, and those shown of it first; of a string besides the one that opens it. */
const LEAST = 3
const SHOWN = 2
const SHOWN_OF_TEXT = 1

/** Literals of many values and strings over many lines, outermost ones, that hold no function of their own. */
export function literalsOf({ lines, syntax }: Code): Doc[] {
  const { length, kind, start, end, parent } = syntax
  const found: Doc[] = []
  const holds = holdFunctions(syntax)
  for (let i = 0; i < length; i++) {
    if ((kind[i] !== DATA && kind[i] !== TEXT) || holds.has(i)) continue
    const first = lines.at(start[i]!)
    const last = lines.at(end[i]! - 1)
    if (last - first <= LEAST || first <= (found.at(-1)?.last ?? -1)) continue
    const rest = kind[i] === TEXT ? { first: first + 1 + SHOWN_OF_TEXT, last: last - 1 } : entries(i, first, last)
    if (!rest || rest.last - rest.first + 1 < LEAST) continue
    found.push({ kind: kind[i] === TEXT ? 'text' : 'data', first, last, rest })
  }
  return found

  /** The lines between what opens and what closes a literal, as far as they hold whole entries alone. */
  function entries(node: number, first: number, last: number): { first: number; last: number } | undefined {
    const run = { first: first + 1, last: last - 1 }
    const edge = first + 1 + SHOWN
    let shown = edge
    for (let i = node + 1; i < length && start[i]! < end[node]!; i++) {
      if (parent[i] !== node) continue
      const from = lines.at(start[i]!)
      const to = lines.at(end[i]! - 1)
      if (from < shown && to >= shown) shown = to + 1
      if (from <= run.last && to > run.last) run.last = from - 1
    }
    return shown - edge > 20 ? undefined : { first: shown, last: run.last }
  }
}

/** Nodes with a function somewhere inside. */
function holdFunctions({ length, kind, parent }: Code['syntax']): Set<number> {
  const holding = new Set<number>()
  for (let i = 0; i < length; i++) {
    if (kind[i] !== FUNCTION) continue
    for (let at = parent[i]!; at >= 0 && !holding.has(at); at = parent[at]!) holding.add(at)
  }
  return holding
}
