import type { Row } from './suite.ts'
import { groupBy, inView, type Totals, totalsOf } from './totals.ts'

/** Percentages that a run may not fall below. */
export type Floors = ReadonlyMap<Figure, number>

const FIGURES = {
  saved: (totals: Totals) => totals.saved,
  median: (totals: Totals) => totals.median,
  net: (totals: Totals) => totals.net,
  facts: (totals: Totals) => inView(totals.strong),
  telling: (totals: Totals) => inView(totals.telling),
}
type Figure = keyof typeof FIGURES

/** `saved=40,facts=92`: tokens saved, and strong facts in view or decodable; also median, net, telling. Throws a RangeError for any other text. */
export function parseFloors(text: string): Floors {
  const floors = new Map<Figure, number>()
  for (const part of text.split(',').filter(Boolean)) {
    const [name, value] = part.split('=')
    const least = Number(value)
    if (!isFigure(name) || !value || !Number.isFinite(least))
      throw new RangeError(`--floor ${part}: not NAME=NUMBER, where NAME is one of ${Object.keys(FIGURES).join(', ')}`)
    floors.set(name, least)
  }
  return floors
}

const isFigure = (name: string | undefined): name is Figure => name !== undefined && Object.hasOwn(FIGURES, name)

/**
 * One line for each figure of each corpus that is below its floor, and for each file whose bytes did not come back. Judged is the
 * filter that was asked for first, in balanced mode where that was run, else in the first one that was.
 */
export function shortfalls(rows: readonly Row[], floors: Floors): string[] {
  if (rows.length === 0 && floors.size > 0)
    return ['no files were measured, so that no floor is met; name some with --corpus']
  const lines: string[] = []
  for (const [corpus, all] of groupBy(rows, row => row.corpus)) {
    const { asked, mode: first } = all[0]!
    const mode = all.some(row => row.mode === 'balanced') ? 'balanced' : first
    const totals = totalsOf(all.filter(row => row.asked === asked && row.mode === mode))
    for (const [name, least] of floors) {
      const found = FIGURES[name](totals)
      if (found !== undefined && found < least)
        lines.push(`${corpus} ${asked} ${mode}: ${name} ${found.toFixed(1)} % is below ${least} %`)
    }
    for (const row of all)
      if (!row.roundTrip)
        lines.push(`${corpus} ${row.folder}/${row.file} ${row.asked} ${row.mode}: bytes did not come back`)
  }
  return lines
}
