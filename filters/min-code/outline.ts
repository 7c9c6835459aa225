import { FUNCTION, MEMBERS, NAMED, TYPE } from './languages.ts'
import { nameOf } from './names.ts'
import { type Code, itemsOf } from './units.ts'

/** A definition as the outline shows it; lines are counted from 0. */
interface Entry {
  readonly first: number
  readonly last: number
  readonly depth: number
  readonly head: string
  readonly name: string
}

/** The head's note of a map. */
export const OUTLINE = 'outline'

/** The share of a text's tokens that its outline may take before its heads are shortened. */
const ROOM = 0.08

/**
 * The definitions of a text with their lines, `L120-158 async closeSession(id: string): Promise<void>`, indented by what they are in:
 * `number` is that of the first line. With whole heads, or, where these take too much, with names alone, or with several names a line.
 */
export function outlineOf(code: Code, number: number, count: (text: string) => number, whole: number): string {
  const found = entriesOf(code)
  const entries = found.length > 0 ? found : statementsOf(code)
  const range = ({ first, last }: Entry) =>
    first === last ? `L${number + first}` : `L${number + first}-${number + last}`
  const forms = [
    () => entries.map(entry => `${' '.repeat(entry.depth)}${range(entry)} ${entry.head}\n`).join(''),
    () => entries.map(entry => `${' '.repeat(entry.depth)}${range(entry)} ${entry.name}\n`).join(''),
    () => grouped(entries, number),
  ]
  let text = ''
  for (const form of forms) {
    text = form()
    if (count(text) <= ROOM * whole) break
  }
  return text
}

/** Names behind the lines where they begin, after the type that they are in. */
function grouped(entries: readonly Entry[], number: number): string {
  let text = ''
  entries.forEach((entry, i) => {
    const next = entries[i + 1]
    const opens = next !== undefined && next.depth > entry.depth
    text += `${number + entry.first} ${entry.name}${opens ? ': ' : next && next.depth < entry.depth ? '\n' : ', '}`
  })
  return text.replace(/, $/, '').replace(/\n?$/, '\n')
}

/** Where nothing is defined: the longest statements. */
function statementsOf(code: Code): Entry[] {
  const items = itemsOf(code).filter(({ depth }) => depth === 0)
  const longest = [...items].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)
  const shown = new Set(longest.slice(0, MOST_STATEMENTS))
  return items
    .filter(item => shown.has(item))
    .map(({ first, last, start }) => {
      const head = short(code.lines.text.slice(start, Math.min(code.lines.end(first), start + LONGEST)))
      return { first, last, depth: 0, head, name: head.slice(0, 30) }
    })
}

const MOST_STATEMENTS = 12

/** On one line, and nothing that would be taken for a marker. */
const short = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('[...', '[..').trim()

/** Types and functions outside other functions, in order. */
function entriesOf(code: Code): Entry[] {
  const { syntax, lines } = code
  const { length, kind, start, end, parent } = syntax
  const entries: Entry[] = []
  const depths = new Int32Array(length)
  const wrappers = new Set(
    code.units.filter(unit => unit.last - unit.first > 0.6 * lines.count).map(({ start }) => start),
  )
  for (let i = 0; i < length; i++) {
    const above = parent[i]!
    const hidden = above >= 0 && (depths[above]! < 0 || (kind[above] === FUNCTION && !wrappers.has(start[above]!)))
    const depth = above < 0 ? 0 : Math.max(0, depths[above]!)
    const first = lines.at(start[i]!)
    const last = lines.at(Math.max(start[i]!, end[i]! - 1))
    const opens = !hidden && kind[i] === TYPE && last > first && isStatement(code, i)
    depths[i] = hidden ? -1 : depth + (opens ? 1 : 0)
    if (hidden || !(opens || kind[i] === FUNCTION) || wrappers.has(start[i]!)) continue
    const head = headOf(code, i)
    const name = opens
      ? /^[^{(:=<\n]*/.exec(head)![0].trim().split(/\s+/).slice(-2).join(' ')
      : nameOf(lines.text, code.language, syntax, i, end[i]!)
    if (name || opens) entries.push({ first, last, depth, head, name: name || head })
  }
  return entries
}

/** Right in a list of statements or members, whatever modifiers and exports are around it. */
function isStatement({ syntax }: Code, node: number): boolean {
  const { kind, parent } = syntax
  let at = parent[node]!
  while (at >= 0 && kind[at] === 0) at = parent[at]!
  return at < 0 || kind[at] === MEMBERS || kind[at] === 2
}

/** UTF-16 code units of a head that are shown. */
const LONGEST = 100

/** What stands in front of the body, on one line; of what is assigned, the name too. */
function headOf({ syntax, lines }: Code, node: number): string {
  const { kind, parent, start, end } = syntax
  const above = parent[node]!
  const from =
    above >= 0 &&
    (kind[above] === NAMED || lines.at(start[above]!) === lines.at(start[node]!)) &&
    kind[above] !== MEMBERS &&
    kind[above] !== 2
      ? start[above]!
      : start[node]!
  const text = lines.text.slice(
    Math.max(from, start[node]! - LONGEST),
    Math.min(end[node]!, start[node]! + 4 * LONGEST),
  )
  const body =
    kind[node] === TYPE
      ? /\s*(?:\{|:\s*\n|\n)/.exec(text)
      : /\s*(?:=>\s*)?(?:\{|:\s*\n|\n\s*(?!\s*[)\w&*.,'"@[-]))|\s*=>/.exec(text)
  const head = (body ? text.slice(0, body.index) : text)
    .replace(/\s+/g, ' ')
    .replace(/\( | \)|,\)/g, found => found.trim().replace(',)', ')'))
    .trim()
  return short(head.length > LONGEST ? `${head.slice(0, LONGEST)}…` : head)
}
