import type { Doc } from './docs.ts'
import { indentOf } from './lines.ts'
import { holdingDefinitions } from './runs.ts'
import { type Code, type Item, itemsOf } from './units.ts'

/** Lines of a statement that go at the least. */
const LEAST = 3

/** Words of statements that have others in them, and how such a one begins and ends that has them on lines of their own. */
const CONTROLS = /^(?:if|unless|for|foreach|while|until|loop|case|switch|select|try|begin|with)\b|^[({]\s*$/
const OPENS = /(?:[{(]|(?<words>\b(?:then|do)|:)|\bin)\s*$/
const CLOSES = /^\s*(?:[)}]|(?:fi|done|esac|end)\b)/

/** Conditions and loops of a file, with nothing defined in them: what is between their first and their last line. */
export function statementsOf(code: Code): Doc[] {
  const holding = holdingDefinitions(code)
  return itemsOf(code).flatMap(item => (item.depth > 0 || holding.has(item.node) ? [] : (insideOf(code, item) ?? [])))
}

function insideOf({ lines, language, syntax }: Code, { first, last, start, end }: Item): Doc | undefined {
  const head = lines.line(first)
  const opens = CONTROLS.test(head) ? OPENS.exec(head) : undefined
  if (!opens || last - first < LEAST || !lines.blankBefore(start) || !lines.blankAfter(end)) return undefined
  if (syntax.errors.some(at => at >= start && at < end)) return undefined
  const words = opens.groups?.words
  if (words === ':' ? !language.indented : !CLOSES.test(lines.line(last))) return undefined
  const rest = { first: first + 1, last: words === ':' ? last : last - 1 }
  if (rest.last - rest.first + 1 < LEAST) return undefined
  const stand = words && language.empty && `${indentOf(lines.line(rest.first))}${language.empty}  ${language.comment} `
  return { kind: 'statement', first, last, rest, ...(stand && { frame: stand }) }
}
