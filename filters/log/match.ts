import { isSame } from '../ranges.ts'
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
  /** The longest text inside its first line: most lines of other forms lack it, and soon tell so. Empty where all are short. */
  readonly telling: string
}

/** Forms by how they open: a tree of what they share and where they part. */
interface Openings {
  /** What a line may have that goes on in none of the known ways: the most telling first. */
  readonly forms: readonly Form[]
  /** What all longer openings go on with, and behind it the branches by their first character. */
  readonly shared: string
  readonly next: ReadonlyMap<number, Openings>
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
    const line = this.#scan.sheet.lineAt(first)
    for (const form of this.#formsFor(first)) {
      if (first + form.lines.length > end || !line.includes(form.telling) || !this.#opensAs(form, first)) continue
      const row = this.#rowOf(form, first)
      if (row) return row
    }
    return undefined
  }

  #formsFor(at: number): readonly Form[] {
    const { sheet, starts, ends } = this.#scan
    const isTimed = starts[at] === 0
    let from = sheet.starts[at]! + (isTimed ? ends[at]! : 0)
    let openings = isTimed ? this.#timed : this.#untimed
    while (openings.next.size > 0 && sheet.text.startsWith(openings.shared, from)) {
      from += openings.shared.length
      const next = openings.next.get(sheet.text.charCodeAt(from++))
      if (!next) break
      openings = next
    }
    return openings.forms
  }

  /** Do the lines below the first begin as those of the form? */
  #opensAs({ lines }: Form, first: number): boolean {
    const { sheet } = this.#scan
    for (let line = 1; line < lines.length; line++) {
      const opening = lines[line]![0]
      if (typeof opening === 'string' && !sheet.text.startsWith(opening, sheet.starts[first + line])) return false
    }
    return true
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
      const from = sheet.starts[line]! + starts[line]!
      const length = ends[line]! - starts[line]!
      if (!timed) {
        sheet.bounds[cells] = from
        sheet.bounds[cells + 1] = from + length
      } else if (sheet.lengthAt(cells) !== length || !isSame(sheet.text, sheet.bounds[cells]!, from, length)) {
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
    const { text } = sheet
    const end = sheet.endOf(line)
    let at = sheet.starts[line]!
    let timed = starts[line]! < 0
    const time = timed ? -1 : at + starts[line]!
    const timeEnd = at + ends[line]!
    // Looked at first: it costs little, and tells many templates apart that begin alike.
    const closing = parts.at(-1)
    if (typeof closing === 'string' && !text.startsWith(closing, end - closing.length)) return false
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!
      if (typeof part === 'string') {
        if (!text.startsWith(part, at)) return false
        at += part.length
      } else if (part === TIME) {
        if (at !== time) return false
        timed = true
        at = timeEnd
      } else if (part < 0) {
        const value = sheet.at(cells + 2 + 2 * (-2 - part))
        if (!text.startsWith(value, at)) return false
        at += value.length
      } else {
        const to = endOfValue(text, at, end, parts[i + 1], i + 2 < parts.length, time)
        if (to < at) return false
        sheet.add(at, to)
        at = to
      }
    }
    return timed && at === end
  }
}

/** Where the value ends that begins at `at`, before the part `next`, which others may follow; -1 where it does not stand in the line. */
function endOfValue(
  text: string,
  at: number,
  end: number,
  next: Part | undefined,
  more: boolean,
  time: number,
): number {
  if (next === undefined) return end
  if (typeof next === 'number') return time
  const last = end - next.length
  if (!more) return last >= at && text.startsWith(next, last) ? last : -1
  const first = next.charCodeAt(0)
  for (let i = at; i <= last; i++) if (text.charCodeAt(i) === first && text.startsWith(next, i)) return i
  return -1
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
  return {
    template,
    lines,
    length,
    timed,
    opening: typeof text === 'string' ? text : '',
    telling: tellingIn(lines[0]!),
  }
}

/** Shorter texts are found by chance. UTF-16 units. */
const TELLING = 8

function tellingIn(parts: readonly Part[]): string {
  let telling = ''
  for (const part of parts.slice(1, -1)) if (typeof part === 'string' && part.length > telling.length) telling = part
  return telling.length < TELLING ? '' : telling
}

/** So few forms are compared faster than told apart. */
const FEW = 6

/** A tree of openings that are equal in their first `seen` units. Its depth is bounded by the lengths of openings. */
function openingsOf(forms: readonly Form[], seen: number): Openings {
  const longer = forms.filter(({ opening }) => opening.length > seen)
  if (longer.length <= FEW) return { forms, shared: '', next: new Map() }
  const first = longer[0]!.opening
  let parts = first.length
  for (const { opening } of longer) {
    let at = seen
    while (at < parts && opening.charCodeAt(at) === first.charCodeAt(at)) at++
    parts = at
  }
  const ended = (form: Form) => form.opening.length <= parts
  const next = new Map<number, Openings>()
  for (const { opening } of longer.filter(form => !ended(form))) {
    const code = opening.charCodeAt(parts)
    if (next.has(code)) continue
    const alike = forms.filter(form => ended(form) || form.opening.charCodeAt(parts) === code)
    next.set(code, openingsOf(alike, parts + 1))
  }
  return { forms: forms.filter(ended), shared: first.slice(seen, parts), next }
}
