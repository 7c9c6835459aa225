import { countingFrom } from './counting.ts'
import { DEFAULT_BY, type Features } from './features.ts'
import { codeOf, escapeCell, looksCoded, printTemplate, type Row, type Template } from './notation.ts'
import { bestOf, fillingsOf, patternOf } from './patterns.ts'
import type { Cut, Item } from './plan.ts'
import type { Repeat } from './repeats.ts'
import { weight } from './weight.ts'
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

/** The body of `items`; see notation.ts. `cut` gives the part of a time that stands in the prefix line. */
export function printBody(
  items: readonly Item[],
  keys: Keys,
  features: Features,
  cut: (time: string) => string,
  omit: Omit,
): Printed {
  return new Printer(keys, features, cut, omit).print(items)
}

/** The marker of a gap; `codes` are those of its templates. */
export type Omit = (cut: Cut, codes: string) => string

/** Codes that a marker names at most. */
const MOST_CODES = 4

export interface Printed {
  readonly text: string
  /** The printed lines, and where those of each item begin. */
  readonly rows: readonly string[]
  readonly starts: Int32Array
  /** Some values are left out. */
  readonly dittos: boolean
}

/** Estimated tokens of each item's rows; 0 where a row before it counts through it. */
export function costsOf({ rows, starts }: Printed): Float64Array {
  const costs = new Float64Array(starts.length)
  for (let at = 0; at < starts.length; at++) {
    const end = at + 1 < starts.length ? starts[at + 1]! : rows.length
    for (let row = starts[at]!; row < end; row++) costs[at]! += 1 + weight(rows[row]!)
  }
  return costs
}

interface Shown {
  values: readonly string[]
  /** Of each slot: the printed row in which the value stood, not as above. */
  readonly rows: number[]
}

class Printer {
  readonly #keys: Keys
  readonly #features: Features
  readonly #by: string
  readonly #cut: (time: string) => string
  readonly #omit: Omit
  readonly #out: string[] = []
  readonly #shown = new Map<Template, Shown>()
  readonly #codes: ReadonlySet<string>
  readonly #wordCodes: ReadonlySet<string>
  #dittos = false
  #prefix = ''
  #time = ''
  #timeRow = 0

  constructor(keys: Keys, features: Features, cut: (time: string) => string, omit: Omit) {
    this.#omit = omit
    this.#keys = keys
    this.#features = features
    this.#by = features.by ?? DEFAULT_BY
    this.#cut = cut
    this.#codes = new Set(keys.templates.values())
    this.#wordCodes = new Set([...keys.words.values(), ...keys.patterns.values()])
  }

  print(items: readonly Item[]): Printed {
    if (this.#features.keys) this.#printKeys()
    const starts = new Int32Array(items.length)
    for (let i = 0; i < items.length; i++) {
      const item = items[i]!
      starts[i] = this.#out.length
      if ('cut' in item) this.#out.push(this.#marker(item.cut))
      else if ('repeat' in item) this.#out.push(printRepeat(item.repeat))
      else if (item.template) {
        const counted = this.#printCoded(item, items, i)
        starts.fill(this.#out.length, i + 1, i + 1 + counted)
        i += counted
      } else this.#out.push(this.#literal(item.text))
    }
    return { text: this.#out.join('\n'), rows: this.#out, starts, dittos: this.#dittos }
  }

  #printKeys(): void {
    for (const [pattern, code] of this.#keys.patterns) this.#out.push(`${code}*=${pattern}`)
    for (const [word, code] of this.#keys.words) this.#out.push(`${code}=${word}`)
    for (const [template, code] of this.#keys.templates) this.#out.push(printTemplate(code, template))
    this.#out.push('')
  }

  #marker(cut: Cut): string {
    const codes = cut.templates.flatMap(template => this.#keys.templates.get(template) ?? [])
    return this.#omit(cut, [...codes.slice(0, MOST_CODES), codes.length > MOST_CODES ? '..' : ''].join(' ').trim())
  }

  #literal(text: string): string {
    return looksCoded(text, code => this.#codes.has(code), this.#features) ? `\\${text}` : text
  }

  /** Prints a row, or the range that begins with it; answers how many more items went into the range. */
  #printCoded(row: Row, items: readonly Item[], at: number): number {
    const template = row.template!
    const tail = this.#printTime(row)
    const range = countingFrom(items, at)
    const { slots } = template
    const known = this.#shown.get(template) ?? { values: [], rows: row.values.map(() => -REACH - 1) }
    const now = this.#out.length
    const cells: string[] = []
    for (let slot = 0; slot < slots; slot++) {
      const value = row.values[slot]!
      if (!range?.slots.includes(slot) && known.values[slot] === value && now - known.rows[slot]! <= REACH) {
        cells.push('')
        this.#dittos = true
        continue
      }
      known.rows[slot] = now
      if (range?.slots.includes(slot)) cells.push(`${value}..${range.last.values[slot]}`)
      else cells.push(row.gaps?.[slot] ?? this.#cell(value, slot === slots - 1))
    }
    while (cells.at(-1) === '') cells.pop()
    known.values = (range?.last ?? row).values
    this.#shown.set(template, known)
    this.#out.push(`${this.#keys.templates.get(template)}${tail}${cells.length ? ` ${cells.join(this.#by)}` : ''}`)
    return range?.more ?? 0
  }

  #cell(value: string, isLast: boolean): string {
    const { words, patterns } = this.#keys
    const word = words.get(value)
    if (word) return word
    const filled = patterns.size ? bestOf(fillingsOf(value), patterns) : undefined
    if (filled && (isLast || !filled.hole.includes(this.#by)))
      return `${patterns.get(patternOf(filled))}*${filled.hole}`
    return escapeCell(value, isLast, this.#by, code => this.#wordCodes.has(code))
  }

  /** What of the time stands in the row: nothing where it is the time above. */
  #printTime({ time }: Row): string {
    if (time === '') return ''
    const near = this.#out.length - this.#timeRow <= REACH
    if (time === this.#time && near) return ''
    const prefix = this.#cut(time)
    if (prefix !== this.#prefix) {
      this.#out.push(`@${prefix}`)
      this.#prefix = prefix
    }
    this.#time = time
    this.#timeRow = this.#out.length
    return time.slice(prefix.length)
  }
}

const printRepeat = ({ of, times }: Repeat) => (of === 1 ? `^${times}` : `^${times} of ${of}`)
