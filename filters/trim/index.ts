import { fillGaps } from '../../ccr/marker.ts'
import { lines, type Selector } from '../../ccr/select.ts'
import { type Filter, type FilterContext, pass } from '../filter.ts'

/** Head and tail within a budget, one gap between: the last resort of every budget, and what `head` and `tail` cannot undo. */
const trim: Filter = {
  name: 'trim',
  summary: 'Keep the head and the tail within --budget tokens; one gap between',
  options: {},
  unit: 'document',
  fits: () => 0,
  apply(text, context) {
    if (context.budget === undefined || context.mode === 'lossless') return pass('nothing-to-cut')
    if (context.count(text) <= context.budget) return pass('nothing-to-cut')
    return { kind: 'rewrite', text: byLines(text, context) ?? byUnits(text, context), lossless: 'no' }
  },
  decode: (text, gap) => fillGaps(text, gap),
}
export default trim

/** Two thirds of the room for the head, as agents' own cuts do; undefined where whole lines leave most of the room unused. */
function byLines(text: string, context: FilterContext): string | undefined {
  const all = text.split(/(?<=\n)/)
  const costs = all.map(line => {
    context.signal.throwIfAborted()
    return line.length > 8 * context.budget! ? Number.POSITIVE_INFINITY : context.count(line)
  })
  let room = context.budget! - MARKER_ROOM
  const used = { head: 0, tail: 0 }
  let spent = 0
  while (used.head < all.length && spent + costs[used.head]! <= (room * 2) / 3) spent += costs[used.head++]!
  room -= spent
  while (used.head + used.tail < all.length && costs[all.length - 1 - used.tail]! <= room)
    room -= costs[all.length - 1 - used.tail++]!
  if (room > context.budget! / 2 || used.head + used.tail >= all.length) return undefined
  const gone = all.length - used.head - used.tail
  const marker = context.omit(
    lines(used.head + 1, all.length - used.tail),
    gone === 1 ? '1 line' : `${gone} lines`,
    'budget',
  )
  const lineEnd = all[used.head + gone - 1]!.endsWith('\n') ? '\n' : ''
  return all.slice(0, used.head).join('') + marker + lineEnd + all.slice(used.head + gone).join('')
}

/** For text of few or endless lines: a cut anywhere, never inside a surrogate pair. */
function byUnits(text: string, context: FilterContext): string {
  let keep = Math.min(Math.floor(text.length / 2) - 1, context.budget! * 4)
  for (;;) {
    const start = safe(text, Math.floor((keep * 2) / 3))
    const end = safe(text, text.length - (keep - start))
    const cut: Selector = context.at(start, end)
    const body = text.slice(0, start) + context.omit(cut, `${end - start} characters`, 'budget') + text.slice(end)
    if (keep <= 1 || context.count(body) <= context.budget!) return body
    keep = Math.floor(keep * 0.8)
  }
}

const safe = (text: string, at: number) =>
  text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff ? at + 1 : at

const MARKER_ROOM = 24
