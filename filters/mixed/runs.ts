import type { Signal } from '../filter.ts'
import type { Page } from './page.ts'
import { type Shape, shapes } from './shapes.ts'

/** Lines of one shape, others between them as the shape allows; `first` to `end` exclusive. */
export interface Run {
  readonly shape: Shape
  readonly first: number
  readonly end: number
}

export interface Shaped {
  readonly runs: readonly Run[]
  /** How many lines have a shape, in runs or not. */
  readonly lines: number
}

/** Fewer lines are no run. */
const FEWEST = 6

/** The runs among the lines `first` to `end`, in order. Looks at a line a bounded number of times. */
export function runsIn(page: Page, first: number, end: number, signal: Signal): Shaped {
  const runs: Run[] = []
  let lines = 0
  for (let at = first; at < end; ) {
    signal.throwIfAborted()
    const found = shapeOf(page.line(at))
    if (!found) {
      at++
      continue
    }
    const { run, hits } = runFrom(page, at, end, found, signal)
    if (run.end - run.first >= FEWEST) runs.push(run)
    lines += hits
    at = run.end
  }
  return { runs, lines }
}

export const hasShape = (line: string): boolean => shapeOf(line) !== undefined

interface Found {
  readonly shape: Shape
  readonly key: string | true
}

function shapeOf(line: string): Found | undefined {
  if (line.length < 3) return undefined
  for (const shape of shapes) {
    const key = shape.is(line)
    if (key) return { shape, key }
  }
  return undefined
}

/** Ends behind the last line that has the shape. */
function runFrom(page: Page, first: number, end: number, found: Found, signal: Signal): { run: Run; hits: number } {
  const { shape, key } = found
  let last = first + 1
  let hits = 1
  let indented = 0
  let others = 0
  for (let at = last; at < end; at++) {
    signal.throwIfAborted()
    const line = page.line(at)
    if (shape.is(line) === key) {
      last = at + 1
      hits++
      indented = others = 0
    } else if (/^\s+\S/.test(line) && indented < shape.indented) indented++
    else if (++others > shape.others) break
  }
  return { run: { shape, first, end: last }, hits }
}
