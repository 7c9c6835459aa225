import type { Signal } from '../filter.ts'
import { aria, type Dialect, dialects, type Line } from './source.ts'

/** Roles that an agent clicks, fills or chooses: their refs always stand in the line. */
export const INTERACTIVE =
  /^(?:link|button|textbox|searchbox|checkbox|radio|combobox|listbox|option|menuitem\w*|slider|spinbutton|switch|tab|treeitem|gridcell|disclosuretriangle|input\w*|select\w*|file\w*)$/i
export const POINTER = ' [cursor=pointer]'

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
  /** The marker that stands for it and those behind it, `count` siblings in all. */
  cut?: { readonly marker: string; readonly count: number }
}

export interface Outline {
  readonly dialect: Dialect
  /** Roles that most often have `[cursor=pointer]`. */
  readonly pointers: ReadonlySet<string>
  /** Most nodes have a ref, so one that has none says so. */
  readonly hasRefs: boolean
  /** uid: the page's own url, from which others are shown relative; `` where its first node has none. */
  readonly page: string
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
  const page = dialect.name === 'uid' ? (parsed[0]!.line!.url ?? '') : ''
  const outline = { dialect, pointers: pointersOf(parsed), hasRefs: hasRefs(parsed), page, roots }
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

/** A url as a link on this page would have it: `/docs`, `#top`. Those that begin so themselves, and the page's own, stay whole. */
export function shownUrl(url: string, page: string): string {
  if (page === '' || url === '' || url === page) return url
  const host = hostOf(page)
  if (host === '') return url
  if (url.startsWith(`${page}#`)) return url.slice(page.length)
  return url.startsWith(`${host}/`) ? url.slice(host.length) : url
}

/** The inverse of shownUrl. */
export const urlFrom = (shown: string, page: string): string =>
  page === '' || hostOf(page) === ''
    ? shown
    : shown[0] === '/'
      ? hostOf(page) + shown
      : shown[0] === '#'
        ? page + shown
        : shown

/** `https://example.org` of a url on it. */
const hostOf = (url: string) => /^[a-z]{1,12}:\/\/[^/#?]{1,250}/.exec(url)?.[0] ?? ''

/** Do two neighbours have one key and one depth? */
export const isAlike = (a: Line, b: Line, { pointers }: Outline): boolean =>
  a.depth === b.depth &&
  a.role === b.role &&
  a.isQuoted === b.isQuoted &&
  (a.post === b.post || !pointers.has(a.role) || (a.post !== POINTER && b.post !== POINTER))

/** What stands behind the ref, unless its role says it. */
export const postOf = ({ role, post }: Line, { pointers }: Outline): string =>
  post === POINTER && pointers.has(role) ? '' : post

/** The part of a line behind its ref, from a key and what was written. */
export const postFrom = (role: string, isOdd: boolean, post: string, pointers: ReadonlySet<string>): string =>
  pointers.has(role) && !isOdd ? POINTER : post

/** The 0-based last line of a node with all below it. */
export function lastLine(node: Node): number {
  let last = node
  for (let child = last.children.at(-1); child; child = last.children.at(-1)) last = child
  return last.at
}
