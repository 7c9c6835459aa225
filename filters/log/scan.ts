import type { Signal } from '../filter.ts'
import { timeIn } from './times.ts'

/** The lines of a text, each as a shape (the line without its time) and a time. */
export interface Scan {
  readonly lines: readonly string[]
  /** Of each line; empty where it has none. */
  readonly times: readonly string[]
  /** Of each line: its place in `shapes`. */
  readonly shapeOf: Int32Array
  /** Distinct lines, with `mark` where the time stood. */
  readonly shapes: readonly string[]
  readonly counts: readonly number[]
  /** Of each line: equal for equal lines. */
  readonly ids: Float64Array
  readonly mark: string
}

/** Characters for private use (Unicode, plane 0): one that the text does not hold stands for the time in its shapes. */
const MARKS = ['\ue000', '\ue001', '\ue8ff', '\uf123']

/** Lines of more UTF-16 units than this have no time and no template: they are data. */
export const LONGEST_LINE = 8000

/** Linear. */
export function scanLines(text: string, signal: Signal): Scan {
  const lines = text.split('\n')
  const mark = MARKS.find(candidate => !text.includes(candidate))
  const times: string[] = []
  const shapeOf = new Int32Array(lines.length)
  const ids = new Float64Array(lines.length)
  const counts: number[] = []
  const shapes = new Map<string, number>()
  const timeIds = new Map<string, number>([['', 0]])
  lines.forEach((line, at) => {
    signal.throwIfAborted(1 + (line.length >> 8))
    const time = mark === undefined || line.length > LONGEST_LINE ? undefined : timeIn(line)
    const clock = time ? line.slice(time.start, time.end) : ''
    const shape = time ? line.slice(0, time.start) + mark + line.slice(time.end) : line
    const id = idIn(shapes, shape)
    counts[id] = (counts[id] ?? 0) + 1
    times.push(clock)
    shapeOf[at] = id
    ids[at] = id * lines.length + idIn(timeIds, clock)
  })
  return { lines, times, shapeOf, shapes: [...shapes.keys()], counts, ids, mark: mark ?? MARKS[0]! }
}

function idIn(ids: Map<string, number>, text: string): number {
  const known = ids.get(text)
  if (known !== undefined) return known
  ids.set(text, ids.size)
  return ids.size - 1
}
