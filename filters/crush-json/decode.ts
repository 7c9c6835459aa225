import { markerAt } from '../../ccr/marker.ts'
import { path as pathSelector, type Selector } from '../../ccr/select.ts'
import { Cursor } from './cursor.ts'
import { gapSize, lineMarker, memberStep } from './gaps.ts'
import { escapeNested, NESTED } from './nested.ts'
import { DITTO, FLOW, MISSING, type Stop } from './notation.ts'
import { isLiteral } from './parse.ts'
import { partText, rowJson } from './row.ts'
import { type Sections, SHAPE, sectionsOf, TABLE } from './sections.ts'
import { type Rule, readHead, type Table } from './table-head.ts'

/** The minified JSON text (or its lines, joined) that a body in the notation of notation.ts stands for. Throws a RangeError on any other. */
export function decode(body: string, lines: boolean, gap: (where: Selector) => string): Decoded {
  const decoder = new Decoder(body.split('\n'), gap)
  return { text: decoder.text(lines), gaps: decoder.gaps }
}

/** Minified text; `NUL index NUL` stands where a gap's text goes. */
export interface Decoded {
  readonly text: string
  readonly gaps: readonly string[]
}

/** A row's cells: their values as JSON text (undefined: absent), and their own texts where a template left some. */
interface Row {
  readonly values: (string | undefined)[]
  readonly own: (string | undefined)[]
}

const DEEPEST = 3000

class Decoder {
  readonly #lines: readonly string[]
  readonly #sections: Sections
  readonly #shapes = new Map<string, Table>()
  /** The line that is read, and the place in it. */
  readonly #in = new Cursor()
  #depth = 0
  readonly gaps: string[] = []
  readonly #gap: (where: Selector) => string
  readonly #constants = new Map<Rule, string>()
  /** The selector's steps that lead to the value that is read. */
  readonly #steps: string[] = []

  constructor(lines: readonly string[], gap: (where: Selector) => string) {
    this.#lines = lines
    this.#sections = sectionsOf(lines)
    this.#gap = gap
  }

  text(rows: boolean): string {
    const { skeleton, implicit } = this.#sections
    this.#in.begin(implicit ? '@1' : skeleton, 0)
    const elements = rows ? this.#rootRows() : undefined
    const text = elements ? elements.join('\n') : this.#value(FLOW, 0)
    if (this.#in.at < this.#in.text.length) throw new RangeError('the skeleton has more than one value')
    return text
  }

  /** The elements of the skeleton's one array, as lines. */
  #rootRows(): string[] {
    if (this.#in.text.startsWith('@')) {
      this.#in.at = this.#in.text.length
      return this.#tableRows(this.#in.text.slice(1)).rows
    }
    const shape = CALL.exec(this.#in.text)
    if (shape) {
      this.#in.at = shape[0].length
      return this.#inlineRows(this.#shape(shape[1]!), ']')
    }
    return this.#elements()
  }

  /** One value of the notation as JSON text; `place` is its place among its siblings. */
  #value(stop: Stop, place: number): string {
    if (++this.#depth > DEEPEST) throw new RangeError('too deep')
    const value = this.#anyValue(stop, place)
    this.#depth--
    return value
  }

  #anyValue(stop: Stop, place: number): string {
    const first = this.#in.text[this.#in.at]
    const marker = first === '[' ? markerAt(this.#in.text, this.#in.at) : undefined
    if (marker) {
      this.#in.at = marker.end
      return this.#missing(marker.where)
    }
    if (first === '"') return this.#in.quoted()
    if (first === '{') return this.#members()
    if (this.#in.isNested()) return this.#nested()
    if (first === '[') return `[${this.#elements().join(',')}]`
    CALL_AT.lastIndex = TABLE_AT.lastIndex = REF_AT.lastIndex = this.#in.at
    const call = CALL_AT.exec(this.#in.text)
    if (call) return this.#call(call[1]!, call[2]!, place)
    const table = TABLE_AT.exec(this.#in.text)
    if (table) {
      this.#in.at += table[0].length
      return this.#table(table[1]!)
    }
    const ref = REF_AT.exec(this.#in.text)
    if (ref) return this.#reference(ref[1]!, stop)
    const bare = this.#in.bare(stop)
    return isLiteral(bare) ? bare : `"${bare}"`
  }

  /** A string that is JSON text. */
  #nested(): string {
    this.#in.at += NESTED.length
    return `"${escapeNested(this.#value(FLOW, -1))}"`
  }

  /** A value of the document's dictionary, or a string that begins with it. */
  #reference(id: string, stop: Stop): string {
    const line = this.#sections.refs.get(id)
    if (line === undefined) throw new RangeError(`no entry &${id}`)
    this.#in.at += id.length + 1
    const rest = this.#in.bare(stop)
    const value = this.#valueOf(this.#lines[line]!.slice(id.length + 2), '\n')!
    return rest === '' ? value : `${value.slice(0, -1)}${rest}"`
  }

  /** What stands in the text for the gap's text, which is not to be read. */
  #missing(where: Selector): string {
    const text = this.#gap(where)
    // The line end behind the marker of whole lines is their last one.
    this.gaps.push(where.kind === 'lines' ? text.replace(/\r?\n$/, '') : text)
    return `\0${this.gaps.length - 1}\0`
  }

  #here(): Selector {
    return pathSelector(`$${this.#steps.join('')}`)
  }

  /** A value one step further down. A throw ends all, so that the steps need no care. */
  #valueBelow(step: string, place: number): string {
    this.#steps.push(step)
    const value = this.#value(FLOW, place)
    this.#steps.pop()
    return value
  }

