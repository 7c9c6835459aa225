import { blockEnd, indentOf } from './block.ts'
import { dialectOf, scanCode } from './code-scan.ts'
import type { LineRange } from './select.ts'

/**
 * The lines that define `name` in source text of any common language: decorators and attributes, the head, the block. Of several, the one
 * that most surely is a definition, then the first. `Outer.inner` looks for `inner` inside `Outer`. Undefined where nothing
 * defines it. It reads layout and brackets, no grammar: good for well-formed code. Linear.
 */
export function symbolLines(text: string, name: string): LineRange | undefined {
  let lines: readonly string[] = text.split('\n')
  let offset = 0
  const parts = name.split('.').filter(Boolean)
  for (const [i, part] of parts.entries()) {
    // Inside its own block the outer name is not looked for again.
    const found = definition(lines, part, i > 0 ? 1 : 0)
    if (!found) return memberLines(text, parts) ?? (i > 0 ? symbolLines(text, parts.at(-1)!) : undefined)
    if (i === parts.length - 1) return [offset + found[0] + 1, offset + found[1] + 1]
    offset += found[0]
    lines = lines.slice(found[0], found[1] + 1)
  }
  return undefined
}

/** A member that stands outside its type's block, as in Go, C++ and Rust: what is around it or in front of it names the type. */
function memberLines(text: string, parts: readonly string[]): LineRange | undefined {
  const owner = parts.at(-2)
  if (owner === undefined) return undefined
  const lines = text.split('\n')
  const found = surest(lines, parts.at(-1)!).find(line => isOwned(lines, line, owner))
  return found === undefined ? undefined : rangeOf(lines, found)
}

/** The lines of all definitions of `name` that are as sure as the surest: overloads, and namesakes in several types. Linear. */
export function symbolRanges(text: string, name: string): LineRange[] {
  const lines = text.split('\n')
  return surest(lines, name).map(line => rangeOf(lines, line))
}

/** The names that a text defines for sure, each once, in order. Linear. */
export function namesIn(text: string): string[] {
  const lines = text.split('\n')
  const names = new Set<string>()
  lines.forEach((line, i) => {
    for (const [, word] of line.slice(0, LONGEST_LINE).matchAll(CANDIDATE)) {
      if (!names.has(word!) && surenessOf(lines, i, word!) >= 3) names.add(word!)
    }
  })
  return [...names]
}

const CANDIDATE = /([A-Za-z_$][\w$]{1,99})(?=\s*[(=:<{]|$)/g

/** Definitions looked at when several have one name. */
const MOST_NAMESAKES = 100

function surest(lines: readonly string[], name: string): number[] {
  let best = 1
  let found: number[] = []
  for (let i = 0; i < lines.length; i++) {
    const sure = lines[i]!.includes(name) ? surenessOf(lines, i, name) : 0
    if (sure > best) found = []
    best = Math.max(best, sure)
    if (sure === best && sure > 1 && found.length < MOST_NAMESAKES) found.push(i)
  }
  return found
}

/** Is the owner named on the line itself, or on one that it is indented under? */
function isOwned(lines: readonly string[], at: number, owner: string): boolean {
  const names = new RegExp(`(?<![\\w$])${owner.replaceAll('$', '\\$')}(?![\\w$])`)
  if (names.test(lines[at]!)) return true
  let indent = indentOf(lines[at]!)
  for (let i = at - 1; i >= 0 && indent > 0; i--) {
    if (!lines[i]!.trim() || indentOf(lines[i]!) >= indent) continue
    if (names.test(lines[i]!)) return true
    indent = indentOf(lines[i]!)
  }
  return false
}

function rangeOf(lines: readonly string[], first: number): LineRange {
  const opening = openingLine(lines, first)
  const last = blockEnd(lines, /^\s*\}/.test(lines[first]!) ? opening : first)
  return [withDecorators(lines, opening) + 1, last + 1]
}

/** First and last line, 0-based. */
function definition(lines: readonly string[], name: string, from: number): readonly [number, number] | undefined {
  let best = 0
  let first = -1
  for (let i = from; i < lines.length && best < SUREST; i++) {
    const sure = lines[i]!.includes(name) ? surenessOf(lines, i, name) : 0
    if (sure > best) {
      best = sure
      first = i
    }
  }
  if (first < 0) return undefined
  const opening = openingLine(lines, first)
  return [withDecorators(lines, opening), blockEnd(lines, /^\s*\}/.test(lines[first]!) ? opening : first)]
}

