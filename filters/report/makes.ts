import type { Signal } from '../filter.ts'
import { weight } from '../log/weight.ts'
import type { Block, Grid, Item } from '../table/grid.ts'
import { MOST_TABLES } from '../table/print.ts'
import { type Cut, cutLine } from './cut.ts'
import { lineLayout } from './layout.ts'

/** A line, or lines that always follow one another, cut into what is always there and what varies. */
interface Unit {
  readonly literals: readonly string[]
  readonly cells: readonly string[]
  readonly key: string
}

/** A line of a report, one that is to stand as it is, or the marker that stands for some. */
export type Line = string | { readonly text: string } | { readonly marker: string }

type Entry = Unit | Exclude<Line, string>

const FEWEST_ROWS = 3

/** The lines as one block: a table for each make of line that pays, all else as it is. Linear. */
export function blockOf(lines: readonly Line[], signal: Signal): Block | undefined {
  let units: Entry[] = lines.map(line => {
    if (typeof line !== 'string') return line
    signal.throwIfAborted(1 + (line.length >> 6))
    return unitOf(cutLine(line))
  })
  for (let round = 0; round < 3; round++) {
    const merged = mergedPairs(units)
    signal.throwIfAborted(units.length)
    if (merged.length === units.length) break
    units = merged
  }
  const grids = gridsOf(units)
  if (grids.size === 0) return undefined
  const rows = [...grids.values()].map(({ columns }) => columns.map(() => 0)[0] ?? 0)
  const order = new Map([...grids.keys()].map((key, at) => [key, at]))
  const items = units.map((unit): Item => {
    if (!('key' in unit)) return unit
    const grid = order.get(unit.key)
    if (grid === undefined) return { text: textOf(unit) }
    return { row: rows[grid]!++, grid }
  })
  return { grids: [...grids.values()], items: items.flatMap(apart) }
}

/** Lines that no table took stand apart again. */
const apart = (item: Item): Item[] => ('text' in item ? item.text.split('\n').map(text => ({ text })) : [item])

const unitOf = ({ literals, cells }: Cut): Unit => ({ literals, cells, key: literals.join('\0') })

function textOf({ literals, cells }: Unit): string {
  return literals.map((literal, at) => literal + (cells[at] ?? '')).join('')
}

/** Makes that nearly always follow one another become one make of more lines. */
function mergedPairs(units: readonly Entry[]): Entry[] {
  const counts = new Map<string, number>()
  const pairs = new Map<string, Map<string, number>>()
  let last: string | undefined
  for (const unit of units) {
    const key = 'key' in unit ? unit.key : undefined
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
    if (last !== undefined && key !== undefined && last !== key) {
      const next = pairs.get(last) ?? new Map<string, number>()
      pairs.set(last, next.set(key, (next.get(key) ?? 0) + 1))
    }
    last = key
  }
  const partner = new Map<string, string>()
  for (const [first, next] of pairs)
    for (const [second, count] of next)
      if (count >= FEWEST_ROWS && count >= 0.85 * counts.get(first)! && count >= 0.6 * counts.get(second)!)
        partner.set(first, second)
  return joinedUnits(units, partner)
}

function joinedUnits(units: readonly Entry[], partner: ReadonlyMap<string, string>): Entry[] {
  const out: Entry[] = []
  for (let at = 0; at < units.length; at++) {
    const unit = units[at]!
    const next = units[at + 1]
    if (!('key' in unit) || !next || !('key' in next) || partner.get(unit.key) !== next.key) out.push(unit)
    else {
      out.push(joinedUnit(unit, next))
      at++
    }
  }
  return out
}

function joinedUnit(a: Unit, b: Unit): Unit {
  const literals = [...a.literals.slice(0, -1), `${a.literals.at(-1)}\n${b.literals[0]}`, ...b.literals.slice(1)]
  return { literals, cells: [...a.cells, ...b.cells], key: literals.join('\0') }
}

/** The makes that pay, those of most rows first. */
function gridsOf(units: readonly Entry[]): Map<string, Grid> {
  const found = new Map<string, Unit[]>()
  for (const unit of units) {
    if (!('key' in unit) || unit.cells.length === 0) continue
    const rows = found.get(unit.key)
    if (rows) rows.push(unit)
    else found.set(unit.key, [unit])
  }
  const paying = [...found.values()].filter(pays).sort((a, b) => b.length - a.length)
  return new Map(paying.slice(0, MOST_TABLES).map(rows => [rows[0]!.key, gridOf(rows)]))
}

/** Is a template's line paid for by what its rows no longer say? */
function pays(rows: readonly Unit[]): boolean {
  const { literals, cells } = rows[0]!
  const said = literals.reduce((sum, literal) => sum + weight(literal), 0)
  return rows.length >= FEWEST_ROWS && (rows.length - 1) * (said - 2) > said + 4 + 2 * cells.length
}

/** What is the same in all rows is said once, in the template. */
function gridOf(rows: readonly Unit[]): Grid {
  const { literals, cells } = rows[0]!
  const shown = ['']
  const columns: string[][] = []
  cells.forEach((cell, column) => {
    shown[shown.length - 1] += literals[column]!
    if (columns.length + cells.length - column > 1 && rows.every(row => row.cells[column] === cell)) {
      shown[shown.length - 1] += cell
      return
    }
    columns.push(rows.map(row => row.cells[column]!))
    shown.push('')
  })
  shown[shown.length - 1] += literals.at(-1)!
  return { layout: lineLayout(shown), names: namesOf(shown, columns.length), columns }
}

/** A column is called as the attribute or key before it, where there is one. */
function namesOf(literals: readonly string[], count: number): string[] {
  const names: string[] = []
  for (let at = 0; at < count; at++) {
    const found = /([A-Za-z_][\w-]*)(?:="?|": ?"?)$/.exec(literals[at]!.slice(-60))?.[1]
    names.push(found && !names.includes(found) ? found : `c${at + 1}`)
  }
  return names
}
