import type { Random } from '../random.ts'

/** A tool's answer made by a generator, and what one may ask of it. */
export interface Made {
  readonly value: unknown
  readonly asks: readonly Ask[]
}

export interface Ask {
  readonly kind: Kind
  readonly question: string
  /** Stands literally in the printed value. */
  readonly answer: string
}

/** planted: the one row that the task is about; extreme: far from its column's other values; error: a row that says so; ordinary: drawn uniformly. */
export type Kind = 'planted' | 'extreme' | 'error' | 'ordinary'

/** One ordinary question about each of `count` rows drawn uniformly. */
export function ordinary<T>(
  random: Random,
  rows: readonly T[],
  count: number,
  ask: (row: T) => Omit<Ask, 'kind'>,
): Ask[] {
  return random.sample(rows, count).map(row => ({ kind: 'ordinary', ...ask(row) }))
}

/** As days, hours and minutes are printed. */
export const twoDigits = (n: number) => String(n).padStart(2, '0')
