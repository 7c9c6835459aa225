import { NESTED } from './nested.ts'
import { MISSING, type Stop } from './notation.ts'
import { literalEnd } from './parse.ts'

/** A place in a line of the notation. Whatever is missing there is a RangeError. */
export class Cursor {
  text: string
  at: number

  constructor(text = '', at = 0) {
    this.text = text
    this.at = at
  }

  begin(text: string, at: number): void {
    this.text = text
    this.at = at
  }

  /** The JSON string that begins here, with its quotes. */
  quoted(): string {
    const from = this.at++
    for (; this.text[this.at] !== '"'; this.at++) {
      if (this.at >= this.text.length) throw new RangeError('a string has no end')
      if (this.text[this.at] === '\\') this.at++
    }
    return this.text.slice(from, ++this.at)
  }

  /** Up to what ends a bare value. */
  bare(stop: Stop): string {
    const from = this.at
    if (typeof stop === 'string') {
      const end = this.text.indexOf(stop, from)
      this.at = end < 0 ? this.text.length : end
    } else {
      const { text } = this
      let at = from
      while (at < text.length && STOPS[text.charCodeAt(at)] !== 1) at++
      this.at = at
    }
    return this.text.slice(from, this.at)
  }

  /** The same as JSON text: a string where it is no number, true, false or null. */
  bareValue(stop: Stop): string {
    const from = this.at
    const bare = this.bare(stop)
    return this.isLiteral(from) ? bare : `"${bare}"`
  }

  /** Is what was read since `from` a literal? Told of the line itself, since a part of it would be copied to be looked at. */
  isLiteral(from: number): boolean {
    return literalEnd(this.text, from) === this.at
  }

  /** Steps over the elements of an array that are numbers, up to the sign behind them; says how many. */
  numbers(): number {
    const { text } = this
    let count = 0
    for (let at = this.at; DIGITS[text.charCodeAt(at)] === 1; ) {
      const end = literalEnd(text, at)
      const sign = text.charCodeAt(end)
      if (sign !== COMMA && sign !== BRACKET_END) break
      count++
      this.at = end
      if (sign === BRACKET_END) break
      at = end + 1
    }
    return count
  }

  /** May anything but a bare value begin here? */
  isMark(): boolean {
    const unit = this.text.charCodeAt(this.at)
    const mark = MARKS[unit]
    if (mark === 1) return true
    if (mark !== 2) return false
    const next = this.text.charCodeAt(this.at + 1)
    return OPENS[next] === 1 || OPENS[this.text.charCodeAt(this.at + (unit === 0x6a ? 4 : 2))] === 1
  }

  /** Begins here what is no bare value even where all are strings: a string in quotes, a reference, a marker, the mark of an absent value? */
  isValue(): boolean {
    const first = this.text[this.at]
    if (first !== '&') return first === '"' || first === '[' || first === MISSING || this.isNested()
    return isLetter(this.text.charCodeAt(this.at + 1))
  }

  /** Steps over the reference that begins here: its one or two letters, or none where it is no reference. */
  reference(): string {
    const from = this.at + 1
    if (!isLetter(this.text.charCodeAt(from))) return ''
    this.at = isLetter(this.text.charCodeAt(from + 1)) ? from + 2 : from + 1
    return this.text.slice(from, this.at)
  }

  /** Does a string begin here that is shown as the JSON text that it holds? */
  isNested(): boolean {
    const bracket = this.text.charCodeAt(this.at + NESTED.length)
    return (bracket === 0x7b || bracket === 0x5b) && this.text.startsWith(NESTED, this.at)
  }

  /** The one or two capitals of a call, `A(`, that begins here; empty where none does. */
  call(): string {
    const { text, at } = this
    if (!isCapital(text.charCodeAt(at))) return ''
    const end = isCapital(text.charCodeAt(at + 1)) ? at + 2 : at + 1
    return OPENS[text.charCodeAt(end)] === 1 ? text.slice(at, end) : ''
  }

  expect(sign: string): void {
    if (!this.next(sign)) throw new RangeError(`${sign} is missing`)
  }

  /** Steps over `sign` if it stands here. */
  next(sign: string): boolean {
    if (this.text.charCodeAt(this.at) !== sign.charCodeAt(0)) return false
    this.at++
    return true
  }

  /** The text of the value that begins here, unread. */
  skipped(stop: Stop): string {
    const from = this.at
    OPENING.lastIndex = from
    if (!OPENING.test(this.text)) return this.text[from] === '"' ? this.quoted() : this.bare(stop)
    let depth = 0
    do {
      const sign = this.text[this.at]
      if (sign === undefined) throw new RangeError('a bracket is missing')
      if (sign === '"') this.quoted()
      else this.at++
      if ('([{'.includes(sign)) depth++
      else if (')]}'.includes(sign)) depth--
    } while (depth > 0 || this.at < OPENING.lastIndex)
    return this.text.slice(from, this.at)
  }

  /** A column's name as it stands; its parts, names as JSON strings and elements as `[0]`, go to `path`. */
  name(path: string[] = [], sign = ''): string {
    const from = this.at
    for (;;) {
      if (this.text[this.at] === '"') path.push(this.quoted())
      else {
        const start = this.at
        while (this.at < this.text.length && !'.=:#{['.includes(this.text[this.at]!) && this.text[this.at] !== sign)
          this.at++
        path.push(`"${this.text.slice(start, this.at)}"`)
      }
      for (ELEMENT.lastIndex = this.at; ELEMENT.test(this.text); ELEMENT.lastIndex = this.at) {
        path.push(this.text.slice(this.at, ELEMENT.lastIndex))
        this.at = ELEMENT.lastIndex
      }
      if (!this.next('.')) return this.text.slice(from, this.at)
    }
  }
}

const isCapital = (unit: number): boolean => unit >= 0x41 && unit <= 0x5a
const isLetter = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a

/** 1: what no bare value begins with, or few do; 2: what begins a call or `json{`, if a bracket follows. */
const MARKS = new Uint8Array(128)
for (const char of '"[{&@~') MARKS[char.charCodeAt(0)] = 1
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZj') MARKS[char.charCodeAt(0)] = 2
/** What numbers begin with. */
const DIGITS = new Uint8Array(128)
for (const char of '-0123456789') DIGITS[char.charCodeAt(0)] = 1
const COMMA = 0x2c
const BRACKET_END = 0x5d
const OPENS = new Uint8Array(128)
for (const char of '([{') OPENS[char.charCodeAt(0)] = 1
const ELEMENT = /\[\d\]/y
/** What FLOW is made of. */
const STOPS = new Uint8Array(128)
for (const char of ',;()[]{}"\n') STOPS[char.charCodeAt(0)] = 1
/** What opens a value that may hold cell signs. */
const OPENING = /[A-Z]{1,2}[([{]|(?:json)?[[{]/y
