import type { Features } from './features.ts'
import type { Sheet } from './sheet.ts'

/**
 * The notation of the log filter, for those who print it and those who read it. A body is a head of keys, an empty line, and rows:
 *
 *   A=@ INFO executor.Executor: Running task * in stage * (TID *)     a template: * is a value, @ the time
 *   B=Unpacking * (*) ...                                             more lines of the same template follow,
 *    Setting up *1 (*2) ...                                           indented by one; *1 is the row's first value again
 *   a=Mozilla/5.0 (compatible; bingbot/2.0)                           a value
 *   b*=/image/*.png                                                   a value with a hole: in a row, b*7 is /image/7.png
 *
 *   @17/06/09 20:10:                       how the times of the rows below begin
 *   A45 2.0|1.0|69                         a line of A at 20:10:45
 *   A 3.0||78                              as before: the same time, and the value above of its last row in place of an empty one
 *   A 0..99|1.0|79                         a hundred lines
 *   ^74                                    74 more of the line above
 *   ^9 of 5                                9 more of the five lines above
 *   [... 212 lines L40-251: A, no error or warning]   a gap
 *   \A line that looks like one of these: the backslash takes the meaning, in templates too
 *   any other line
 */

/** What a part of a template stands for: literal text, the time (TIME), a value (0, 1, ...), or an earlier value again. */
export type Part = string | number

export const TIME = -1
/** The part that repeats the value `slot`, and back. */
export const again = (slot: number): number => -2 - slot

/** One line, or several that follow one another, with slots in it. */
export interface Template {
  parts: Part[]
  /** Values of a row: parts that are slots. */
  slots: number
}

/** One printed row: a line as it is, or a template with its values. */
export interface Row {
  readonly template?: Template
  /** The cell of its time, which is empty where the template has none; those of its values follow (sheet.ts). */
  readonly cells: number
  /** Of each slot: the marker that stands in place of its value, if one does. */
  readonly gaps?: readonly (string | undefined)[]
  /** The first of its lines, 0-based, and how many it stands for. */
  readonly first: number
  readonly lines: number
}

/** The nth code: A B ... Z AA AB, or in lower case for values. */
export function codeOf(n: number, first: 'A' | 'a'): string {
  const base = first.charCodeAt(0)
  let code = ''
  for (let left = n + 1; left > 0; left = Math.floor((left - 1) / 26))
    code = String.fromCharCode(base + ((left - 1) % 26)) + code
  return code
}

/** How many characters of A-Z stand in `text` from `from` on. */
export function codeLength(text: string, from = 0): number {
  let at = from
  while (at < text.length && text.charCodeAt(at) >= 65 && text.charCodeAt(at) <= 90) at++
  return at - from
}

/** A literal line would be read as notation: it gets a backslash. */
export function looksCoded(line: string, isCode: (code: string) => boolean, { times, repeats }: Features): boolean {
  switch (line.charCodeAt(0)) {
    case 64: // @
      return times === true
    case 91: // [
      return line.startsWith('[... ')
    case 92: // backslash
      return true
    case 94: // ^
      return repeats === true
  }
  const length = codeLength(line)
  return length > 0 && length <= 4 && isCode(line.slice(0, length))
}

const RANGE = /^(\d{1,15})\.\.(\d{1,15})$/

/** The numbers that a cell of `row` counts through, or undefined: `0..99`; `007..120` keeps its width. */
export function rangeAt(
  row: string,
  start: number,
  end: number,
): { from: number; to: number; width: number } | undefined {
  let at = start
  while (at < end && isDigit(row.charCodeAt(at))) at++
  // Hardly any number has two dots behind it.
  if (at === start || row.charCodeAt(at) !== 46 || row.charCodeAt(at + 1) !== 46) return undefined
  const found = RANGE.exec(row.slice(start, end))
  if (!found) return undefined
  const width = found[1]!.startsWith('0') && found[1]!.length > 1 ? found[1]!.length : 0
  return { from: Number(found[1]), to: Number(found[2]), width }
}

const isDigit = (code: number) => code >= 48 && code <= 57

/**
 * A value as a cell: one that would not be read as itself gets a tilde; there, `~0` is a tilde and `~1` the separator. `by` is empty for the
 * last value of a row, behind which nothing is sought.
 */
export function printCell(sheet: Sheet, cell: number, by: string, isCode: (code: string) => boolean): string {
  const value = sheet.at(cell)
  const { text, bounds } = sheet
  if (readsAsItself(text, bounds[cell]!, bounds[cell + 1]!, isCode) && (by === '' || !sheet.holds(cell, by)))
    return value
  return `~${by === '' ? value : value.replaceAll('~', '~0').replaceAll(by, '~1')}`
}

function readsAsItself(text: string, from: number, to: number, isCode: (code: string) => boolean): boolean {
  if (from === to) return false
  const first = text.charCodeAt(from)
  if (isDigit(first)) return !rangeAt(text, from, to)
  if (first < 97 || first > 122) return first !== 126 && !(first === 91 && text.startsWith('[... ', from))
  return (
    !(to - from <= 3 && isCode(text.slice(from, to))) && !isCode(filledCode(text.slice(from, Math.min(to, from + 3))))
  )
}

/** `b` of `b*7`; empty where there is none. */
export function filledCode(cell: string): string {
  const at = cell.charCodeAt(1) === 42 ? 1 : cell.charCodeAt(2) === 42 ? 2 : 0
  return cell.slice(0, at)
}

/** The inverse of escapeCell for a cell that begins with a tilde. */
export function unescapeCell(cell: string, isLast: boolean, by: string): string {
  return isLast ? cell.slice(1) : cell.slice(1).replaceAll('~1', by).replaceAll('~0', '~')
}

/** A template as its head lines. */
export function printTemplate(code: string, { parts }: Template): string {
  let text = ''
  let slot = 0
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!
    if (typeof part === 'string') text += escapeLiteral(part, typeof parts[i - 1] === 'number')
    else if (part === TIME) text += '@'
    else if (part === slot) {
      slot++
      text += '*'
    } else text += `*${-1 - part}`
  }
  return `${code}=${text}`
}

/** A backslash takes the meaning from the sign behind it; before any other it is itself. */
function escapeLiteral(text: string, afterSlot: boolean): string {
  const escaped = /[*@\\\n]/.test(text) ? text.replace(/[*@]|\\(?=[*@\\\d]|$)/g, '\\$&').replaceAll('\n', '\n ') : text
  return afterSlot && /^\d/.test(escaped) ? `\\${escaped}` : escaped
}

/** The inverse of printTemplate, from what follows the equals sign; lines after the first without their indentation. */
export function parseTemplate(text: string): Template {
  const parts: Part[] = []
  let literal = ''
  let slots = 0
  const close = () => {
    if (literal) parts.push(literal)
    literal = ''
  }
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (char === '\\') literal += MEANT.test(text[i + 1] ?? '') ? text[++i] : char
    else if (char === '@') {
      close()
      parts.push(TIME)
    } else if (char === '*') {
      close()
      const digits = /\d{0,4}/y
      digits.lastIndex = i + 1
      const [index] = digits.exec(text)!
      parts.push(index ? again(Number(index) - 1) : slots++)
      i += index.length
    } else literal += char
  }
  close()
  return { parts, slots }
}

const MEANT = /[*@\\\d]/
