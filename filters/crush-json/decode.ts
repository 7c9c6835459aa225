import { markerAt } from '../../ccr/marker.ts'
import { path as pathSelector, type Selector } from '../../ccr/select.ts'
import { Cursor } from './cursor.ts'
import { gapSize, lineMarker, memberStep } from './gaps.ts'
import { escapeNested, NESTED } from './nested.ts'
import { DITTO, FLOW, MISSING, type Stop } from './notation.ts'
import { isLiteral } from './parse.ts'
import { MINIFIED } from './render.ts'
import { partText, RowForm, type Values } from './row.ts'
import { type Sections, SHAPE, sectionsOf, TABLE } from './sections.ts'
import { Style } from './style.ts'
import { type Rule, readHead, type Table } from './table-head.ts'

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

/** What is known of a table's rows that stand at one level. */
interface Plan {
  readonly form: RowForm
  /** Worked out where a row breaks no rule: the values of constant columns, and the parts of a row that has all its values. */
  usual: { readonly constants: Values; readonly parts: string[] | undefined } | undefined
}

/** What was worked out in one style, each time by level. */
class Known {
  readonly plans = new Map<Table, Plan[]>()
  readonly #values = new Map<Stop, Map<string, string[]>>()

  /** The values that a definition has had. */
  valuesOf(text: string, stop: Stop): string[] {
    let texts = this.#values.get(stop)
    if (!texts) this.#values.set(stop, (texts = new Map()))
    let values = texts.get(text)
    if (!values) texts.set(text, (values = []))
    return values
  }
}

const DEEPEST = 3000

class Decoder {
  readonly #lines: readonly string[]
  readonly #sections: Sections
  readonly #shapes = new Map<string, Table>()
  readonly #form: Form
  #style: Style
  /** The line that is read, and the place in it. */
  readonly #in = new Cursor()
  #depth = 0
  /** Containers round the value that is read. */
  #level = 0
  readonly gaps: string[] = []
  readonly #gap: (where: Selector) => string
  readonly #entries = new Map<string, string>()
  #known = new Known()
  /** Inside strings that hold JSON. */
  readonly #knownCompact = new Known()
  /** What leads to the value that is read: a selector's steps, places, and names as JSON strings. */
  readonly #steps: (string | number)[] = []

  constructor(lines: readonly string[], form: Form, gap: (where: Selector) => string) {
    this.#lines = lines
    this.#sections = sectionsOf(lines)
    this.#form = form
    this.#style = form.style ?? COMPACT
    this.#gap = gap
  }

