import { markersOf } from '../../ccr/marker.ts'
import { lines } from '../../ccr/select.ts'
import { type Filter, pass } from '../filter.ts'
import { readable } from './charset.ts'
import { cutTo } from './cut.ts'
import { fits } from './fits.ts'
import { joined, rendered } from './render.ts'

/**
 * Web pages: the main content as Markdown, large tables in the notation of the table filter. A rendering is no part of the source, so
 * nothing but the store undoes it: the marker at its end stands for the whole page and says what was left out.
 *
 *   title: os.path - Common pathname manipulations
 *
 *   # os.path
 *
 *   This module implements some useful functions on pathnames. See also [os](os.html).
 *   [... page as HTML L1-893: left out navigation, header, footer, scripts]
 */
const html: Filter = {
  name: 'html',
  summary: 'Web pages: main content as Markdown, tables by column, navigation and other boilerplate behind a marker',
  options: {},
  unit: 'document',
  answers: true,
  fits,
  apply(text, context) {
    if (fits(text) === 0) return pass('not-mine')
    if (context.mode === 'lossless') return pass('nothing-to-cut')
    const page = readable(text)
    const rendering = page === undefined ? undefined : rendered(page, context)
    if (!rendering) return pass('nothing-to-cut')
    const { head, blocks, left, note } = rendering
    const whole = context.omit(lines(1, lineCount(text)), `page as HTML: ${left}`, 'page as Markdown')
    const body = [...(head.length ? [head.join('\n'), ''] : []), joined(blocks), whole].join('\n')
    if (context.budget === undefined || context.count(body) <= context.budget)
      return { kind: 'rewrite', text: `${body}\n`, lossless: 'no', note }
    const cut = cutTo(rendering, whole, context)
    return cut === undefined ? pass('not-smaller') : { kind: 'rewrite', text: cut, lossless: 'no', note }
  },
  decode(body, gap) {
    const whole = markersOf(body).at(-1)
    if (!whole) throw new RangeError('no marker for the page')
    const original = gap(whole.where)
    // Without a store the Markdown is all there is.
    return original === body.slice(whole.start, whole.end) ? body : original
  },
}
export default html

function lineCount(text: string): number {
  let count = text.endsWith('\n') ? 0 : 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}
