import { type Filter, pass } from '../filter.ts'
import { decode } from './decode.ts'
import { parse } from './encode.ts'
import { fits } from './fits.ts'
import { Lessons } from './lessons.ts'
import { bodyWithin } from './lossy.ts'

/** Logs, and any text whose lines repeat in structure: templates, times and values by reference, exactly. */
const log: Filter = {
  name: 'log',
  summary: 'Logs and other lines of like structure: templates with exact values, repeats and traces folded',
  options: {},
  unit: 'lines',
  fits,
  apply(text, context) {
    // One line has nothing to share; it may be a piece of a longer one, whose other blocks go out as they came.
    if (!text.includes('\n')) return pass('not-mine')
    const lessons = Lessons.of(context.found)
    const { known } = lessons
    const parsed = parse(text, known, context.signal)
    if (!parsed) return pass('too-large')
    const { plan, form } = parsed
    const { text: body, note } = bodyWithin(text, plan, form, context)
    lessons.add(plan, known, body.length / text.length)
    if (body.length >= text.length) return pass('not-smaller')
    return { kind: 'rewrite', text: body, lossless: body.includes('[... ') ? 'no' : 'bytes', note }
  },
  decode,
}
export default log