  text(): string {
    const { skeleton, implicit } = this.#sections
    const { lines, newline, before } = this.#form
    this.#in.begin(implicit ? '@1' : skeleton, 0)
    const elements = lines ? this.#rootRows(before) : undefined
    const text = elements ? elements.join(newline) : this.#value(FLOW, 0)
    if (this.#in.at < this.#in.text.length) throw new RangeError('the skeleton has more than one value')
    return text
  }

  /** The elements of the skeleton's one array, as lines. */
  #rootRows(before: string): string[] {
    if (this.#in.text.startsWith('@')) {
      this.#in.at = this.#in.text.length
      return this.#tableRows(this.#in.text.slice(1), before).rows
    }
    const shape = CALL.exec(this.#in.text)
    if (shape) {
      this.#in.at = shape[0].length
      return this.#inlineRows(this.#shape(shape[1]!), ']').map(row => before + row)
    }
    return this.#elements(before)
  }

  /** One value of the notation as JSON text; `place` is its place among its siblings. */
  #value(stop: Stop, place: number): string {
    if (++this.#depth > DEEPEST) throw new RangeError('too deep')
    const value = this.#anyValue(stop, place)
    this.#depth--
    return value
  }

  #anyValue(stop: Stop, place: number): string {
    if (!this.#in.isMark()) return bareValue(this.#in.bare(stop))
    const first = this.#in.text[this.#in.at]
    const marker = first === '[' ? markerAt(this.#in.text, this.#in.at) : undefined
    if (marker) {
      this.#in.at = marker.end
      return this.#missing(marker.where)
    }
    if (first === '"') return this.#in.quoted()
    if (first === '{') return this.#members()
    if (this.#in.isNested()) return this.#nested()
    if (first === '[') return this.#style.list(this.#elements(''), this.#level, false)
    CALL_AT.lastIndex = TABLE_AT.lastIndex = REF_AT.lastIndex = this.#in.at
    const call = CALL_AT.exec(this.#in.text)
    if (call) return this.#call(call[1]!, call[2]!, place)
    const table = TABLE_AT.exec(this.#in.text)
    if (table) {
      this.#in.at += table[0].length
      const { rows, open } = this.#tableRows(table[1]!, '')
      return this.#style.list(rows, this.#level, open === '{')
    }
    const ref = REF_AT.exec(this.#in.text)
    if (ref) return this.#reference(ref[1]!, stop)
    return bareValue(this.#in.bare(stop))
  }

  /** A string that is JSON text. */
  #nested(): string {
    this.#in.at += NESTED.length
    const [style, known] = [this.#style, this.#known]
    this.#style = COMPACT
    this.#known = this.#knownCompact
    const text = `"${escapeNested(this.#value(FLOW, -1))}"`
    this.#style = style
    this.#known = known
    return text
  }

  /** A value of the document's dictionary, or a string that begins with it. */
  #reference(id: string, stop: Stop): string {
    this.#in.at += id.length + 1
    const rest = this.#in.bare(stop)
    const value = this.#valueOf(this.#entry(id), '\n')!
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
  #missing(where: Selector): string {
    const found = this.#gap(where)
    // The line end behind the marker of whole lines is their last one.
    const text = where.kind === 'lines' ? found.replace(/\r?\n$/, '') : found
    return this.#form.style ? text : `\0${this.gaps.push(text) - 1}\0`
  }

  #here(): Selector {
    const steps = this.#steps
    let path = '$'
    for (let i = 0; i < steps.length; i++) {
      let step = steps[i]!
      if (typeof step === 'number') step = `[${step}]`
      // A name is not read again for the next row.
      else if (step.startsWith('"')) steps[i] = step = memberStep(step)
      path += step
    }
    return pathSelector(path)
  }

  /** A value one step further down. A throw ends all, so that the steps need no care. */
  #valueBelow(step: string | number, place: number): string {
    this.#steps.push(step)
    this.#level++
    const value = this.#value(FLOW, place)
    this.#level--
    this.#steps.pop()
    return value
  }

  #members(): string {
    this.#in.expect('{')
    const { colon } = this.#style
    const members: string[] = []
    while (!this.#in.next('}')) {
      if (members.length > 0) this.#in.expect(',')
      const name = this.#in.text[this.#in.at] === '"' ? this.#in.quoted() : `"${this.#in.bare(':')}"`
      this.#in.expect(':')
      members.push(name + colon + this.#valueBelow(name, -1))
    }
    return this.#style.list(members, this.#level, true)
  }

  #elements(before: string): string[] {
    this.#in.expect('[')
    const elements: string[] = []
    let place = 0
    while (!this.#in.next(']')) {
      if (elements.length > 0) this.#in.expect(',')
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

  #call(letter: string, open: string, place: number): string {
    const shape = this.#shape(letter)
    this.#in.at += letter.length + 1
    if (open !== '(')
      return this.#style.list(this.#inlineRows(shape, open === '[' ? ']' : '}'), this.#level, open === '{')
    const row = this.#row(shape, FLOW, place)
    this.#in.expect(')')
    return row
  }

  #inlineRows(shape: Table, close: string): string[] {
    const rows: string[] = []
    this.#level++
    do {
      this.#steps.push(shape.keyed ? '' : rows.length)
      rows.push(this.#row(shape, FLOW, rows.length))
      this.#steps.pop()
    } while (this.#in.next(';'))
    this.#level--
    this.#in.expect(close)
    return rows
  }

  #tableRows(id: string, before: string): { rows: string[]; open: string } {
    const line = this.#sections.tables.get(id)
    if (line === undefined) throw new RangeError(`no table ${id}`)
    const [text, at] = [this.#in.text, this.#in.at]
    const head = this.#lines[line]!
    const [whole, , open, count, implied] = TABLE.exec(head)!
    const own = whole.length < head.length ? readHead(head, whole.length) : undefined
    const rows: string[] = []
    const above = new Map<Table, Values>()
    this.#level++
    for (let i = 0, next = line + 1; i < Number(count); next++) {
      this.#in.begin(implied ? '' : this.#lines[next]!, 0)
      const marker = lineMarker(this.#in.text)
      if (marker) above.clear()
      this.#steps.push((own?.keyed ?? open === '{') ? '' : i)
      rows.push(marker ? this.#missing(marker.where) : before + this.#line(own, i, above))
      this.#steps.pop()
      i += gapSize(marker) ?? 1
    }
    this.#level--
    this.#in.begin(text, at)
    return { rows, open: open! }
  }

  #line(own: Table | undefined, place: number, above: Map<Table, Values>): string {
    const letter = own ? undefined : SHAPE.exec(this.#in.text)?.[1]
    if (!own && this.#in.text.startsWith('!')) return this.#in.text.slice(1)
    if (!own && letter === undefined) {
      const value = this.#value('\n', place)
      if (this.#in.at < this.#in.text.length) throw new RangeError('a row has more than one value')
      return value
    }
    const shape = own ?? this.#shape(letter!)
    if (letter !== undefined) this.#in.at = letter.length + 1
    const row = this.#row(shape, shape.sign, place, above)
    if (this.#in.at < this.#in.text.length) throw new RangeError('a row has more cells than columns')
    return row
  }

  /** Reads a row's cells and the rules that it breaks, then works out what follows from them. */
  #row(shape: Table, stop: Stop, place: number, rowsAbove?: Map<Table, Values>): string {
    const above = rowsAbove?.get(shape)
    // Cells that are as above stay as they are.
    const values: Values = above ?? new Array(shape.columns.length)
    const own: Values = []
    const depth = this.#steps.push('', '') - 1
    this.#cells(shape, stop, place, values, own, above !== undefined)
    const sign = typeof stop === 'string' ? stop : ','
    const broken = this.#atEnd(stop, sign, shape.cells.length === 0)
      ? undefined
      : this.#breaks(shape, stop, sign, values)
    const plan = this.#planOf(shape)
    const usual = broken ? undefined : (plan.usual ??= this.#usual(shape, plan.form))
    for (const i of shape.constants)
      if (usual) values[i] = usual.constants[i]
      else if (!broken!.has(i)) values[i] = this.#constant(shape, i)
    this.#derive(shape, place, values, own, broken)
    this.#steps.length = depth - 1
    if (rowsAbove && !above) rowsAbove.set(shape, values)
    return (usual?.parts && glued(usual.parts, shape.varying, values)) ?? plan.form.text(values)
  }

  #cells(shape: Table, stop: Stop, place: number, values: Values, own: Values, hasAbove: boolean): void {
    const { cells, columns } = shape
    const sign = typeof stop === 'string' ? stop : ','
    const level = this.#level
    const depth = this.#steps.length - 1
    for (let n = 0; n < cells.length; n++) {
      const i = cells[n]!
      const { rule, step, path } = columns[i]!
      if (n > 0) this.#in.expect(sign)
      this.#steps[depth] = step
      this.#level = level + path.length
      if (rule.kind !== 'plain') this.#ruled(rule, i, stop, values, own)
      else if (hasAbove && this.#isDitto(stop)) this.#in.at++
      else values[i] = this.#plain(stop, rule.typed)
      if (shape.keyed && i === 0) this.#steps[depth - 1] = this.#rowName(shape, values, own, place)
    }
    this.#level = level
  }

  /** Has the row no more to say? Behind cells there is a sign before it does. */
  #atEnd(stop: Stop, sign: string, first: boolean): boolean {
    const { text, at } = this.#in
    if (at >= text.length || (!first && text[at] !== sign)) return true
    return typeof stop !== 'string' && ')];}'.includes(text[at]!)
  }

  /** Reads `name=value` where the row breaks a rule, and says of which columns. */
  #breaks(shape: Table, stop: Stop, sign: string, values: Values): Set<number> {
    const broken = new Set<number>()
    const level = this.#level
    const depth = this.#steps.length - 1
    for (let first = shape.cells.length === 0; !this.#atEnd(stop, sign, first); first = false) {
      if (!first) this.#in.expect(sign)
      const i = shape.names.get(this.#in.name())
      if (i === undefined) throw new RangeError('a rule of no column is broken')
      this.#in.expect('=')
      this.#steps[depth] = shape.columns[i]!.step
      this.#level = level + shape.columns[i]!.path.length
      values[i] = this.#cellValue(stop)
      broken.add(i)
    }
    this.#level = level
    return broken
  }

  /** The name of a map's row, which stands in its first cell; its template can name no other column. */
  #rowName(shape: Table, values: Values, own: Values, place: number): string {
    const { rule } = shape.columns[0]!
    if (own[0] === undefined || rule.kind !== 'template') return values[0]!
    return `"${rule.parts.map(part => partText(part, place, own[0], values, own)).join('')}"`
  }

  /** A cell that a template or a code fills. */
  #ruled(rule: Rule, i: number, stop: Stop, values: Values, own: Values): void {
    values[i] = undefined
    if (this.#in.next('=')) {
      values[i] = this.#cellValue(stop)
      return
    }
    const text = this.#in.bare(stop)
    if (text === MISSING) return
    if (rule.kind !== 'letters') own[i] = text
    else {
      const meant = rule.texts.get(text)
      if (meant === undefined) throw new RangeError(`no letter ${text}`)
      values[i] = this.#valueOf(meant, FLOW)
    }
  }

  #isDitto(stop: Stop): boolean {
    const { text, at } = this.#in
    if (text[at] !== DITTO || typeof stop !== 'string') return false
    return at + 1 === text.length || text[at + 1] === stop
  }

  #plain(stop: Stop, typed: boolean): string | undefined {
    if (!this.#in.isMark()) {
      const bare = this.#in.bare(stop)
      return typed ? `"${bare}"` : bareValue(bare)
    }
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
    return (this.#known.valuesOf(text, stop)[this.#level] ??= this.#read(text, stop))
  }

  #read(text: string, stop: Stop): string {
    const keep: [string, number] = [this.#in.text, this.#in.at]
    this.#in.begin(text, 0)
    const value = this.#value(stop, -1)
    this.#in.begin(...keep)
    return value
  }

  #derive(
    { columns, omitted, templates }: Table,
    place: number,
    values: Values,
    own: Values,
    broken?: Set<number>,
  ): void {
    for (const at of omitted) {
      if (broken?.has(at)) continue
      this.#steps[this.#steps.length - 1] = columns[at]!.step
      values[at] = this.#missing(this.#here())
    }
    for (const at of templates) {
      const { rule } = columns[at]!
      if (rule.kind !== 'template' || broken?.has(at) || (rule.hasHole && own[at] === undefined)) continue
      let text = ''
      for (const part of rule.parts) text += partText(part, place, own[at], values, own)
      values[at] = rule.number ? text : `"${text}"`
    }
  }

  #constant({ columns }: Table, i: number): string | undefined {
    const { rule, path } = columns[i]!
    if (rule.kind !== 'constant') return undefined
    const level = this.#level
    this.#level += path.length
    const value = this.#valueOf(rule.text, rule.stop)
    this.#level = level
    return value
  }

  /** What is known of the rows that stand where we are. */
  #planOf(shape: Table): Plan {
    let plans = this.#known.plans.get(shape)
    if (!plans) this.#known.plans.set(shape, (plans = []))
    return (plans[this.#level] ??= { form: new RowForm(shape, this.#level, this.#style), usual: undefined })
  }

  #usual(shape: Table, form: RowForm): NonNullable<Plan['usual']> {
    const constants: Values = new Array(shape.columns.length)
    for (const i of shape.constants) constants[i] = this.#constant(shape, i)
    return { constants, parts: form.parts(constants, shape.varying) }
  }
}

/** The text of a row that has all its values; undefined where it has not. Joined, since chains of concatenated strings cost thrice as much. */
function glued(parts: string[], varying: readonly number[], values: Values): string | undefined {
  for (let n = 0; n < varying.length; n++) {
    const value = values[varying[n]!]
    if (value === undefined) return undefined
    parts[2 * n + 1] = value
  }
  return parts.join('')
}

const bareValue = (bare: string): string => (isLiteral(bare) ? bare : `"${bare}"`)

/** Of strings that hold JSON, and of text that is laid out later. */
const COMPACT = new Style(MINIFIED)
const REF_AT = /&([a-z]{1,2})/y
const CALL = /^([A-Z]{1,2})\[/
const CALL_AT = /([A-Z]{1,2})([([{])/y
const TABLE_AT = /@(\d{1,9})/y
