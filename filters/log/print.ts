import { Codes } from './codes.ts'
import { countingFrom } from './counting.ts'
import { DEFAULT_BY, type Features } from './features.ts'
import type { Cut, Item } from './items.ts'
import { codeOf, looksCoded, printCell, printTemplate, type Row, type Template } from './notation.ts'
import { Patterns } from './patterns.ts'
import type { Repeat } from './repeats.ts'
import { cellOf, type Sheet } from './sheet.ts'
import type { Cut as CutTime } from './times.ts'
import { REACH, type Words } from './words.ts'

/** A body's keys: templates and values, each with its code. */
export interface Keys {
  readonly templates: ReadonlyMap<Template, string>
  readonly words: ReadonlyMap<string, string>
  /** `image/*.png` and the like. */
  readonly patterns: ReadonlyMap<string, string>
}

export function keysOf(templates: readonly Template[], { words, patterns }: Words): Keys {
  return {
    templates: new Map(templates.map((template, i) => [template, codeOf(i, 'A')])),
    words: new Map(words.map((word, i) => [word, codeOf(i + patterns.length, 'a')])),
    patterns: new Map(patterns.map((pattern, i) => [pattern, codeOf(i, 'a')])),
  }
}

/** The marker of a gap; `codes` are those of its templates. */
export type Omit = (cut: Cut, codes: string) => string

/** Codes that a marker names at most. */
const MOST_CODES = 4
/** Values of a slot in a row without a code, after which none is looked for. */
const GIVE_UP = 500

export interface Printed {
  readonly text: string
  /** Some values are left out. */
  readonly dittos: boolean
  readonly ranges: boolean
  readonly fills: boolean
  readonly escapes: boolean
}

/** The body of `items`; see notation.ts. `cut` gives the part of a time that stands in the prefix line. */
export function printBody(
  sheet: Sheet,
  items: readonly Item[],
  keys: Keys,
  features: Features,
  cut: CutTime,
  omit: Omit,
): Printed {
  return new Printer(sheet, keys, features, cut, omit).print(items)
}

/** What a template's rows have shown so far. */
interface Shown {
  readonly code: string
  /** Of each slot: the cell of the last row's value. */
  readonly cells: Int32Array
  /** Of each slot: the printed row in which the value stood, not as above. */
  readonly rows: number[]
  /** Of each slot: values since one had a code. */
  readonly plain: number[]
}

class Printer {
  readonly #sheet: Sheet
  readonly #keys: Keys
  readonly #features: Features
  readonly #by: string
  readonly #cut: CutTime
  readonly #omit: Omit
  /** The rows in pieces: one join of all of them is far less work than one for each row. */
  readonly #out: string[] = []
  /** How many rows were begun. */
  #rows = 0
  readonly #shown = new Map<Template, Shown>()
  readonly #words: Codes
  readonly #patterns: Patterns
  readonly #isWordCode: (code: string) => boolean
  /** Codes that stand in rows: the others need no key. */
  readonly #used = new Set<string>()
  #dittos = false
  #ranges = false
  #fills = false
  #escapes = false
  #prefix = ''
  /** The cell of the last time that was printed. */
  #time = -1
  #timeRow = 0

  constructor(sheet: Sheet, keys: Keys, features: Features, cut: CutTime, omit: Omit) {
    this.#sheet = sheet
    this.#omit = omit
    this.#keys = keys
    this.#features = features
    this.#by = features.by ?? DEFAULT_BY
    this.#cut = cut
    this.#words = new Codes(keys.words)
    this.#patterns = new Patterns(keys.patterns)
    const codes = new Set([...keys.words.values(), ...keys.patterns.values()])
    this.#isWordCode = code => codes.has(code)
  }

