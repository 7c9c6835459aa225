import { type Filter, pass, type Signal } from '../filter.ts'
import { decode } from './decode.ts'
import { bodyOf, parse } from './encode.ts'
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
    const parsed = parsedWith(lessons, text, context.signal)
    if (!parsed) return pass('too-large')
    const { plan, form, taught } = parsed
    const { text: body, note } = bodyWithin(text, plan, form, context)
    lessons.add(plan, taught, body.length / text.length)
    if (body.length >= text.length) return pass('not-smaller')
    return { kind: 'rewrite', text: body, lossless: body.includes('[... ') ? 'no' : 'bytes', note }
  },
  decode,
}
export default log

type Parsed = NonNullable<ReturnType<typeof parse>> & { readonly taught: boolean }

/** By the templates of earlier blocks where there are some, in a trial by its own too: what comes out smaller. */
function parsedWith(lessons: Lessons, text: string, signal: Signal): Parsed | undefined {
  const { known, isTrial } = lessons
  const parsed = parse(text, known, signal)
  if (!parsed || !isTrial) return parsed && { ...parsed, taught: known.length === 0 }
  const anew = parse(text, [], signal)!
  const [before, now] = [parsed, anew].map(({ plan, form }) => bodyOf(plan, form).text.length) as [number, number]
  lessons.compare(before, now)
  return now < before ? { ...anew, taught: true } : { ...parsed, taught: false }
}
