import type { Signal } from '../filter.ts'
import { Above, type Last } from './above.ts'
import type { Codec } from './columns.ts'
import type { Cuts } from './cuts.ts'
import { type Dictionary, NO_REFERENCES } from './dictionary.ts'
import type { Forms } from './forms.ts'
import { endsAt, FLOW, isBare, letters, MISSING, type Stop } from './notation.ts'
import { ARRAY, LITERAL, OBJECT, RAW, STRING } from './parse.ts'
import type { Column, Model, Shape } from './shapes.ts'
import { joined, Sheet } from './sheet.ts'
import type { Written } from './written.ts'
import { writtenHead } from './written-head.ts'

/** Elements that an array needs to be a table of its own, in the skeleton and inside a row. */
const TABLE_ROWS = 3
const TABLE_ROWS_IN_ROW = 24

/** What all passes over a document have in common. */
export interface Task {
  readonly model: Model
  readonly cuts: Cuts
  readonly forms: Forms
  readonly signal: Signal
}

/** Writes a document, or values of it, with the given codecs and dictionary. */
export class Encoder {
  readonly #model: Model
  readonly #cuts: Cuts
  readonly #signal: Signal
  readonly #written: readonly (Written | undefined)[]
  readonly #forms: Forms
  /** Shapes with rows outside their one table, by their letters. */
  readonly #letters = new Map<Shape, string>()
  readonly #named: Written[] = []
  readonly #tables: string[] = []
  /** Sheets of rows that are written. */
  readonly #spare: Sheet[] = []
  #refs: Dictionary
  #tableCount = 0
  #inRow = 0
  /** Above 0 inside a definition, where all stands literally. */
  #literally = 0

  constructor({ model, cuts, forms, signal }: Task, written: readonly (Written | undefined)[], refs: Dictionary) {
    this.#model = model
    this.#written = written
    this.#cuts = cuts
    this.#refs = refs
    this.#forms = forms
    this.#signal = signal
  }

  /** The whole document in the notation. */
  body(): string {
    const skeleton = this.#value(0)
    const entries = this.#refs.lines(node => this.definition(node, '\n'))
    const shapes: string[] = []
    // A head may need further shapes.
    for (let i = 0; i < this.#named.length; i++) {
      const written = this.#named[i]!
      shapes.push(`${this.#letter(written)}${written.sign}${this.#head(written)}`)
    }
    const lines = [...entries, ...shapes, ...(skeleton === '@1' ? [] : [skeleton]), ...this.#tables]
    return lines.join('\n')
  }

  /** A value where it is defined: it is made of no other definition. */
  definition(node: number, stop: Stop): string {
    const refs = this.#refs
    this.#refs = NO_REFERENCES
    this.#literally++
    const text = this.#any(node, stop)
    this.#literally--
    this.#refs = refs
    return text
  }

  /** A value in a row, where small arrays are no tables. */
  cell(node: number): string {
    this.#inRow++
    const text = this.#value(node)
    this.#inRow--
    return text
  }

  #value(node: number): string {
    const { nodes } = this.#model
    this.#signal.throwIfAborted()
    const kind = nodes.kind[node]!
    if (kind === STRING) return this.#string(node, FLOW)
    if (kind === LITERAL) return nodes.source(node)
    if (kind > ARRAY) throw new RangeError('a line that is no JSON stands inside a value')
    const ref = this.#refs.container(node)
    if (ref !== undefined) return ref
    const text = kind === OBJECT ? this.#object(node) : this.#array(node)
    this.#refs.wrote(node, text)
    return text
  }

