import type { Signal } from '../filter.ts'
import type { Item } from '../table/grid.ts'
import type { Segment } from '../table/segments.ts'
import { type Entry, gridOf, SHARE } from '../xml/grid.ts'
import { isAlike, keyOf, lastLine, type Node, type Outline, postOf, shownUrl } from './outline.ts'
import { snapshotRows } from './rows.ts'
import { printShown, type Shown } from './shown.ts'
import type { Line } from './source.ts'

/** Records of a table at least. */
const FEWEST = 4
/** Records of which a table is shorter without being weighed against its lines. */
const LARGE_RUN = 48
/** Lines of what is no record among a table's, at most. */
const ODD = 0.5
/** Names on a line at most. */
const MOST_NAMES = 12
/** Values of a record, and nodes of it, at most. */
const MOST_VALUES = 40
const MOST_NODES = 400
const MOST_NUMBERED = 24

/** Of which tables rows may be left out: of none, of those without refs to click, of all. */
export type RowCuts = 'none' | 'quiet' | 'all'

/** The nodes below each other as lines and tables. Iterative. */
export function segmentsOf(outline: Outline, signal: Signal, cuts: RowCuts): readonly Segment[] {
  const segments: Segment[] = []
  let lines: string[] = []
  const tried = new Set<Node>()
  const stack: { nodes: readonly Node[]; at: number }[] = [{ nodes: outline.roots, at: 0 }]
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    signal.throwIfAborted()
    const node = top.nodes[top.at]
    if (!node) {
      stack.pop()
      continue
    }
    const run = tried.has(node) ? [] : runOf(top.nodes, top.at, outline)
    for (const one of run) tried.add(one)
    const table = run.length >= FEWEST ? tableOf(run, outline, signal, cuts) : undefined
    if (table) {
      segments.push({ lines }, table)
      lines = []
      top.at += run.length
      continue
    }
    const { line, next, below } = lineOf(top.nodes, top.at, outline)
    lines.push(line)
    top.at = next
    if (below) stack.push({ nodes: below, at: 0 })
  }
  segments.push({ lines })
  return segments.filter(segment => segment.block || segment.lines.length > 0)
}

/** Neighbours of one key. */
function runOf(nodes: readonly Node[], from: number, outline: Outline): readonly Node[] {
  const { line, cut } = nodes[from]!
  if (!line || cut) return []
  let to = from + 1
  for (let next = nodes[to]; next?.line && !next.cut && isAlike(line, next.line, outline); next = nodes[to]) to++
  return nodes.slice(from, to)
}

/** Children that are written: the url stands in its node's own line. */
const shownChildren = ({ line, children }: Node, { dialect }: Outline): readonly Node[] =>
  line?.url && dialect.name === 'aria' ? children.slice(1) : children

const shownOf = (node: Node, line: Line, outline: Outline): Shown => ({
  key: keyOf(line, outline),
  names: line.name ? [line.name] : [],
  pre: line.pre,
  ref: node.ref,
  post: node.ref ? postOf(line, outline) : '',
  url: shownUrl(line.url, outline.page),
  text: line.text,
})

/** A node of which its name is all there is to say. */
const isPlain = ({ line, children, ref, cut }: Node) =>
  line !== undefined &&
  !cut &&
  !line.isQuoted &&
  line.name !== '' &&
  line.text === undefined &&
  children.length === 0 &&
  `${line.pre}${ref}${line.url}` === ''

/** The line that begins with the node at `from`: with its plain neighbours, or with what it alone holds. */
function lineOf(
  nodes: readonly Node[],
  from: number,
  outline: Outline,
): { line: string; next: number; below?: readonly Node[] } {
  const node = nodes[from]!
  if (!node.line)
    return { line: rawLine(node.source), next: from + 1, ...(node.children.length && { below: node.children }) }
  const indent = ' '.repeat(node.line.depth)
  if (node.cut) return { line: indent + node.cut.marker, next: from + node.cut.count }
  let above = ''
  let level = nodes
  let at = from
  for (let only = onlyChildren(level, at, outline); only; only = onlyChildren(level, at, outline)) {
    above += `${keyOf(level[at]!.line!, outline)}>`
    level = only
    at = 0
  }
  const last = level[at]!
  const shown = shownOf(last, last.line!, outline)
  const plain = plainRun(level, at, outline)
  const names = plain > 1 ? level.slice(at, at + plain).map(({ line }) => line!.name) : shown.names
  const below = plain > 1 ? [] : shownChildren(last, outline)
  const line = indent + above + printShown({ ...shown, names })
  const next = level === nodes ? at + Math.max(1, plain) : from + 1
  return { line, next, ...(below.length && { below }) }
}

/** How many plain nodes of one key stand from `from` on. */
function plainRun(nodes: readonly Node[], from: number, outline: Outline): number {
  const first = nodes[from]!
  if (!isPlain(first)) return 0
  let to = from + 1
  for (let next = nodes[to]; to - from < MOST_NAMES && next?.line && isPlain(next); next = nodes[to]) {
    if (!isAlike(first.line!, next.line, outline)) break
    to++
  }
  return to - from
}

/** The children of a node that has nothing to say but them, if they make one line. */
function onlyChildren(nodes: readonly Node[], at: number, outline: Outline): readonly Node[] | undefined {
  const { line, ref, children } = nodes[at]!
  const first = children[0]
  if (!line || !first?.line || first.cut || first.line.depth !== line.depth + 1) return undefined
  if (`${line.name}${line.pre}${ref}${line.url}` !== '' || line.isQuoted) return undefined
  return children.length === 1 || plainRun(children, 0, outline) === children.length ? children : undefined
}

