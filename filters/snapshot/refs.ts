import { INTERACTIVE, isAlike, type Node, type Outline, POINTER, postOf, takesRef } from './outline.ts'
import { nextRef } from './shown.ts'
import type { Line } from './source.ts'

/** Neighbours of one key from which rows may be left out. */
export const LARGE = 24

/** An agent clicks, fills or chooses it. */
export const isInteractive = ({ line }: Node): boolean =>
  line !== undefined && (INTERACTIVE.test(line.role) || line.post.includes(POINTER))

/**
 * Says which refs are written: those of interactive nodes, and those that do not follow the one above. With `gaps`, also the first
 * behind each place where something is or may be left out, for nothing can be counted from there.
 */
export function settleRefs(outline: Outline, gaps: boolean): void {
  let last = ''
  for (const { node, restarts } of inOrder(outline, gaps)) {
    const { line } = node
    if (!line) continue
    if (restarts) last = ''
    if (line.ref === '') node.ref = outline.hasRefs && takesRef(line) ? '_' : ''
    else node.ref = mayBeLeftOut(node, line, outline) && line.ref === nextRef(last) ? '' : line.ref
    if (line.ref) last = line.ref
  }
}

/** Is its ref of no use to an agent, and would it be found again? */
const mayBeLeftOut = (node: Node, line: Line, outline: Outline): boolean =>
  outline.hasRefs &&
  !isInteractive(node) &&
  (outline.dialect.name === 'uid' || takesRef(line)) &&
  postOf(line, outline) === ''

/** The nodes that are shown, in the order of the text, without recursion. */
function* inOrder(outline: Outline, gaps: boolean): Generator<{ node: Node; restarts: boolean }> {
  const stack = [{ nodes: outline.roots, at: 0, long: gaps ? longRuns(outline.roots, outline) : undefined }]
  let restarts = false
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    if (top.long?.has(top.at - 1)) restarts = true
    const node = top.nodes[top.at]
    if (!node) stack.pop()
    else if (node.cut) {
      top.at += node.cut.count
      restarts = true
    } else {
      yield { node, restarts }
      if (node.line?.ref) restarts = false
      top.at++
      const { children } = node
      if (children.length) stack.push({ nodes: children, at: 0, long: gaps ? longRuns(children, outline) : undefined })
    }
  }
}

/** The places of nodes that stand among `LARGE` or more neighbours of their key. */
export function longRuns(nodes: readonly Node[], outline: Outline): ReadonlySet<number> {
  const found = new Set<number>()
  for (let from = 0, to = 0; from < nodes.length; from = to) {
    const { line } = nodes[from]!
    for (to = from + 1; line && to < nodes.length; to++) {
      const next = nodes[to]!.line
      if (!next || !isAlike(line, next, outline)) break
    }
    if (to - from >= LARGE) for (let at = from; at < to; at++) found.add(at)
  }
  return found
}
