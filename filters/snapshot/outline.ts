import type { Signal } from '../filter.ts'
import { nextRef } from './shown.ts'
import { aria, type Dialect, dialects, type Line } from './source.ts'

/** Roles that an agent clicks, fills or chooses: their refs always stand in the line. */
const INTERACTIVE =
  /^(?:link|button|textbox|searchbox|checkbox|radio|combobox|listbox|option|menuitem\w*|slider|spinbutton|switch|tab|treeitem|gridcell|disclosuretriangle|input\w*|select\w*|file\w*)$/i
const POINTER = ' [cursor=pointer]'

/** A line of a snapshot with its place among the others, or a line that is none. */
export interface Node {
  /** Its line, 0-based. */
  readonly at: number
  readonly source: string
  /** Undefined where the line stays as it is. */
  line: Line | undefined
  readonly children: Node[]
  /** What is written of its ref: `` where it follows from the one above, `_` where it has none. */
  ref: string
}

export interface Outline {
  readonly dialect: Dialect
  /** Roles that most often have `[cursor=pointer]`. */
  readonly pointers: ReadonlySet<string>
  /** Most nodes have a ref, so one that has none says so. */
  readonly hasRefs: boolean
  /** Lines that no other line holds, in order. */
  readonly roots: readonly Node[]
}

/** Lines of the text that must be nodes for it to be a snapshot. */
const SHARE = 0.6
const FEWEST = 3

/** The nodes of a snapshot, or undefined where the text is none. Linear. */
export function outlineOf(lines: readonly string[], signal: Signal): Outline | undefined {
  const dialect = dialects.find(({ parse }) => lines.slice(0, 200).some(line => isTelling(parse(line)))) ?? aria
  const nodes = lines.map((source, at): Node => {
    signal.throwIfAborted(1 + (source.length >> 6))
    return { at, source, line: dialect.parse(source), children: [], ref: '' }
  })
  const parsed = nodes.filter(({ line }) => line)
  const isOne = parsed.some(({ line }) => isTelling(line))
  if (!isOne || parsed.length < FEWEST || parsed.length < SHARE * lines.length) return undefined
  const roots = nested(nodes)
  const outline = { dialect, pointers: pointersOf(parsed), hasRefs: hasRefs(parsed), roots }
  // Children before their parents: a parent whose first child stays as it is does so too.
  for (const node of nodes.toReversed()) if (node.line && !isWhole(node, dialect)) node.line = undefined
  return outline
}

/** No list in Markdown or YAML has lines like these. */
const isTelling = (line: Line | undefined) =>
  line !== undefined && (line.ref !== '' || line.role === '/url' || (line.name !== '' && INTERACTIVE.test(line.role)))

const hasRefs = (nodes: readonly Node[]) =>
  nodes.filter(({ line }) => line!.ref !== '').length * 2 > nodes.filter(({ line }) => takesRef(line!)).length

/** Text and properties have none. */
export const takesRef = ({ role }: Line): boolean => role !== 'text' && role[0] !== '/'

/** Puts each line below the last one that is less deep; a first line `/url` becomes part of its node. */
function nested(nodes: readonly Node[]): Node[] {
  const roots: Node[] = []
  const open: Node[] = []
  for (const node of nodes) {
    const { line } = node
    while (open.length && (!line || open.at(-1)!.line!.depth >= line.depth)) open.pop()
    const parent = open.at(-1)
    if (parent?.children.length === 0 && line && isUrl(line, parent.line!)) {
      parent.line = { ...parent.line!, url: line.text! }
      parent.children.push(node)
    } else {
      ;(parent?.children ?? roots).push(node)
      if (line) open.push(node)
    }
  }
  return roots
}

const isUrl = (line: Line, parent: Line) =>
  line.role === '/url' &&
  line.depth === parent.depth + 1 &&
  line.text !== undefined &&
  `${line.name}${line.pre}${line.ref}` === '' &&
  !line.isQuoted

/** Does a colon end the line just where something follows it? Then none needs to be written. */
function isWhole({ line, children }: Node, { name }: Dialect): boolean {
  if (name === 'uid') return true
  if (line!.text !== undefined) return line!.hasColon && children.length === 0
  return line!.hasColon ? children[0]?.line !== undefined : children.length === 0
}

function pointersOf(nodes: readonly Node[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const { line } of nodes)
    if (line!.ref) counts.set(line!.role, (counts.get(line!.role) ?? 0) + (line!.post === POINTER ? 1 : -1))
  return new Set([...counts].flatMap(([role, more]) => (more > 0 ? [role] : [])))
}

/** Role, with marks for what differs from most of its kind. */
export function keyOf({ isQuoted, role, post }: Line, { pointers }: Outline): string {
  return `${isQuoted ? "'" : ''}${role}${pointers.has(role) && post !== POINTER ? '!' : ''}`
}

/** What stands behind the ref, unless its role says it. */
export const postOf = ({ role, post }: Line, { pointers }: Outline): string =>
  post === POINTER && pointers.has(role) ? '' : post

/** The part of a line behind its ref, from a key and what was written. */
export const postFrom = (role: string, isOdd: boolean, post: string, pointers: ReadonlySet<string>): string =>
  pointers.has(role) && !isOdd ? POINTER : post

/** Says which refs are written: those of interactive nodes, and those that do not follow the one above. */
export function settleRefs(nodes: Iterable<Node>, outline: Outline): void {
  let last = ''
  for (const node of nodes) {
    const { line } = node
    if (!line) continue
    const isInteractive = INTERACTIVE.test(line.role) || line.post.includes(POINTER)
    if (line.ref === '') node.ref = outline.hasRefs && takesRef(line) ? '_' : ''
    else
      node.ref =
        !isInteractive && postOf(line, outline) === '' && line.ref === nextRef(last) && outline.hasRefs ? '' : line.ref
    if (line.ref) last = line.ref
  }
}
