import type { Signal } from '../filter.ts'
import { wholeNumber } from './derive.ts'
import type { Grid } from './grid.ts'
import { cutInto, type Piece } from './pieces.ts'
import type { Draft } from './plan.ts'
import { isOwn, isQuoted, type Part, type Rule, unquoted } from './rule.ts'

/** A column with its rule and what each row needs for it. */
export interface Filled {
  rule: Rule
  /** For each part that takes its text from rows: its place among the parts, and the texts. */
  own: { part: number; texts: (string | undefined)[] }[]
  /** Whole cells of rows that the rule does not make; undefined where it makes them all. */
  odd?: (string | undefined)[]
  readonly isSource: boolean
  /** Key and value of a `by` part. */
  readonly table?: ReadonlyMap<string, string>
}

/** Each column's rule tried on every row, sources first. */
export function fillColumns(grid: Grid, drafts: readonly Draft[], signal: Signal): Filled[] {
  const filled: Filled[] = Array.from({ length: drafts.length })
  const rows = grid.columns[0]?.length ?? 0
  const order = [...drafts.keys()].sort((a, b) => dependent(drafts[a]!) - dependent(drafts[b]!) || a - b)
  for (const at of order) {
    signal.throwIfAborted(1 + rows)
    filled[at] = fillColumn(grid, at, drafts[at]!, filled)
  }
  return filled
}

const dependent = ({ pieces }: Draft) => (pieces.some(({ part }) => 'column' in part) ? 1 : 0)

function fillColumn(grid: Grid, at: number, draft: Draft, filled: readonly Filled[]): Filled {
  const cells = grid.columns[at]!
  const parts = quotedParts(draft)
  const step = parts.find(({ kind }) => kind === 'step')
  if (step) return { rule: { parts, optional: true }, own: [], odd: [...cells], isSource: false }
  const table = tableOf(grid, at, draft, filled)
  const sourceCell = (column: number, row: number) => {
    const cell = grid.columns[column]![row]!
    return isQuoted(filled[column]!.rule) ? unquoted(cell) : cell
  }
  const own = parts.flatMap(({ kind }, part) => (isOwn(kind) ? [{ part, texts: [] as (string | undefined)[] }] : []))
  const odd: (string | undefined)[] = []
  let isOdd = false
  const lead = draft.pieces.filter(({ part }) => 'column' in part).length ? leadOf(draft) : 0
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row]!
    const texts = match(cell, draft, lead, row, sourceCell, table)
    odd.push(texts ? undefined : cell)
    isOdd ||= !texts
    own.forEach((slot, i) => void slot.texts.push(texts?.[i]))
  }
  const optional = own.length === 0 && isOdd
  return { rule: { parts, optional }, own, ...(isOdd && { odd }), isSource: draft.isSource, ...(table && { table }) }
}

/** The draft's parts between the quotes that all its cells have. */
function quotedParts({ pieces, quoted }: Draft): Part[] {
  const parts = pieces.map(({ part }) => part)
  if (!quoted) return parts
  const first = parts[0]
  const last = parts.at(-1)
  const inner = parts.map(part => part)
  if (first?.kind === 'text') inner[0] = { kind: 'text', text: `"${first.text}` }
  else inner.unshift({ kind: 'text', text: '"' })
  if (last?.kind === 'text')
    inner[inner.length - 1] = { kind: 'text', text: `${(inner.at(-1) as { text: string }).text}"` }
  else inner.push({ kind: 'text', text: '"' })
  return inner
}

/** Pieces up to the last that names another column: they are compared, the rest is cut. */
const leadOf = ({ pieces }: Draft) => pieces.reduce((last, { part }, at) => ('column' in part ? at + 1 : last), 0)

/** The texts of the own pieces of a cell, or undefined where its rule does not make it. */
function match(
  cell: string,
  draft: Draft,
  lead: number,
  row: number,
  sourceCell: (column: number, row: number) => string,
  table: ReadonlyMap<string, string> | undefined,
): string[] | undefined {
  if (draft.quoted && unquoted(cell) === cell) return undefined
  const value = draft.quoted ? unquoted(cell) : cell
  let at = 0
  for (let i = 0; i < lead; i++) {
    const text = textOf(draft.pieces[i]!, row, sourceCell, table)
    if (text === undefined || !value.startsWith(text, at)) return undefined
    at += text.length
  }
  const pieces = lead ? draft.pieces.slice(lead) : draft.pieces
  const texts = cutInto(pieces, lead ? value.slice(at) : value)
  return texts?.filter((_, i) => isOwn(pieces[i]!.part.kind))
}

function textOf(
  { part }: Piece,
  row: number,
  sourceCell: (column: number, row: number) => string,
  table: ReadonlyMap<string, string> | undefined,
): string | undefined {
  if (part.kind === 'text') return part.text
  if (!('column' in part)) return undefined
  const source = sourceCell(part.column, row)
  if (part.kind === 'of') return source
  if (part.kind === 'by') return table?.get(source)
  const number = wholeNumber(source)
  return number === undefined ? undefined : String(number + part.by)
}

/** A key that could be read as something else is left out: its rows are odd ones. */
const CLEAR = /^(?:[^~\\=\n][^=\n]{0,200})?$/

/** All pairs of the two columns, the first of each key. */
function tableOf(
  grid: Grid,
  at: number,
  { pieces, quoted }: Draft,
  filled: readonly Filled[],
): ReadonlyMap<string, string> | undefined {
  const by = pieces.find(({ part }) => part.kind === 'by')?.part
  if (by?.kind !== 'by') return undefined
  const keys = grid.columns[by.column]!
  const values = grid.columns[at]!
  const isKeyQuoted = isQuoted(filled[by.column]!.rule)
  const table = new Map<string, string>()
  for (let row = 0; row < keys.length; row++) {
    const key = isKeyQuoted ? unquoted(keys[row]!) : keys[row]!
    if (table.has(key) || !CLEAR.test(key)) continue
    if (quoted && unquoted(values[row]!) === values[row]) continue
    table.set(key, quoted ? unquoted(values[row]!) : values[row]!)
  }
  return table
}
