import type { Doc } from './docs.ts'
import { type Code, itemsOf } from './units.ts'

const IMPORT =
  /^(?:import\b|from\s+\S+\s+import\b|using\s+[\w.= ]+;|(?:pub(?:\([^()]{0,30}\))?\s+)?use\s|require\b|require_relative\b|#\s*include\b|(?:const|var|let)\s+[^=]{1,300}=\s*require\()/
/** Lines of imports that go at the least, and those shown first. */
const LEAST = 4
const SHOWN = 2

/** Runs of imports at the top level, one below the other; those under a condition are no such statements. */
export function importsOf(code: Code): Doc[] {
  const { lines } = code
  const runs: { first: number; last: number; from: number }[] = []
  for (const { depth, start, first, last } of itemsOf(code)) {
    if (depth > 0 || !lines.blankBefore(start) || !IMPORT.test(lines.text.slice(start, start + 400))) continue
    const open = runs.at(-1)
    if (!open || !isBlank(code, open.last + 1, first - 1)) runs.push({ first, last, from: last + 1 })
    else {
      open.last = Math.max(open.last, last)
      if (open.from - open.first < SHOWN) open.from = Math.max(open.from, last + 1)
    }
  }
  return runs
    .filter(({ from, last }) => last - from + 1 >= LEAST)
    .map(({ first, last, from }) => ({ kind: 'imports' as const, first, last, rest: { first: from, last } }))
}

function isBlank({ lines }: Code, first: number, last: number): boolean {
  for (let line = first; line <= last; line++) if (/\S/.test(lines.line(line))) return false
  return true
}