/** How surely a line defines `name`: 4 a function or a type, 3 a value that is one, 2 another value or key, 1 a declaration, 0 not. */
function surenessOf(lines: readonly string[], i: number, name: string): number {
  const line = lines[i]!
  if (line.length > LONGEST_LINE || NO_DEFINITION.test(line)) return 0
  let best = 0
  for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
    if (isWord(line[at - 1]) || isWord(line[at + name.length])) continue
    best = Math.max(best, surenessAt(lines, i, line, at, at + name.length))
  }
  return best
}

const SUREST = 4
/** UTF-16 code units; longer lines are data. */
const LONGEST_LINE = 2000
/** Lines that parameters may take. */
const MOST_LINES = 40
/** Comments, imports, and re-exports. */
const NO_DEFINITION =
  /^\s*(?:\/[/*]|\*|--|#(?:\s|!|$)|import\b|from\b|use\b|using\b|export\s+(?:type\s+)?[{*]|package\b)/

/** Words as the alternatives of a pattern. */
const words = (list: string) => list.trim().replace(/\s+/g, '|')

const MODIFIERS = words(`
  export default declare abstract public private protected internal static final const async unsafe extern pub inline virtual
  override sealed open data partial readonly local my typedef native suspend operator case constexpr "C"
  CREATE OR REPLACE TEMP create`)
const KINDS = words(String.raw`
  function\*? class def defp defmacro defmodule fn func fun struct union interface enum trait impl(?:<[^<>]*>)? type module
  namespace object record sub macro_rules! protocol extension mod proc procedure #\s*define TABLE VIEW FUNCTION table view`)
/** What may stand before the keyword of a definition: nothing, the end of something else, modifiers. */
const BEFORE = String.raw`(?:^|[;{}(=:,>]|\breturn)\s*(?:(?:${MODIFIERS})(?:\([^()]*\))?\s+)*`
/** What may stand between the keyword and the name: a receiver, type parameters, what it is a member of or made for. */
const BEHIND = String.raw`\s+(?:\([^()]*\)\s*|<[^<>]*>\s*|(?:mut|IF NOT EXISTS|if not exists)\s+|(?:[\w$]+(?:<[^<>]*>)?(?:::|[.:]))+|[\w:<>, ']+ for )?$`
const DEFINER = new RegExp(`${BEFORE}(?:${KINDS})${BEHIND}`)
const VALUE = new RegExp(`${BEFORE}(?:const|let|var|val|static|typedef|final|local|my|our)${BEHIND}`)
const IS_FUNCTION =
  /^\s*(?::[^=]{0,200})?[=:]\s*(?:async\s*)?(?:function\b|class\b|lambda\b|\([^=]*\)\s*(?::[^=]{0,200})?=>|[\w$]+\s*=>|\($)/
const ASSIGNED = /^(?:\[[^\]]{0,100}\])*\s*(?::[^=]{1,200})?=(?![=~])/
/** Members and what is assigned to them. */
const MEMBER =
  /^\s*(?:(?:export|public|private|protected|static|readonly|override|declare|async|abstract)\s+)*(?:[\w$]+\.)*$/
/** Types and modifiers in front of the name of a C, Java or TypeScript function. */
const TYPED = /^\s*(?:[\w$:<>[\],.?*&@~]+\s+)*(?:[\w$<>]+::)*[*&~]*$/
const NOT_TYPES = words(`
  return new await else throw yield case delete typeof in of not and or if while for switch print echo goto raise assert lambda puts
  do defer go`)
const STATEMENT = new RegExp(String.raw`\b(?:${NOT_TYPES})\s+[*&]*$`)

function surenessAt(lines: readonly string[], i: number, line: string, at: number, end: number): number {
  const before = line.slice(Math.max(0, at - WINDOW), at)
  const after = line.slice(end, end + WINDOW)
  if (isQuoted(before)) return 0
  if (DEFINER.test(before))
    return isForward(before, after) && dialectOf(lines) !== 'rust' ? 1 : isOverload(before, after) ? 2 : 4
  if (/^\s*\}\s*\**$/.test(before) && /^\s*[;,[]/.test(after)) return 4
  if ((VALUE.test(before) || MEMBER.test(before)) && IS_FUNCTION.test(after)) return 3
  if (/^\s*(?:<[^<>]*>)?\s*\(/.test(after) && TYPED.test(before) && !STATEMENT.test(before))
    return parametersThen(lines, i, end, before.trim() !== '')
  if (VALUE.test(before) || (ASSIGNED.test(after) && TYPED.test(before) && !STATEMENT.test(before))) return 2
  return /^\s*(?:- )?["']?$/.test(before) && /^["']?\s*:(?:\s|$)/.test(after) ? 1 : 0
}

/** `struct name;` in C. */
const isForward = (before: string, after: string) =>
  /\b(?:class|struct|enum|union)\s+$/.test(before) && /^[^{]*;\s*$/.test(after)

/** A signature without a body: of an overload in TypeScript, of a trait in Rust. */
const isOverload = (before: string, after: string) =>
  /\b(?:function|fn|fun|func)\s+$/.test(before) && /^[^{]*\([^{]*;\s*$/.test(after)

/** UTF-16 code units around a name that are looked at. */
const WINDOW = 300

/** Inside a string that began on this line. */
const isQuoted = (before: string) =>
  /["`]/.test(before) && (before.split('"').length % 2 === 0 || before.split('`').length % 2 === 0)

/** After its parameters a function opens its block, and a declaration ends; all else is a call. */
function parametersThen(lines: readonly string[], i: number, column: number, typed: boolean): number {
  let depth = 0
  let opened = false
  let behind = ''
  let read = 0
  const end = scanCode(lines, { line: i, column }, (char, { line }) => {
    const outside = opened && depth === 0
    if (outside && (char === '{' || char === ';')) return true
    if (char === '(') depth++
    if (char === ')') depth--
    opened ||= depth > 0
    if (outside) behind += char
    return ++read > LONGEST_LINE || line > i + MOST_LINES || depth < 0 || (outside && !BETWEEN.test(behind))
  })
  if (!end || !BETWEEN.test(behind) || depth !== 0) return 0
  const last = lines[end.line]![end.column]
  if (last === '{') return 4
  return last === ';' && typed && !behind.includes('\n') ? 1 : 0
}

/** What may stand between parameters and the block: a result, a list of clauses; on a new line only what begins like a clause. */
const BETWEEN =
  /^[^\n=]{0,300}(?:\n\s*(?:$|(?:w|wh|whe|wher|where|t|th|thr|thro|throw|throws|-|->|:|n|no|noexcept)(?![\w>])[^;=]{0,300}))?$/

/** Where the definition on a line begins: `} name;` closes a typedef, and C may have the type on the line above. */
function openingLine(lines: readonly string[], first: number): number {
  const line = lines[first]!
  if (/^\s*\}/.test(line)) {
    for (let i = first; i >= 0; i--)
      if (indentOf(lines[i]!) <= indentOf(line) && /\btypedef\b/.test(lines[i]!)) return i
    return first
  }
  const above = lines[first - 1] ?? ''
  return /^\w+\s*\(/.test(line) && /^[A-Za-z_][\w\s*]*$/.test(above) ? first - 1 : first
}

/** Decorators and attributes belong to the definition below them. */
function withDecorators(lines: readonly string[], first: number): number {
  const indent = indentOf(lines[first]!)
  while (first > 0 && indentOf(lines[first - 1]!) === indent && /^\s*(?:@[\w.]+|#!?\[.*\]\s*$)/.test(lines[first - 1]!))
    first--
  return first
}

const isWord = (char: string | undefined) => char !== undefined && /[\w$]/.test(char)
