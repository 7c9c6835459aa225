import type { OneLine } from './comments.ts'
import type { Doc } from './docs.ts'
import { NO_VALUE } from './languages.ts'
import { indentOf } from './lines.ts'
import type { Code, Run, Unit } from './units.ts'
import { weightOf } from './weight.ts'

/** What is to go from a text. */
export interface Choice {
  /** Functions whose bodies go; what is nested in them goes by the same rule. */
  readonly bodies: ReadonlySet<Unit>
  /** Functions that stay whole, wherever they are nested. */
  readonly whole: ReadonlySet<Unit>
  readonly docs: ReadonlySet<Doc>
  /** Lines that go whatever they are. */
  readonly runs: readonly Run[]
  /** Gaps that save little, too; comments on one line; of what is raised in a gap, how it begins. */
  readonly brief: boolean
}

/** Which lines go, and how the line looks that stands for a run of them: by the run's first line, what it begins with. */
export interface Cuts {
  readonly gone: Uint8Array
  readonly frames: ReadonlyMap<number, string>
  /** By the same line: what ends it. */
  readonly tails: ReadonlyMap<number, string>
  /** By the same line: the rule by which it goes, where that is not `body`. */
  readonly rules: ReadonlyMap<number, string>
  readonly brief: boolean
}

/**
 * UTF-16 code units, blanks at line starts left out, that a gap must save: a marker takes some 12 tokens, of 4 units each; what is shown
 * tells more than a gap of little more than that.
 */
const WORTH = 90
const LITTLE = 60

/** Marks the lines of a choice. */
export function cutsOf(code: Code, docs: readonly Doc[], choice: Choice): Cuts {
  const { brief } = choice
  const marked = new Marked(code, brief)
  const cut = marked.bodies(docs, choice)
  marked.docs(choice.docs)
  marked.runs(choice.runs)
  for (const { inside } of cut) marked.fillEmpty(inside)
  return { gone: marked.gone, frames: marked.frames, tails: marked.tails, rules: marked.rules, brief }
}

/** The lines of a text, each there or gone. */
class Marked implements Cuts {
  readonly gone: Uint8Array
  readonly frames = new Map<number, string>()
  readonly tails = new Map<number, string>()
  readonly rules = new Map<number, string>()
  readonly brief: boolean
  /** First and last lines of comments on one line. */
  readonly #told = new Map<number, number>()
  readonly #code: Code
  readonly #worth: number

  constructor(code: Code, brief: boolean) {
    this.gone = new Uint8Array(code.lines.count)
    this.brief = brief
    this.#code = code
    this.#worth = brief ? LITTLE : WORTH
  }

