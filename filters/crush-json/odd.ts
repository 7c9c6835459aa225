import type { Signal } from '../filter.ts'
import { type Nodes, STRING } from './parse.ts'
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
    const places = new Int32Array(rows.map(row => rowOf[row]!))
    const offsets = new Int32Array(rows.length)
    for (const column of shapes[shape]!.columns) {
      signal.throwIfAborted(rows.length)
      if (column.what !== 'member' || !startsOf(nodes, column.nodes, places, offsets)) continue
      for (const i of exceptions(nodes.text, offsets)) found.push(place[rows[i]!]!)
    }
  }
  return found
}

/** Where the strings of these rows begin; false where not all are strings. */
function startsOf({ kind, start }: Nodes, cells: Int32Array, rows: Int32Array, offsets: Int32Array): boolean {
  for (let i = 0; i < rows.length; i++) {
    const node = cells[rows[i]!]!
    if (node < 0 || kind[node] !== STRING) return false
    offsets[i] = start[node]! + 1
  }
  return true
}

/** Longest start that is looked at, in UTF-16 units. */
const LONGEST = 100
/** Strings of which two must share their start. */
const SAMPLE = 3

/** Which of the strings that begin at `offsets` are not like nearly all others. */
function exceptions(text: string, offsets: Int32Array): readonly number[] {
  const most = Math.max(1, offsets.length * ODD)
  for (const at of offsets.subarray(0, SAMPLE)) {
    const common = startOf(text, at)
    if (common === '') continue
    const others: number[] = []
    for (let i = 0; i < offsets.length && others.length <= most; i++)
      if (!beginsWith(text, offsets[i]!, common)) others.push(i)
    if (others.length <= most) return others
  }
  return []
}

/** What stands before the first digit or the string's end. */
function startOf(text: string, from: number): string {
  let at = from
  while (at < from + LONGEST && !isStop(text.charCodeAt(at))) at++
  return text.slice(from, at)
}

const beginsWith = (text: string, at: number, start: string): boolean =>
  text.startsWith(start, at) && (start.length === LONGEST || isStop(text.charCodeAt(at + start.length)))

const isStop = (unit: number): boolean => (unit >= 0x30 && unit <= 0x39) || unit === 0x22
