import { isBlank, isSpace } from './marks.ts'
import type { Style } from './style.ts'
import type { Tree } from './tree.ts'

/** An attribute as it stands in a tag: entities are left alone. */
export interface Attribute {
  readonly name: string
  readonly value: string
  readonly quote: '"' | "'"
}

export interface Attributes {
  readonly list: readonly Attribute[]
  /** The white space before each of them. */
  readonly gaps: readonly string[]
  /** The white space before the end of the tag. */
  readonly tail: string
}

/** The attributes of the tag of `node`, or undefined where one is not written `name="value"`. */
export function attributesOf({ text, start, inner, names, empty }: Tree, node: number): Attributes | undefined {
  const end = inner[node]! - (empty[node] ? 2 : 1)
  const list: Attribute[] = []
  const gaps: string[] = []
  for (let at = start[node]! + 1 + names[node]!.length; ; ) {
    let from = at
    while (from < end && isSpace(text.charCodeAt(from))) from++
    if (from === end) return { list, gaps, tail: text.slice(at, end) }
    const equals = text.indexOf('=', from)
    const quote = text[equals + 1]
    if (from === at || equals < 0 || equals >= end || (quote !== '"' && quote !== "'")) return undefined
    const name = text.slice(from, equals)
    const close = text.indexOf(quote, equals + 2)
    if (close < 0 || close >= end || /[\s"'/<>|*@]/.test(name) || name === '') return undefined
    gaps.push(text.slice(at, from))
    list.push({ name, value: text.slice(equals + 2, close), quote })
    at = close + 1
  }
}

/** How a tag's white space is written in the notation: `` plain, `+` with its attributes on lines; undefined where neither is so. */
export function markOf({ list, gaps, tail }: Attributes, name: string, indent: string, isEmpty: boolean, style: Style) {
  if (tail !== (isEmpty && style.empty === ' />' ? ' ' : '')) return undefined
  if (list.some(({ value }) => value.includes('\n'))) return undefined
  if (gaps.every(gap => gap === ' ')) return ''
  if (style.spread === '') return undefined
  return gaps.every((gap, at) => gap === attributeGap(style, at, name, indent)) ? '+' : undefined
}

/** The white space before the attribute number `at` of a tag with a `+`. */
export const attributeGap = ({ spread }: Style, at: number, name: string, indent: string): string =>
  gapOf(at === 0 ? spread.slice(0, spread.indexOf('/')) : spread.slice(spread.indexOf('/') + 1), name, indent)

/**
 * How the attributes of a tag are spaced, the first and all others: `n4/n4` each on a line that is indented by four spaces more,
 * `1/na` aligned with the first, `ntt/t` by tabs. Undefined where there is no such rule.
 */
export function spreadOf(gaps: readonly string[], name: string, indent: string): string | undefined {
  if (gaps.length < 2 || gaps.some((gap, at) => at > 1 && gap !== gaps[1])) return undefined
  const spread = `${gapName(gaps[0]!, name, indent)}/${gapName(gaps[1]!, name, indent)}`
  return gaps.every((gap, at) => gap === attributeGap({ spread } as Style, at, name, indent)) ? spread : undefined
}

function gapName(gap: string, name: string, indent: string): string {
  const lead = `\n${indent}`
  if (!gap.startsWith(lead)) return spaceName(gap)
  const rest = gap.slice(lead.length)
  return `n${rest === ' '.repeat(name.length + 2) ? 'a' : spaceName(rest)}`
}

const spaceName = (space: string) =>
  /^ {1,200}$/.test(space) ? String(space.length) : /^\t{1,20}$/.test(space) ? 't'.repeat(space.length) : ''

function gapOf(shown: string, name: string, indent: string): string {
  const onLine = shown[0] === 'n'
  const rest = onLine ? shown.slice(1) : shown
  const space =
    rest === 'a' ? ' '.repeat(name.length + 2) : rest[0] === 't' ? '\t'.repeat(rest.length) : ' '.repeat(Number(rest))
  return onLine ? `\n${indent}${space}` : space
}

/** A line of the notation for an element; `text` as it stands in the original, undefined where it has none. */
export function printElement(key: string, list: readonly Attribute[], text: string | undefined): string {
  let line = key
  for (const { name, value, quote } of list) {
    const bare = quote === '"' && BARE.test(value) && value.charCodeAt(value.length - 1) !== 58
    line += bare ? ` ${name}=${value}` : ` ${name}=${quote}${value}${quote}`
  }
  if (text === undefined) return line
  if (!text.includes('\n')) return `${line}: ${text}`
  const lines = text.split('\n')
  return `${line} |${lines.length}\n${text}`
}

/** Values that need no quotes. */
const BARE = /^[^\s"']+$/

/** A line of printElement read again. */
export interface Element {
  readonly name: string
  readonly isInline: boolean
  readonly isSpread: boolean
  readonly list: readonly Attribute[]
  readonly text: string | undefined
  /** How many lines of text follow, and whether they are moved to the left. */
  readonly lines: number
  readonly isBlock: boolean
}

/** Throws a RangeError on what printElement does not print. */
export function parseElement(line: string): Element {
  const [, name, marks] = /^([^\s>+]+?)([>+]*)(?=[ ]|:(?: |$)|$)/.exec(line) ?? []
  if (name === undefined) throw new RangeError('a line that this filter did not write')
  const common = { name, isInline: marks!.includes('>'), isSpread: marks!.includes('+') }
  const list: Attribute[] = []
  let at = name.length + marks!.length
  while (line[at] === ' ') {
    if (line[at + 1] === '|') {
      const [, count, block] = /^(\d{1,9})(>?)$/.exec(line.slice(at + 2)) ?? []
      if (count === undefined) throw new RangeError('a text of no length')
      return { ...common, list, text: undefined, lines: Number(count), isBlock: block === '>' }
    }
    const equals = line.indexOf('=', at)
    if (equals < 0) throw new RangeError('an attribute without a value')
    const attribute = valueAt(line, equals + 1)
    list.push({ name: line.slice(at + 1, equals), value: attribute.value, quote: attribute.quote })
    at = attribute.end
  }
  const text = line[at] === ':' ? line.slice(at + 2) : undefined
  return { ...common, list, text, lines: 0, isBlock: false }
}

function valueAt(line: string, from: number): { value: string; quote: '"' | "'"; end: number } {
  const quote = line[from]
  if (quote === '"' || quote === "'") {
    const close = line.indexOf(quote, from + 1)
    if (close < 0) throw new RangeError('a value that does not close')
    return { value: line.slice(from + 1, close), quote, end: close + 1 }
  }
  const space = line.indexOf(' ', from)
  let end = space < 0 ? line.length : space
  if (line.charCodeAt(end - 1) === 58) end--
  return { value: line.slice(from, end), quote: '"', end }
}

/** The tag as it stood. */
export function printTag({ name, list, isSpread }: Element, indent: string, style: Style): string {
  let tag = `<${name}`
  list.forEach(({ name: attribute, value, quote }, at) => {
    tag += `${isSpread ? attributeGap(style, at, name, indent) : ' '}${attribute}=${quote}${value}${quote}`
  })
  return tag
}

/** The text moved to the left, where it stands in lines one step below its element; undefined where it does not. */
export function blockLines(text: string, indent: string, unit: string): string[] | undefined {
  const tail = `\n${indent}`
  const lead = `${indent}${unit}`
  if (text[0] !== '\n' || !text.endsWith(tail) || text.length <= tail.length) return undefined
  const lines = text.slice(1, text.length - tail.length).split('\n')
  if (!lines.every(line => line === '' || (line.startsWith(lead) && !isBlank(line, 0, line.length)))) return undefined
  return lines.map(line => line.slice(lead.length))
}

/** The inverse of blockLines. */
export const unblocked = (lines: readonly string[], indent: string, unit: string): string =>
  `\n${lines.map(line => (line === '' ? '' : `${indent}${unit}${line}`)).join('\n')}\n${indent}`

/** White space as it may stand in a line. */
export const shownSpace = (space: string): string =>
  space.replace(/[\n\t\r\\]/g, char => (char === '\n' ? '\\n' : char === '\t' ? '\\t' : char === '\r' ? '\\r' : '\\\\'))

export const spaceOf = (shown: string): string =>
  shown.replace(/\\[ntr\\]/g, code => (code === '\\n' ? '\n' : code === '\\t' ? '\t' : code === '\\r' ? '\r' : '\\'))
