import type { Selector } from '../../ccr/select.ts'
import { DITTO, FLOW, MISSING, type Stop } from './notation.ts'
import type { Plan, Reading } from './reading.ts'
import { partText, Row, RowForm, Usual } from './row.ts'
import { Sheet } from './sheet.ts'
import type { Rule, Table } from './table-head.ts'

/** Reads what stands in cells. */
export interface Values {
  /** One value of the notation as JSON text. */
  value(stop: Stop, place: number): string
  /** What a text of a head stands for; undefined for the mark of an absent value. */
  valueOf(text: string, stop: Stop): string | undefined
  /** A gap's text, or what stands for it. */
  missing(where: Selector): string
}

/** Reads the rows of tables and shapes. */
export class Rows {
  readonly #reading: Reading
  readonly #values: Values
  /** For one row at a time: nothing is read between its first piece and its last. */
  readonly #sheet = new Sheet()

  constructor(reading: Reading, values: Values) {
    this.#reading = reading
    this.#values = values
  }

  /** The row that begins here, as JSON text. */
  read(shape: Table, stop: Stop, place: number): string {
    this.write(shape, stop, place, this.#sheet)
    return this.#sheet.taken()
  }

  /** Writes the row that begins here: its cells and the rules that it breaks, then what follows from them. `above`: the last rows of a table. */
  write(shape: Table, stop: Stop, place: number, sheet: Sheet, above?: Map<Table, Row>): void {
    const { steps } = this.#reading
    const plan = this.#planOf(shape)
    const last = above?.get(shape)
    // Cells that are as above stay as they are.
    const row = last ?? plan.spare.pop() ?? new Row(shape.columns.length)
    if (above && !last) above.set(shape, row)
    const depth = steps.push('', '') - 1
    this.#cells(shape, stop, place, row, last !== undefined, plan)
    const sign = typeof stop === 'string' ? stop : ','
    const broken = this.#atEnd(stop, sign, shape.cells.length === 0) ? undefined : this.#breaks(shape, stop, sign, row)
    if (shape.keyed && broken?.has(0)) steps[depth - 1] = row.json(0)!
    const odd = broken && shape.constants.some(i => broken.has(i))
    const usual = odd ? undefined : (plan.usual ??= this.#usual(shape, plan.form))
    if (!usual || shape.templates.length > 0) this.#constants(shape, row, usual, broken)
    this.#derive(shape, place, row, broken)
    steps.length = depth - 1
    if (!usual?.write(row, sheet)) {
      this.#constants(shape, row, usual, broken)
      plan.form.write(row, sheet)
    }
    if (!above) plan.spare.push(row)
  }

  #cells(shape: Table, stop: Stop, place: number, row: Row, hasAbove: boolean, plan: Plan): void {
    const reading = this.#reading
    const { steps, level } = reading
    const { cells, columns } = shape
    const sign = typeof stop === 'string' ? stop : ','
    const depth = steps.length - 1
    // A name that follows a rule has no cell, and what is missing below it is asked for by it all the same.
    if (shape.keyed && cells[0] !== 0) steps[depth - 1] = rowName(shape, row, place)
    for (let n = 0; n < cells.length; n++) {
      const i = cells[n]!
      const { rule, step, path } = columns[i]!
      if (n > 0) reading.in.expect(sign)
      steps[depth] = step
      reading.level = level + path.length
      if (rule.kind !== 'plain') this.#ruled(rule, i, stop, row, plan)
      else if (hasAbove && this.#isDitto(stop)) reading.in.at++
      else this.#plain(i, stop, rule.typed, row)
      if (shape.keyed && i === 0) steps[depth - 1] = rowName(shape, row, place)
    }
    reading.level = level
  }

  /** Has the row no more to say? Behind cells there is a sign before it does. */
  #atEnd(stop: Stop, sign: string, first: boolean): boolean {
    const { text, at } = this.#reading.in
    if (at >= text.length || (!first && text[at] !== sign)) return true
    return typeof stop !== 'string' && ')];}'.includes(text[at]!)
  }

  /** Reads `name=value` where the row breaks a rule, and says of which columns. */
  #breaks(shape: Table, stop: Stop, sign: string, row: Row): Set<number> {
    const reading = this.#reading
    const { level, steps } = reading
    const broken = new Set<number>()
    for (let first = shape.cells.length === 0; !this.#atEnd(stop, sign, first); first = false) {
      if (!first) reading.in.expect(sign)
      const i = this.#named(shape)
      steps[steps.length - 1] = shape.columns[i]!.step
      reading.level = level + shape.columns[i]!.path.length
      row.put(i, this.#cellValue(stop))
      broken.add(i)
    }
    reading.level = level
    return broken
  }

  /** The column whose name stands here; what follows is behind the sign behind it. */
  #named({ names }: Table): number {
    const cursor = this.#reading.in
    // Most names are letters alone.
    const sign = cursor.text.indexOf('=', cursor.at)
    const known = names.get(cursor.text.slice(cursor.at, sign))
    if (known !== undefined && sign >= 0) {
      cursor.at = sign + 1
      return known
    }
    const i = names.get(cursor.name())
    if (i === undefined) throw new RangeError('a rule of no column is broken')
    cursor.expect('=')
    return i
  }