  print(items: readonly Item[]): Printed {
    const codes = new Set(this.#keys.templates.values())
    const isCode = (code: string) => codes.has(code)
    for (let i = 0; i < items.length; i++) {
      const item = items[i]!
      if ('cut' in item) this.#begin(this.#marker(item.cut))
      else if ('repeat' in item) this.#begin(printRepeat(item.repeat))
      else if (item.template) {
        i += this.#printCoded(item, item.template, items, i)
      } else this.#printLine(this.#sheet.lineOf(item), isCode)
    }
    const body = this.#out.join('')
    const text = this.#features.keys ? `${this.#printKeys()}\n${body}` : body
    return {
      text,
      dittos: this.#dittos,
      ranges: this.#ranges,
      fills: this.#fills,
      escapes: this.#escapes,
    }
  }

  #printLine(line: string, isCode: (code: string) => boolean): void {
    const escapes = looksCoded(line, isCode, this.#features)
    this.#escapes ||= escapes
    this.#begin(escapes ? `\\${line}` : line)
  }

  /** A row that begins with `text`. */
  #begin(text: string): void {
    if (this.#rows++ > 0) this.#out.push('\n')
    this.#out.push(text)
  }

  #printKeys(): string {
    const { patterns, words, templates } = this.#keys
    let text = ''
    for (const [pattern, code] of patterns) if (this.#used.has(code)) text += `${code}*=${pattern}\n`
    for (const [word, code] of words) if (this.#used.has(code)) text += `${code}=${word}\n`
    for (const [template, code] of templates) text += `${printTemplate(code, template)}\n`
    return text
  }

  #marker(cut: Cut): string {
    const codes = cut.templates.flatMap(template => this.#keys.templates.get(template) ?? [])
    return this.#omit(cut, [...codes.slice(0, MOST_CODES), codes.length > MOST_CODES ? '..' : ''].join(' ').trim())
  }

  /** Prints a row, or the range that begins with it; answers how many more items went into the range. */
  #printCoded(row: Row, template: Template, items: readonly Item[], at: number): number {
    const shown = this.#shownOf(template)
    const sheet = this.#sheet
    const out = this.#out
    const time = this.#printTime(row.cells)
    const now = this.#rows
    this.#begin(shown.code)
    if (time) out.push(time)
    const range = countingFrom(sheet, items, at)
    // Cells behind the last one that says something are left out.
    let said = out.length
    for (let slot = 0; slot < template.slots; slot++) {
      const cell = cellOf(row, slot)
      const above = shown.cells[slot]!
      shown.cells[slot] = range ? cellOf(range.last, slot) : cell
      const counts = range?.slots.includes(slot)
      out.push(slot === 0 ? ' ' : this.#by)
      if (!counts && now - shown.rows[slot]! <= REACH && sheet.same(above, cell)) {
        this.#dittos = true
        continue
      }
      shown.rows[slot] = now
      if (counts) {
        this.#ranges ||= template.slots > 1
        out.push(sheet.at(cell), '..', sheet.valueOf(range!.last, slot))
      } else out.push(row.gaps?.[slot] ?? this.#cell(cell, slot, template.slots - 1, shown))
      said = out.length
    }
    out.length = said
    return range?.more ?? 0
  }

  #shownOf(template: Template): Shown {
    let shown = this.#shown.get(template)
    if (!shown) {
      const slots = Array.from({ length: template.slots }, () => 0)
      const rows = slots.map(() => -REACH - 1)
      const cells = new Int32Array(template.slots)
      this.#shown.set(template, (shown = { code: this.#keys.templates.get(template)!, cells, rows, plain: slots }))
    }
    return shown
  }

  #cell(cell: number, slot: number, last: number, { plain }: Shown): string {
    const by = slot === last ? '' : this.#by
    if (plain[slot]! < GIVE_UP) {
      const coded = this.#words.codeAt(this.#sheet, cell) ?? this.#patterns.cellOf(this.#sheet.at(cell), by)
      if (coded !== undefined) {
        plain[slot] = Number.NEGATIVE_INFINITY
        const code = filledOrWhole(coded)
        if (code !== coded) this.#fills = true
        this.#used.add(code)
        return coded
      }
      plain[slot]!++
    }
    return printCell(this.#sheet, cell, by, this.#isWordCode)
  }

  /** What of the time stands in the row: nothing where it is the time above. */
  #printTime(cell: number): string {
    const sheet = this.#sheet
    if (sheet.lengthAt(cell) === 0) return ''
    if (this.#time >= 0 && this.#rows - this.#timeRow <= REACH && sheet.same(cell, this.#time)) return ''
    const from = sheet.bounds[cell]!
    const to = sheet.bounds[cell + 1]!
    const prefix = this.#cut(sheet.text, from, to)
    if (prefix !== this.#prefix) {
      this.#begin(`@${prefix}`)
      this.#prefix = prefix
    }
    this.#time = cell
    this.#timeRow = this.#rows
    return sheet.text.slice(from + prefix.length, to)
  }
}

/** The code of `a` or `b*7`. */
function filledOrWhole(cell: string): string {
  const hole = cell.indexOf('*')
  return hole < 0 ? cell : cell.slice(0, hole)
}

const printRepeat = ({ of, times }: Repeat) => (of === 1 ? `^${times}` : `^${times} of ${of}`)