  #members(): string {
    this.#in.expect('{')
    const members: string[] = []
    while (!this.#in.next('}')) {
      if (members.length > 0) this.#in.expect(',')
      const name = this.#in.text[this.#in.at] === '"' ? this.#in.quoted() : `"${this.#in.bare(':')}"`
      this.#in.expect(':')
      members.push(`${name}:${this.#valueBelow(memberStep(name), -1)}`)
    }
    return `{${members.join(',')}}`
  }

  #elements(): string[] {
    this.#in.expect('[')
    const elements: string[] = []
    let place = 0
    while (!this.#in.next(']')) {
      if (elements.length > 0) this.#in.expect(',')
      const size = gapSize(markerAt(this.#in.text, this.#in.at))
      elements.push(this.#valueBelow(`[${place}]`, place))
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

  #call(letter: string, open: string, place: number): string {
    const shape = this.#shape(letter)
    this.#in.at += letter.length + 1
    if (open === '[') return `[${this.#inlineRows(shape, ']').join(',')}]`
    if (open === '{') return `{${this.#inlineRows(shape, '}').join(',')}}`
    const row = rowJson(shape, this.#cells(shape, FLOW, place).values)
    this.#in.expect(')')
    return row
  }

  #inlineRows(shape: Table, close: string): string[] {
    const rows: string[] = []
    do {
      this.#steps.push(shape.keyed ? '' : `[${rows.length}]`)
      rows.push(rowJson(shape, this.#cells(shape, FLOW, rows.length).values))
      this.#steps.pop()
    } while (this.#in.next(';'))
    this.#in.expect(close)
    return rows
  }

  #table(id: string): string {
    const { rows, open } = this.#tableRows(id)
    return open === '[' ? `[${rows.join(',')}]` : `{${rows.join(',')}}`
  }

  #tableRows(id: string): { rows: string[]; open: string } {
    const line = this.#sections.tables.get(id)
    if (line === undefined) throw new RangeError(`no table ${id}`)
    const [text, at] = [this.#in.text, this.#in.at]
    const head = this.#lines[line]!
    const [whole, , open, count, implied] = TABLE.exec(head)!
    const own = whole.length < head.length ? readHead(head, whole.length) : undefined
    const rows: string[] = []
    const above = new Map<Table, (string | undefined)[]>()
    for (let i = 0, next = line + 1; i < Number(count); next++) {
      this.#in.begin(implied ? '' : this.#lines[next]!, 0)
      const marker = lineMarker(this.#in.text)
      const place = i
      if (marker) above.clear()
      this.#steps.push((own?.keyed ?? open === '{') ? '' : `[${place}]`)
      rows.push(marker ? this.#missing(marker.where) : this.#line(own, place, above))
      this.#steps.pop()
      i += gapSize(marker) ?? 1
    }
    this.#in.begin(text, at)
    return { rows, open: open! }
  }

  #line(own: Table | undefined, place: number, above: Map<Table, (string | undefined)[]>): string {
    const letter = own ? undefined : SHAPE.exec(this.#in.text)?.[1]
    if (!own && this.#in.text.startsWith('!')) return this.#in.text.slice(1)
    if (!own && letter === undefined) {
      const value = this.#value('\n', place)
      if (this.#in.at < this.#in.text.length) throw new RangeError('a row has more than one value')
      return value
    }
    const shape = own ?? this.#shape(letter!)
    if (letter !== undefined) this.#in.at = letter.length + 1
    const row = this.#cells(shape, shape.sign, place, above.get(shape))
    above.set(shape, row.values)
    if (this.#in.at < this.#in.text.length) throw new RangeError('a row has more cells than columns')
    return rowJson(shape, row.values)
  }

  /** Reads a row's cells and the rules that it breaks, then works out what follows from them. */
  #cells(shape: Table, stop: Stop, place: number, above?: readonly (string | undefined)[]): Row {
    const sign = typeof stop === 'string' ? stop : ','
    const values: (string | undefined)[] = new Array(shape.columns.length)
    const own: (string | undefined)[] = new Array(shape.columns.length)
    const set: boolean[] = new Array(shape.columns.length)
    let first = true
    const depth = this.#steps.push('', '') - 1
    for (const i of shape.cells) {
      const { rule, step } = shape.columns[i]!
      if (!first) this.#in.expect(sign)
      first = false
      this.#steps[depth] = step
      set[i] = this.#cell(rule, i, stop, values, own, above)
      if (shape.keyed && i === 0) this.#steps[depth - 1] = memberStep(this.#rowName(shape, values, own, place))
    }
    while (this.#in.at < this.#in.text.length && (first || this.#in.text[this.#in.at] === sign) && !this.#atEnd(stop)) {
      if (!first) this.#in.expect(sign)
      first = false
      const i = shape.names.get(this.#in.name())
      if (i === undefined) throw new RangeError('a rule of no column is broken')
      this.#in.expect('=')
      this.#steps[depth] = shape.columns[i]!.step
      values[i] = this.#cellValue(stop)
      set[i] = true
    }
    this.#derive(shape, place, values, own, set)
    this.#steps.length = depth - 1
    return { values, own }
  }

  /** The name of a map's row, which stands in its first cell; its template can name no other column. */
  #rowName(shape: Table, values: (string | undefined)[], own: (string | undefined)[], place: number): string {
    const { rule } = shape.columns[0]!
    if (values[0] !== undefined || rule.kind !== 'template') return values[0]!
    return `"${rule.parts.map(part => partText(part, place, own[0], values, own)).join('')}"`
  }

  #atEnd(stop: Stop): boolean {
    return typeof stop !== 'string' && ')];}'.includes(this.#in.text[this.#in.at]!)
  }

  /** True where the cell gives the whole value. */
  #cell(
    rule: Rule,
    i: number,
    stop: Stop,
    values: (string | undefined)[],
    own: (string | undefined)[],
    above: readonly (string | undefined)[] | undefined,
  ): boolean {
    if (rule.kind === 'plain') {
      values[i] = this.#isDitto(stop, above) ? above![i] : this.#plain(stop, rule.typed)
      return true
    }
    if (this.#in.next('=')) {
      values[i] = this.#cellValue(stop)
      return true
    }
    const text = this.#in.bare(stop)
    if (text === MISSING) return true
    if (rule.kind === 'letters') {
      const meant = rule.texts.get(text)
      if (meant === undefined) throw new RangeError(`no letter ${text}`)
      values[i] = this.#valueOf(meant, FLOW)
      return true
    }
    own[i] = text
    return false
  }

  #isDitto(stop: Stop, above: readonly (string | undefined)[] | undefined): boolean {
    if (!above || typeof stop !== 'string' || this.#in.text[this.#in.at] !== DITTO) return false
    const next = this.#in.text[this.#in.at + 1]
    if (next !== undefined && next !== stop) return false
    this.#in.at++
    return true
  }

  #plain(stop: Stop, typed: boolean): string | undefined {
    const next = this.#in.text[this.#in.at]
    REF_AT.lastIndex = this.#in.at
    if (!typed || next === '"' || next === '[' || next === MISSING || REF_AT.test(this.#in.text) || this.#in.isNested())
      return this.#cellValue(stop, typed)
    return `"${this.#in.bare(stop)}"`
  }

  /** A value or the mark of an absent one. */
  #cellValue(stop: Stop, typed = false): string | undefined {
    if (this.#in.text[this.#in.at] === MISSING) {
      const from = this.#in.at
      const bare = this.#in.bare(stop)
      if (bare === MISSING) return undefined
      this.#in.at = from
      if (typed) return `"${this.#in.bare(stop)}"`
    }
    return this.#value(stop, -1)
  }

  /** What a text of a head stands for. It is worked out when it is needed, since it may need the shape whose head this is. */
  #valueOf(text: string, stop: Stop): string | undefined {
    if (text === MISSING) return undefined
    const keep: [string, number] = [this.#in.text, this.#in.at]
    this.#in.begin(text, 0)
    const value = this.#value(stop, -1)
    this.#in.begin(...keep)
    return value
  }

  #derive(
    { columns, rules, templates }: Table,
    place: number,
    values: (string | undefined)[],
    own: (string | undefined)[],
    set: readonly boolean[],
  ): void {
    for (const at of rules) {
      if (set[at]) continue
      const { rule, step } = columns[at]!
      this.#steps[this.#steps.length - 1] = step
      values[at] = rule.kind === 'constant' ? this.#constant(rule) : this.#missing(this.#here())
    }
    for (const at of templates) {
      const { rule } = columns[at]!
      if (rule.kind !== 'template' || set[at]) continue
      let text = ''
      for (const part of rule.parts) text += partText(part, place, own[at], values, own)
      values[at] = rule.number ? text : `"${text}"`
    }
  }

  /** A constant's value, worked out once unless it holds gaps, which are of their own in each row. */
  #constant(rule: Rule & { kind: 'constant' }): string | undefined {
    const known = this.#constants.get(rule)
    if (known !== undefined) return known
    const gaps = this.gaps.length
    const value = this.#valueOf(rule.text, rule.stop)
    if (value !== undefined && this.gaps.length === gaps) this.#constants.set(rule, value)
    return value
  }
}

const REF_AT = /&([a-z]{1,2})/y
const CALL = /^([A-Z]{1,2})\[/
const CALL_AT = /([A-Z]{1,2})([([{])/y
const TABLE_AT = /@(\d{1,9})/y
