import { cellWeight, GROUP_LINE, SEPARATOR, slotCost } from './cost.ts'
import type { Filled } from './fill.ts'

/** Rows by which groups are judged. */
const JUDGED = 3000
const MOST_GROUPED = 12

interface Candidate {
  readonly column: Filled
  readonly slot: Filled['own'][number]
  readonly changes: Uint8Array
  /** Tokens as cells of the rows, and the mean of a value. */
  readonly cost: number
  readonly width: number
}

/**
 * Turns cells that change seldom into group parts, where one line above many rows is cheaper than a cell in each. All group
 * parts stand in one line, so what changes together goes together. Answers the texts of the group parts, in the order of columns.
 */
export function groupColumns(columns: readonly Filled[], rows: number): string[][] {
  const judged = Math.min(rows, JUDGED)
  if (judged < 4) return []
  const left = new Set(columns.flatMap(column => candidatesOf(column, judged)))
  const chosen: Candidate[] = []
  const union = new Uint8Array(judged)
  while (chosen.length < MOST_GROUPED) {
    const best = bestOf(left, chosen, union)
    if (!best) break
    left.delete(best)
    chosen.push(best)
    for (let row = 0; row < judged; row++) union[row]! |= best.changes[row]!
  }
  const texts: string[][] = []
  for (const column of columns) {
    const own = chosen.filter(candidate => candidate.column === column).sort((a, b) => a.slot.part - b.slot.part)
    for (const { slot } of own) texts.push(moved(column, slot))
  }
  return texts
}

function candidatesOf(column: Filled, judged: number): Candidate[] {
  const found = column.own.flatMap((slot): Candidate[] => {
    if (column.rule.parts[slot.part]!.kind !== 'own') return []
    const changes = new Uint8Array(judged)
    let count = 0
    for (let row = 0; row < judged; row++) {
      const text = slot.texts[row]
      if (row > 0 && (text === slot.texts[row - 1] || text === undefined)) continue
      changes[row] = 1
      if (++count > 0.4 * judged) return []
    }
    let width = 0
    for (let row = 0; row < judged; row++) if (changes[row]) width += cellWeight(slot.texts[row] ?? '')
    const cost = slotCost(slot.texts.slice(0, judged), 1, !column.isSource)
    return [{ column, slot, changes, cost, width: width / count }]
  })
  // A column with odd cells needs a cell of its own to show them.
  return column.odd && found.length === column.own.length ? found.slice(1) : found
}

/** The candidate that makes the whole cheapest, if any makes it cheaper. */
function bestOf(left: ReadonlySet<Candidate>, chosen: readonly Candidate[], union: Uint8Array): Candidate | undefined {
  const width = chosen.reduce((sum, candidate) => sum + candidate.width + SEPARATOR, 0)
  const lines = union.reduce((sum, change) => sum + change, 0)
  let best: { candidate: Candidate; gain: number } | undefined
  for (const candidate of left) {
    let more = 0
    for (let row = 0; row < union.length; row++) if (candidate.changes[row] && !union[row]) more++
    const before = lines * (GROUP_LINE + width)
    const after = (lines + more) * (GROUP_LINE + width + candidate.width + SEPARATOR)
    const gain = candidate.cost - (after - before)
    if (gain > 3 && (!best || gain > best.gain)) best = { candidate, gain }
  }
  return best?.candidate
}

/** The slot becomes a group part; in odd rows the group stays as it is. */
function moved(column: Filled, slot: Filled['own'][number]): string[] {
  column.own = column.own.filter(other => other !== slot)
  column.rule = {
    ...column.rule,
    parts: column.rule.parts.map((part, at) => (at === slot.part ? { kind: 'group' } : part)),
  }
  let last = ''
  return slot.texts.map(text => (last = text ?? last))
}
