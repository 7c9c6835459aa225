import { markerAt } from '../../ccr/marker.ts'
import type { Selector } from '../../ccr/select.ts'
import { DEFAULT_BY, type Features, parseFeatures } from './features.ts'
import { again, codeLength, filledCode, parseTemplate, rangeAt, type Template, TIME, unescapeCell } from './notation.ts'
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

/** The lines of a template's last row in pieces: a row changes only those of the cells that it prints. */
class Known {
  readonly slots: number
  readonly #pieces: string[]
  /** Of each slot: its places among the pieces. */
  readonly #places: readonly number[][]
  /** Those of the time. */
  readonly #times: readonly number[]

  constructor({ parts, slots }: Template) {
    this.slots = slots
    this.#pieces = parts.map(part => (typeof part === 'string' ? part : ''))
    this.#times = parts.flatMap((part, at) => (part === TIME ? [at] : []))
    this.#places = Array.from({ length: slots }, (_, slot) =>
      parts.flatMap((part, at) => (part === slot || part === again(slot) ? [at] : [])),
    )
  }

  set(slot: number, value: string): void {
    for (const place of this.#places[slot]!) this.#pieces[place] = value
  }

  /** The line or lines at this time. */
  at(time: string): string {
    for (const place of this.#times) this.#pieces[place] = time
    return this.#pieces.join('')
  }
}

class Reader {
  readonly #features: Features
  readonly #rows: readonly string[]
  readonly #templates = new Map<string, Known>()
  readonly #words = new Map<string, string>()
  readonly #patterns = new Map<string, string>()
  readonly #out: string[] = []
  /** How times begin, and the last time. */
  #prefix = ''
  #time = ''
  /** The last row was a marker. */
  #inGap = false

  constructor(body: string, features: Features) {
    this.#features = features
    const rows = body.split('\n')
    const end = features.keys ? rows.indexOf('') : -1
    if (features.keys && end < 0) throw new RangeError('the keys do not end')
    if (end >= 0) this.#readKeys(rows.slice(0, end))
    this.#rows = end >= 0 ? rows.slice(end + 1) : rows
  }

  read(gap: Gap): string {
    for (const row of this.#rows) this.#readRow(row, gap)
    if (this.#features.crlf && !this.#inGap) this.#out.push(this.#out.pop()!.slice(0, -1))
    return this.#out.join('\n')
  }

  #readKeys(keys: readonly string[]): void {
    let code = ''
    let text = ''
    const close = () => {
      if (code) this.#templates.set(code, new Known(parseTemplate(text)))
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
  }

  #readRow(row: string, gap: Gap): void {
    const { times, repeats } = this.#features
    const first = row.charCodeAt(0)
    const marker = first === 91 ? markerAt(row, 0) : undefined
    if (first === 92) this.#put(row.slice(1))
    else if (first === 64 && times) this.#prefix = row.slice(1)
    else if (first === 94 && repeats) this.#repeat(row)
    else if (marker?.end === row.length) this.#fill(gap(marker.where))
    else this.#readLine(row, gap)
  }

  #fill(missing: string): void {
    this.#out.push(missing.endsWith('\n') ? missing.slice(0, -1) : missing)
    this.#inGap = true
  }

  #readLine(row: string, gap: Gap): void {
    const length = this.#templates.size ? codeLength(row) : 0
    const known = length ? this.#templates.get(row.slice(0, length)) : undefined
    if (known) this.#readCoded(known, row, length, gap)
    else this.#put(row)
  }

  /** A row behind its code. Cells are looked at where they stand: a string is only made of what stays. */
  #readCoded(known: Known, row: string, at: number, gap: Gap): void {
    const space = row.indexOf(' ', at)
    const end = space < 0 ? row.length : space
    if (end > at) this.#time = this.#prefix + row.slice(at, end)
    const counters = space < 0 ? NONE : this.#readCells(known, row, space + 1, gap)
    if (counters.length === 0) this.#put(known.at(this.#time))
    else this.#count(known, counters)
  }

  /** The lines that a row counts through. */
  #count(known: Known, counters: readonly Counter[]): void {
    const { from, to } = counters[0]!.range
    if (to - from > MOST) throw new RangeError('a range is too long')
    for (let step = 0; step <= to - from; step++) {
      for (const { slot, range } of counters) known.set(slot, String(range.from + step).padStart(range.width, '0'))
      this.#put(known.at(this.#time))
    }
  }

  /** Brings the values up to date with the cells from `at` on; the slots that count through a range are the answer. */
  #readCells(known: Known, row: string, at: number, gap: Gap): readonly Counter[] {
    const { by = DEFAULT_BY } = this.#features
    const last = known.slots - 1
    let counters = NONE
    let from = at
    for (let slot = 0; slot <= last && from <= row.length; slot++) {
      const parted = slot === last ? -1 : row.indexOf(by, from)
      const to = parted < 0 ? row.length : parted
      if (to > from) {
        const range = rangeAt(row, from, to)
        if (range) counters = [...counters, { slot, range }]
        else if (isPlain(row.charCodeAt(from))) known.set(slot, row.slice(from, to))
        else known.set(slot, this.#valueOf(row.slice(from, to), slot === last, gap))
      }
      from = parted < 0 ? row.length + 1 : to + by.length
    }
    return counters
  }

  #valueOf(cell: string, isLast: boolean, gap: Gap): string {
    const first = cell.charCodeAt(0)
    if (first === 126) return unescapeCell(cell, isLast, this.#features.by ?? DEFAULT_BY)
    const marker = first === 91 ? markerAt(cell, 0) : undefined
    if (marker?.end === cell.length) return gap(marker.where)
    const word = this.#words.get(cell)
    if (word !== undefined) return word
    const pattern = this.#patterns.get(filledCode(cell))
    return pattern === undefined ? cell : pattern.replace('*', () => cell.slice(cell.indexOf('*') + 1))
  }

  #repeat(row: string): void {
    const found = /^\^(\d{1,8})(?: of (\d{1,4}))?$/.exec(row)
    const times = Number(found?.[1])
    const of = Number(found?.[2] ?? 1)
    if (!(times * of <= MOST) || of > this.#out.length) throw new RangeError('nothing to repeat')
    const block = this.#out.slice(-of)
    for (let i = 0; i < times; i++) this.#out.push(...block)
  }

  /** A line of the text, or several: as the note says, in the original's letters and line ends. */
  #put(line: string): void {
    const { percent, crlf } = this.#features
    const text = percent ? escapePercent(line) : line
    this.#inGap = false
    if (!text.includes('\n')) this.#out.push(crlf ? `${text}\r` : text)
    else for (const one of text.split('\n')) this.#out.push(crlf ? `${one}\r` : one)
  }
}

/** Of a cell's first character: does it stand for itself? Letters a to z may begin a code, the others a notation of their own. */
const isPlain = (first: number) => (first < 97 || first > 122) && first !== 126 && first !== 91

/** A slot that counts through a range. */
interface Counter {
  readonly slot: number
  readonly range: NonNullable<ReturnType<typeof rangeAt>>
}

const NONE: readonly Counter[] = []
