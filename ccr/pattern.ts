import { bothCases, CLASSES, LAST, others, POSIX, type Range } from './unit-ranges.ts'

/**
 * The regular expressions of `--grep`: what grep -E, ripgrep and JavaScript have in common, without back references and look-around,
 * so that an automaton decides (automaton.ts) and no pattern can take more than linear time.
 */
export type Node =
  | { readonly kind: 'set'; readonly ranges: readonly Range[] }
  | { readonly kind: 'all'; readonly items: readonly Node[] }
  | { readonly kind: 'any'; readonly items: readonly Node[] }
  | { readonly kind: 'repeat'; readonly item: Node; readonly min: number; readonly max: number }
  | { readonly kind: 'assert'; readonly what: Assertion }

export type Assertion = 'start' | 'end' | 'boundary' | 'no-boundary'

/** The pattern is none; the message says where. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

/** `(?i)` in front makes letters match in both cases. Throws a PatternError. */
export function parsePattern(pattern: string): Node {
  const folded = pattern.startsWith('(?i)')
  return new Parser(folded ? pattern.slice(4) : pattern, folded).parse()
}

/** Deeper groups and longer repeats are refused: they serve no one, and bound what is built. */
const DEEPEST = 100
const MOST_REPEATS = 1000

const ESCAPES: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0, e: 27, a: 7 }
const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  b: 'boundary',
  B: 'no-boundary',
  A: 'start',
  z: 'end',
  Z: 'end',
}

class Parser {
  readonly #text: string
  readonly #folded: boolean
  #at = 0

  constructor(text: string, folded: boolean) {
    this.#text = text
    this.#folded = folded
  }

  parse(): Node {
    const node = this.#choices(0)
    if (this.#at < this.#text.length) throw this.#error('a ) that closes nothing')
    return node
  }

  #choices(depth: number): Node {
    if (depth > DEEPEST) throw this.#error(`more than ${DEEPEST} groups in each other`)
    const items = [this.#sequence(depth)]
    while (this.#took('|')) items.push(this.#sequence(depth))
    return items.length === 1 ? items[0]! : { kind: 'any', items }
  }

  #sequence(depth: number): Node {
    const items: Node[] = []
    while (this.#at < this.#text.length && !/[|)]/.test(this.#text[this.#at]!))
      items.push(this.#repeated(this.#atom(depth)))
    return { kind: 'all', items }
  }

  #repeated(item: Node): Node {
    for (;;) {
      const found = this.#match(/[*+?]|\{(\d{1,4})(,(\d{0,4}))?\}/y)
      if (!found) return item
      const [sign, least, comma, most] = found
      const min = sign === '+' ? 1 : least ? Number(least) : 0
      const max = sign === '?' ? 1 : !least || (comma && !most) ? Number.POSITIVE_INFINITY : Number(most ?? least)
      if (max < min) throw this.#error(`{${least},${most}}: the second number is the smaller one`)
      if (min > MOST_REPEATS || (max > MOST_REPEATS && max < Number.POSITIVE_INFINITY))
        throw this.#error(`more than ${MOST_REPEATS} repeats`)
      if (item.kind === 'assert') throw this.#error('an anchor cannot be repeated')
      item = { kind: 'repeat', item, min, max }
      // Lazy or not, the same lines match.
      this.#took('?')
    }
  }

  #atom(depth: number): Node {
    const char = this.#text[this.#at++]!
    switch (char) {
      case '.':
        return { kind: 'set', ranges: [[0, LAST]] }
      case '^':
        return { kind: 'assert', what: 'start' }
      case '$':
        return { kind: 'assert', what: 'end' }
      case '(':
        return this.#group(depth)
      case '[':
        return this.#set()
      case '\\':
        return this.#escape()
      case '*':
      case '+':
      case '?':
        throw this.#error(`a ${char} that repeats nothing; \\${char} is the character`)
      default:
        return this.#literal(char.charCodeAt(0))
    }
  }

  #group(depth: number): Node {
    if (this.#text[this.#at] === '?' && !this.#match(/\?:|\?P?<[A-Za-z_]\w*>/y))
      throw this.#error('look-around and flags are not supported ((?i) is, at the very beginning)')
    const node = this.#choices(depth + 1)
    if (!this.#took(')')) throw this.#error('a ( that is not closed')
    return node
  }

  #escape(): Node {
    const char = this.#text[this.#at]
    if (char === undefined) throw this.#error('a \\ at the end')
    const what = ASSERTIONS[char]
    if (what) {
      this.#at++
      return { kind: 'assert', what }
    }
    const unit = this.#escaped()
    return typeof unit === 'number' ? this.#literal(unit) : { kind: 'set', ranges: unit }
  }

  /** What stands behind a backslash, in sets and outside: one code unit, or a class. */
  #escaped(): number | readonly Range[] {
    const coded = this.#match(/x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,4})\}/iy)
    if (coded) return Number.parseInt(coded[1] ?? coded[2] ?? coded[3]!, 16)
    const char = this.#text[this.#at++]!
    const known = CLASSES[char] ?? ESCAPES[char]
    if (known !== undefined) return known
    if (/[1-9]/.test(char)) throw this.#error('back references are not supported')
    if (/[A-Za-z]/.test(char)) throw this.#error(`\\${char} is not known`)
    return char.charCodeAt(0)
  }

  #set(): Node {
    const negated = this.#took('^')
    const ranges: Range[] = []
    for (let first = true; first || this.#text[this.#at] !== ']'; first = false) {
      if (this.#at >= this.#text.length) throw this.#error('a [ that is not closed')
      const posix = this.#match(/\[:([a-z]+):\]/y)
      if (posix) ranges.push(...(POSIX.get(posix[1]!) ?? this.#fail(`[:${posix[1]}:] is not known`)))
      else ranges.push(...this.#member())
    }
    this.#at++
    const all = this.#folded ? ranges.flatMap(bothCases) : ranges
    return { kind: 'set', ranges: negated ? others(all) : all }
  }

  /** One character, range or class of a set. */
  #member(): readonly Range[] {
    const from = this.#unit()
    if (typeof from !== 'number') return from
    if (this.#text[this.#at] !== '-' || /^(?:\]|$)/.test(this.#text.slice(this.#at + 1, this.#at + 2)))
      return [[from, from]]
    this.#at++
    const to = this.#unit()
    if (typeof to !== 'number' || to < from) throw this.#error('a range that ends before it begins')
    return [[from, to]]
  }

  #unit(): number | readonly Range[] {
    const char = this.#text.charCodeAt(this.#at++)
    if (char !== 0x5c) return char
    if (this.#at >= this.#text.length) throw this.#error('a \\ at the end')
    // In a set, \b is the backspace.
    return this.#took('b') ? 8 : this.#escaped()
  }

  /** A surrogate pair is two units, and is repeated as one. */
  #literal(unit: number): Node {
    const set = (first: number): Node => ({
      kind: 'set',
      ranges: this.#folded ? bothCases([first, first]) : [[first, first]],
    })
    const next = this.#text.charCodeAt(this.#at)
    if (unit < 0xd800 || unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return set(unit)
    this.#at++
    return { kind: 'all', items: [set(unit), set(next)] }
  }

  #took(char: string): boolean {
    if (this.#text[this.#at] !== char) return false
    this.#at++
    return true
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found) this.#at = pattern.lastIndex
    return found
  }

  #error(fact: string): PatternError {
    return new PatternError(`'${this.#text.replace(/\s/g, ' ')}' has ${fact}`)
  }

  #fail(fact: string): never {
    throw this.#error(fact)
  }
}
