import type { FilterContext, Mode } from '../filter.ts'
import type { Roles } from '../subject.ts'
import type { Room } from './blocks.ts'
import type { Scorer } from './scorer.ts'

/** What the reader's question makes of a text. */
export interface Steer {
  /** Lines (0-based) that answer it best: they stay as they are. */
  readonly held: ReadonlySet<number>
  /** How well each line bears on it: 0..1; absent where nothing does. */
  readonly bearing?: Float32Array
  /** The kinds of things that it asks for: sentences with them keep their words longest. */
  readonly roles: Roles
}

/** How much of a text goes. */
export interface Plan {
  /** The share of the tokens that may go (names, numbers, identifiers may not); what a reader restores goes in any case. */
  readonly share: number
  /** What stays of long blocks of code and of tables; all of them where absent. */
  readonly room?: Room
  /** The share of the tokens that goes with whole sentences that tell little, before words of the others go. */
  readonly thin?: number
  /** The share of passages that go as a whole, the least telling first. */
  readonly drop?: number
  readonly steer?: Steer
  readonly scorer?: Scorer
}

/** UTF-16 units of about 8,000 tokens: above it, what stands once may go in balanced mode too. */
const LONG = 32_000

/** UTF-16 units of about 600 tokens: below it, every sentence stays. */
const SHORT = 2400

/** What a mode takes without a budget. */
export function planOf(text: string, mode: Mode): Plan {
  const long = text.length > LONG
  const thin = text.length < SHORT ? 0 : long ? 0.18 : 0.06
  if (mode === 'aggressive') return { share: long ? 0.7 : 0.42, thin, room: { head: 8, tail: 2 } }
  return long ? { share: 0.5, thin: 0.02, room: { head: 24, tail: 3 } } : { share: 0 }
}

type Step = Plan & { readonly room: Room; readonly thin: number; readonly drop: number }

/** From mild to strict: what a budget may ask for. */
const LADDER: readonly Step[] = [
  { share: 0.45, thin: 0, room: { head: 24, tail: 3 }, drop: 0 },
  { share: 0.6, thin: 0.1, room: { head: 10, tail: 2 }, drop: 0 },
  { share: 0.73, thin: 0.3, room: { head: 4, tail: 1 }, drop: 0 },
  { share: 0.8, thin: 0.4, room: { head: 2, tail: 0 }, drop: 0 },
  { share: 0.83, thin: 0.5, room: { head: 1, tail: 0 }, drop: 0.4 },
  { share: 0.86, thin: 0.6, room: { head: 1, tail: 0 }, drop: 0.8 },
  { share: 0.9, thin: 0.8, room: { head: 1, tail: 0 }, drop: 1 },
]

/** The same where a question says what matters: passages that have nothing to do with it go before words of those that have. */
const STEERED: readonly Step[] = [
  { share: 0.45, thin: 0, room: { head: 24, tail: 3 }, drop: 0 },
  { share: 0.5, thin: 0.1, room: { head: 10, tail: 2 }, drop: 0.2 },
  { share: 0.55, thin: 0.1, room: { head: 4, tail: 1 }, drop: 0.4 },
  { share: 0.6, thin: 0.1, room: { head: 2, tail: 0 }, drop: 0.55 },
  { share: 0.7, thin: 0.2, room: { head: 1, tail: 0 }, drop: 0.7 },
  { share: 0.8, thin: 0.4, room: { head: 1, tail: 0 }, drop: 0.85 },
  { share: 0.9, thin: 0.8, room: { head: 1, tail: 0 }, drop: 1 },
]

/** How often a budget's plan is tried before the best one is taken. */
const TRIES = 8

/** The body of the mildest plan on the ladder that fits the budget, or that of the strictest. */
export function withinBudget(
  make: (plan: Plan) => string | undefined,
  steer: Steer | undefined,
  { budget, count }: FilterContext,
): string | undefined {
  let fits: string | undefined
  let mild = 0
  const ladder = steer ? STEERED : LADDER
  let strict = ladder.length - 1
  for (let tries = 0, at = strict; tries < TRIES; tries++, at = (mild + strict) / 2) {
    const body = make({ ...between(ladder, at), ...(steer && { steer }) })
    if (body !== undefined && (count(body) <= budget! || tries === 0)) {
      fits = body
      strict = at
    } else mild = at
    if (tries === 0 && (body === undefined || count(body) > budget!)) return body
  }
  return fits
}

function between(ladder: readonly Step[], at: number): Plan {
  const low = ladder[Math.floor(at)]!
  const high = ladder[Math.ceil(at)]!
  const mix = (a: number, b: number) => a + (b - a) * (at % 1)
  return {
    share: mix(low.share, high.share),
    thin: mix(low.thin, high.thin),
    room: {
      head: Math.round(mix(low.room.head, high.room.head)),
      tail: Math.round(mix(low.room.tail, high.room.tail)),
    },
    drop: mix(low.drop, high.drop),
  }
}
