import { markerAt } from '../../ccr/marker.ts'
import type { Selector } from '../../ccr/select.ts'
import { DEFAULT_BY, type Features, parseFeatures } from './features.ts'
import { Known } from './known.ts'
import { codeLength, filledCode, parseTemplate, rangeAt, unescapeCell } from './notation.ts'
import { escapePercent } from './percent.ts'

/**
 * The text that a body of this filter stands for; see notation.ts. `gap` gives the lines of a marker. Throws a RangeError on a
 * body that this filter did not write. Linear in what comes out.
 */
export function decode(body: string, gap: (where: Selector) => string, note: string): string {
  return new Reader(body, parseFeatures(note)).read(gap)
}

type Gap = (where: Selector) => string

/** Lines that one row may stand for: above what any block holds. */
const MOST = 1 << 23

class Reader {
  readonly #features: Features
  readonly #body: string
  /** Where its rows begin. */
  readonly #rows: number
  /** The character that parts cells. */
  readonly #by: number
  readonly #lineEnd: string
  /** By their codes as numbers. */
  readonly #templates = new Map<number, Known>()
  readonly #words = new Map<string, string>()
  readonly #patterns = new Map<string, string>()
  /** The text in pieces: one join of all of them is far less work than one for each line. */
  readonly #out: string[] = []
  /** Where lines begin among the pieces: what a repeat needs to know. */
  readonly #lines: number[] = []
  /** How times begin, and the last time. */
  #prefix = ''
  #time = ''
  /** The last row was a marker: what it stood for has its line ends. */
  #inGap = false
  #isFirst = true

  constructor(body: string, features: Features) {
    const { by = DEFAULT_BY, crlf, keys } = features
    this.#features = features
    this.#body = body
    this.#by = by.charCodeAt(0)
    this.#lineEnd = crlf ? '\r\n' : '\n'
    this.#rows = keys ? this.#readKeys() : 0
  }

  read(gap: Gap): string {
    const body = this.#body
    for (let from = this.#rows; from <= body.length; ) {
      const lineEnd = body.indexOf('\n', from)
      const to = lineEnd < 0 ? body.length : lineEnd
      this.#readRow(from, to, gap)
      from = to + 1
    }
    const text = this.#out.join('')
    return this.#features.percent ? escapePercent(text) : text
  }

