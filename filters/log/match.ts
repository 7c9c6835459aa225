import { type Part, type Row, type Template, TIME } from './notation.ts'
import type { Scan } from './scan.ts'

/** A template by its lines. */
interface Form {
  readonly template: Template
  readonly lines: readonly (readonly Part[])[]
  /** UTF-16 units of its text: the more, the more telling. */
  readonly length: number
  /** Does it begin with the time? And the text that then follows, or that it begins with; empty where that is a value. */
  readonly timed: boolean
  readonly opening: string
}

/** Forms by how they open. */
interface Openings {
  /** What a line may have that goes on in none of the known ways: the most telling first. */
  readonly forms: readonly Form[]
  /** Up to where the next look goes, in UTF-16 units of the opening, and what may stand there; 0 where no look helps. */
  readonly length: number
  readonly next: ReadonlyMap<string, Openings>
}

/** Finds, for a line of a scan, the most telling of some templates that it has; values end where the text behind them first stands. */
export class Matcher {
  readonly #scan: Scan
  readonly #timed: Openings
  readonly #untimed: Openings

  constructor(templates: readonly Template[], scan: Scan) {
    this.#scan = scan
    const forms = templates.flatMap(template => formOf(template) ?? []).sort((a, b) => b.length - a.length)
    this.#timed = openingsOf(
      forms.filter(form => form.timed || form.opening === ''),
      0,
    )
    this.#untimed = openingsOf(
      forms.filter(form => !form.timed),
      0,
    )
  }

  /** The row that begins with the line `first` and ends before `end`, or undefined. Compares with each template at most. */
  rowAt(first: number, end: number): Row | undefined {
    for (const form of this.#formsFor(first)) {
      const row = first + form.lines.length <= end ? this.#rowOf(form, first) : undefined
      if (row) return row
    }
    return undefined
  }

  #formsFor(at: number): readonly Form[] {
    const line = this.#scan.sheet.lines[at]!
    const isTimed = this.#scan.starts[at] === 0
    const from = isTimed ? this.#scan.ends[at]! : 0
    let openings = isTimed ? this.#timed : this.#untimed
    for (let seen = 0; openings.length > 0; ) {
      const next = openings.next.get(line.slice(from + seen, from + openings.length))
      if (!next) break
      seen = openings.length
      openings = next
    }
    return openings.forms
  }

  #rowOf({ template, lines }: Form, first: number): Row | undefined {
    const { sheet, starts, ends } = this.#scan
    const cells = sheet.size
    sheet.add(0, 0)
    let timed = false
    for (let line = first; line < first + lines.length; line++) {
      if (!this.#fits(lines[line - first]!, line, cells)) {
        sheet.size = cells
        return undefined
      }
      if (starts[line]! < 0) continue
      sheet.add(sheet.starts[line]! + starts[line]!, sheet.starts[line]! + ends[line]!)
      sheet.size -= 2
      if (!timed) sheet.bounds.copyWithin(cells, sheet.size, sheet.size + 2)
      else if (!sheet.same(cells, sheet.size)) {
        sheet.size = cells
        return undefined
      }
      timed = true
    }
    return { template, cells, first, lines: lines.length }
  }

  /** Does a line have these parts? Its values are then the next cells; `cells` is the row's first. */
  #fits(parts: readonly Part[], line: number, cells: number): boolean {
    const { sheet, starts, ends } = this.#scan
    const text = sheet.lines[line]!
    const base = sheet.starts[line]!
    const start = starts[line]!
    let timed = start < 0
    let at = 0
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!
      if (typeof part === 'string') {
        if (!text.startsWith(part, at)) return false
        at += part.length
      } else if (part === TIME) {
        if (at !== start) return false
        timed = true
        at = ends[line]!
      } else if (part < 0) {
        const value = sheet.at(cells + 2 + 2 * (-2 - part))
        if (!text.startsWith(value, at)) return false
        at += value.length
      } else {
        const to = endOfValue(text, at, parts, i + 1, start)
        if (to < at) return false
        sheet.add(base + at, base + to)
        at = to
      }
    }
    return timed && at === text.length
  }
}

/** Where the value ends that begins at `at`, before the part `next`; -1 where that part does not follow. */
function endOfValue(text: string, at: number, parts: readonly Part[], next: number, time: number): number {
  const part = parts[next]
  if (part === undefined) return text.length
  if (typeof part === 'number') return time
  if (next < parts.length - 1) return text.indexOf(part, at)
  return text.endsWith(part) ? text.length - part.length : -1
}

/** Undefined where a value follows another one: it cannot be told where the first one ends. */
function formOf(template: Template): Form | undefined {
  const lines: Part[][] = [[]]
  let length = 0
  for (const part of template.parts) {
    if (typeof part === 'string') {
      length += part.length
      part.split('\n').forEach((text, i) => {
        if (i > 0) lines.push([])
        if (text) lines.at(-1)!.push(text)
      })
    } else {
      const before = lines.at(-1)!.at(-1)
      if (part !== TIME && typeof before === 'number' && before >= 0) return undefined
      lines.at(-1)!.push(part)
    }
  }
  const [first, second] = lines[0]!
  const timed = first === TIME
  const text = timed ? second : first
  return { template, lines, length, timed, opening: typeof text === 'string' ? text : '' }
}

/** So few forms are compared faster than told apart. */
const FEW = 6

/** A tree of openings that are equal in their first `seen` units. Its depth is bounded by the lengths of openings. */
function openingsOf(forms: readonly Form[], seen: number): Openings {
  const longer = forms.filter(({ opening }) => opening.length > seen)
  if (longer.length <= FEW) return { forms, length: 0, next: new Map() }
  const length = longer.reduce((least, { opening }) => Math.min(least, opening.length), Number.POSITIVE_INFINITY)
  const keyOf = ({ opening }: Form) => opening.slice(seen, length)
  const next = new Map<string, Openings>()
  for (const key of new Set(longer.map(keyOf)))
    next.set(
      key,
      openingsOf(
        forms.filter(form => form.opening.length <= seen || keyOf(form) === key),
        length,
      ),
    )
  return { forms: forms.filter(({ opening }) => opening.length <= seen), length, next }
}
