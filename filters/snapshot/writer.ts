import type { Signal } from '../filter.ts'
import type { Item } from '../table/grid.ts'
import type { Segment } from '../table/segments.ts'
import { type Entry, gridOf, SHARE } from '../xml/grid.ts'
import { isAlike, keyOf, lastLine, type Node, type Outline } from './outline.ts'
import { Flat, shownChildren, shownOf } from './records.ts'
import { snapshotRows } from './rows.ts'
import { printShown } from './shown.ts'

/** Records of a table at least. */
const FEWEST = 4
/** Records of which a table is shorter without being weighed against its lines. */
const LARGE_RUN = 48
/** Lines of what is no record among a table's, at most. */
const ODD = 0.5
/** Names on a line at most. */
const MOST_NAMES = 12

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
    // Where the first are none, the others are not looked at.
    if ((at === 8 || at === 24) && records.size < SHARE * at) return undefined
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
