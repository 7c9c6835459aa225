import { type Filter, pass } from '../filter.ts'
import { decode, encode } from './codec.ts'
import { delimiterOf } from './csv.ts'

/** Tables: each column by the rule that its cells follow; every row stays where the mode allows it. */
const table: Filter = {
  name: 'table',
  summary: 'CSV, TSV, Markdown and aligned tables: columns by rule, groups and codes, exactly',
  options: {},
  unit: 'document',
  fits: text => (delimiterOf(text) ? 0.9 : 0),
  apply(text, { signal }) {
    const body = encode(text, signal)
    if (body === undefined) return pass('not-mine')
    return { kind: 'rewrite', text: body, lossless: 'bytes', note: 'empty=as above' }
  },
  decode,
}
export default table
