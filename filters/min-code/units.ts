import type { Syntax } from '../../models/models.ts'
import { BLOCK, COMMENT, FUNCTION, type Language, MEMBERS, NAMED, TYPE, VALUE } from './languages.ts'
import { Lines } from './lines.ts'
import { nameOf } from './names.ts'

/** A run of lines, both ends included, counted from 0. */
export interface Run {
  readonly first: number
  readonly last: number
}

/** A function whose body takes lines of its own. */
export interface Unit extends Run {
  readonly node: number
  readonly name: string
  /** Offsets: where it begins, where its body does, where it ends. */
  readonly start: number
  readonly body: number
  readonly end: number
  /** The lines that can go: between the head and the closing brace. */
  readonly inside: Run
  /** The function around it, or undefined. */
  readonly outer: Unit | undefined
  /** Is its body an expression, which has to be one? */
  readonly isValue: boolean
  /** Inside another function: the statement that holds it, if that can stand without what is around it. */
  readonly statement: Run | undefined
}

/** A statement of the file or a member of a type: what can go as a whole. */
export interface Item extends Run {
  readonly start: number
  readonly end: number
  readonly node: number
  readonly depth: number
}

/** Source text with what its grammar says of it. */
export interface Code {
  readonly language: Language
  readonly lines: Lines
  readonly syntax: Syntax
  readonly units: readonly Unit[]
}

/** Finds the functions of a text. Linear but for the depth of nested functions. */
export function codeOf(text: string, language: Language, syntax: Syntax): Code {
  const lines = new Lines(text)
  const bodies = bodiesOf(syntax)
  const inside = insides(lines, syntax, bodies)
  const units: Unit[] = []
  const byNode = new Map<number, Unit>()
  for (let node = 0; node < syntax.length; node++) {
    const body = bodies.get(node)
    if (body === undefined) continue
    const run = inside.get(body)!
    if (run.first > run.last) continue
    const outer = outerOf(syntax, node, byNode)
    const start = syntax.start[node]!
    const unit: Unit = {
      node,
      name: nameOf(text, language, syntax, node, syntax.start[body]!),
      start,
      body: syntax.start[body]!,
      end: syntax.end[node]!,
      first: lines.at(start),
      last: lines.at(Math.max(start, syntax.end[node]! - 1)),
      inside: run,
      outer,
      isValue: syntax.kind[body] === VALUE,
      statement: outer && statementOf(lines, syntax, node, language, outer),
    }
    byNode.set(node, unit)
    units.push(unit)
  }
  return { language, lines, syntax, units }
}

/** By a function's node: its body's. */
function bodiesOf({ length, kind, parent }: Syntax): Map<number, number> {
  const bodies = new Map<number, number>()
  for (let i = 0; i < length; i++) {
    const above = parent[i]!
    const isBody = kind[i] === BLOCK || kind[i] === VALUE
    if (isBody && above >= 0 && kind[above] === FUNCTION && !bodies.has(above)) bodies.set(above, i)
  }
  return bodies
}

/** By a body's node: its lines that hold whole statements alone. */
function insides(
  lines: Lines,
  { length, start, end, parent, kind }: Syntax,
  bodies: ReadonlyMap<number, number>,
): Map<number, { first: number; last: number }> {
  const runs = new Map<number, { first: number; last: number }>()
  for (const body of bodies.values()) {
    const braced = lines.text[start[body]!] === '{' || lines.text[start[body]!] === '('
    const from = start[body]! + (braced ? 1 : 0)
    const to = Math.max(from, end[body]! - (braced ? 1 : 0))
    const first = lines.at(from) + (lines.blankBefore(from) ? 0 : 1)
    // A body without braces may end with its line's end.
    const close = !braced && lines.text[to - 1] === '\n' ? to - 1 : to
    const last = lines.at(close) - (lines.blankAfter(to) || close < to ? 0 : 1)
    runs.set(body, { first, last })
  }
  for (let i = 0; i < length; i++) {
    const above = parent[i]!
    const run = runs.get(above >= 0 && kind[above] === MEMBERS ? parent[above]! : above)
    if (run) shrink(run, lines.at(start[i]!), lines.at(Math.max(start[i]!, end[i]! - 1)))
  }
  return runs
}

/** A statement that begins before the run or ends behind it stays whole. */
function shrink(run: { first: number; last: number }, first: number, last: number): void {
  if (first < run.first && last >= run.first) run.first = last + 1
  if (first <= run.last && last > run.last) run.last = first - 1
}

function outerOf({ parent, kind }: Syntax, node: number, byNode: ReadonlyMap<number, Unit>): Unit | undefined {
  for (let at = parent[node]!; at >= 0; at = parent[at]!) {
    const unit = kind[at] === FUNCTION ? byNode.get(at) : undefined
    if (unit) return unit
  }
  return undefined
}

/** The innermost statement of a block around `node`; where indentation counts, only one of the outer body itself. */
function statementOf(lines: Lines, syntax: Syntax, node: number, language: Language, outer: Unit): Run | undefined {
  const { parent, kind, start, end } = syntax
  let at = node
  let blocks = parent[at]!
  while (blocks >= 0 && !isStatementList(syntax, blocks)) {
    at = blocks
    blocks = parent[at]!
  }
  if (blocks < 0 || start[at]! < outer.body) return undefined
  if (language.indented && start[kind[blocks] === MEMBERS ? parent[blocks]! : blocks] !== outer.body) return undefined
  const run = { first: lines.at(start[at]!), last: lines.at(Math.max(start[at]!, end[at]! - 1)) }
  return lines.blankBefore(start[at]!) && lines.blankAfter(end[at]!) ? run : undefined
}

/** A block, or the list that a grammar puts into one. */
const isStatementList = ({ kind, parent }: Syntax, node: number): boolean =>
  kind[node] === BLOCK || (kind[node] === MEMBERS && parent[node]! >= 0 && kind[parent[node]!] === BLOCK)

/** Statements of the file and members of its types, outer ones first; `depth` counts the types around. */
export function itemsOf({ lines, syntax }: Code): Item[] {
  const { length, kind, start, end, parent } = syntax
  const items: Item[] = []
  const depths = new Int32Array(length)
  for (let i = 0; i < length; i++) {
    const above = parent[i]!
    const inFunction = above >= 0 && (depths[above]! < 0 || kind[above] === FUNCTION || kind[above] === NAMED)
    depths[i] = inFunction ? -1 : (above >= 0 ? depths[above]! : 0) + (kind[i] === TYPE ? 1 : 0)
    if (inFunction || above < 0 || kind[i] === COMMENT || !isMemberList(syntax, above)) continue
    items.push({
      start: start[i]!,
      end: end[i]!,
      node: i,
      first: lines.at(start[i]!),
      last: lines.at(Math.max(start[i]!, end[i]! - 1)),
      depth: depths[i]! - (kind[i] === TYPE ? 1 : 0),
    })
  }
  return items
}

const isMemberList = ({ kind, parent }: Syntax, node: number): boolean =>
  kind[node] === MEMBERS || (kind[node] === BLOCK && parent[node]! >= 0 && kind[parent[node]!] === TYPE)
