import { lineRanges, rangesOf } from '../../ccr/select.ts'
import { isCode } from '../auto/code.ts'
import { isJson, isNdjson } from '../auto/json.ts'
import { isLog, isOutput } from '../auto/log.ts'
import { isSurelyProse, isText } from '../auto/prose.ts'
import { type Sample, sampleOf } from '../auto/sample.ts'
import { isSearch, isTable } from '../auto/shapes.ts'
import { type Filter, type FilterContext, type Hint, pass } from '../filter.ts'
import { type FilterName, filterOf } from '../index.ts'
import { fold, unfold } from './fold.ts'
import { type Plan, planOf, withinBudget } from './plan.ts'
import { shorten } from './shorten.ts'
import { steerOf } from './steer.ts'

/** The note of a body that nothing but the store undoes. */
const LEFT_OUT = 'words left out'

const kompress: Filter = {
  name: 'kompress',
  summary: 'Text of any kind: fold what is repeated, leave out the words that a reader restores',
  options: {},
  unit: 'document',
  fits: () => 0.2,
  async route(text, hint) {
    const other = await filterOf(otherThanText(sampleOf(text, hint)) ?? '')
    return [other ?? kompress]
  },
  apply(text, context) {
    const isLossy = context.mode !== 'lossless' && isRunningText(text, context.hint)
    const short = isLossy ? shortened(text, context) : undefined
    if (short !== undefined) return { kind: 'rewrite', text: short, lossless: 'no', note: LEFT_OUT }
    const folded = fold(text, context.signal)
    if (!folded) return pass('nothing-to-cut')
    return { kind: 'rewrite', text: folded.body, lossless: 'bytes', note: folded.note }
  },
  decode: (body, _gap, note) => (note === LEFT_OUT ? undefined : unfold(body, note)),
}
export default kompress

/** JSON and logs have filters that know them better. */
function otherThanText(sample: Sample): FilterName | undefined {
  if (isJson(sample) || isNdjson(sample)) return 'crush-json'
  if (isTable(sample) || isSearch(sample)) return undefined
  return isOutput(sample) || (!isSurelyProse(sample) && isLog(sample)) ? 'log' : undefined
}

/** Only what shows itself as running text loses words: not the comments of a source file, nor the cells of a table. */
function isRunningText(text: string, hint: Hint): boolean {
  const sample = sampleOf(text, hint)
  return isSurelyProse(sample) || (!isCode(sample) && isText(sample))
}

/** Words gone as the mode says, or as much more as the budget asks; what the question asks for stays. */
function shortened(text: string, context: FilterContext): string | undefined {
  const { budget, mode, query } = context
  const lines = text.split('\n')
  const steer = query ? steerOf(query, lines, budget === undefined ? text.length / 2 : 4 * budget) : undefined
  if (steer) tellHeld(steer.held, context)
  const make = (plan: Plan) => shorten(lines, plan, context)
  return budget === undefined
    ? make({ ...planOf(text, mode), ...(steer && { steer }) })
    : withinBudget(make, steer, context)
}

/** Tells which lines the question holds, run by run. */
function tellHeld(held: ReadonlySet<number>, { keep }: FilterContext): void {
  for (const [first, last] of rangesOf([...held].sort((a, b) => a - b).map(line => line + 1)))
    keep(lineRanges([[first, last]]), 'answers the question')
}
