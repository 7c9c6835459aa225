import { indentOf } from './lines.ts'
import type { Code, Unit } from './units.ts'

/**
 * Can a function's body go? Not where conditions of the preprocessor open or close in it, and where the grammar lost its way in it only
 * if the layout tells where it ends.
 */
export function isCuttable(code: Code, unit: Unit): boolean {
  const { syntax, language } = code
  const conditional = language.grammar === 'c' || language.grammar === 'cpp' || language.grammar === 'c-sharp'
  if (conditional && !(isCalled(code, unit) && pairs(code, unit))) return false
  return !syntax.errors.some(at => at >= unit.start && at <= unit.end) || isLaidOut(code, unit)
}

/** A class behind a macro looks like a function to the grammars of C and C++: it takes nothing. */
const isCalled = ({ lines, language }: Code, { start, body }: Unit): boolean =>
  language.grammar === 'c-sharp' || lines.text.slice(start, body).includes('(')

/** Does each condition of the preprocessor in a body open and close there? */
function pairs({ lines }: Code, { inside }: Unit): boolean {
  let depth = 0
  for (let line = inside.first; line <= inside.last; line++) {
    const start = lines.starts[line]!
    const found = /^[ \t]*#\s*(if|else|elif|endif)/.exec(lines.text.slice(start, start + 60))?.[1]
    if (!found) continue
    depth += found.startsWith('if') ? 1 : found === 'endif' ? -1 : 0
    if (depth < 0 || (depth === 0 && found.startsWith('el'))) return false
  }
  return depth === 0
}

/** Everything in it stands deeper than its head, which the grammar understood, and its end does not. */
function isLaidOut({ syntax, lines }: Code, { start, end, first, last, inside }: Unit): boolean {
  const from = lines.starts[inside.first]!
  const to = lines.end(inside.last)
  if (syntax.errors.some(at => at >= start && at <= end && !(at >= from && at < to))) return false
  const depth = indentOf(lines.line(first)).length
  if (last !== inside.last + 1 || indentOf(lines.line(last)).length !== depth) return false
  for (let line = inside.first; line <= inside.last; line++) {
    const text = lines.line(line)
    if (ACCESS.test(text)) return false
    if (indentOf(text).length <= depth && !AT_THE_MARGIN.test(text)) return false
  }
  return true
}

/** What a function's body does not have, and what stands at the margin though it is in one. */
const ACCESS = /^\s*(?:public|private|protected)(?: slots)?:/
const AT_THE_MARGIN = /^\s*(?:$|#|\w+:(?!:))/
