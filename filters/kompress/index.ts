import { isJson, isNdjson } from '../auto/json.ts'
import { isLog } from '../auto/log.ts'
import { isSurelyProse } from '../auto/prose.ts'
import { sampleOf } from '../auto/sample.ts'
import crushJson from '../crush-json/index.ts'
import { type Filter, type FilterContext, pass } from '../filter.ts'
import log from '../log/index.ts'
import { fold, unfold } from './fold.ts'
import { type Plan, shorten } from './shorten.ts'

const kompress: Filter = {
  name: 'kompress',
  summary: 'Text of any kind: fold what is repeated, leave out the words that a reader restores',
  options: {},
  unit: 'document',
  fits: () => 0.2,
  route(text, hint) {
    const sample = sampleOf(text, hint)
    if (isJson(sample) || isNdjson(sample)) return [crushJson]
    return !isSurelyProse(sample) && isLog(sample) ? [log] : [kompress]
  },
  apply(text, context) {
    const short = context.mode === 'lossless' ? undefined : shorten(text, planOf(text, context), context)
    if (short !== undefined) return { kind: 'rewrite', text: short, lossless: 'no', note: 'words' }
    const folded = fold(text, context.signal)
    if (!folded) return pass('nothing-to-cut')
    return { kind: 'rewrite', text: folded.body, lossless: 'bytes', note: folded.note }
  },
  decode: (body, _gap, note) => (note === 'words' ? undefined : unfold(body, note)),
}
export default kompress

/** UTF-16 units of about 8,000 tokens: above it, what stands once may go in balanced mode too. */
const LONG = 32_000

function planOf(text: string, { mode }: FilterContext): Plan {
  const query = new Set<string>()
  if (mode === 'aggressive') return { share: 0.6, query, room: { head: 8, tail: 2 } }
  return text.length > LONG ? { share: 0.4, query, room: { head: 24, tail: 3 } } : { share: 0, query }
}