  /** A cell that a template or a code fills. */
  #ruled(rule: Rule, i: number, stop: Stop, row: Row, plan: Plan): void {
    const cursor = this.#reading.in
    row.put(i, undefined)
    row.own[i] = undefined
    if (cursor.next('=')) {
      row.put(i, this.#cellValue(stop))
      return
    }
    const text = cursor.bare(stop)
    if (text === MISSING) return
    if (rule.kind !== 'letters') row.own[i] = text
    else {
      const letters = (plan.letters[i] ??= new Map())
      row.put(i, letters.get(text) ?? this.#meant(rule.texts, text, letters))
    }
  }

  #meant(texts: ReadonlyMap<string, string>, letter: string, letters: Map<string, string>): string | undefined {
    const meant = texts.get(letter)
    if (meant === undefined) throw new RangeError(`no letter ${letter}`)
    const value = this.#values.valueOf(meant, FLOW)
    if (value !== undefined) letters.set(letter, value)
    return value
  }

  #isDitto(stop: Stop): boolean {
    const { text, at } = this.#reading.in
    if (text[at] !== DITTO || typeof stop !== 'string') return false
    return at + 1 === text.length || text[at + 1] === stop
  }

  #plain(i: number, stop: Stop, typed: boolean, row: Row): void {
    const cursor = this.#reading.in
    const isValue = cursor.isMark() && (!typed || cursor.isValue())
    if (isValue) row.put(i, this.#cellValue(stop, typed))
    else {
      const from = cursor.at
      const bare = cursor.bare(stop)
      if (!typed && cursor.isLiteral(from)) row.put(i, bare)
      else row.putString(i, bare)
    }
  }

  /** A value or the mark of an absent one. */
  #cellValue(stop: Stop, typed = false): string | undefined {
    const cursor = this.#reading.in
    if (cursor.text[cursor.at] === MISSING) {
      const from = cursor.at
      const bare = cursor.bare(stop)
      if (bare === MISSING) return undefined
      cursor.at = from
      if (typed) return `"${cursor.bare(stop)}"`
    }
    return this.#values.value(stop, -1)
  }

  #derive({ columns, omitted, templates }: Table, place: number, row: Row, broken: Set<number> | undefined): void {
    const { steps } = this.#reading
    for (const at of omitted) {
      if (broken?.has(at)) continue
      steps[steps.length - 1] = columns[at]!.step
      row.put(at, this.#values.missing(this.#reading.here()))
    }
    for (const at of templates) {
      const { rule } = columns[at]!
      if (rule.kind !== 'template' || broken?.has(at) || (rule.hasHole && row.own[at] === undefined)) continue
      let text = ''
      for (const part of rule.parts) text += partText(part, place, row.own[at], row)
      if (rule.number) row.put(at, text)
      else row.putString(at, text)
    }
  }

  /** Puts in the values that are the same in all rows, but for those that this row has of its own. */
  #constants(shape: Table, row: Row, usual: Usual | undefined, broken: Set<number> | undefined): void {
    for (const i of shape.constants)
      if (usual) row.put(i, usual.constants[i])
      else if (!broken!.has(i)) row.put(i, this.#constant(shape, i))
  }

  #constant({ columns }: Table, i: number): string | undefined {
    const { rule, path } = columns[i]!
    if (rule.kind !== 'constant') return undefined
    const { level } = this.#reading
    this.#reading.level += path.length
    const value = this.#values.valueOf(rule.text, rule.stop)
    this.#reading.level = level
    return value
  }

  /** What is known of the rows that stand where we are. */
  #planOf(shape: Table): Plan {
    const { known, level, style } = this.#reading
    let plans = known.plans.get(shape)
    if (!plans) known.plans.set(shape, (plans = []))
    return (plans[level] ??= { form: new RowForm(shape, level, style), usual: undefined, letters: [], spare: [] })
  }

  #usual(shape: Table, form: RowForm): Usual {
    const constants = new Array<string | undefined>(shape.columns.length)
    for (const i of shape.constants) constants[i] = this.#constant(shape, i)
    return new Usual(form, constants, shape.varying)
  }
}

/** The name of a map's row, which stands in its first cell or follows from its place; its template can name no other column. */
function rowName({ columns }: Table, row: Row, place: number): string {
  const { rule } = columns[0]!
  const cell = row.own[0]
  if (rule.kind !== 'template' || (rule.hasHole && cell === undefined)) return row.json(0)!
  return `"${rule.parts.map(part => partText(part, place, cell, row)).join('')}"`
}
