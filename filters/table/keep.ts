import { anchorsOf, rank } from '../../ccr/search.ts'
import type { Signal } from '../filter.ts'
import type { Grid } from './grid.ts'
import { unquoted } from './rule.ts'

/** Rows at either end that always stay. */
const ENDS = 4
/** Values further from the median than this many scaled deviations are outliers (Hampel; 1.4826 makes MAD a standard deviation). */
const FAR = 6
const MOST_OUTLIERS = 8
const MOST_HITS = 60
const TROUBLE =
  /^(?:.{0,40}[^a-z])?(?:error|err|fail|failed|failure|fatal|critical|crash\w*|panic|denied|evicted|oomkilled|notready|down|dead|unhealthy|timeout)(?:[^a-z].{0,40})?$/i

/**
 * The rows that no mode leaves out: first and last, the least and greatest number of each column and what lies far from its median,
 * values that occur once where few values occur, words of trouble, and what the query asks for. Why, by row.
 */
export function keptRows(grid: Grid, query: string | undefined, signal: Signal): Map<number, string> {
  const rows = grid.columns[0]?.length ?? 0
  const kept = new Map<number, string>()
  const keep = (row: number, why: string) => {
    if (!kept.has(row)) kept.set(row, why)
  }
  for (let row = 0; row < Math.min(ENDS, rows); row++) {
    keep(row, 'first rows')
    keep(rows - 1 - row, 'last rows')
  }
  for (const [at, column] of grid.columns.entries()) {
    signal.throwIfAborted(1 + rows)
    const name = unquoted(grid.names[at]!)
    const numbers = numbersOf(column)
    if (numbers) for (const row of extremes(numbers)) keep(row, `outlier in ${name}`)
    else for (const row of rareRows(column)) keep(row, `rare ${name}`)
  }
  if (query !== undefined) for (const row of hits(grid, rows, query)) keep(row, 'query')
  return kept
}

/** The column as numbers, NaN for what is none; undefined where most cells are none. */
function numbersOf(column: readonly string[]): Float64Array | undefined {
  const numbers = new Float64Array(column.length)
  let odd = 0
  for (let row = 0; row < column.length; row++) {
    const cell = unquoted(column[row]!)
    const number = /^[-+]?\d{1,15}(?:\.\d{1,15})?(?:[eE][-+]?\d{1,3})?%?$/.test(cell)
      ? Number.parseFloat(cell)
      : Number.NaN
    numbers[row] = number
    if (Number.isNaN(number)) odd++
    if (odd > 0.4 * column.length + 4) return undefined
  }
  return numbers
}

function extremes(numbers: Float64Array): number[] {
  const sorted = numbers.filter(number => !Number.isNaN(number)).sort()
  const middle = sorted[sorted.length >> 1]!
  const deviations = sorted.map(number => Math.abs(number - middle)).sort()
  const spread = 1.4826 * deviations[deviations.length >> 1]!
  const [least, most] = [sorted[0]!, sorted.at(-1)!]
  if (least === most) return []
  const rows = [numbers.indexOf(least), numbers.indexOf(most)]
  if (spread === 0) return rows
  const far: number[] = []
  for (let row = 0; row < numbers.length; row++) if (Math.abs(numbers[row]! - middle) > FAR * spread) far.push(row)
  if (far.length > MOST_OUTLIERS)
    far.sort((a, b) => Math.abs(numbers[b]! - middle) - Math.abs(numbers[a]! - middle) || a - b)
  return [...rows, ...far.slice(0, MOST_OUTLIERS)]
}

/** Rows whose value is nearly alone in a column of few values, and words of trouble that are not the rule. */
function rareRows(column: readonly string[]): number[] {
  const counts = new Map<string, number>()
  for (const cell of column) {
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
    if (counts.size > 20 + column.length / 20) return troubleRows(column)
  }
  const rows: number[] = []
  column.forEach((cell, row) => {
    const count = counts.get(cell)!
    if (count <= 2 || (count < 0.05 * column.length && TROUBLE.test(unquoted(cell)))) rows.push(row)
  })
  return rows.slice(0, 4 * MOST_OUTLIERS)
}

function troubleRows(column: readonly string[]): number[] {
  const rows: number[] = []
  column.forEach((cell, row) => {
    if (cell.length < 100 && TROUBLE.test(unquoted(cell))) rows.push(row)
  })
  return rows.length < 0.1 * column.length ? rows.slice(0, 4 * MOST_OUTLIERS) : []
}

/** Rows with an exact anchor of the question, all of them, then the best others. */
function hits(grid: Grid, rows: number, query: string): number[] {
  const units = Array.from({ length: rows }, (_, row) => grid.columns.map(column => column[row]!).join(' '))
  const anchors = anchorsOf(query)
  const exact = units.flatMap((unit, row) => (anchors.some(anchor => unit.includes(anchor)) ? [row] : []))
  const scores = rank(units, query)
  const best = [...scores.keys()].filter(row => scores[row]! > 0).sort((a, b) => scores[b]! - scores[a]! || a - b)
  return [...exact.slice(0, 4 * MOST_HITS), ...best.slice(0, MOST_HITS)]
}
