import { markerAt } from '../../ccr/marker.ts'
import type { Selector } from '../../ccr/select.ts'
import type { Cursor } from './cursor.ts'
import { gapSize, lineMarker } from './gaps.ts'
import { escapeNested, NESTED } from './nested.ts'
import { FLOW, MISSING, type Stop } from './notation.ts'
import { Known, Reading } from './reading.ts'
import { MINIFIED } from './render.ts'
import type { Row } from './row.ts'
import { Rows, type Values } from './rows.ts'
import { type Sections, SHAPE, sectionsOf, TABLE } from './sections.ts'
import { Sheet } from './sheet.ts'
import { Style } from './style.ts'
import { readHead, type Table } from './table-head.ts'

/** How the text of a body is put together. */
export interface Form {
  /** NDJSON: the elements of the outermost array as lines. */
  readonly lines: boolean
  /** Undefined where the layout asks for more than levels: then minified text is what comes out. */
  readonly style: Style | undefined
  /** What stands between lines and before each of them. */
  readonly newline: string
  readonly before: string
}

/** The JSON text that a body in the notation of notation.ts stands for. Throws a RangeError on any other. */
export function decode(body: string, form: Form, gap: (where: Selector) => string): Decoded {
  const decoder = new Decoder(body.split('\n'), form, gap)
  return { text: decoder.text(), gaps: decoder.gaps }
}

/** Where the text is minified, `NUL index NUL` stands where a gap's text goes. */
export interface Decoded {
  readonly text: string
  readonly gaps: readonly string[]
}

/** The lines of a table. */
interface Lines {
  readonly first: number
  /** Rows, those of gaps included. */
  readonly count: number
  readonly open: string
  /** It has no lines: all that its rows hold follows from their places. */
  readonly implied: boolean
  /** Its own head, where all rows are of one shape. */
  readonly own: Table | undefined
}

const DEEPEST = 3000

class Decoder implements Values {
  readonly #lines: readonly string[]
  readonly #sections: Sections
  readonly #shapes = new Map<string, Table>()
  readonly #form: Form
  readonly #reading: Reading
  readonly #in: Cursor
  readonly #rows: Rows
  #depth = 0
  readonly gaps: string[] = []
  readonly #gap: (where: Selector) => string
  readonly #entries = new Map<string, string>()
  /** Inside strings that hold JSON. */
  readonly #knownCompact = new Known()

  constructor(lines: readonly string[], form: Form, gap: (where: Selector) => string) {
    this.#lines = lines
    this.#sections = sectionsOf(lines)
    this.#form = form
    this.#reading = new Reading(form.style ?? COMPACT)
    this.#in = this.#reading.in
    this.#rows = new Rows(this.#reading, this)
    this.#gap = gap
  }

