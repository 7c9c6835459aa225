import type { Part } from './rule.ts'
import { classOf } from './shared.ts'

/** Rows that a template must fit to be tried on all. */
const SHARE = 0.75
const PROBES = 40

/** The cells of a column, unquoted, in the rows of the sample; undefined where a cell is not of the column's make. */
export type Cells = readonly (string | undefined)[]

/**
 * `target` written with the cells of other columns: `{first}.{last}@example.com`, or `{month}/{day}/*` with a rest of its own.
 * Undefined where no source stands in it. Reads the sample only, in time proportional to its size.
 */
export function templateOf(target: Cells, sources: ReadonlyMap<number, Cells>): Part[] | undefined {
  const step = Math.max(1, Math.floor(target.length / PROBES))
  const rows = target.flatMap((cell, row) => (row % step === 0 && cell ? [row] : []))
  if (rows.length < 2) return undefined
  let open = rows.map(row => ({ row, at: 0 }))
  const parts: Part[] = []
  const whole = () => open.filter(({ row, at }) => at === target[row]!.length).length
  while (whole() < SHARE * rows.length) {
    const next = bestSource(target, sources, open) ?? nextText(target, open)
    if (!next || next.open.length < SHARE * rows.length) break
    parts.push(next.part)
    open = next.open
  }
  if (!parts.some(({ kind }) => kind === 'of')) return undefined
  if (whole() < SHARE * rows.length) parts.push({ kind: 'own' })
  return joined(parts)
}

interface Step {
  readonly part: Part
  readonly open: { row: number; at: number }[]
}

/** The source that covers most of what is left. */
function bestSource(target: Cells, sources: ReadonlyMap<number, Cells>, open: Step['open']): Step | undefined {
  let best: { step: Step; covered: number } | undefined
  for (const [column, cells] of sources) {
    const left: Step['open'] = []
    const seen = new Set<string>()
    let covered = 0
    for (const { row, at } of open) {
      const cell = cells[row]
      if (!cell || !standsAt(target[row]!, cell, at)) continue
      left.push({ row, at: at + cell.length })
      covered += cell.length
      seen.add(cell)
    }
    if (left.length < SHARE * open.length || seen.size < 2) continue
    if (!best || covered > best.covered) best = { step: { part: { kind: 'of', column }, open: left }, covered }
  }
  return best?.step
}

/** Does `cell` stand at this place as words and numbers of their own? */
function standsAt(text: string, cell: string, at: number): boolean {
  if (!text.startsWith(cell, at)) return false
  return !joins(text, at) && !joins(text, at + cell.length)
}

function joins(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false
  const before = classOf(text.charCodeAt(at - 1))
  return before !== 0 && before === classOf(text.charCodeAt(at))
}

/** The next mark or word that the rows share. */
function nextText(target: Cells, open: Step['open']): Step | undefined {
  const counts = new Map<string, number>()
  for (const { row, at } of open) {
    const run = runAt(target[row]!, at)
    if (run) counts.set(run, (counts.get(run) ?? 0) + 1)
  }
  let text = ''
  let most = 0
  for (const [run, count] of counts)
    if (count > most) {
      text = run
      most = count
    }
  if (!text) return undefined
  const left = open.flatMap(({ row, at }) => (runAt(target[row]!, at) === text ? [{ row, at: at + text.length }] : []))
  return { part: { kind: 'text', text }, open: left }
}

function runAt(text: string, at: number): string {
  const kind = classOf(text.charCodeAt(at))
  let end = at + 1
  while (kind !== 0 && end < text.length && classOf(text.charCodeAt(end)) === kind) end++
  return text.slice(at, end)
}

function joined(parts: readonly Part[]): Part[] {
  const merged: Part[] = []
  for (const part of parts) {
    const last = merged.at(-1)
    if (part.kind === 'text' && last?.kind === 'text')
      merged[merged.length - 1] = { kind: 'text', text: last.text + part.text }
    else merged.push(part)
  }
  return merged
}

/** What must be added to each whole number of `source` to get `target`'s; undefined where that differs. */
export function distanceOf(target: Cells, source: Cells): number | undefined {
  let by: number | undefined
  let same = 0
  for (let row = 0; row < target.length; row++) {
    const [a, b] = [wholeNumber(target[row]), wholeNumber(source[row])]
    if (a === undefined || b === undefined) continue
    by ??= a - b
    if (a - b === by) same++
  }
  return by !== undefined && by !== 0 && same >= 0.95 * target.length ? by : undefined
}

/** The number that `cell` prints in the plainest way, or undefined. */
export function wholeNumber(cell: string | undefined): number | undefined {
  return cell !== undefined && cell.length < 16 && /^(0|-?[1-9]\d*)$/.test(cell) ? Number(cell) : undefined
}

/** The number by which each row is more than the row before, in nine rows of ten; undefined where there is none. */
export function stepOf(cells: Cells): number | undefined {
  const steps = new Map<number, number>()
  for (let row = 1; row < cells.length; row++) {
    const [a, b] = [wholeNumber(cells[row - 1]), wholeNumber(cells[row])]
    if (a === undefined || b === undefined) continue
    steps.set(b - a, (steps.get(b - a) ?? 0) + 1)
  }
  for (const [by, count] of steps) if (by !== 0 && count >= 0.9 * (cells.length - 1)) return by
  return undefined
}

/** Does each cell of `source` go with one cell of `target`? Then the pairs that occur, in order. */
export function pairsOf(target: Cells, source: Cells, most: number): Map<string, string> | undefined {
  const pairs = new Map<string, string>()
  let odd = 0
  for (let row = 0; row < target.length; row++) {
    const [key, value] = [source[row], target[row]]
    if (key === undefined || value === undefined) {
      odd++
      continue
    }
    const known = pairs.get(key)
    if (known === undefined) {
      pairs.set(key, value)
      if (pairs.size > most) return undefined
    } else if (known !== value) odd++
  }
  return odd <= 0.03 * target.length ? pairs : undefined
}
