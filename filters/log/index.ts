import { type Filter, pass } from '../filter.ts'
import { decode } from './decode.ts'
import { encode } from './encode.ts'
import { fits } from './fits.ts'

/** Logs, and any text whose lines repeat in structure: templates, times and values by reference, exactly. */
const log: Filter = {
  name: 'log',
  summary: 'Logs and other lines of like structure: templates with exact values, repeats and traces folded',
  options: {},
  unit: 'lines',
  fits,
  apply(text, { signal }) {
    const { body, note } = encode(text, signal)
    if (body.length >= text.length) return pass('not-smaller')
    return { kind: 'rewrite', text: body, lossless: 'bytes', note }
  },
  decode,
}
export default log
