import { isJson, isNdjson } from '../auto/json.ts'
import { sampleOf } from '../auto/sample.ts'
import crushJson from '../crush-json/index.ts'
import { type Filter, pass } from '../filter.ts'
import { fold, unfold } from './fold.ts'

const kompress: Filter = {
  name: 'kompress',
  summary: 'Text of any kind: fold what is repeated, leave out the words that a reader restores',
  options: {},
  unit: 'document',
  fits: () => 0.2,
  route(text, hint) {
    const sample = sampleOf(text, hint)
    return isJson(sample) || isNdjson(sample) ? [crushJson] : [kompress]
  },
  apply(text, context) {
    const folded = fold(text, context.signal)
    if (!folded) return pass('nothing-to-cut')
    return { kind: 'rewrite', text: folded.body, lossless: 'bytes', note: folded.note }
  },
  decode: (body, _gap, note) => unfold(body, note),
}
export default kompress