  /** Outer functions come first, so that a nested one is looked at when its surroundings are settled. Gives those that went. */
  bodies(docs: readonly Doc[], { bodies, whole }: Choice): ReadonlySet<Unit> {
    const { units } = this.#code
    const strings = new Map(docs.filter(({ kind }) => kind === 'documentation').map(doc => [doc.first, doc]))
    const nestedIn = nestedOf(units)
    const cut = new Set<Unit>()
    for (const unit of units) {
      const inherits = unit.outer !== undefined && cut.has(unit.outer)
      if (whole.has(unit) || !(bodies.has(unit) || inherits) || this.gone[unit.first]) continue
      cut.add(unit)
      if (weightOf(this.#code, unit.inside) < this.#worth) continue
      this.#cutBody(unit, strings.get(unit.inside.first))
      for (const { nested, statement } of nestedIn.get(unit) ?? [])
        if (holdsOne(nested, whole) || isWorthShowing(this.#code, nested, statement)) fill(this.gone, statement, 0)
    }
    return cut
  }

  #cutBody({ inside, isValue }: Unit, doc: Doc | undefined): void {
    fill(this.gone, inside, 1)
    if (isValue) this.#standIn(inside, NO_VALUE)
    if (doc) this.#keepFirstParagraph(doc)
  }

  /** The documentation's beginning stays; the line that stands for all that follows closes its quotes. */
  #keepFirstParagraph(doc: Doc): void {
    const { lines, language } = this.#code
    const short = this.brief && doc.line && this.#weighs(doc, doc.line)
    if (short) this.#tell(doc, doc.line!)
    else if (!doc.rest) fill(this.gone, doc, 0)
    if (short || !doc.rest || doc.rest.first === doc.first) return
    fill(this.gone, { first: doc.first, last: doc.rest.first - 1 }, 0)
    this.frames.set(doc.rest.first, `${indentOf(lines.line(doc.first))}${doc.quotes}  ${language.comment} `)
  }

  /** Is a comment on one line so much less that it pays for its marker? */
  #weighs(doc: Doc, { frame, tail }: OneLine): boolean {
    return weightOf(this.#code, doc) - frame.length - tail.length >= this.#worth
  }

  #tell({ first, last }: Doc, { frame, tail }: OneLine): void {
    this.#told.set(first, last)
    this.frames.set(first, frame)
    this.tails.set(first, tail)
  }

  /** What follows first paragraphs and first entries, as far as it is still there. */
  docs(shortened: Iterable<Doc>): void {
    for (const doc of shortened) {
      const { kind, first, rest, line: told } = doc
      if (this.brief && told && !this.gone[first] && this.#weighs(doc, told)) {
        fill(this.gone, doc, 1)
        this.rules.set(first, kind)
        this.#tell(doc, told)
        continue
      }
      if (!rest || this.gone[first] || this.gone[rest.first] || weightOf(this.#code, rest) < this.#worth) continue
      fill(this.gone, rest, 1)
      this.rules.set(rest.first, kind)
      const line = this.#code.lines.line(rest.first)
      if (doc.frame !== undefined) this.frames.set(rest.first, doc.frame)
      else if (kind === 'comment') this.frames.set(rest.first, decorationOf(line))
      else if (kind === 'text' || kind === 'documentation') this.frames.set(rest.first, indentOf(line))
    }
  }

  runs(runs: readonly Run[]): void {
    for (const run of runs) {
      fill(this.gone, run, 1)
      for (let line = run.first; line <= run.last; line++) {
        this.frames.delete(line)
        this.tails.delete(line)
      }
      this.rules.set(run.first, 'budget')
    }
    if (runs.length === 0) return
    closeUp(this.#code, this.gone)
    // A comment above what is gone tells of nothing that is there.
    for (const [first, last] of this.#told)
      if (this.gone[last + 1]) {
        this.frames.delete(first)
        this.tails.delete(first)
      }
  }

  /** A block with nothing left in it gets the statement that its language wants. */
  fillEmpty(inside: Run): void {
    const { empty } = this.#code.language
    if (!empty || this.gone[inside.first - 1] || this.frames.has(inside.first)) return
    for (let line = inside.first; line <= inside.last; line++) if (!this.gone[line]) return
    this.#standIn(inside, empty)
  }

  #standIn(inside: Run, words: string): void {
    const { comment } = this.#code.language
    this.frames.set(inside.first, `${indentOf(firstWords(this.#code, inside))}${words}  ${comment} `)
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

interface Nested {
  readonly nested: Unit
  readonly statement: Run
}

/** By a function: those right inside it whose statements can stand alone. */
function nestedOf(units: readonly Unit[]): Map<Unit, Nested[]> {
  const found = new Map<Unit, Nested[]>()
  for (const nested of units) {
    const { outer, statement } = nested
    if (!outer || !statement) continue
    const known = found.get(outer)
    if (known) known.push({ nested, statement })
    else found.set(outer, [{ nested, statement }])
  }
  return found
}

/** Is the function one of some, or around one of them? */
function holdsOne({ start, end }: Unit, some: ReadonlySet<Unit>): boolean {
  for (const other of some) if (other.start >= start && other.end <= end) return true
  return false
}

/** What begins a line of a comment: ` * `, `/// `, `# `. */
const decorationOf = (line: string): string =>
  /^[ \t]*(?:\*+(?!\/)|\/\/[/!]?|#+!?)?/.exec(line)![0].replace(/(?<=\S)$/, ' ')

function firstWords({ lines }: Code, { first, last }: Run): string {
  for (let line = first; line <= last; line++) if (/\S/.test(lines.line(line))) return lines.line(line)
  return ''
}

/** Lines that a nested function's statement may take besides its body. */
const MOST_AROUND = 12

/** Named, or called with a string such as a test's or a route's name, and not in the middle of much else. */
function isWorthShowing({ lines }: Code, unit: Unit, { first, last }: Run): boolean {
  if (!unit.name && !/^\s*[\w.$]+\(\s*['"`]/.test(lines.line(first))) return false
  return last - first + 1 - (unit.inside.last - unit.inside.first + 1) <= MOST_AROUND
}
