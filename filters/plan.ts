import type { Filter, Hint, Mode } from './filter.ts'
import type { Ask } from './run.ts'

/** Below it a head and a marker leave no room for content. */
export const MIN_BUDGET = 64
/** Tokens kept free for the head line, whose id and selector are only known afterwards. */
const HEAD_ROOM = 48
/** Of trim's head line, which bears no note, less is known to do. */
const TRIM_HEAD = 41
/** Where there is hardly room, a note says in fewer tokens what a head says of gaps. */
export const FETCH_NOTE = 'gaps by headroom retrieve'
const SHORT_HEAD = 20
/** Tokens below which that is so. */
export const LITTLE_BUDGET = 160

export interface Plan {
  readonly mode: Mode
  readonly budget?: number
  /** The last resort under a budget: head and tail. */
  readonly trim?: boolean
}

/** What to try, the mildest first. */
export function plansOf({ mode = 'balanced', budget }: Ask): readonly Plan[] {
  if (budget === undefined) return [{ mode }]
  if (mode === 'lossless') return [{ mode, budget }]
  const room = Math.max(1, budget - HEAD_ROOM)
  return [
    { mode: 'lossless' },
    { mode: 'balanced' },
    { mode: 'balanced', budget: room },
    { mode: 'aggressive' },
    { mode: 'aggressive', budget: room },
    { mode: 'aggressive', budget: budget - (budget < LITTLE_BUDGET ? SHORT_HEAD : TRIM_HEAD), trim: true },
  ]
}

/** Routers replaced by what they route to, depth first; each filter once. */
export async function routesOf(filter: Filter, text: string, hint: Hint): Promise<readonly Filter[]> {
  const routes = await filter.route?.(text, hint)
  if (!routes) return [filter]
  const found = new Set<Filter>()
  for (const route of routes)
    for (const end of route === filter ? [filter] : await routesOf(route, text, hint)) found.add(end)
  return [...found]
}
