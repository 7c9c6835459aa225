import type { Signal } from '../filter.ts'
import { Sheet } from './sheet.ts'
import { Tally } from './tally.ts'
import { timesFinder } from './times.ts'

/** The lines of a text, and where each says its time. */
export interface Scan {
  readonly sheet: Sheet
  /** Of each line: equal for equal lines. */
  readonly ids: Int32Array
  /** Of each line: where in it its time begins and ends, in UTF-16 units; -1 where it has none. */
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** A character that the text does not hold: it stands for the time in shapes. */
  readonly mark: string
}

/** Characters for private use (Unicode, plane 0). */
const MARKS = ['\ue000', '\ue001', '\ue8ff', '\uf123']

/** Lines of more UTF-16 units than this have no time and no template: they are data. */
export const LONGEST_LINE = 8000

/** Linear. */
export function scanLines(text: string, signal: Signal): Scan {
  const sheet = new Sheet(text)
  const mark = MARKS.find(candidate => !text.includes(candidate))
  const ids = idsOf(sheet)
  const starts = new Int32Array(sheet.lineCount).fill(-1)
  const ends = new Int32Array(sheet.lineCount).fill(-1)
  const timeOf = timesFinder(text)
  for (let at = 0; at < sheet.lineCount; at++) {
    const from = sheet.starts[at]!
    const to = sheet.endOf(at)
    signal.throwIfAborted(1 + ((to - from) >> 8))
    const id = ids[at]!
    if (id < at) {
      starts[at] = starts[id]!
      ends[at] = ends[id]!
      continue
    }
    const time = mark === undefined || to - from > LONGEST_LINE ? undefined : timeOf(from, to)
    if (!time) continue
    starts[at] = time.start
    ends[at] = time.end
  }
  return { sheet, ids, starts, ends, mark: mark ?? MARKS[0]! }
}

/** Of each line: the first line that is equal, or itself. Linear. */
function idsOf(sheet: Sheet): Int32Array {
  const { text, starts, lineCount } = sheet
  const ids = new Int32Array(lineCount)
  const firsts = new Int32Array(lineCount)
  const tally = new Tally(text, lineCount)
  for (let line = 0; line < lineCount; line++) {
    const known = tally.size
    const number = tally.add(starts[line]!, sheet.endOf(line))
    if (number === known) firsts[number] = line
    ids[line] = firsts[number]!
  }
  return ids
}

/** Lines that differ in their time only have one shape: the line with the mark in its place. */
export interface Shapes {
  readonly shapes: readonly string[]
  /** Of each shape: how many lines have it. */
  readonly counts: readonly number[]
  /** Of each of the lines asked for: its place in `shapes`. */
  readonly shapeOf: Int32Array
}

export function shapesOf({ sheet, starts, ends, mark }: Scan, some: ArrayLike<number>): Shapes {
  const shapes: string[] = []
  const counts: number[] = []
  const shapeOf = new Int32Array(some.length)
  const known = new Map<string, number>()
  for (let i = 0; i < some.length; i++) {
    const at = some[i]!
    const line = sheet.lineAt(at)
    const shape = starts[at]! < 0 ? line : line.slice(0, starts[at]) + mark + line.slice(ends[at])
    let id = known.get(shape)
    if (id === undefined) {
      known.set(shape, (id = shapes.length))
      shapes.push(shape)
      counts.push(0)
    }
    counts[id]!++
    shapeOf[i] = id
  }
  return { shapes, counts, shapeOf }
}