/** A line as it stands, with a mark where it could be read as a node. */
export const rawLine = (source: string): string => (/^[ a-zA-Z'/![\0]/.test(source) ? `!${source}` : source)

function tableOf(run: readonly Node[], outline: Outline, signal: Signal, cuts: RowCuts): Segment | undefined {
  const records = new Map<number, readonly Entry[]>()
  for (const [at, node] of run.entries()) {
    const flat = new Flat(outline)
    if (flat.record(node)) records.set(at, flat.entries)
    signal.throwIfAborted(1 + flat.nodes)
    if (at === 20 && records.size < SHARE * at) return undefined
  }
  if (records.size < Math.max(FEWEST, SHARE * run.length)) return undefined
  const line = run[0]!.line!
  const spec = `${' '.repeat(line.depth)}${keyOf(line, outline)}`
  const found = gridOf(records, snapshotRows(spec), signal)
  if (!found) return undefined
  const lines: string[] = []
  const items: Item[] = []
  const isLarge = run.length >= LARGE_RUN
  const starts: number[] = []
  run.forEach((node, at) => {
    const before = lines.length
    const row = found.rows.get(at)
    if (row === undefined || !isLarge) writeAll([node], outline, lines, signal)
    if (row !== undefined) items.push({ row })
    else for (const text of lines.slice(before)) items.push({ text })
    while (starts.length < items.length) starts.push(node.at + 1)
  })
  if (!isLarge && items.length - found.rows.size > ODD * lines.length) return undefined
  starts.push(lastLine(run.at(-1)!) + 2)
  const isCuttable = cuts === 'all' || (cuts === 'quiet' && !found.grid.names.some(name => /@(?:ref|url)/.test(name)))
  return { lines: isLarge ? [] : lines, block: { grids: [found.grid], items }, ...(isCuttable && { starts }) }
}

/** Nodes and all below them, without tables. */
function writeAll(nodes: readonly Node[], outline: Outline, lines: string[], signal: Signal): void {
  const stack = [{ nodes, at: 0 }]
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    signal.throwIfAborted()
    if (top.at >= top.nodes.length) {
      stack.pop()
      continue
    }
    const { line, next, below } = lineOf(top.nodes, top.at, outline)
    lines.push(line)
    top.at = next
    if (below) stack.push({ nodes: below, at: 0 })
  }
}

/** The values of one record by their paths. */
class Flat {
  readonly entries: Entry[] = []
  nodes = 0
  readonly #outline: Outline
  #values = 0

  constructor(outline: Outline) {
    this.#outline = outline
  }

  record(node: Node): boolean {
    return this.#node(node, '', 0) && this.entries.length > 0
  }

  #node(node: Node, path: string, depth: number): boolean {
    const { line } = node
    if (!line || node.cut || depth > 12 || ++this.nodes > MOST_NODES) return false
    const paths: string[] = []
    const values: string[] = []
    const put = (part: string, value: string) => {
      if (value === '') return
      paths.push(part === '.' ? path || '.' : `${path}@${part}`)
      values.push(value)
    }
    const { pre, ref, post, url, text } = shownOf(node, line, this.#outline)
    put('attrs', pre)
    put('ref', ref)
    put('post', post)
    put('url', url)
    if (text === '') return false
    if (text !== undefined) put('text', text)
    put('.', line.name)
    const children = shownChildren(node, this.#outline)
    if (paths.length === 0 && depth > 0 && children.length === 0) {
      paths.push(path)
      values.push('')
    }
    this.#values += paths.length
    if (this.#values > MOST_VALUES) return false
    const leaf = children.length === 0 ? path : undefined
    if (leaf !== undefined && paths.length > 0)
      this.entries.push({ key: paths.join('\n'), paths, members: [values], leaf })
    else
      paths.forEach((one, at) => {
        this.entries.push({ key: one, paths: [one], members: [[values[at]!]], leaf })
      })
    return this.#children(children, path === '' ? '' : `${path}/`, line.depth + 1, depth)
  }

  #children(children: readonly Node[], below: string, level: number, depth: number): boolean {
    for (let from = 0, to = 0; from < children.length; from = to) {
      const { line } = children[from]!
      if (!line || line.depth !== level) return false
      const key = keyOf(line, this.#outline)
      if (key.includes('/')) return false
      for (to = from + 1; to < children.length; to++) {
        const next = children[to]!.line
        if (!next || !isAlike(line, next, this.#outline)) break
      }
      const group = children.slice(from, to)
      if (!this.#group(group, `${below}${key}`, depth + 1)) return false
    }
    return true
  }

  /** Siblings of one key: the only one, members of a list, or numbered ones. */
  #group(group: readonly Node[], path: string, depth: number): boolean {
    if (group.length === 1) return this.#node(group[0]!, path, depth)
    const [length, values] = [this.entries.length, this.#values]
    if (this.#list(group, path, depth)) return true
    this.entries.length = length
    this.#values = values
    return group.length <= MOST_NUMBERED && group.every((node, at) => this.#node(node, `${path}#${at + 1}`, depth))
  }

  /** One entry for all of them, where each is one of the same paths. */
  #list(group: readonly Node[], path: string, depth: number): boolean {
    const list = this.entries.length
    for (const [at, node] of group.entries()) {
      if (!this.#node(node, path, depth) || this.entries.length !== list + (at === 0 ? 1 : 2)) return false
      const first = this.entries[list]!
      if (first.leaf !== path || first.paths.length > 2) return false
      if (at === 0) continue
      const more = this.entries.pop()!
      if (more.key !== first.key || more.leaf !== path) return false
      first.members.push(more.members[0]!)
    }
    return true
  }
}
