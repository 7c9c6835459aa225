import { type Filter, pass } from '../filter.ts'
import { fits, isOneKind } from './fits.ts'
import { Page } from './page.ts'
import { readersOf } from './readers.ts'
import { regionOf, regionsOf, spliced } from './rewrite.ts'

/**
 * Text that holds several kinds: fenced blocks, JSON with lines around it, a diff in a mail, what several commands printed. Each part
 * goes to the filter made for it and comes back as a region of its own; all else stays in its place. Where one filter does better
 * on the whole, the text is that filter's.
 */
const mixed: Filter = {
  name: 'mixed',
  summary: 'Several kinds of text in one: each part by the filter made for it, the lines between as they are',
  options: {},
  unit: 'document',
  fits,
  async apply(text, context) {
    const own = readersOf(text, context.hint)
    if (isOneKind(own)) return pass('not-mine')
    const page = new Page(text)
    const regions = await regionsOf(page, context)
    const body = spliced(text, regions)
    if (regions.length === 0) return pass('not-mine')
    const whole = await regionOf({ start: 0, end: text.length, filters: own.filters }, context)
    if (whole && context.count(whole.text) <= context.count(body) + FRAME) return pass('not-smaller')
    return { kind: 'rewrite', text: body, lossless: 'bytes' }
  },
}
export default mixed

/** Tokens of this filter's own head and of the foot that a text of one kind has no need of. */
const FRAME = 10