  /** Up to the empty line; answers where the rows begin. */
  #readKeys(): number {
    const end = this.#body.startsWith('\n') ? 0 : this.#body.indexOf('\n\n')
    if (end < 0) throw new RangeError('the keys do not end')
    const keys = end > 0 ? this.#body.slice(0, end).split('\n') : []
    let code = ''
    let text = ''
    const close = () => {
      if (code) this.#templates.set(numberOf(code, 0, code.length), new Known(parseTemplate(text), this.#lineEnd))
      code = ''
    }
    for (const key of keys) {
      if (key.startsWith(' ')) {
        text += `\n${key.slice(1)}`
        continue
      }
      close()
      const at = key.indexOf('=')
      if (at < 1) throw new RangeError('a key without a value')
      if (key.charCodeAt(0) >= 97 && key[at - 1] === '*') this.#patterns.set(key.slice(0, at - 1), key.slice(at + 1))
      else if (key.charCodeAt(0) >= 97) this.#words.set(key.slice(0, at), key.slice(at + 1))
      else {
        code = key.slice(0, at)
        text = key.slice(at + 1)
      }
    }
    close()
    return end === 0 ? 1 : end + 2
  }

  #readRow(from: number, to: number, gap: Gap): void {
    const body = this.#body
    const { times, repeats } = this.#features
    const first = from < to ? body.charCodeAt(from) : 0
    const marker = first === 91 ? markerIn(body.slice(from, to)) : undefined
    if (first === 92) this.#put(body.slice(from + 1, to))
    else if (first === 64 && times) this.#prefix = body.slice(from + 1, to)
    else if (first === 94 && repeats) this.#repeat(body.slice(from, to))
    else if (marker) this.#fill(gap(marker))
    else this.#readLine(from, to, gap)
  }

  #readLine(from: number, to: number, gap: Gap): void {
    const body = this.#body
    const code = this.#templates.size ? codeLength(body, from) : 0
    const known = code > 0 && code <= LONGEST_CODE ? this.#templates.get(numberOf(body, from, from + code)) : undefined
    if (known) this.#readCoded(known, from + code, to, gap)
    else this.#put(body.slice(from, to))
  }

  /** A row behind its code. Cells are looked at where they stand: a string is only made of what stays. */
  #readCoded(known: Known, at: number, end: number, gap: Gap): void {
    const body = this.#body
    let space = at
    while (space < end && body.charCodeAt(space) !== 32) space++
    if (space > at) this.#time = this.#prefix + body.slice(at, space)
    const counters = space < end ? this.#readCells(known, space + 1, end, gap) : NONE
    known.setTime(this.#time)
    if (counters.length === 0) this.#putRow(known)
    else this.#count(known, counters)
  }

  /** The lines that a row counts through. */
  #count(known: Known, counters: readonly Counter[]): void {
    const { from, to } = counters[0]!.range
    if (to - from > MOST) throw new RangeError('a range is too long')
    for (let step = 0; step <= to - from; step++) {
      for (const { slot, range } of counters) known.set(slot, String(range.from + step).padStart(range.width, '0'))
      this.#putRow(known)
    }
  }

  /** Brings the values up to date with the cells from `at` on; the slots that count through a range are the answer. */
  #readCells(known: Known, at: number, end: number, gap: Gap): readonly Counter[] {
    const body = this.#body
    const last = known.slots - 1
    let counters = NONE
    let from = at
    for (let slot = 0; slot <= last && from <= end; slot++) {
      let to = slot === last ? end : from
      while (to < end && body.charCodeAt(to) !== this.#by) to++
      if (to > from) {
        const range = rangeAt(body, from, to)
        if (range) counters = [...counters, { slot, range }]
        else if (isPlain(body.charCodeAt(from))) known.set(slot, body.slice(from, to))
        else known.set(slot, this.#valueOf(body.slice(from, to), slot === last, gap))
      }
      from = to + 1
    }
    return counters
  }

  #valueOf(cell: string, isLast: boolean, gap: Gap): string {
    const first = cell.charCodeAt(0)
    if (first === 126) return unescapeCell(cell, isLast, String.fromCharCode(this.#by))
    const marker = first === 91 ? markerIn(cell) : undefined
    if (marker) return gap(marker)
    const word = this.#words.get(cell)
    if (word !== undefined) return word
    const pattern = this.#patterns.get(filledCode(cell))
    return pattern === undefined ? cell : pattern.replace('*', () => cell.slice(cell.indexOf('*') + 1))
  }

  /** The last lines again, each as one piece: there may be many. */
  #repeat(row: string): void {
    const found = /^\^(\d{1,8})(?: of (\d{1,4}))?$/.exec(row)
    const times = Number(found?.[1])
    const of = Number(found?.[2] ?? 1)
    if (!(times * of <= MOST) || of > this.#lines.length) throw new RangeError('nothing to repeat')
    const starts = this.#lines.slice(this.#lines.length - of)
    const block = starts.map((start, i) => this.#out.slice(start, (starts[i + 1] ?? this.#out.length + 1) - 1).join(''))
    for (let i = 0; i < times; i++) for (const line of block) this.#put(line)
  }

  #fill(missing: string): void {
    this.#put(missing.endsWith('\n') ? missing.slice(0, -1) : missing)
    this.#inGap = true
  }

  #put(line: string): void {
    this.#begin()
    this.#out.push(line)
  }

  /** The line of a template, or several. */
  #putRow({ pieces }: Known): void {
    this.#begin()
    for (let i = 0; i < pieces.length; i++) {
      const piece = pieces[i]!
      this.#out.push(piece)
      if (piece === this.#lineEnd && this.#features.repeats) this.#lines.push(this.#out.length)
    }
  }

  /** What parts a line from the one above. */
  #begin(): void {
    if (this.#isFirst) this.#isFirst = false
    else this.#out.push(this.#inGap ? '\n' : this.#lineEnd)
    this.#inGap = false
    if (this.#features.repeats) this.#lines.push(this.#out.length)
  }
}

/** Where the marker points that is all of `text`. */
function markerIn(text: string): Selector | undefined {
  const marker = markerAt(text, 0)
  return marker?.end === text.length ? marker.where : undefined
}

/** Letters of a code at most. */
const LONGEST_CODE = 4

/** The letters of a code as one number. */
function numberOf(text: string, from: number, to: number): number {
  let number = 0
  for (let i = from; i < to; i++) number = number * 32 + text.charCodeAt(i) - 64
  return number
}

/** Of a cell's first character: does it stand for itself? Letters a to z may begin a code, the others a notation of their own. */
const isPlain = (first: number) => (first < 97 || first > 122) && first !== 126 && first !== 91

/** A slot that counts through a range. */
interface Counter {
  readonly slot: number
  readonly range: NonNullable<ReturnType<typeof rangeAt>>
}

const NONE: readonly Counter[] = []
