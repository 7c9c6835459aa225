import { type Filter, type FilterContext, pass, type Verdict } from '../filter.ts'
import { decode, type Encoded, encode, type Parts, partsOf } from './codec.ts'
import { fits } from './fits.ts'

/** Tokens up to which every row stays, and what share of a larger text may stay. */
const ALL_ROWS = 8000
const KEPT = { lossless: 1, balanced: 0.7, aggressive: 0.15 }

/**
 * Tables, each column by the rule that its cells follow. A body is lines as they are and tables:
 *
 *   @1461 csv                                  a table of 1,461 lines, in the layout csv
 *   date=#-*,temp=(/10),id?=(+1),sky,place     its columns: `*` a cell of the row, `#` one of the line above that begins
 *   =sky: a=drizzle,b=snow                     with #, (/10) 128 is 12.8, ?=(+1) one more than above where the cell is
 *   #2012-01                                   empty, {name} another column; `=` lines say what codes stand for
 *   01,128,,a                                  an empty cell is as above, `~` is empty, `\NA` is the whole cell as it is
 *   !a line of another shape
 *   [... 84 rows L12-95: date 2012-02-01 to 2012-04-24]
 */
const table: Filter = {
  name: 'table',
  summary: 'CSV, TSV, Markdown and aligned tables: columns by rule, groups and codes, exactly',
  options: {},
  unit: 'document',
  fits,
  apply(text, context) {
    const parts = partsOf(text, context.signal)
    if (!parts) return pass('not-mine')
    const whole = encode(parts, text, 0, context)
    if (context.mode === 'lossless') return whole === undefined ? pass('not-smaller') : rewrite(whole, 'bytes')
    const before = context.count(text)
    const most = context.budget ?? Math.max(before * KEPT[context.mode], context.mode === 'balanced' ? ALL_ROWS : 0)
    const after = whole === undefined ? before : context.count(whole.body)
    const cut =
      after > most && isMostlyTable(parts, text, context) ? cutTo(parts, text, most, after, context) : undefined
    if (cut !== undefined) return rewrite(cut, 'no')
    return whole === undefined ? pass('not-smaller') : rewrite(whole, 'bytes')
  },
  decode,
}
export default table

/** In prose with a table or two, rows are not what makes it long. */
function isMostlyTable(parts: Parts, text: string, { mode, budget }: FilterContext): boolean {
  if (mode === 'aggressive' || budget !== undefined) return true
  let others = 0
  for (const { lines, block } of parts()) if (!block) for (const line of lines) others += line.length + 1
  return others < 0.4 * text.length
}

/** A body with as many rows left out as `most` tokens ask; three tries, since what goes with each row is only known afterwards. */
export function cutTo(
  parts: Parts,
  text: string | undefined,
  most: number,
  after: number,
  context: FilterContext,
): Encoded | undefined {
  let share = 1 - most / after
  let best: Encoded | undefined
  for (let round = 0; round < 3; round++) {
    const encoded = encode(parts, text, share, context)
    if (encoded === undefined) return best
    const tokens = context.count(encoded.body)
    best = encoded
    if (tokens <= most * 1.05 && (context.budget === undefined || tokens <= most)) return encoded
    share = Math.min(1, 1 - (1 - share) * (most / tokens) * 0.97)
  }
  return best
}

const rewrite = ({ body, note }: Encoded, lossless: 'bytes' | 'no'): Verdict => ({
  kind: 'rewrite',
  text: body,
  lossless,
  note,
})
