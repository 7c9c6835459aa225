import { isBlank, isSpace, type Tree } from './scan.ts'
import type { Style } from './style.ts'

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
  return gaps.every((gap, at) => gap === attributeGap(style, at, name, indent)) ? '+' : undefined
}

/** The white space before the attribute number `at` of a tag with a `+`. */
export function attributeGap({ lines }: Style, at: number, name: string, indent: string): string {
  if (lines === 'aligned') return at === 0 ? ' ' : `\n${indent}${' '.repeat(name.length + 2)}`
  if (at === 0 && lines.startsWith('later ')) return ' '
  const [, count, tab] = /(\d+)( tabs)?$/.exec(lines) ?? []
  return `\n${indent}${(tab ? '\t' : ' ').repeat(Number(count))}`
}

/** Which of the ways of a `+` these gaps have, if any: `aligned`, `4`, `later 4`, `1 tabs`. */
export function linesOf(gaps: readonly string[], name: string, indent: string): string | undefined {
  const last = gaps.at(-1)
  const lead = `\n${indent}`
  if (last === undefined || gaps.length < 2 || !last.startsWith(lead)) return undefined
  const width = last.length - lead.length
  const unit = last.endsWith('\t') ? '\t' : ' '
  if (last.slice(lead.length) !== unit.repeat(width)) return undefined
  const shown = `${width}${unit === '\t' ? ' tabs' : ''}`
  if (gaps[0] === last) return shown
  return unit === ' ' && width === name.length + 2 ? 'aligned' : `later ${shown}`
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
