import { type Marker, markerAt } from '../../ccr/marker.ts'
import { memberPath, path as pathSelector, type Selector, stepsOf } from '../../ccr/select.ts'
import { parseTemplate } from './head.ts'
import { DITTO, FLOW, MISSING, type Stop } from './notation.ts'
import { isLiteral } from './parse.ts'
import { numberAt, type Part } from './templates.ts'

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

interface Column {
  readonly name: string
  readonly path: readonly string[]
  /** The path as a selector's steps. */
  readonly step: string
  readonly what: 'member' | 'name' | 'value' | 'element'
  readonly rule: Rule
}

type Rule =
  | { readonly kind: 'plain'; readonly typed: boolean }
  | { readonly kind: 'gap' }
  | { readonly kind: 'constant'; readonly text: string; readonly stop: Stop }
  | { readonly kind: 'template'; readonly parts: readonly Part[]; readonly number: boolean; readonly hasHole: boolean }
  | { readonly kind: 'letters'; readonly texts: ReadonlyMap<string, string> }

interface Table {
  readonly sign: string
  readonly columns: readonly Column[]
  readonly names: ReadonlyMap<string, number>
  readonly keyed: boolean
}

/** A row's cells: their values as JSON text (undefined: absent), and their own texts where a template left some. */
interface Row {
  readonly values: (string | undefined)[]
  readonly own: (string | undefined)[]
}

const DEEPEST = 3000

class Decoder {
  readonly #lines: readonly string[]
  readonly #tables = new Map<string, number>()
  readonly #refs = new Map<string, number>()
  /** Where heads of shapes stand; they are read when they are first needed, since their constants may need others. */
  readonly #shapeLines = new Map<string, number>()
  readonly #shapes = new Map<string, Table>()
  /** The line that is read, and the place in it. */
  #text = ''
  #at = 0
  #depth = 0

  readonly gaps: string[] = []
  readonly #gap: (where: Selector) => string
  /** The selector's steps that lead to the value that is read. */
  readonly #steps: string[] = []

  constructor(lines: readonly string[], gap: (where: Selector) => string) {
    this.#lines = lines
    this.#gap = gap
  }

