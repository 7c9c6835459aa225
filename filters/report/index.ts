import { type Filter, pass } from '../filter.ts'
import { decode, encode } from './codec.ts'

/** What test and build tools print, as data: failures in full, passes folded, totals checked. */
const report: Filter = {
  name: 'report',
  summary: 'Test and build output: failures in full, passes folded, totals checked against the tool’s own',
  options: {},
  unit: 'document',
  fits: () => 0.5,
  apply(text, { signal }) {
    const body = encode(text.split('\n'), signal)
    if (body === undefined) return pass('not-mine')
    return { kind: 'rewrite', text: body, lossless: 'bytes' }
  },
  decode,
}
export default report
