import { type OneLine, oneLine, restOf } from './comments.ts'
import { importsOf } from './imports.ts'
import { BLOCK, COMMENT, FUNCTION, TYPE } from './languages.ts'
import type { Lines } from './lines.ts'
import { literalsOf } from './literals.ts'
import { declarationsOf } from './runs.ts'
import { statementsOf } from './statements.ts'
import type { Code, Run } from './units.ts'

/** Several lines that are no statements: a comment, a string that documents what is around it, another string, a literal of many values. */
export interface Doc extends Run {
  readonly kind: 'comment' | 'documentation' | 'text' | 'data' | 'imports' | 'declarations' | 'statement'
  /** The lines that can go: what follows a first paragraph, or the first entries; what closes it stays. */
  readonly rest: Run | undefined
  /** The quotes that close documentation. */
  readonly quotes?: string
  /** What stands in front of the marker, where a comment alone will not do. */
  readonly frame?: string
  /** All of it on one line, where that tells something. */
  readonly line?: OneLine | undefined
}

/** All of a text, in order. Comments that stand on lines of their own, one below the other, are one. */
export function docsOf(code: Code): Doc[] {
  const { lines, syntax, language } = code
  const docs: Doc[] = []
  let open: { first: number; last: number } | undefined
  for (let i = 0; i < syntax.length; i++) {
    const first = lines.at(syntax.start[i]!)
    // The line that names the interpreter is none.
    if (syntax.start[i] === 0 && lines.text.startsWith('#!')) continue
    if (syntax.kind[i] === COMMENT && standsAlone(lines, syntax.start[i]!, syntax.end[i]!)) {
      const last = lines.at(Math.max(syntax.start[i]!, syntax.end[i]! - 1 - lineEnd(lines, syntax.end[i]!)))
      if (open && first === open.last + 1 && first === last && isLine(lines.line(open.last))) open.last = last
      else {
        close()
        open = { first, last }
      }
    } else if (language.indented && isDocString(code, i)) {
      const last = lines.at(syntax.end[i]! - 1)
      const quotes = lines.text.slice(syntax.end[i]! - 3, syntax.end[i]!)
      const line = oneLine(lines, first, last, quotes)
      if (last > first)
        docs.push({ kind: 'documentation', first, last, rest: restOf(lines, first, last), quotes, line })
    }
  }
  close()
  const documented = new Set(docs.map(doc => doc.first))
  docs.push(
    ...importsOf(code),
    ...declarationsOf(code),
    ...literalsOf(code).filter(({ first }) => !documented.has(first)),
  )
  const begun = new Set(docs.map(doc => doc.first))
  docs.push(...statementsOf(code).filter(({ first }) => !begun.has(first)))
  return docs.sort((a, b) => a.first - b.first)

  function close(): void {
    if (open && open.last > open.first)
      docs.push({
        kind: 'comment',
        ...open,
        rest: restOf(lines, open.first, open.last),
        line: oneLine(lines, open.first, open.last),
      })
    open = undefined
  }
}

const standsAlone = (lines: Lines, start: number, end: number): boolean =>
  lines.blankBefore(start) && (lines.text[end - 1] === '\n' || lines.blankAfter(end))

/** Some grammars give a comment its line end. */
const lineEnd = (lines: Lines, end: number): number => (lines.text[end - 1] === '\n' ? 1 : 0)

/** A comment that ends with its line, so that the next line may go on with it. */
const isLine = (line: string): boolean => /^\s*(?:\/\/|#)/.test(line)

/** The first statement of a function's or class's block, or of the file, that begins with quotes. */
function isDocString({ lines, syntax }: Code, node: number): boolean {
  const { kind, parent, start } = syntax
  if (kind[node] !== 0 || !/^[rRuU]?(?:"""|''')/.test(lines.text.slice(start[node]!, start[node]! + 4))) return false
  const above = parent[node]!
  if (above < 0 || node !== above + 1) return false
  if (kind[above] !== BLOCK) return parent[above]! < 0
  const owner = parent[above]!
  return owner >= 0 && (kind[owner] === FUNCTION || kind[owner] === TYPE)
}