  text(rows: boolean): string {
    let at = 0
    for (let ref = REF.exec(this.#lines[at]!); ref; ref = REF.exec(this.#lines[++at] ?? '')) this.#refs.set(ref[1]!, at)
    for (let shape = SHAPE.exec(this.#lines[at] ?? ''); shape; shape = SHAPE.exec(this.#lines[++at] ?? ''))
      this.#shapeLines.set(shape[1]!, at)
    const skeleton = this.#lines[at] ?? ''
    const implicit = TABLE.test(skeleton)
    for (let i = implicit ? at : at + 1; i < this.#lines.length; ) {
      const found = TABLE.exec(this.#lines[i]!)
      if (!found) throw new RangeError(`line ${i + 1} is no table`)
      this.#tables.set(found[1]!, i++)
      for (let rows = found[4] ? Number(found[3]) : 0; rows < Number(found[3]); i++) {
        const line = this.#lines[i]
        if (line === undefined) throw new RangeError('a table ends too soon')
        rows += gapSize(lineMarker(line)) ?? 1
      }
    }
    this.#begin(implicit ? '@1' : skeleton, 0)
    const elements = rows ? this.#rootRows() : undefined
    const text = elements ? elements.join('\n') : this.#value(FLOW, 0)
    if (this.#at < this.#text.length) throw new RangeError('the skeleton has more than one value')
    return text
  }

  /** The elements of the skeleton's one array, as lines. */
  #rootRows(): string[] {
    if (this.#text.startsWith('@')) {
      this.#at = this.#text.length
      return this.#tableRows(this.#text.slice(1)).rows
    }
    const shape = CALL.exec(this.#text)
    if (shape) {
      this.#at = shape[0].length
      return this.#inlineRows(this.#shape(shape[1]!), ']')
    }
    return this.#elements()
  }

  #begin(text: string, at: number): void {
    this.#text = text
    this.#at = at
  }

  /** One value of the notation as JSON text; `place` is its place among its siblings. */
  #value(stop: Stop, place: number): string {
    if (++this.#depth > DEEPEST) throw new RangeError('too deep')
    const value = this.#anyValue(stop, place)
    this.#depth--
    return value
  }

  #anyValue(stop: Stop, place: number): string {
    const first = this.#text[this.#at]
    const marker = first === '[' ? markerAt(this.#text, this.#at) : undefined
    if (marker) {
      this.#at = marker.end
      return this.#missing(marker.where)
    }
    if (first === '"') return this.#quoted()
    if (first === '{') return this.#members()
    if (first === '[') return `[${this.#elements().join(',')}]`
    CALL_AT.lastIndex = TABLE_AT.lastIndex = REF_AT.lastIndex = this.#at
    const call = CALL_AT.exec(this.#text)
    if (call) return this.#call(call[1]!, call[2]!, place)
    const table = TABLE_AT.exec(this.#text)
    if (table) {
      this.#at += table[0].length
      return this.#table(table[1]!)
    }
    const ref = REF_AT.exec(this.#text)
    if (ref) return this.#reference(ref[1]!, stop)
    const bare = this.#bare(stop)
    return isLiteral(bare) ? bare : `"${bare}"`
  }

  /** A value of the document's dictionary, or a string that begins with it. */
  #reference(id: string, stop: Stop): string {
    const line = this.#refs.get(id)
    if (line === undefined) throw new RangeError(`no entry &${id}`)
    this.#at += id.length + 1
    const rest = this.#bare(stop)
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

  #below<T>(step: string, read: () => T): T {
    this.#steps.push(step)
    const value = read()
    this.#steps.pop()
    return value
  }

  #quoted(): string {
    const from = this.#at++
    for (; this.#text[this.#at] !== '"'; this.#at++) {
      if (this.#at >= this.#text.length) throw new RangeError('a string has no end')
      if (this.#text[this.#at] === '\\') this.#at++
    }
    return this.#text.slice(from, ++this.#at)
  }

  #bare(stop: Stop): string {
    const from = this.#at
    if (typeof stop === 'string') {
      const end = this.#text.indexOf(stop, from)
      this.#at = end < 0 ? this.#text.length : end
    } else {
      BARE.lastIndex = from
      BARE.test(this.#text)
      this.#at = BARE.lastIndex
    }
    return this.#text.slice(from, this.#at)
  }

  #expect(sign: string): void {
    if (this.#text[this.#at] !== sign) throw new RangeError(`${sign} is missing`)
    this.#at++
  }

  #next(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false
    this.#at++
    return true
  }

  #members(): string {
    this.#expect('{')
    const members: string[] = []
    while (!this.#next('}')) {
      if (members.length > 0) this.#expect(',')
      const name = this.#text[this.#at] === '"' ? this.#quoted() : `"${this.#bare(':')}"`
      this.#expect(':')
      members.push(`${name}:${this.#below(memberStep(name), () => this.#value(FLOW, -1))}`)
    }
    return `{${members.join(',')}}`
  }

  #elements(): string[] {
    this.#expect('[')
    const elements: string[] = []
    let place = 0
    while (!this.#next(']')) {
      if (elements.length > 0) this.#expect(',')
      const size = gapSize(markerAt(this.#text, this.#at))
      const at = place
      elements.push(this.#below(`[${at}]`, () => this.#value(FLOW, at)))
      place += size ?? 1
    }
    return elements
  }

  #shape(letter: string): Table {
    const known = this.#shapes.get(letter)
    if (known) return known
    const line = this.#shapeLines.get(letter)
    if (line === undefined) throw new RangeError(`no shape ${letter}`)
    this.#shapeLines.delete(letter)
    const shape = this.#head(this.#lines[line]!, letter.length)
    this.#shapes.set(letter, shape)
    return shape
  }

  #call(letter: string, open: string, place: number): string {
    const shape = this.#shape(letter)
    this.#at += letter.length + 1
    if (open === '[') return `[${this.#inlineRows(shape, ']').join(',')}]`
    if (open === '{') return `{${this.#inlineRows(shape, '}').join(',')}}`
    const row = this.#json(shape, this.#cells(shape, FLOW, place))
    this.#expect(')')
    return row
  }

  #inlineRows(shape: Table, close: string): string[] {
    const rows: string[] = []
    do
      rows.push(
        this.#below(shape.keyed ? '' : `[${rows.length}]`, () =>
          this.#json(shape, this.#cells(shape, FLOW, rows.length)),
        ),
      )
    while (this.#next(';'))
    this.#expect(close)
    return rows
  }

  #table(id: string): string {
    const { rows, open } = this.#tableRows(id)
    return open === '[' ? `[${rows.join(',')}]` : `{${rows.join(',')}}`
  }

  #tableRows(id: string): { rows: string[]; open: string } {
    const line = this.#tables.get(id)
    if (line === undefined) throw new RangeError(`no table ${id}`)
    const [text, at] = [this.#text, this.#at]
    const head = this.#lines[line]!
    const [whole, , open, count, implied] = TABLE.exec(head)!
    const own = whole.length < head.length ? this.#head(head, whole.length) : undefined
    const rows: string[] = []
    const above = new Map<Table, (string | undefined)[]>()
    for (let i = 0, next = line + 1; i < Number(count); next++) {
      this.#begin(implied ? '' : this.#lines[next]!, 0)
      const marker = lineMarker(this.#text)
      const place = i
      if (marker) above.clear()
      const step = (own?.keyed ?? open === '{') ? '' : `[${place}]`
      rows.push(marker ? this.#missing(marker.where) : this.#below(step, () => this.#line(own, place, above)))
      i += gapSize(marker) ?? 1
    }
    this.#begin(text, at)
    return { rows, open: open! }
  }

  #line(own: Table | undefined, place: number, above: Map<Table, (string | undefined)[]>): string {
    const letter = own ? undefined : SHAPE.exec(this.#text)?.[1]
    if (!own && this.#text.startsWith('!')) return this.#text.slice(1)
    if (!own && letter === undefined) {
      const value = this.#value('\n', place)
      if (this.#at < this.#text.length) throw new RangeError('a row has more than one value')
      return value
    }
    const shape = own ?? this.#shape(letter!)
    if (letter !== undefined) this.#at = letter.length + 1
    const row = this.#cells(shape, shape.sign, place, above.get(shape))
    above.set(shape, row.values)
    if (this.#at < this.#text.length) throw new RangeError('a row has more cells than columns')
    return this.#json(shape, row)
  }

  /** Reads a row's cells and the rules that it breaks, then works out what follows from them. */
  #cells(shape: Table, stop: Stop, place: number, above?: readonly (string | undefined)[]): Row {
    const sign = typeof stop === 'string' ? stop : ','
    const values: (string | undefined)[] = new Array(shape.columns.length)
    const own: (string | undefined)[] = new Array(shape.columns.length)
    const set = new Set<number>()
    let first = true
    this.#steps.push('')
    for (const [i, { rule, step }] of shape.columns.entries()) {
      if (rule.kind === 'gap' || rule.kind === 'constant' || (rule.kind === 'template' && !rule.hasHole)) continue
      if (!first) this.#expect(sign)
      first = false
      if (this.#below(step, () => this.#cell(rule, i, stop, values, own, above))) set.add(i)
      if (shape.keyed && i === 0)
        this.#steps[this.#steps.length - 1] = memberStep(this.#name0(shape, values, own, place))
    }
    while (this.#at < this.#text.length && (first || this.#text[this.#at] === sign) && !this.#atEnd(stop)) {
      if (!first) this.#expect(sign)
      first = false
      const i = shape.names.get(this.#name())
      if (i === undefined) throw new RangeError('a rule of no column is broken')
      this.#expect('=')
      values[i] = this.#below(shape.columns[i]!.step, () => this.#cellValue(stop))
      set.add(i)
    }
    this.#derive(shape, place, values, own, set)
    this.#steps.pop()
    return { values, own }
  }

  /** The name of a map's row, which stands in its first cell; its template can name no other column. */
  #name0(shape: Table, values: (string | undefined)[], own: (string | undefined)[], place: number): string {
    const { rule } = shape.columns[0]!
    if (values[0] !== undefined || rule.kind !== 'template') return values[0]!
    return `"${rule.parts.map(part => partText(part, place, own[0], values, own)).join('')}"`
  }

  #atEnd(stop: Stop): boolean {
    return typeof stop !== 'string' && ')];}'.includes(this.#text[this.#at]!)
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
    if (this.#next('=')) {
      values[i] = this.#cellValue(stop)
      return true
    }
    const text = this.#bare(stop)
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
    if (!above || typeof stop !== 'string' || this.#text[this.#at] !== DITTO) return false
    const next = this.#text[this.#at + 1]
    if (next !== undefined && next !== stop) return false
    this.#at++
    return true
  }

  #plain(stop: Stop, typed: boolean): string | undefined {
    const next = this.#text[this.#at]
    if (next === undefined || (typeof stop === 'string' ? next === stop : stop.test(next) && !'"[{('.includes(next)))
      return '""'
    REF_AT.lastIndex = this.#at
    if (!typed || next === '"' || next === '[' || next === MISSING || REF_AT.test(this.#text))
      return this.#cellValue(stop, typed)
    return `"${this.#bare(stop)}"`
  }

  /** A value or the mark of an absent one. */
  #cellValue(stop: Stop, typed = false): string | undefined {
    if (this.#text[this.#at] === MISSING) {
      const from = this.#at
      const bare = this.#bare(stop)
      if (bare === MISSING) return undefined
      this.#at = from
      if (typed) return `"${this.#bare(stop)}"`
    }
    return this.#value(stop, -1)
  }

  /** What a text of a head stands for. It is worked out when it is needed, since it may need the shape whose head this is. */
  #valueOf(text: string, stop: Stop): string | undefined {
    if (text === MISSING) return undefined
    const keep: [string, number] = [this.#text, this.#at]
    this.#begin(text, 0)
    const value = this.#value(stop, -1)
    this.#begin(...keep)
    return value
  }

  /** The text of the value that begins here, unread. */
  #skipped(stop: Stop): string {
    const from = this.#at
    OPENING.lastIndex = from
    if (!OPENING.test(this.#text)) return this.#text[from] === '"' ? this.#quoted() : this.#bare(stop)
    let depth = 0
    do {
      const sign = this.#text[this.#at]
      if (sign === undefined) throw new RangeError('a bracket is missing')
      if (sign === '"') this.#quoted()
      else this.#at++
      if ('([{'.includes(sign)) depth++
      else if (')]}'.includes(sign)) depth--
    } while (depth > 0 || this.#at < OPENING.lastIndex)
    return this.#text.slice(from, this.#at)
  }

  #derive(
    shape: Table,
    place: number,
    values: (string | undefined)[],
    own: (string | undefined)[],
    set: ReadonlySet<number>,
  ): void {
    for (const [i, { rule, step }] of shape.columns.entries()) {
      if (set.has(i)) continue
      if (rule.kind === 'constant') values[i] = this.#below(step, () => this.#valueOf(rule.text, rule.stop))
      else if (rule.kind === 'gap') values[i] = this.#below(step, () => this.#missing(this.#here()))
    }
    for (const [i, { rule }] of shape.columns.entries()) {
      if (rule.kind !== 'template' || set.has(i)) continue
      const text = rule.parts.map(part => partText(part, place, own[i], values, own)).join('')
      values[i] = rule.number ? text : `"${text}"`
    }
  }

  #json(shape: Table, { values }: Row): string {
    const { columns } = shape
    if (columns[0]!.what === 'value') return values[0]!
    if (columns[0]!.what === 'element') return `[${values.join(',')}]`
    let out = ''
    let open: readonly string[] = []
    let fresh = true
    let name = ''
    for (const [i, column] of columns.entries()) {
      if (column.what === 'name') {
        name = `${values[i]}:`
        continue
      }
      const path = column.path.slice(0, -1)
      let shared = 0
      while (shared < open.length && open[shared] === path[shared]) shared++
      if (shared < open.length) fresh = false
      out += '}'.repeat(open.length - shared)
      for (const part of path.slice(shared)) {
        out += `${fresh ? '' : ','}${part}:{`
        fresh = true
      }
      open = path
      if (values[i] === undefined) continue
      out += `${fresh ? '' : ','}${column.path.at(-1)}:${values[i]}`
      fresh = false
    }
    return `${name}{${out}${'}'.repeat(open.length)}}`
  }

  #head(text: string, at: number): Table {
    const keep: [string, number] = [this.#text, this.#at]
    this.#begin(text, at)
    const sign = text[this.#at++]!
    const drafts: { name: string; path: string[]; rule: string | Rule }[] = []
    // A bracket in place of the first name: the elements of arrays, which have no names.
    const tuple = this.#next('[')
    do drafts.push(this.#columnHead(sign))
    while (this.#next(sign))
    if (tuple) for (const [i, draft] of drafts.entries()) drafts[i] = { ...draft, name: String(i) }
    if (this.#at < text.length) throw new RangeError('a head has more than columns')
    const names = new Map(drafts.map(({ name }, i) => [name, i]))
    const columns = drafts.map(({ name, path, rule }): Column => {
      const what = tuple ? 'element' : name === '@' ? 'value' : name === '@key' ? 'name' : 'member'
      return {
        name,
        path,
        step: what === 'member' ? path.map(memberStep).join('') : '',
        what,
        rule: typeof rule === 'string' ? templateRule(rule, names) : rule,
      }
    })
    this.#begin(...keep)
    return { sign, columns, names, keyed: columns[0]!.what === 'name' }
  }

  /** A column's name and rule; a template is given as its text with its sign, since it may name later columns. */
  #columnHead(sign: string): { name: string; path: string[]; rule: string | Rule } {
    const path: string[] = []
    const name = this.#name(path, sign)
    const mark = this.#text[this.#at]
    if (mark === '=') {
      const marker = markerAt(this.#text, ++this.#at)
      if (marker) {
        this.#at = marker.end
        return { name, path, rule: { kind: 'gap' } }
      }
      return { name, path, rule: { kind: 'constant', text: this.#skipped(sign), stop: sign } }
    }
    if (mark === '{') return { name, path, rule: this.#lettersRule() }
    if (mark !== ':' && mark !== '#') return { name, path, rule: { kind: 'plain', typed: false } }
    this.#at++
    const text = this.#text[this.#at] === '"' ? this.#quoted().slice(1, -1) : this.#bare(sign)
    if (mark === ':' && text === 'str') return { name, path, rule: { kind: 'plain', typed: true } }
    return { name, path, rule: mark + text }
  }

  #lettersRule(): Rule {
    this.#expect('{')
    const texts = new Map<string, string>()
    do {
      const letter = this.#bare('=')
      this.#expect('=')
      texts.set(letter, this.#skipped(FLOW))
    } while (this.#next(';'))
    this.#expect('}')
    return { kind: 'letters', texts }
  }

  /** A column's name as it stands; its parts, as JSON strings, go to `path`. */
  #name(path: string[] = [], sign = ''): string {
    const from = this.#at
    for (;;) {
      if (this.#text[this.#at] === '"') path.push(this.#quoted())
      else {
        const start = this.#at
        while (
          this.#at < this.#text.length &&
          !'.=:#{'.includes(this.#text[this.#at]!) &&
          this.#text[this.#at] !== sign
        )
          this.#at++
        path.push(`"${this.#text.slice(start, this.#at)}"`)
      }
      if (!this.#next('.')) return this.#text.slice(from, this.#at)
    }
  }
}

const memberStep = (name: string): string => memberPath('', JSON.parse(name) as string)

/** The marker of rows that a whole line is, or undefined; that of one value may be a row's only cell. */
function lineMarker(line: string): Marker | undefined {
  const marker = markerAt(line, 0)
  return marker?.end === line.length && gapSize(marker) !== undefined ? marker : undefined
}

/** How many siblings a marker stands for; undefined for what is none or stands for one value. */
function gapSize(marker: Marker | undefined): number | undefined {
  if (marker?.where.kind === 'lines')
    return marker.where.ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0)
  const last = marker?.where.kind === 'path' ? stepsOf(marker.where.path)?.at(-1) : undefined
  return last && 'from' in last ? last.to - last.from : undefined
}

function templateRule(text: string, names: ReadonlyMap<string, number>): Rule {
  const parts = parseTemplate(text.slice(1), names)
  const hasHole = parts.some(part => typeof part !== 'string' && part.kind === 'hole')
  return { kind: 'template', parts, number: text.startsWith('#'), hasHole }
}

function partText(
  part: Part,
  place: number,
  cell: string | undefined,
  values: readonly (string | undefined)[],
  own: readonly (string | undefined)[],
): string {
  if (typeof part === 'string') return part
  if (part.kind === 'hole') return cell ?? ''
  if (part.kind === 'row') return numberAt(part, place)
  if (part.own) return own[part.column] ?? ''
  const value = values[part.column] ?? ''
  return value.startsWith('"') ? value.slice(1, -1) : value
}

const BARE = /[^,;()[\]{}"\n]*/y
const SHAPE = /^([A-Z]{1,2})[,| ]/
const REF = /^&(\d{1,4})=/
const REF_AT = /&(\d{1,4})/y
const TABLE = /^@(\d{1,9})([[{])(\d{1,9})(\*?)[\]}]/
const CALL = /^([A-Z]{1,2})\[/
/** What opens a value that may hold cell signs. */
const OPENING = /[A-Z]{1,2}[([{]|[[{]/y
const CALL_AT = /([A-Z]{1,2})([([{])/y
const TABLE_AT = /@(\d{1,9})/y
