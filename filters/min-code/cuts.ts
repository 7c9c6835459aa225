import type { Doc } from './docs.ts'
import { NO_VALUE } from './languages.ts'
import type { Lines } from './lines.ts'
import type { Code, Run, Unit } from './units.ts'

/** What is to go from a text. */
export interface Choice {
  /** Functions whose bodies go; what is nested in them goes by the same rule. */
  readonly bodies: ReadonlySet<Unit>
  /** Functions that stay whole, wherever they are nested. */
  readonly whole: ReadonlySet<Unit>
  readonly docs: ReadonlySet<Doc>
  /** Lines that go whatever they are. */
  readonly runs: readonly Run[]
  /** UTF-16 code units, blanks at line starts left out, that a gap must save; WORTH where it is not said. */
  readonly worth?: number
}

/** Which lines go, and how the line looks that stands for a run of them: by the run's first line, what it begins with. */
export interface Cuts {
  readonly gone: Uint8Array
  readonly frames: ReadonlyMap<number, string>
  /** By the same line: the rule by which it goes, where that is not `body`. */
  readonly rules: ReadonlyMap<number, string>
  /** Of what is raised in a gap, how it begins, not what it says. */
  readonly brief: boolean
}

/** A marker takes some 12 tokens, of 4 units each; what is shown tells more than a gap of little more than that. */
const WORTH = 90

/** Marks the lines of a choice. Outer functions come first, so that a nested one is looked at when its surroundings are settled. */
export function cutsOf(
  code: Code,
  docs: readonly Doc[],
  { bodies, whole, docs: shortened, runs, worth = WORTH }: Choice,
): Cuts {
  const { lines, units, language } = code
  const gone = new Uint8Array(lines.count)
  const frames = new Map<number, string>()
  const rules = new Map<number, string>()
  const strings = new Map(docs.filter(doc => doc.kind === 'documentation').map(doc => [doc.first, doc]))
  const nestedIn = nestedOf(units)
  const cut = new Set<Unit>()
  for (const unit of units) {
    const inherits = unit.outer !== undefined && cut.has(unit.outer)
    if (whole.has(unit) || !(bodies.has(unit) || inherits) || gone[unit.first]) continue
    cut.add(unit)
    if (weightOf(code, unit.inside) < worth) continue
    fill(gone, unit.inside, 1)
    if (unit.isValue) standIn(unit.inside, NO_VALUE)
    const doc = strings.get(unit.inside.first)
    if (doc) keepFirstParagraph(doc)
    for (const nested of nestedIn.get(unit) ?? []) {
      const kept = whole.has(nested) || holdsWhole(nested)
      if (nested.statement && (kept || isWorthShowing(code, nested))) fill(gone, nested.statement, 0)
    }
  }
  for (const doc of shortened)
    if (doc.rest && !gone[doc.first] && !gone[doc.rest.first] && weightOf(code, doc.rest) >= worth) {
      fill(gone, doc.rest, 1)
      rules.set(doc.rest.first, doc.kind)
      if (doc.kind === 'comment') frames.set(doc.rest.first, decorationOf(lines.line(doc.rest.first)))
      else if (doc.kind === 'text' || doc.kind === 'documentation')
        frames.set(doc.rest.first, indentOf(lines.line(doc.rest.first)))
    }
  for (const run of runs) {
    fill(gone, run, 1)
    rules.set(run.first, 'budget')
  }
  if (runs.length > 0) closeUp(code, gone)
  if (language.empty) for (const unit of cut) fillEmpty(unit)
  return { gone, frames, rules, brief: worth < WORTH }

  function holdsWhole(unit: Unit): boolean {
    for (const other of whole) if (other.start > unit.start && other.end <= unit.end) return true
    return false
  }

  /** The documentation's beginning stays; the line that stands for all that follows closes its quotes. */
  function keepFirstParagraph(doc: Doc): void {
    if (!doc.rest) fill(gone, doc, 0)
    if (!doc.rest || doc.rest.first === doc.first) return
    fill(gone, { first: doc.first, last: doc.rest.first - 1 }, 0)
    frames.set(doc.rest.first, `${indentOf(lines.line(doc.first))}${doc.quotes}  ${language.comment} `)
  }

  /** A block with nothing left in it gets the statement that its language wants. */
  function fillEmpty({ inside }: Unit): void {
    for (let line = inside.first; line <= inside.last; line++) if (!gone[line]) return
    if (gone[inside.first - 1] || frames.has(inside.first)) return
    standIn(inside, language.empty!)
  }

  function standIn(inside: Run, words: string): void {
    frames.set(inside.first, `${indentOf(firstWords(code, inside))}${words}  ${language.comment} `)
  }
}

function fill(gone: Uint8Array, { first, last }: Run, value: 0 | 1): void {
  gone.fill(value, first, last + 1)
}

/** Blank lines between two gaps belong to them. */
function closeUp({ lines }: Code, gone: Uint8Array): void {
  let last = -1
  for (let line = 0; line < gone.length; line++) {
    if (gone[line]) {
      if (last >= 0) gone.fill(1, last, line)
      last = line + 1
    } else if (/\S/.test(lines.line(line))) last = -1
  }
}

/** By a function: those right inside it. */
function nestedOf(units: readonly Unit[]): Map<Unit, Unit[]> {
  const nested = new Map<Unit, Unit[]>()
  for (const unit of units) {
    if (!unit.outer) continue
    const known = nested.get(unit.outer)
    if (known) known.push(unit)
    else nested.set(unit.outer, [unit])
  }
  return nested
}

export const indentOf = (line: string): string => /^[ \t]*/.exec(line)![0]

/** What begins a line of a comment: ` * `, `/// `, `# `. */
const decorationOf = (line: string): string =>
  /^[ \t]*(?:\*+(?!\/)|\/\/[/!]?|#+!?)?/.exec(line)![0].replace(/(?<=\S)$/, ' ')

function firstWords({ lines }: Code, { first, last }: Run): string {
  for (let line = first; line <= last; line++) if (/\S/.test(lines.line(line))) return lines.line(line)
  return ''
}

const weights = new WeakMap<Lines, Float64Array>()

/** UTF-16 code units of lines, their indentation left out. */
export function weightOf({ lines }: Code, { first, last }: Run): number {
  const known = weights.get(lines) ?? weightsOf(lines)
  return last < first ? 0 : known[last + 1]! - known[first]!
}

/** Of all lines above each. */
function weightsOf(lines: Lines): Float64Array {
  const sums = new Float64Array(lines.count + 1)
  for (let line = 0; line < lines.count; line++) {
    let at = lines.starts[line]!
    const end = lines.end(line)
    while (at < end && (lines.text.charCodeAt(at) === 32 || lines.text.charCodeAt(at) === 9)) at++
    sums[line + 1] = sums[line]! + end - at
  }
  weights.set(lines, sums)
  return sums
}

/** Lines that a nested function's statement may take besides its body. */
const MOST_AROUND = 12

/** Named, or called with a string such as a test's or a route's name, and not in the middle of much else. */
function isWorthShowing({ lines }: Code, unit: Unit): boolean {
  const { first, last } = unit.statement!
  if (!unit.name && !/^\s*[\w.$]+\(\s*['"`]/.test(lines.line(first))) return false
  return last - first + 1 - (unit.inside.last - unit.inside.first + 1) <= MOST_AROUND
}
