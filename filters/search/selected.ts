import { markerAt } from '../../ccr/marker.ts'
import { lines as lineSelector } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'
import { chooseLines, fitted } from './choose.ts'
import { type Encoded, type Form, literal } from './form.ts'
import { ranked } from './weigh.ts'

/** The note of a list whose lines stand as they came, those that are left out behind markers. */
const SELECTED = 'as it came'
/** A line that answers the question weighs more than all else taken together. */
const ANSWER = 20
/** UTF-16 units of a token, as a guess. */
const TOKEN = 3.6

/** The indices of the lines that a line stands below: folders of a tree, the heading of a listing. */
export type HeadingsOf = (lines: readonly string[]) => readonly (readonly number[])[]

/** The same form that under a budget too small for its codec keeps the lines that matter most, with their headings. */
export function selecting(form: Form, headingsOf: HeadingsOf): Form {
  return {
    ...form,
    encode(lines, context) {
      const whole = form.encode(lines, context)
      const { budget, mode, count } = context
      const fits = whole && (budget === undefined || mode === 'lossless' || count(whole.lines.join('\n')) <= budget)
      return fits || budget === undefined ? whole : (selected(lines, headingsOf(lines), budget, context) ?? whole)
    },
    decode(lines, note, gap) {
      if (!note.includes(SELECTED)) return form.decode(lines, note, gap)
      return lines.map(line => {
        const marker = markerAt(line, 0)
        return marker ? gap(marker.where) : line.startsWith('\\') ? line.slice(1) : line
      })
    },
  }
}

function selected(
  lines: readonly string[],
  headings: readonly (readonly number[])[],
  budget: number,
  { query, signal, count, omit }: FilterContext,
): Encoded | undefined {
  const answers = query === undefined ? undefined : ranked(lines, query)
  const pieces = lines.map((line, i) => {
    const depth = headings[i]!.length + line.split('/').length
    return { first: i, end: i + 1, score: (answers?.[i] ?? 0) * ANSWER + 1 / depth, headings: headings[i]! }
  })
  const costs = lines.map(line => 1 + line.length / TOKEN)
  return fitted(
    budget,
    room => ({ lines: withGaps(lines, chooseLines(pieces, costs, room, signal), omit), note: [SELECTED] }),
    ({ lines }) => count(lines.join('\n')),
  )
}

function withGaps(lines: readonly string[], kept: ReadonlySet<number>, omit: FilterContext['omit']): string[] {
  const body: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    if (kept.has(at)) body.push(/^\\|^\[\.\.\. /.test(line) ? literal(line) : line)
    else {
      let end = at + 1
      while (end < lines.length && !kept.has(end)) end++
      body.push(
        omit(lineSelector(at + 1, end), end - at === 1 ? '1 line' : `${end - at} lines`, 'lines that matter less'),
      )
      at = end - 1
    }
  }
  return body
}

/** No line stands below another. */
export const flat: HeadingsOf = lines => lines.map(() => [])

/** Lines stand below the last one that ends with a colon. */
export const belowColons: HeadingsOf = lines => {
  let heading: readonly number[] = []
  return lines.map((line, i) => {
    const above = heading
    if (line.endsWith(':')) heading = [i]
    return line.endsWith(':') ? [] : above
  })
}

/** Lines of a tree stand below those of lesser depth. */
export const belowBranches: HeadingsOf = lines => {
  const open: { readonly at: number; readonly depth: number }[] = []
  return lines.map((line, at) => {
    const depth = /^[│|├└`\s\u00a0─-]*/.exec(line)![0].length
    while (open.length && open.at(-1)!.depth >= depth) open.pop()
    const headings = open.map(({ at }) => at)
    // Deeper nesting than any tree has is not followed.
    if (open.length < DEEPEST) open.push({ at, depth })
    return headings
  })
}

const DEEPEST = 50
