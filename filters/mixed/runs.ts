import type { Signal } from '../filter.ts'
import type { Page } from './page.ts'
import { type Shape, shapes } from './shapes.ts'

/** Lines of one shape, others between them as the shape allows; `first` to `end` exclusive. */
export interface Run {
  readonly shape: Shape
  readonly first: number
  readonly end: number
}

/** Fewer lines are no run. */
const FEWEST = 6

/** The runs among the lines `first` to `end`, in order. Looks at a line a bounded number of times. */
export function* runsOf(page: Page, first: number, end: number, signal: Signal): Generator<Run> {
  for (let at = first; at < end; ) {
    signal.throwIfAborted()
    const found = shapeOf(page.line(at))
    const run = found && runFrom(page, at, end, found, signal)
    if (run && run.end - run.first >= FEWEST) yield run
    at = run ? run.end : at + 1
  }
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
function runFrom(page: Page, first: number, end: number, { shape, key }: Found, signal: Signal): Run {
  let last = first + 1
  let others = 0
  for (let at = last; at < end; at++) {
    signal.throwIfAborted()
    const line = page.line(at)
    if (shape.is(line) === key) {
      last = at + 1
      others = 0
    } else if (
      at - last >= shape.indented + shape.others ||
      (!(/^\s+\S/.test(line) && shape.indented > 0) && ++others > shape.others)
    )
      break
  }
  return { shape, first, end: last }
}