  text(): string {
    const { skeleton, implicit } = this.#sections
    const { lines, newline, before } = this.#form
    this.#in.begin(implicit ? '@1' : skeleton, 0)
    const text = lines ? this.#rootRows(before, newline) : this.value(FLOW, 0)
    if (this.#in.at < this.#in.text.length) throw new RangeError('the skeleton has more than one value')
    return text
  }

  /** The elements of the skeleton's one array, as lines. */
  #rootRows(before: string, newline: string): string {
    if (this.#in.text.startsWith('@')) {
      this.#in.at = this.#in.text.length
      return this.#tableRows(this.#tableAt(this.#in.text.slice(1)), before, newline)
    }
    const shape = CALL.exec(this.#in.text)
    if (!shape) return this.#elements(before, newline + before).join(newline)
    this.#in.at = shape[0].length
    const rows = this.#inlineRows(this.#shape(shape[1]!), ']')
    return rows.map(row => before + row).join(newline)
  }

  /** One value of the notation as JSON text; `place` is its place among its siblings. */
  value(stop: Stop, place: number): string {
    if (++this.#depth > DEEPEST) throw new RangeError('too deep')
    const value = this.#anyValue(stop, place)
    this.#depth--
    return value
  }

  #anyValue(stop: Stop, place: number): string {
    if (!this.#in.isMark()) return this.#in.bareValue(stop)
    const first = this.#in.text[this.#in.at]
    if (first === '"') return this.#in.quoted()
    if (first === '{') return this.#members()
    if (first === '[') return this.#markerOrArray()
    if (this.#in.isNested()) return this.#nested()
    if (first === '&') {
      const id = this.#in.reference()
      return id === '' ? this.#in.bareValue(stop) : this.#reference(id, stop)
    }
    if (first === '@') {
      TABLE_AT.lastIndex = this.#in.at
      const table = TABLE_AT.exec(this.#in.text)
      if (!table) return this.#in.bareValue(stop)
      this.#in.at = TABLE_AT.lastIndex
      return this.#table(table[1]!)
    }
    const letter = this.#in.call()
    return letter === '' ? this.#in.bareValue(stop) : this.#call(letter, place)
  }

  #markerOrArray(): string {
    const marker = markerAt(this.#in.text, this.#in.at)
    if (!marker) {
      const { style, level } = this.#reading
      return style.list(this.#elements('', style.next(level, false)), level, false)
    }
    this.#in.at = marker.end
    return this.missing(marker.where)
  }

  /** A string that is JSON text. */
  #nested(): string {
    this.#in.at += NESTED.length
    const style = this.#reading.style
    const known = this.#reading.known
    this.#reading.style = COMPACT
    this.#reading.known = this.#knownCompact
    const text = `"${escapeNested(this.value(FLOW, -1))}"`
    this.#reading.style = style
    this.#reading.known = known
    return text
  }

  /** A value of the document's dictionary, or a string that begins with it. */
  #reference(id: string, stop: Stop): string {
    const rest = this.#in.bare(stop)
    const value = this.valueOf(this.#entry(id), '\n')!
    return rest === '' ? value : `${value.slice(0, -1)}${rest}"`
  }

  #entry(id: string): string {
    const known = this.#entries.get(id)
    if (known !== undefined) return known
    const line = this.#sections.refs.get(id)
    if (line === undefined) throw new RangeError(`no entry &${id}`)
    const text = this.#lines[line]!.slice(id.length + 2)
    this.#entries.set(id, text)
    return text
  }

  /** The gap's text, which is not to be read, or what stands for it. */
  missing(where: Selector): string {
    const found = this.#gap(where)
    // The line end behind the marker of whole lines is their last one.
    const text = where.kind === 'lines' ? found.replace(/\r?\n$/, '') : found
    return this.#form.style ? text : `\0${this.gaps.push(text) - 1}\0`
  }

  /** A value one step further down. A throw ends all, so that the steps need no care. */
  #valueBelow(step: string | number, place: number): string {
    this.#reading.steps.push(step)
    this.#reading.level++
    const value = this.value(FLOW, place)
    this.#reading.level--
    this.#reading.steps.pop()
    return value
  }

  #members(): string {
    this.#in.expect('{')
    const { colon } = this.#reading.style
    const members: string[] = []
    while (!this.#in.next('}')) {
      if (members.length > 0) this.#in.expect(',')
      const name = this.#in.text[this.#in.at] === '"' ? this.#in.quoted() : `"${this.#in.bare(':')}"`
      this.#in.expect(':')
      members.push(name + colon + this.#valueBelow(name, -1))
    }
    return this.#reading.style.list(members, this.#reading.level, true)
  }

  /** Elements, each with what stands `before` it; numbers side by side are one text, with what stands `between` elements in it. */
  #elements(before: string, between: string): string[] {
    this.#in.expect('[')
    const elements: string[] = []
    let place = 0
    while (!this.#in.next(']')) {
      if (elements.length > 0) this.#in.expect(',')
      const { text, at } = this.#in
      const numbers = this.#in.numbers()
      if (numbers > 0) {
        const run = text.slice(at, this.#in.at)
        elements.push(before + (between === ',' ? run : run.split(',').join(between)))
        place += numbers
        continue
      }
      const size = gapSize(markerAt(this.#in.text, this.#in.at))
      const value = this.#valueBelow(place, place)
      elements.push(size === undefined ? before + value : value)
      place += size ?? 1
    }
    return elements
  }

  #shape(letter: string): Table {
    const known = this.#shapes.get(letter)
    if (known) return known
    const line = this.#sections.shapes.get(letter)
    if (line === undefined) throw new RangeError(`no shape ${letter}`)
    this.#sections.shapes.delete(letter)
    const shape = readHead(this.#lines[line]!, letter.length)
    this.#shapes.set(letter, shape)
    return shape
  }

  #call(letter: string, place: number): string {
    const shape = this.#shape(letter)
    this.#in.at += letter.length + 1
    const open = this.#in.text[this.#in.at - 1]!
    if (open !== '(')
      return this.#reading.style.list(
        this.#inlineRows(shape, open === '[' ? ']' : '}'),
        this.#reading.level,
        open === '{',
      )
    const row = this.#rows.read(shape, FLOW, place)
    this.#in.expect(')')
    return row
  }

  #inlineRows(shape: Table, close: string): string[] {
    const rows: string[] = []
    this.#reading.level++
    do {
      this.#reading.steps.push(shape.keyed ? '' : rows.length)
      rows.push(this.#rows.read(shape, FLOW, rows.length))
      this.#reading.steps.pop()
    } while (this.#in.next(';'))
    this.#reading.level--
    this.#in.expect(close)
    return rows
  }

  #table(id: string): string {
    const { style, level } = this.#reading
    const lines = this.#tableAt(id)
    const object = lines.open === '{'
    const rows = this.#tableRows(lines, '', style.next(level, object))
    return lines.count === 0 ? style.list([], level, object) : style.around(rows, level, object)
  }

  #tableAt(id: string): Lines {
    const line = this.#sections.tables.get(id)
    if (line === undefined) throw new RangeError(`no table ${id}`)
    const head = this.#lines[line]!
    const [whole, , open, count, implied] = TABLE.exec(head)!
    const own = whole.length < head.length ? readHead(head, whole.length) : undefined
    return { first: line + 1, count: Number(count), open: open!, implied: implied !== '', own }
  }

  /** The rows, each with what stands `before` it. */
  #tableRows({ first, count, open, implied, own }: Lines, before: string, between: string): string {
    const { text, at } = this.#in
    const sheet = new Sheet()
    const above = new Map<Table, Row>()
    this.#reading.level++
    for (let i = 0, next = first; i < count; next++) {
      this.#in.begin(implied ? '' : this.#lines[next]!, 0)
      const marker = lineMarker(this.#in.text)
      if (marker) above.clear()
      if (next > first) sheet.add(between)
      this.#reading.steps.push((own?.keyed ?? open === '{') ? '' : i)
      if (marker) sheet.add(this.missing(marker.where))
      else {
        if (before !== '') sheet.add(before)
        this.#line(own, i, sheet, above)
      }
      this.#reading.steps.pop()
      i += gapSize(marker) ?? 1
    }
    this.#reading.level--
    this.#in.begin(text, at)
    return sheet.taken()
  }

  #line(own: Table | undefined, place: number, sheet: Sheet, above: Map<Table, Row>): void {
    const { text } = this.#in
    const letter = own ? undefined : SHAPE.exec(text)?.[1]
    if (!own && text.startsWith('!')) sheet.add(text.slice(1))
    else if (!own && letter === undefined) {
      sheet.add(this.value('\n', place))
      if (this.#in.at < text.length) throw new RangeError('a row has more than one value')
    } else {
      const shape = own ?? this.#shape(letter!)
      if (letter !== undefined) this.#in.at = letter.length + 1
      this.#rows.write(shape, shape.sign, place, sheet, above)
      if (this.#in.at < text.length) throw new RangeError('a row has more cells than columns')
    }
  }

  /** What a text of a head stands for. It is worked out when it is needed, since it may need the shape whose head this is. */
  valueOf(text: string, stop: Stop): string | undefined {
    if (text === MISSING) return undefined
    return (this.#reading.known.valuesOf(text, stop)[this.#reading.level] ??= this.#read(text, stop))
  }

  #read(text: string, stop: Stop): string {
    const keep: [string, number] = [this.#in.text, this.#in.at]
    this.#in.begin(text, 0)
    const value = this.value(stop, -1)
    this.#in.begin(...keep)
    return value
  }
}

/** Of strings that hold JSON, and of text that is laid out later. */
const COMPACT = new Style(MINIFIED)
const CALL = /^([A-Z]{1,2})\[/
const TABLE_AT = /@(\d{1,9})/y
