/**
 * Where values stand in JSON text (RFC 8259), without building them: offsets in, offsets out. It finds the ends of
 * well-formed values and is no validator. Iterative: depth costs no stack. All offsets are UTF-16 code units.
 */

/** One past the value that begins at `start`; throws a RangeError where the text ends first. */
export function valueEnd(text: string, start: number): number {
  const first = text.charCodeAt(start)
  if (first === QUOTE) return stringEnd(text, start)
  if (first !== BRACE && first !== BRACKET) return scalarEnd(text, start)
  let depth = 0
  for (let i = start; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === QUOTE) i = stringEnd(text, i) - 1
    // Digits, signs and blanks, most of what is left.
    else if (unit < BRACKET) continue
    else if (unit === BRACE || unit === BRACKET) depth++
    else if ((unit === 0x7d || unit === 0x5d) && --depth === 0) return i + 1
  }
  throw new RangeError('JSON text ends inside a value')
}

/** The children of the container at `start`: a member's range begins at its name, `value` where its value begins. */
export interface Child {
  readonly start: number
  readonly value: number
  readonly end: number
  readonly name?: string
}

/** Throws a RangeError where `start` is no container or the text ends inside it. O(container's length). */
export function childrenOf(text: string, start: number): Child[] {
  const object = text.charCodeAt(start) === BRACE
  if (!object && text.charCodeAt(start) !== BRACKET) throw new RangeError('not a JSON container')
  const children: Child[] = []
  for (let i = skipSpace(text, start + 1); i < text.length; ) {
    const unit = text.charCodeAt(i)
    if (unit === 0x7d || unit === 0x5d) return children
    const child = object ? memberAt(text, i) : { start: i, value: i, end: valueEnd(text, i) }
    if (child.end <= i) throw new RangeError('not JSON')
    children.push(child)
    i = skipSpace(text, child.end)
    if (text.charCodeAt(i) === 0x2c) i = skipSpace(text, i + 1)
  }
  throw new RangeError('JSON text ends inside a container')
}

function memberAt(text: string, start: number): Child {
  const nameEnd = stringEnd(text, start)
  const value = skipSpace(text, skipSpace(text, nameEnd) + 1)
  return { start, value, end: valueEnd(text, value), name: nameIn(text, start, nameEnd) }
}

function nameIn(text: string, start: number, end: number): string {
  const bare = text.slice(start + 1, end - 1)
  return bare.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : bare
}

/** A name's source is as long as the name, or longer by its escapes. */
function isNamed(text: string, start: number, end: number, name: string): boolean {
  const length = end - start - 2
  if (length <= name.length) return length === name.length && text.startsWith(name, start + 1)
  const first = text.charCodeAt(start + 1)
  return (first === name.charCodeAt(0) || first === 0x5c) && nameIn(text, start, end) === name
}

/**
 * Where the value of that name begins, if it is among the first `most` members of the object at `start`; undefined where it is not, or
 * where `start` is no object. O(their length). Throws a RangeError where the text ends inside them.
 */
export function memberAmong(text: string, start: number, name: string, most: number): number | undefined {
  if (text.charCodeAt(start) !== BRACE) return undefined
  for (let i = skipSpace(text, start + 1), n = 0; n < most && text.charCodeAt(i) === QUOTE; n++) {
    const nameEnd = stringEnd(text, i)
    const value = skipSpace(text, skipSpace(text, nameEnd) + 1)
    if (isNamed(text, i, nameEnd, name)) return value
    i = skipSpace(text, valueEnd(text, value))
    if (text.charCodeAt(i) === 0x2c) i = skipSpace(text, i + 1)
  }
  return undefined
}

/** Strings are mostly shorter than this, in UTF-16 units: a native search would cost more than a look at each unit. */
const SHORT = 40

/** One past the string that begins at `start`. The quotes of longer ones are found by native search, so that they cost little. */
export function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < start + SHORT; i++) {
    const unit = text.charCodeAt(i)
    if (unit === QUOTE) return i + 1
    if (unit === 0x5c) i++
  }
  for (let i = start + 1; ; i++) {
    i = text.indexOf('"', i)
    if (i < 0) throw new RangeError('JSON text ends inside a string')
    let slashes = 0
    while (text.charCodeAt(i - 1 - slashes) === 0x5c && i - 1 - slashes > start) slashes++
    if (slashes % 2 === 0) return i + 1
  }
}

/** The first offset from `i` on that is no JSON white space. */
export function skipSpace(text: string, i: number): number {
  for (; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x20 || (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09)) break
  }
  return i
}

function scalarEnd(text: string, start: number): number {
  let i = start
  for (; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit <= 0x20 || unit === 0x2c || unit === 0x5d || unit === 0x7d || unit === 0x3a) break
  }
  return i
}

const QUOTE = 0x22
const BRACE = 0x7b
const BRACKET = 0x5b
