/**
 * Selectors: the addresses of gaps. Each names byte ranges of one original.
 *
 *   L40-251  L40  L40-51,60,72-80   lines, LF-ended, 1-based, inclusive, with their line ends
 *   B100-220                        bytes, 0-based, the end exclusive
 *   $.items[15:99]  $.a["b c"][3]   JSON: a value, or a run of elements or members (0-based, the end exclusive)
 *   #parseArgs                      the definition of a name in source text
 */
export type Selector =
  | { readonly kind: 'lines'; readonly ranges: readonly LineRange[] }
  | { readonly kind: 'bytes'; readonly from: number; readonly to: number }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'symbol'; readonly name: string }

/** First and last line, 1-based, inclusive. */
export type LineRange = readonly [first: number, last: number]

/** A selector that names nothing in this original, or is no selector. The message is one line. */
export class SelectorError extends Error {
  override readonly name = 'SelectorError'
}

export const lines = (first: number, last = first): Selector => ({ kind: 'lines', ranges: [[first, last]] })
export const lineRanges = (ranges: readonly LineRange[]): Selector => ({ kind: 'lines', ranges })
export const bytes = (from: number, to: number): Selector => ({ kind: 'bytes', from, to })
export const path = (text: string): Selector => ({ kind: 'path', path: text })
export const symbol = (name: string): Selector => ({ kind: 'symbol', name })

/** Ascending line numbers as the fewest ranges. */
export function rangesOf(numbers: Iterable<number>): LineRange[] {
  const ranges: [number, number][] = []
  for (const n of numbers) {
    const last = ranges.at(-1)
    if (last && n === last[1] + 1) last[1] = n
    else ranges.push([n, n])
  }
  return ranges
}

/** The printed form: the inverse of parseSelector. */
export function printSelector(where: Selector): string {
  switch (where.kind) {
    case 'lines':
      return `L${where.ranges.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(',')}`
    case 'bytes':
      return `B${where.from}-${where.to}`
    case 'path':
      return where.path
    case 'symbol':
      return `#${where.name}`
  }
}

const LINES = /^L(\d{1,15}(?:-\d{1,15})?(?:,\d{1,15}(?:-\d{1,15})?)*)$/
const BYTES = /^B(\d{1,15})-(\d{1,15})$/

/** The selector that `text` prints, or undefined. */
export function parseSelector(text: string): Selector | undefined {
  const byLine = LINES.exec(text)
  if (byLine) return lineSelector(byLine[1]!)
  const byByte = BYTES.exec(text)
  if (byByte) {
    const [from, to] = [Number(byByte[1]), Number(byByte[2])]
    return from <= to ? bytes(from, to) : undefined
  }
  if (text.startsWith('$')) return stepsOf(text) && path(text)
  if (/^#[\w$.]{1,200}$/.test(text)) return symbol(text.slice(1))
  return undefined
}

function lineSelector(list: string): Selector | undefined {
  const ranges: LineRange[] = []
  for (const part of list.split(',')) {
    const [first, last = first] = part.split('-').map(Number) as [number, number?]
    if (first < 1 || last! < first) return undefined
    ranges.push([first, last!])
  }
  return lineRanges(ranges)
}

/** One step of a JSON path: a member's name, an element's index, or a run of elements or members. */
export type Step =
  | { readonly name: string }
  | { readonly index: number }
  | { readonly from: number; readonly to: number }

const STEP = /\.([A-Za-z_$][\w$-]*)|\[(\d{1,10})\]|\[(\d{0,10}):(\d{0,10})\]|\[("(?:[^"\\\n]|\\.)*")\]/y

/** The steps of a JSON path from offset `from` on, or undefined where it is none. A run may only come last. */
export function stepsOf(text: string, from = 1): readonly Step[] | undefined {
  const steps: Step[] = []
  let at = from
  while (at < text.length) {
    const simple = simpleEnd(text, at)
    if (simple > 0) {
      steps.push(text.charCodeAt(at) === DOT ? { name: text.slice(at + 1, simple) } : indexIn(text, at, simple))
      at = simple
      continue
    }
    STEP.lastIndex = at
    const found = STEP.exec(text)
    if (!found) return undefined
    const step = stepOf(found)
    if (!step) return undefined
    at = STEP.lastIndex
    if ('from' in step && at < text.length) return undefined
    steps.push(step)
  }
  return steps
}

const DOT = 0x2e

/** One past a step of letters, `.name`, or of up to eight digits, `[12]`; -1 where none begins at `at`. Nearly all are such. */
function simpleEnd(text: string, at: number): number {
  const name = text.charCodeAt(at) === DOT
  if (!name && text[at] !== '[') return -1
  let end = at + 1
  while (end < text.length && (name ? isLetter(text.charCodeAt(end)) : isDigit(text.charCodeAt(end)))) end++
  if (end === at + 1) return -1
  if (!name) return text[end] === ']' && end - at <= 9 ? end + 1 : -1
  return end === text.length || text[end] === '.' || text[end] === '[' ? end : -1
}

const isDigit = (unit: number) => unit >= 0x30 && unit <= 0x39
const isLetter = (unit: number) => ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a) || unit === 0x5f

function indexIn(text: string, from: number, to: number): Step {
  let index = 0
  for (let i = from + 1; i < to - 1; i++) index = 10 * index + text.charCodeAt(i) - 0x30
  return { index }
}

function stepOf([, name, index, from, to, quoted]: RegExpExecArray): Step | undefined {
  if (name !== undefined) return { name }
  if (index !== undefined) return { index: Number(index) }
  if (quoted === undefined) return { from: Number(from || 0), to: to ? Number(to) : Number.MAX_SAFE_INTEGER }
  try {
    return { name: JSON.parse(quoted) as string }
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

/** The path text of a member below `parent`: `.name` where that is legible, else `["name"]`. */
export function memberPath(parent: string, name: string): string {
  return /^[A-Za-z_$][\w$-]{0,60}$/.test(name) ? `${parent}.${name}` : `${parent}[${JSON.stringify(name)}]`
}
