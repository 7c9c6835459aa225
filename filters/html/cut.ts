import { rank } from '../../ccr/search.ts'
import type { FilterContext } from '../filter.ts'
import type { Block } from './print.ts'
import type { Rendering } from './render.ts'

/** Tokens that a marker in a gap takes, about. */
const MARKER = 22
/** The share of a budget that the question may take before the page is read from its beginning. */
const FOR_QUESTION = 0.7
/** Pieces that the question may choose. */
const MOST_RANKED = 1000
/** Tries at keeping less, or more, until what is kept fits. */
const TRIES = 8
/** The share of a budget that is good enough. */
const NEAR = 0.93
/** Lines of a listing or a table that stay or go together. */
const TOGETHER = 12

/** A part of a page that stays or goes as one. */
interface Piece extends Block {
  readonly cost: number
  /** The piece that is the heading above it, or the term that it explains; -1 for none. */
  readonly above: number
}

/**
 * The page within the budget: what bears on the question with the headings above it, then the page from its beginning; markers in the
 * gaps name the source of what is missing and its headings. Undefined where the budget has no room for that.
 */
export function cutTo({ head, blocks }: Rendering, whole: string, context: FilterContext): string | undefined {
  const { count, budget } = context
  const frame = [...(head.length ? [head.slice(0, 2).join('\n')] : []), whole]
  const pieces = piecesOf(blocks, context)
  const answers = answersIn(pieces, context)
  let room = budget! - count(frame.join('\n')) - MARKER
  let best: string | undefined
  let most = 0
  for (let tries = 0; tries < TRIES && room > 0; tries++) {
    const kept = chosen(pieces, answers, room)
    if (kept.size === 0) return best
    const body = `${[...frame.slice(0, -1), printed(pieces, kept, context), whole].join('\n')}\n`
    const tokens = count(body)
    if (tokens <= budget! && tokens > most) {
      best = body
      most = tokens
    }
    if (tokens <= budget! && tokens > NEAR * budget!) break
    // What markers take is only known afterwards.
    room += tokens > budget! ? budget! - tokens - tries * 4 : Math.floor((budget! - tokens) / 2)
  }
  return best
}

function piecesOf(blocks: readonly Block[], { count, signal }: FilterContext): Piece[] {
  const pieces: Piece[] = []
  let heading = -1
  let term = -1
  for (const block of blocks) {
    const { kind } = block
    if (kind === 'heading') heading = pieces.length
    if (kind === 'heading' || kind === 'text') term = -1
    const above = kind === 'heading' ? -1 : kind === 'item' && term >= 0 ? term : heading
    if (kind === 'term') term = pieces.length
    for (const text of partsOf(block)) {
      signal.throwIfAborted(1 + (text.length >> 6))
      const cost = text.length > LONG ? Math.ceil(text.length / 3) : count(text) + 1
      pieces.push({ ...block, text, cost, above })
    }
  }
  return pieces
}

/** UTF-16 code units beyond which a piece's tokens are estimated: it will hardly stay. */
const LONG = 20_000

/** Long listings and tables go in parts; all else is one. */
function partsOf({ kind, text }: Block): string[] {
  const lines = kind === 'code' || kind === 'table' ? text.split('\n') : []
  // A table in a notation of its own is read from its first line on.
  if (lines.length <= 2 * TOGETHER || lines[0]!.startsWith('@')) return [text]
  const parts: string[] = []
  for (let i = 0; i < lines.length; i += TOGETHER) parts.push(lines.slice(i, i + TOGETHER).join('\n'))
  return parts
}

/** Pieces that bear on the question, the best first. */
function answersIn(pieces: readonly Piece[], { query }: FilterContext): readonly number[] {
  if (query === undefined) return []
  const texts = pieces.map(({ text, above }) => (above < 0 ? text : `${pieces[above]!.text.slice(0, 200)}\n${text}`))
  const scores = rank(texts, query)
  const found = scores.flatMap((score, i) => (score > 0 ? [i] : []))
  return found.sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, MOST_RANKED)
}

/** Answers with what stands above them, then the page from its beginning, as far as there is room. */
function chosen(pieces: readonly Piece[], answers: readonly number[], room: number): ReadonlySet<number> {
  const kept = new Set<number>()
  let spent = 0
  const keep = (i: number, most: number): boolean => {
    if (kept.has(i)) return true
    const alone = !kept.has(i - 1) && !kept.has(i + 1)
    const cost = pieces[i]!.cost + (alone && i > 0 ? MARKER : 0)
    if (spent + cost > most) return false
    kept.add(i)
    spent += cost
    return true
  }
  for (const i of answers) {
    if (spent > FOR_QUESTION * room) break
    // The best answer may take all the room there is.
    if (!keep(i, i === answers[0] ? room : FOR_QUESTION * room)) continue
    for (let at = pieces[i]!.above; at >= 0 && keep(at, room); at = pieces[at]!.above);
  }
  for (let i = 0; i < pieces.length && keep(i, room); i++);
  return kept
}

function printed(pieces: readonly Piece[], kept: ReadonlySet<number>, context: FilterContext): string {
  const out: string[] = []
  for (let i = 0; i < pieces.length; ) {
    if (kept.has(i)) {
      out.push(pieces[i++]!.text)
      continue
    }
    const from = i
    while (i < pieces.length && !kept.has(i)) i++
    out.push(gapOf(pieces.slice(from, i), context))
  }
  return out.join('\n')
}

/** What is missing: its headings, as far as there is room for them. */
function gapOf(gone: readonly Piece[], { omit, at }: FilterContext): string {
  const headings = gone
    .filter(({ kind }) => kind === 'heading')
    .map(({ text }) => text.replace(/^#+ /, '').slice(0, 40))
  const named =
    headings.slice(0, 3).join(', ') + (headings.length > 3 ? ` and ${headings.length - 3} more headings` : '')
  const start = gone.reduce((least, piece) => Math.min(least, piece.start), Number.POSITIVE_INFINITY)
  const end = gone.reduce((most, piece) => Math.max(most, piece.end), 0)
  return omit(
    at(start, Math.max(start, end)),
    `${gone.length} block${gone.length > 1 ? 's' : ''}${named ? `: ${named}` : ''}`,
    'budget',
  )
}
