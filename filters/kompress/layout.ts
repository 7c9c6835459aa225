import { isCodeLine } from '../auto/code.ts'
import type { Signal } from '../filter.ts'
import { LISTENING } from './words.ts'

/** What a line is: running text may lose words; all else (code, tables, headings, rules) stays as it is. */
export const BLANK = 0
export const VERBATIM = 1
export const PROSE = 2
/** A turn of a conversation in which its speaker only listens, and nobody asked. */
export const LISTENS = 4
/** Set by whoever cuts lines out. */
export const GONE = 3
/** Set for lines that the reader's question asks for. */
export const HELD = 5

/** The kind of each line. Markdown's fences, tables, front matter and headings are known, and indented blocks of code. */
export function layoutOf(lines: readonly string[], signal: Signal): Uint8Array {
  const kinds = new Uint8Array(lines.length)
  for (let i = frontMatter(lines, kinds); i < lines.length; ) {
    const line = lines[i]!
    signal.throwIfAborted(1 + Math.ceil(line.length / 100))
    const fence = /^\s*(?:[-*+] +|\d+\. +|> ?)?(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence) i = fenceEnd(lines, kinds, i, fence)
    else if (isBlank(line)) i++
    else i = paragraph(lines, kinds, i, signal)
  }
  markListening(lines, kinds)
  return kinds
}

/** In a conversation with many turns of hm and yeah, those that do not answer a question. */
function markListening(lines: readonly string[], kinds: Uint8Array): void {
  const turns: number[] = []
  let asked = false
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    if (kinds[i] === BLANK) continue
    if (!asked && line.length < 80 && LISTENING.test(line.trimEnd())) turns.push(i)
    asked = /\?["'”’)\s]*$/.test(line.slice(-8))
  }
  if (turns.length >= MANY_TURNS) for (const i of turns) kinds[i] = LISTENS
}

const MANY_TURNS = 8

const isBlank = (line: string) => line === '' || line.trim() === ''

/** YAML between --- lines at the top; gives the line behind it. */
function frontMatter(lines: readonly string[], kinds: Uint8Array): number {
  if (lines[0]?.trimEnd() !== '---') return 0
  const end = lines.slice(1, 100).findIndex(line => line.trimEnd() === '---') + 2
  return end > 1 ? kinds.fill(VERBATIM, 0, end) && end : 0
}

function fenceEnd(lines: readonly string[], kinds: Uint8Array, start: number, fence: string): number {
  let end = start + 1
  while (end < lines.length && !lines[end]!.trim().replace(/^> ?/, '').startsWith(fence)) end++
  // A fence that nothing closes fences nothing.
  if (end === lines.length && end - start > UNCLOSED) end = start
  kinds.fill(VERBATIM, start, end + 1)
  return end + 1
}

const UNCLOSED = 200

/** The lines up to the next blank one or fence; gives the line behind them. */
function paragraph(lines: readonly string[], kinds: Uint8Array, start: number, signal: Signal): number {
  let end = start
  while (end < lines.length && !isBlank(lines[end]!) && (end === start || !/^\s*(?:`{3}|~{3})/.test(lines[end]!))) end++
  const block = lines.slice(start, end)
  for (const line of block) signal.throwIfAborted(1 + Math.ceil(line.length / 100))
  const indented = block.every(line => /^(?: {4}|\t)/.test(line))
  const code = indented && block.filter(isCodeLine).length > block.length / 4
  for (let i = start; i < end; i++) kinds[i] = !code && isRunning(lines[i]!, lines[i + 1]) ? PROSE : VERBATIM
  return end
}

/** Three words at least, and no heading, table, rule, definition or code. */
function isRunning(line: string, below: string | undefined): boolean {
  if (
    line.length < 12 ||
    line.length > LONGEST ||
    NOT_RUNNING.test(line) ||
    (below && UNDERLINE.test(below) && below.length >= line.trimEnd().length)
  )
    return false
  return PLAIN_WORDS.test(line) && !isCodeLine(line)
}

/** Longer lines were not written to be read: they stay, and memory stays bounded. UTF-16 units. */
const LONGEST = 256 * 1024
const UNDERLINE = /^[=~^"'#*+-]{4,}\s*$/
/** Headings, comments and directives; rows of tables; entries of link lists; columns set with spaces. */
const NOT_RUNNING =
  /^\s*(?:#|\||\+[-=]{3}|\.\. |:\w+:|<!--|<\/?[a-z]+>?$|\[[^\]]*\]: )|\|.*\||\S {3,}\S.*\S {3,}\S|^[\s\S]{0,3}[=*_~-]{4,}\s*$/
const PLAIN_WORDS = /(?:^|\s)[("'“*_]*[A-Za-z\u00c0-\u024f'’-]+[,.;:]? +[A-Za-z\u00c0-\u024f'’-]+[,.;:]? +\S*[A-Za-z]/
