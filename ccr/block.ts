import { scanCode } from './code-scan.ts'

/**
 * The last line of the block that the definition on line `first` opens, both 0-based: told by its braces where it has some, else by
 * indentation, with the line that says `end`. Linear.
 */
export function blockEnd(lines: readonly string[], first: number): number {
  const head = headOf(lines, first)
  if (head.kind === 'line') return head.last
  if (head.kind === 'braces') return bracesEnd(lines, first) ?? indentEnd(lines, first, head.last)
  return indentEnd(lines, first, head.last)
}

/** The definition's head, to its last line: what follows is a block in braces, an indented block, or nothing. */
interface Head {
  readonly kind: 'braces' | 'indent' | 'line'
  readonly last: number
}

/** Lines a head may take: parameters, and what stands between them and the brace. */
const HEAD_LINES = 60

function headOf(lines: readonly string[], first: number): Head {
  let inner = 0
  let ended = false
  let last = ''
  const end = scanCode(lines, { line: first, column: 0 }, (char, { line }) => {
    if (char === '{' && inner === 0) return true
    if (char === '(' || char === '[' || char === '{') inner++
    if (char === ')' || char === ']' || char === '}') inner--
    ended = char === ';' && inner <= 0
    if (char === '\n' && inner <= 0) return !/[\\<,]/.test(last)
    if (char.trim()) last = char
    return ended || line > first + HEAD_LINES * 10
  })
  if (!end) return { kind: 'line', last: lines.length - 1 }
  if (ended) return { kind: 'line', last: end.line }
  if (lines[end.line]![end.column] === '{') return { kind: 'braces', last: end.line }
  if (last === '\\' || lines[first]!.trimStart().startsWith('#')) return { kind: 'line', last: end.line }
  if (braceBelow(lines, first, end.line)) return { kind: 'braces', last: end.line }
  return { kind: 'indent', last: end.line }
}

/** Does a brace on a line of its own open the block, below the head or its clauses (where, throws, a list of initial values)? */
function braceBelow(lines: readonly string[], first: number, last: number): boolean {
  const indent = indentOf(lines[first]!)
  for (let i = last + 1; i < Math.min(lines.length, last + HEAD_LINES); i++) {
    const line = lines[i]!.trim()
    if (line.startsWith('{')) return indentOf(lines[i]!) <= indent + 4
    const clause = /^(?:where\b|throws\b|requires\b|->|:|,)/.test(line)
    if (line === '' || line.endsWith(';') || (indentOf(lines[i]!) <= indent && !clause)) return false
    if (line.endsWith('{')) return clause
  }
  return false
}

/** The line of the brace that closes the first one outside of parentheses; undefined where none does. */
function bracesEnd(lines: readonly string[], first: number): number | undefined {
  let round = 0
  let braces = 0
  let opened = false
  const end = scanCode(lines, { line: first, column: 0 }, char => {
    if (char === '(' || char === '[') round++
    else if (char === ')' || char === ']') round--
    else if (char === '{') {
      braces++
      opened ||= round === 0
    } else if (char === '}') braces--
    // At the line's end: `}: Props) {` and `} = {}` go on.
    return char === '\n' && opened && braces <= 0 && round <= 0
  })
  return end?.line
}

/** The last line that stands deeper than the definition, or inside its brackets and strings, and a closing line after these. */
function indentEnd(lines: readonly string[], first: number, head: number): number {
  const indent = indentOf(lines[first]!)
  let inner = 0
  let last = head
  let read = first
  /** The last line that ended outside of strings. */
  let ended = first - 1
  scanCode(lines, { line: first, column: 0 }, (char, { line }) => {
    if (line > read) {
      read = line
      const text = lines[line]!
      const inside = inner > 0 || ended < line - 1 || line <= head
      const outdent = indentOf(text) - indent
      if (inside || (outdent > 0 && text.trim() !== '')) last = line
      else if (text.trim() !== '' && !COMMENT.test(text) && !(outdent === 0 && GOES_ON.test(text))) {
        if (outdent === 0 && CLOSES.test(text)) last = line
        return true
      }
    }
    if (char === '(' || char === '[' || char === '{') inner++
    else if (char === ')' || char === ']' || char === '}') inner--
    else if (char === '\n') ended = line
    return false
  })
  return last
}

/** The last line of an indented block, and the lines in its middle that stand as far out as its head. */
const CLOSES = /^\s*(?:end\b|fi\b|done\b|esac\b|[}\])>])/
const COMMENT = /^\s*#(?:[\s#]|$)/
const GOES_ON = /^\s*(?:rescue|ensure|else|elsif|catch|after)\b(?!.*:\s*$)/

export const indentOf = (line: string) => line.length - line.trimStart().length
