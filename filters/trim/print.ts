import { lines } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'
import type { Wanted } from '../wanted.ts'
import type { Piece } from './pieces.ts'

/** The kept pieces, and a marker for each run of others. */
export function printed(
  text: string,
  pieces: readonly Piece[],
  kept: ReadonlySet<number>,
  context: FilterContext,
): string {
  let body = ''
  for (let i = 0; i < pieces.length; ) {
    if (kept.has(i)) {
      body += pieces[i++]!.text
      continue
    }
    const first = i
    while (i < pieces.length && !kept.has(i)) i++
    body += gapOf(text, pieces.slice(first, i), context)
  }
  return body
}

/** By lines where the gap is whole lines: then the marker stands on a line of its own. */
function gapOf(text: string, gone: readonly Piece[], context: FilterContext): string {
  const [first, last] = [gone[0]!, gone.at(-1)!]
  const end = last.start + last.text.length
  if (first.line === undefined || last.line === undefined) return gapAt(first.start, end, context)
  const count = last.line - first.line + 1
  const marker = context.omit(lines(first.line + 1, last.line + 1), count === 1 ? '1 line' : `${count} lines`, 'budget')
  return marker + (text.charCodeAt(end - 1) === 10 ? '\n' : '')
}

const gapAt = (start: number, end: number, { omit, at }: FilterContext) =>
  start < end ? omit(at(start, end), `${end - start} characters`, 'budget') : ''

/**
 * For text that no piece of fits: a cut anywhere, never inside a surrogate pair. What is wanted with as much around it as there is room
 * for; else head and tail.
 */
export function window(text: string, wanted: Wanted | undefined, context: FilterContext): string {
  return (wanted && aroundIt(text, wanted, context)) ?? headAndTail(text, context)
}

function aroundIt(text: string, { start, end }: Wanted, context: FilterContext): string | undefined {
  for (let beside = context.budget! * 2; ; beside = Math.floor(beside * 0.7)) {
    const from = safe(text, Math.max(0, start - beside))
    const to = safe(text, Math.min(text.length, end + (beside >> 1)))
    const body = gapAt(0, from, context) + text.slice(from, to) + gapAt(to, text.length, context)
    if (context.count(body) <= context.budget!) return body
    if (beside === 0) return undefined
  }
}

function headAndTail(text: string, context: FilterContext): string {
  let keep = Math.min(Math.floor(text.length / 2) - 1, context.budget! * 4)
  for (;;) {
    const start = safe(text, Math.floor((keep * 2) / 3))
    const end = safe(text, text.length - (keep - start))
    const body = text.slice(0, start) + gapAt(start, end, context) + text.slice(end)
    if (keep <= 1 || context.count(body) <= context.budget!) return body
    keep = Math.floor(keep * 0.8)
  }
}

const safe = (text: string, at: number) =>
  text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff ? at + 1 : at
