import type { FilterContext, Signal } from '../filter.ts'
import { chooseLines, fitted, type Piece } from './choose.ts'
import type { Encoded } from './form.ts'
import { type Hit, type Item, KEEP_ALL, type Keep } from './hit.ts'
import { printHits } from './print-hits.ts'
import { weighHits } from './weigh.ts'

/** What reads search output of one layout; what `keep` does not, stands in gaps. `before` are lines above all others. */
export type Read = (
  lines: readonly string[],
  keep: Keep,
  signal: Signal,
) =>
  | { readonly items: readonly Item[]; readonly before?: readonly string[]; readonly note?: readonly string[] }
  | undefined

/** The codec of search output; under a budget, or where little is asked for, the hits that matter most and gaps. */
export function encodeHits(read: Read, lines: readonly string[], context: FilterContext): Encoded | undefined {
  const { mode, budget, query, signal } = context
  const all = read(lines, KEEP_ALL, signal)
  if (!all) return undefined
  const whole = printed(read, lines, KEEP_ALL, context)!
  if (mode === 'lossless' || (mode === 'balanced' && budget === undefined)) return whole
  const tokens = context.count(whole.lines.join('\n'))
  const room = budget ?? Math.max(LEAST, Math.floor(AGGRESSIVE * tokens))
  if (tokens <= room) return whole
  const hits = all.items.filter(item => item.kind === 'hit')
  const choice = choiceOf(hits, lines.length, query)
  const made = fitted(
    room,
    part => printed(read, lines, keepOf(choice, part, signal), context, Math.floor((part * NAMES) / NAME)),
    encoded => context.count(encoded!.lines.join('\n')),
  )
  return made ?? whole
}

/** Of the codec's tokens, without a budget; and tokens below which nothing is left out. */
const AGGRESSIVE = 0.4
const LEAST = 400
/** The share of a budget that names of files left out may take, and tokens of a name. */
const NAMES = 0.25
const NAME = 7

function printed(
  read: Read,
  lines: readonly string[],
  keep: Keep,
  context: FilterContext,
  names?: number,
): Encoded | undefined {
  const found = read(lines, keep, context.signal)
  if (!found) return undefined
  const { lines: body, note = [] } = printHits(found.items, context, names)
  return { lines: [...(found.before ?? []), ...body], note: [...(found.note ?? []), ...note] }
}

interface Choice {
  readonly pieces: readonly Piece[]
  readonly costs: readonly number[]
  readonly hits: readonly Hit[]
}

/** UTF-16 units of a token, as a guess; tokens of a line number. */
const TOKEN = 3.6
const NUMBER = 3

/** Each hit is a piece; the heading of its file is a line behind all others. */
function choiceOf(hits: readonly Hit[], count: number, query: string | undefined): Choice {
  const weights = weighHits(hits, query)
  const costs: number[] = new Array(count).fill(0)
  const headings = new Map<string, number>()
  const pieces = hits.map(({ path, text, line }, i): Piece => {
    if (!headings.has(path)) {
      headings.set(path, costs.length)
      costs.push(1 + path.length / TOKEN)
    }
    costs[line!] = NUMBER + text.length / TOKEN
    return { first: line!, end: line! + 1, score: weights[i]!, headings: [headings.get(path)!] }
  })
  return { pieces, costs, hits }
}

function keepOf({ pieces, costs, hits }: Choice, room: number, signal: Signal): Keep {
  const kept = chooseLines(pieces, costs, room * (1 - NAMES), signal)
  const files = new Set<string>()
  for (const { line, path } of hits) if (kept.has(line!)) files.add(path)
  return { line: index => kept.has(index), file: path => files.has(path) }
}
