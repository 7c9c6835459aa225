import type { Signal } from '../filter.ts'
import { STRING } from './parse.ts'
import type { Model } from './shapes.ts'

/** Rows of one shape that a list needs before one can be odd. */
const FEW = 8
/** The share of them that may be odd; one always may. */
const ODD = 0.03

/**
 * Rows, by place, one of whose strings does not begin, before its first digit, as those of nearly all others of their shape do: the odd
 * name in a numbered list. O(cells).
 */
export function oddNames(model: Model, parent: number, signal: Signal): number[] {
  const { nodes, shapes, shapeOf, rowOf, place } = model
  const groups = new Map<number, number[]>()
  for (let row = parent + 1; row < nodes.next[parent]!; row = nodes.next[row]!) {
    const group = groups.get(shapeOf[row]!)
    if (group) group.push(row)
    else groups.set(shapeOf[row]!, [row])
  }
  const found: number[] = []
  for (const [shape, rows] of groups) {
    if (shape < 0 || rows.length < FEW) continue
    for (const column of shapes[shape]!.columns) {
      signal.throwIfAborted(rows.length)
      const cells = rows.map(row => column.nodes[rowOf[row]!]!)
      if (column.what !== 'member' || cells.some(node => node < 0 || nodes.kind[node] !== STRING)) continue
      const starts = cells.map(node => startOf(nodes.text, nodes.start[node]! + 1, nodes.end[node]! - 1))
      for (const i of exceptions(starts)) found.push(place[rows[i]!]!)
    }
  }
  return found
}

/** Longest start that is looked at, in UTF-16 units. */
const LONGEST = 100

function startOf(text: string, from: number, end: number): string {
  let at = from
  while (at < end && at < from + LONGEST && !(text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39)) at++
  return text.slice(from, at)
}

/** Where few texts are not the one that all others are. */
function exceptions(texts: readonly string[]): number[] {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  const [common, most] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))
  if (common === '' || texts.length - most > Math.max(1, texts.length * ODD)) return []
  return texts.flatMap((text, i) => (text === common ? [] : [i]))
}