  #string(node: number, stop: Stop, typed = false): string {
    const { values } = this.#cuts
    return (
      (values.size > 0 ? values.get(node) : undefined) ??
      this.#refs.string(node, stop) ??
      this.#forms.string(node, stop, typed)
    )
  }

  #object(node: number): string {
    const { nodes } = this.#model
    const written = this.#rowsOf(node)
    if (written && !written.shape.keyed) return `${this.#letter(written)}(${this.#row(written, node)})`
    const map = this.#mapOf(node)
    if (map) return this.#isTable(node) ? this.#table(node, map) : `${this.#letter(map)}{${this.#rows(map, node)}}`
    const members: string[] = []
    for (let child = node + 1; child < nodes.next[node]!; child = nodes.next[child]!)
      members.push(this.#forms.name(nodes.key[child]!) + this.#value(child))
    return `{${joined(members, ',')}}`
  }

  #array(node: number): string {
    const written = this.#rowsOf(node)
    if (written?.shape.kind === 'tuple') return `${this.#letter(written)}(${this.#row(written, node)})`
    const only = this.#onlyShape(node)
    if (this.#isTable(node)) return this.#table(node, only)
    if (only && only.shape.kind !== 'scalar') {
      const rows = this.#rows(only, node)
      // `A[]` would look empty.
      return rows === '' ? `[${this.#letter(only)}()]` : `${this.#letter(only)}[${rows}]`
    }
    return `[${joined(this.#cuts.kept.has(node) ? this.#left(node) : this.#elements(node), ',')}]`
  }

  #elements(node: number): string[] {
    const { nodes } = this.#model
    const { next } = nodes
    if (isCompact(this.#model, node)) {
      this.#signal.throwIfAborted(nodes.size[node])
      return [nodes.text.slice(nodes.start[node]! + 1, nodes.end[node]! - 1)]
    }
    const elements: string[] = []
    for (let child = node + 1; child < next[node]!; child = next[child]!) elements.push(this.#value(child))
    return elements
  }

  /** The elements that stay, and the markers of the others. */
  #left(node: number): string[] {
    const elements: string[] = []
    this.#each(
      node,
      child => elements.push(this.#value(child)),
      marker => elements.push(marker),
    )
    return elements
  }

  #rows(written: Written, parent: number): string {
    const { nodes } = this.#model
    const rows: string[] = []
    this.#inRow++
    for (let child = parent + 1; child < nodes.next[parent]!; child = nodes.next[child]!)
      rows.push(this.#row(written, child))
    this.#inRow--
    return rows.join(';')
  }

  /** The children of a node in order, and the markers of those that are left out. */
  #each(node: number, stay: (child: number) => void, gap: (marker: string) => void): void {
    const { nodes } = this.#model
    const kept = this.#cuts.kept.get(node)
    let [place, gone, first] = [0, 0, 0]
    for (let child = node + 1; child < nodes.next[node]!; child = nodes.next[child]!, place++) {
      if (kept && kept[place] === 0) {
        if (gone++ === 0) first = child
        continue
      }
      if (gone > 0) gap(this.#cuts.marker(node, place - gone, place, first))
      gone = 0
      stay(child)
    }
    if (gone > 0) gap(this.#cuts.marker(node, place - gone, place, first))
  }

  #rowsOf(node: number): Written | undefined {
    const shape = this.#model.shapeOf[node]!
    const written = shape < 0 ? undefined : this.#written[shape]
    return written && this.#literally > 0 && !written.literal ? undefined : written
  }

  #mapOf(node: number): Written | undefined {
    return this.#model.maps.has(node) ? this.#rowsOf(node + 1) : undefined
  }

  /** The shape of which all elements are rows. */
  #onlyShape(node: number): Written | undefined {
    const { nodes, shapeOf } = this.#model
    const first = nodes.size[node] === 0 ? -1 : shapeOf[node + 1]!
    if (first < 0) return undefined
    for (let child = node + 1; child < nodes.next[node]!; child = nodes.next[child]!)
      if (shapeOf[child] !== first) return undefined
    const written = this.#rowsOf(node + 1)
    return written && !written.shape.keyed ? written : undefined
  }

  /** Do enough of the children have shapes, and is there room for lines? */
  #isTable(node: number): boolean {
    if (this.#literally > 0) return false
    const { nodes } = this.#model
    const cut = this.#cuts.kept.has(node)
    if (!cut && nodes.size[node]! < (this.#inRow > 0 ? TABLE_ROWS_IN_ROW : TABLE_ROWS) && node > 0) return false
    let shaped = 0
    for (let child = node + 1; child < nodes.next[node]!; child = nodes.next[child]!) if (this.#rowsOf(child)) shaped++
    return shaped * 2 > nodes.size[node]! || (node === 0 && hasRaw(this.#model))
  }

  #letter(written: Written): string {
    const known = this.#letters.get(written.shape)
    if (known !== undefined) return known
    const letter = letters(this.#named.length)
    this.#letters.set(written.shape, letter)
    this.#named.push(written)
    return letter
  }

  /** A table's lines are put aside; its mark stands in the text. */
  #table(node: number, only: Written | undefined): string {
    const { nodes } = this.#model
    const mark = `@${++this.#tableCount}`
    const at = this.#tables.push('') - 1
    const own = only && !this.#letters.has(only.shape) && only.shape.rows.length === nodes.size[node] ? only : undefined
    const lines = new Sheet()
    let implied = own !== undefined
    this.#inRow++
    const above = new Above()
    this.#each(
      node,
      child => {
        lines.add('\n')
        if (this.#line(child, own, lines, above)) implied = false
      },
      marker => {
        lines.add('\n')
        lines.add(marker)
        implied = false
        above.clear()
      },
    )
    this.#inRow--
    const [open, close] = nodes.kind[node] === OBJECT ? ['{', '}'] : ['[', ']']
    const head = own ? `${own.sign}${this.#head(own)}` : ''
    const rows = implied ? '' : lines.taken()
    this.#tables[at] = `${mark}${open}${nodes.size[node]}${implied ? '*' : ''}${close}${head}${rows}`
    return mark
  }

  /** Writes one row; false where it is empty. */
  #line(node: number, own: Written | undefined, lines: Sheet, above: Above): boolean {
    const { nodes } = this.#model
    const written = this.#rowsOf(node)
    if (nodes.kind[node] === RAW) lines.add(`!${nodes.source(node)}`)
    else if (!written) lines.add(nodes.kind[node] === STRING ? nodes.source(node) : this.#value(node))
    else if (this.#refs.surveys) {
      this.#survey(written, node)
      if (!own) this.#letter(written)
    } else if (own) return this.#cells(own, node, own.sign, lines, above.of(own))
    else if (this.#letters.has(written.shape)) {
      lines.add(this.#letter(written) + written.sign)
      this.#cells(written, node, written.sign, lines, above.of(written))
    } else {
      // What stands in the shape's first row comes first.
      const row = this.#row(written, node, written.sign, above.of(written))
      lines.add(this.#letter(written) + written.sign + row)
    }
    return true
  }

  /** The cells of one row, and where it breaks rules. */
  #row(written: Written, node: number, stop: Stop = FLOW, above?: Last): string {
    const sheet = this.#spare.pop() ?? new Sheet()
    this.#cells(written, node, stop, sheet, above)
    this.#spare.push(sheet)
    return sheet.taken()
  }

  /** Writes what `#row` gives; false where that is empty. `above`: what stands above it in a table. */
  #cells(written: Written, node: number, stop: Stop, sheet: Sheet, above?: Last): boolean {
    const { codecs, names, rules } = written
    const row = this.#model.rowOf[node]!
    const sign = typeof stop === 'string' ? stop : ','
    let breaks: string[] | undefined
    let fresh = true
    let empty = true
    this.#inRow++
    this.#signal.throwIfAborted(codecs.length)
    for (let i = 0; i < codecs.length; i++) {
      if (rules[i]) {
        if (this.#follows(written, i, row, node, stop)) continue
        breaks ??= []
        breaks.push(`${names[i]}=${this.#any(written.shape.columns[i]!.nodes[row]!, stop)}`)
        continue
      }
      const text = this.#cell(written, i, row, stop, above)
      if (!fresh) sheet.add(sign)
      sheet.add(text)
      empty = fresh && text === ''
      fresh = false
    }
    this.#inRow--
    if (breaks) {
      if (!fresh) sheet.add(sign)
      sheet.add(breaks.join(sign))
      empty = false
    }
    return !empty
  }

  /** Shows a table's row to a survey, which needs no text of it. */
  #survey(written: Written, node: number): void {
    const { shape, codecs, rules, sign } = written
    const row = this.#model.rowOf[node]!
    this.#inRow++
    this.#signal.throwIfAborted(codecs.length)
    for (let i = 0; i < codecs.length; i++) {
      if (!rules[i]) {
        if (!this.#show(written, i, row, sign)) this.#cell(written, i, row, sign, undefined)
      } else if (!this.#follows(written, i, row, node, sign)) this.#any(shape.columns[i]!.nodes[row]!, sign)
    }
    this.#inRow--
  }

  /** Shows a plain string. */
  #show({ shape, codecs }: Written, i: number, row: number, stop: Stop): boolean {
    const codec = codecs[i]!
    const { what, nodes } = shape.columns[i]!
    const node = nodes[row]!
    const plain = codec.kind === 'plain' && !codec.source && what !== 'name' && this.#cuts.values.size === 0
    if (!plain || node < 0 || this.#model.nodes.kind[node] !== STRING) return false
    this.#refs.string(node, stop)
    return true
  }

  #follows({ shape, codecs }: Written, i: number, row: number, whole: number, stop: Stop): boolean {
    const codec = codecs[i]!
    const node = shape.columns[i]!.nodes[row]!
    if (this.#literally > 0 && codec.kind !== 'gap') return false
    if (codec.kind === 'gap') return node >= 0 && !this.#cuts.spared.has(whole)
    if (codec.kind === 'template') return this.#fits(codec, codecs, row, stop)
    if (codec.kind !== 'constant' || node < 0 || codec.node < 0) return codec.kind === 'constant' && node === codec.node
    const { value } = this.#model.identity
    return value[node] === value[codec.node]
  }

  #cell(written: Written, i: number, row: number, stop: Stop, above: Last | undefined): string {
    const codec = written.codecs[i]!
    const column = written.shape.columns[i]!
    const node = column.nodes[row]!
    if (codec.kind === 'plain') {
      if (codec.source) return this.#source(column, node, stop, codec.typed)
      if (column.what === 'name') return this.#key(node, stop, codec.typed)
      const text = this.#plain(node, stop, codec.typed)
      return above ? above.cell(i, text, node < 0 ? -1 : this.#model.identity.value[node]!) : text
    }
    const short =
      this.#literally > 0
        ? undefined
        : codec.kind === 'letters'
          ? this.#letterOf(codec, node)
          : this.#own(codec, written.codecs, row, stop)
    return short ?? (node < 0 ? MISSING : `=${column.what === 'name' ? this.#key(node, stop) : this.#any(node, stop)}`)
  }

  /** A cell that other columns are made of: without references. */
  #source(column: Column, node: number, stop: Stop, typed: boolean): string {
    if (column.what === 'name') return this.#key(node, stop, typed)
    const refs = this.#refs
    this.#refs = NO_REFERENCES
    const text = this.#plain(node, stop, typed)
    this.#refs = refs
    return text
  }

  #letterOf(codec: Codec & { kind: 'letters' }, node: number): string | undefined {
    return node < 0 ? undefined : codec.letters.get(this.#model.identity.value[node]!)
  }

  /** Do the value and the cells that it is made of all stand in the row? */
  #fits({ template }: Codec & { kind: 'template' }, codecs: readonly Codec[], row: number, stop: Stop): boolean {
    if (template.own[row] === undefined) return false
    for (const i of template.cells) if (this.#own(codecs[i]!, codecs, row, stop) === undefined) return false
    return true
  }

  #own(codec: Codec, codecs: readonly Codec[], row: number, stop: Stop): string | undefined {
    if (codec.kind !== 'template' || !this.#fits(codec, codecs, row, stop)) return undefined
    const text = codec.template.own[row]
    return text === undefined || text === MISSING || isMark(text) || endsAt(text, stop) ? undefined : text
  }

  #key(node: number, stop: Stop, typed = false): string {
    const source = this.#model.nodes.keys[this.#model.nodes.key[node]!]!
    const raw = source.slice(1, -1)
    return isBare(raw, stop, typed) ? raw : source
  }

  #plain(node: number, stop: Stop, typed: boolean): string {
    const { nodes } = this.#model
    return node >= 0 && nodes.kind[node] === STRING ? this.#string(node, stop, typed) : this.#any(node, stop)
  }

  /** Any value in a place that ends at `stop`. */
  #any(node: number, stop: Stop): string {
    if (node < 0) return MISSING
    return this.#model.nodes.kind[node] === STRING ? this.#string(node, stop) : this.#value(node)
  }

  #head(written: Written): string {
    return writtenHead(written, this.#model, (node, stop) => this.definition(node, stop))
  }
}

/** Would it be read as something else than the part of a template? */
const isMark = (text: string): boolean => MARKS.has(text.charCodeAt(0))

const MARKS: ReadonlySet<number> = new Set(Array.from('="[', sign => sign.charCodeAt(0)))

/** Does the array stand in the text as it is to be written: numbers and words, and nothing that need not stand between them? */
function isCompact({ nodes }: Model, array: number): boolean {
  const { kind, start, end, next, size } = nodes
  let units = 1 + Math.max(1, size[array]!)
  for (let child = array + 1; child < next[array]!; child++) {
    if (kind[child] !== LITERAL) return false
    units += end[child]! - start[child]!
  }
  return units === end[array]! - start[array]!
}

const hasRaw = ({ nodes }: Model): boolean => {
  for (let i = 1; i < nodes.count; i = nodes.next[i]!) if (nodes.kind[i] === RAW) return true
  return false
}
