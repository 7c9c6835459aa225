import type { Doc } from './docs.ts'
import { FUNCTION, TYPE } from './languages.ts'
import { type Code, type Item, itemsOf } from './units.ts'

/** Lines of a run that go at the least, and the declarations shown of it first. */
const LEAST = 6
const SHOWN = 2

/** What others may use, in whatever order it is said, and what importsOf knows. */
const USED_BY_OTHERS = /(?:^|[\s\])])(?:pub|public|export|protected)\b/
const IMPORTS = /^(?:import|from|use|using|require|include|#\s*include|package|mod|module)\b/
/** UTF-16 code units of a declaration that are read. */
const HEAD = 300

/** Runs of fields, entries and macros that nobody else may use and that take nothing, one below the other in one list. */
export function declarationsOf(code: Code): Doc[] {
  const { lines, syntax } = code
  const open = new Map<number, Item[]>()
  const runs: Item[][] = []
  const holding = holdingDefinitions(code)
  for (const item of itemsOf(code)) {
    const list = syntax.parent[item.node]!
    const run = open.get(list)
    if (holding.has(item.node) || !isPlain(code, item)) open.delete(list)
    else if (run && isNext(code, run.at(-1)!, item)) run.push(item)
    else {
      const next = [item]
      runs.push(next)
      open.set(list, next)
    }
  }
  const found: Doc[] = []
  for (const run of runs) {
    const first = run[0]!.first
    const rest = { first: (run[SHOWN - 1]?.last ?? lines.count) + 1, last: run.at(-1)!.last }
    if (rest.last - rest.first + 1 >= LEAST) found.push({ kind: 'declarations', first, last: rest.last, rest })
  }
  return found
}

function isPlain({ lines, language }: Code, { start, end, depth }: Item): boolean {
  const head = lines.text.slice(start, Math.min(end, start + HEAD)).replace(/=[^=>].*/s, '')
  if (depth === 0 && !/^#\s*define\b/.test(head)) return false
  if (USED_BY_OTHERS.test(head) || IMPORTS.test(head)) return false
  if (language.grammar === 'go' && /^\p{Lu}/u.test(head)) return false
  return !head.includes('(') && lines.blankBefore(start)
}

/** Below it, with nothing between them but blank lines, comments, regions and attributes. */
function isNext({ lines }: Code, above: Item, item: Item): boolean {
  for (let line = above.last + 1; line < item.first; line++)
    if (!/^\s*(?:$|\/\/|\/\*|\*|#(?!\s*(?:if|el|endif))|\[)/.test(lines.line(line))) return false
  return true
}

/** Nodes that are functions or types, or hold some. */
export function holdingDefinitions({ syntax }: Code): ReadonlySet<number> {
  const holding = new Set<number>()
  for (let i = 0; i < syntax.length; i++) {
    if (syntax.kind[i] !== FUNCTION && syntax.kind[i] !== TYPE) continue
    for (let at = i; at >= 0 && !holding.has(at); at = syntax.parent[at]!) holding.add(at)
  }
  return holding
}
