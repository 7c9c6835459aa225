import type { Edit } from '../../models/models.ts'
import { type Choice, type Cuts, cutsOf } from './cuts.ts'
import type { Doc } from './docs.ts'
import { gapsOf, printed } from './print.ts'
import type { Code } from './units.ts'

/** Places of errors that are listed at most (models/models.ts): with so many, more cannot be told from as many. */
const MOST_LISTED = 1000
/** Times that cuts are taken back before all of them are. */
const ROUNDS = 4

/**
 * The cuts of a choice that leave a text which still parses as well as before: what stands where new errors are stays. Undefined where
 * that does not help.
 */
export function sound(
  code: Code,
  docs: readonly Doc[],
  choice: Choice,
  step: (steps: number) => void,
): Cuts | undefined {
  let left = choice
  for (let round = 0; round < ROUNDS; round++) {
    const cuts = cutsOf(code, docs, left)
    const text = printed(code, cuts, () => MARKER)
    const errors = code.syntax.errorsAfter(text, editsOf(code, cuts, text), step)
    if (!errors) return undefined
    if (errors.length <= code.syntax.errors.length && errors.length < MOST_LISTED) return cuts
    const next = without(left, docs, linesAt(code, cuts, text, errors))
    if (next.bodies.size === left.bodies.size && next.docs.size === left.docs.size) return undefined
    left = next
  }
  return undefined
}

const MARKER = '[... 12 lines L3-14]'

/** What the cuts make of a text, as its parser wants to know it. */
function editsOf({ lines }: Code, cuts: Cuts, text: string): Edit[] {
  let at = 0
  let own = 0
  return gapsOf(cuts).map(({ first, last }) => {
    const start = lines.starts[first]!
    at += start - own
    const length = (text.indexOf('\n', at) + 1 || text.length) - at
    at += length
    own = lines.end(last)
    return { line: first, count: last - first + 1, start, end: own, length }
  })
}

/** The text's own lines that stand at offsets of what was printed. */
function linesAt({ lines }: Code, cuts: Cuts, text: string, offsets: readonly number[]): number[] {
  const own: number[] = []
  let gap = 0
  const gaps = gapsOf(cuts)
  for (let line = 0; line < lines.count; line++) {
    own.push(line)
    if (gaps[gap]?.first === line) line = gaps[gap++]!.last
  }
  const found: number[] = []
  let row = 0
  let at = 0
  for (const offset of offsets) {
    for (let next = text.indexOf('\n', at); next >= 0 && next < offset; next = text.indexOf('\n', at)) {
      at = next + 1
      row++
    }
    found.push(own[row] ?? lines.count - 1)
  }
  return found
}

function without(choice: Choice, docs: readonly Doc[], lines: readonly number[]): Choice {
  const near = ({ first, last }: { first: number; last: number }) =>
    lines.some(line => line >= first - 1 && line <= last + 1)
  return {
    ...choice,
    bodies: new Set([...choice.bodies].filter(unit => !near(unit))),
    docs: new Set(docs.filter(doc => choice.docs.has(doc) && !near(doc))),
  }
}
