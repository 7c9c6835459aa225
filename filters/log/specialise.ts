import { columnCost, piecesOf } from './columns.ts'
import type { Piece } from './layout.ts'
import { MOST_COLUMNS, shareIn } from './share.ts'
import { weight } from './weight.ts'

/** The rows of one template: places in the list of rows, and the layout with a value of each column for each of them. */
export interface Group {
  readonly members: readonly number[]
  readonly pieces: readonly Piece[]
}

/** A template of fewer rows is not split, and splits of one text are bounded. */
const FEWEST = 8
const MOST_SPLITS = 48
/** Rows that a split is judged by. */
const SAMPLE = 128
/** Ways to split whose cost is worked out, the most promising first. */
const CANDIDATES = 1
/** Tokens of a template's key and of a row's code beyond what they hold. */
const ENTRY = 3
const CODE = 1.3

/**
 * Splits templates where rows with something in common (how a value begins, ends or is made, or that one value stands inside
 * another) are cheaper with a template of their own: `GET /image/7/small`. Bounded work for each split beyond reading its rows.
 */
export function specialised(groups: readonly Group[]): Group[] {
  const done: Group[] = []
  const open = [...groups]
  for (let splits = 0; open.length > 0; ) {
    const group = open.pop()!
    const parts = splits < MOST_SPLITS ? split(group) : undefined
    if (!parts) done.push(group)
    else {
      splits++
      open.push(...parts)
    }
  }
  return done
}

function split(group: Group): Group[] | undefined {
  if (group.members.length < FEWEST) return undefined
  const sampled = sampleOf(group)
  const whole = costOf(sampled.pieces, sampled.members.length)
  let best: ((row: number) => boolean) | undefined
  let least = whole - 2
  for (const belongs of candidatesIn(group, sampled)) {
    const cost = costOfSplit(sampled, belongs.ofSample)
    if (cost < least) {
      least = cost
      best = belongs.ofAll
    }
  }
  if (!best) return undefined
  const rows = group.members.map((_, row) => row)
  return [
    part(group, rows.filter(best)),
    part(
      group,
      rows.filter(row => !best(row)),
    ),
  ].filter(({ members }) => members.length > 0)
}

/** What sets some rows apart: asked of the sample first. */
interface Belongs {
  readonly ofSample: (row: number) => boolean
  readonly ofAll: (row: number) => boolean
}

function candidatesIn(group: Group, sampled: Group): Belongs[] {
  const found: { gain: number; belongs: Belongs }[] = []
  const columns = columnsOf(sampled.pieces)
  const all = columnsOf(group.pieces)
  const entry = (textWeight(group.pieces) * sampled.members.length) / group.members.length
  columns.forEach((column, at) => {
    // Three characters a token is more than there can be to gain.
    if (column.reduce((sum, value) => sum + value.length, 0) < 3 * entry) return
    for (const key of KEYS) {
      const { text, gain } = commonest(column, key)
      if (gain > entry) found.push({ gain, belongs: both(column, all[at]!, value => key(value) === text) })
    }
  })
  found.push(...insides(columns, all).filter(({ gain }) => gain > entry))
  found.sort((a, b) => b.gain - a.gain)
  return found.slice(0, CANDIDATES).map(({ belongs }) => belongs)
}

const both = (sample: readonly string[], all: readonly string[], test: (value: string) => boolean): Belongs => ({
  ofSample: row => test(sample[row]!),
  ofAll: row => test(all[row]!),
})

/** What of a value other rows may have too: its first word, its last one, how its words are parted. */
const KEYS: readonly ((value: string) => string)[] = [
  value => value.slice(0, wordEnd(value)),
  value => value.slice(lastWord(value)),
  value => (value.length > 80 ? '' : value.replace(/[A-Za-z0-9_]+/g, 'w').replace(/^w+$/, '')),
]

function wordEnd(value: string): number {
  const at = value.search(/[/?=:_\-. ,]/)
  return at < 0 ? value.length : at + 1
}

function lastWord(value: string): number {
  for (let at = value.length - 1; at > 0; at--) if (/[/?=:_\-. ,]/.test(value[at]!)) return at
  return 0
}

/** What most rows have in common, by its length, and the tokens that it takes in them. */
function commonest(column: readonly string[], key: (value: string) => string): { text: string; gain: number } {
  const counts = new Map<string, number>()
  for (const value of column) {
    const text = key(value)
    if (text) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  let [best, most] = ['', 0]
  for (const [text, count] of counts) {
    if (count < 3 || count === column.length || count * text.length <= most) continue
    most = count * text.length
    best = text
  }
  return { text: best, gain: best ? counts.get(best)! * weight(best) : 0 }
}

/** Rows in which one value stands inside another. */
function insides(columns: readonly string[][], all: readonly string[][]): { gain: number; belongs: Belongs }[] {
  const found: { gain: number; belongs: Belongs }[] = []
  const most = Math.min(columns.length, MOST_COLUMNS)
  for (let a = 0; a < most; a++)
    for (let b = 0; b < most; b++) {
      if (a === b) continue
      const [small, large] = [columns[a]!, columns[b]!]
      const first = countInside(small, large, 12)
      const count = first ? countInside(small, large, small.length) : 0
      if (count < 3 || count < small.length * 0.2 || count === small.length) continue
      found.push({
        gain: (count * small.reduce((sum, value) => sum + weight(value), 0)) / small.length,
        belongs: {
          ofSample: row => isInside(small[row]!, large[row]!),
          ofAll: row => isInside(all[a]![row]!, all[b]![row]!),
        },
      })
    }
  return found
}

function countInside(small: readonly string[], large: readonly string[], rows: number): number {
  let count = 0
  for (let row = 0; row < rows && row < small.length; row++) if (isInside(small[row]!, large[row]!)) count++
  return count
}

const isInside = (value: string, text: string) => value.length > 3 && text.length > value.length && text.includes(value)

function costOfSplit(sampled: Group, belongs: (row: number) => boolean): number {
  const rows = sampled.members.map((_, row) => row)
  const [some, others] = [
    part(sampled, rows.filter(belongs)),
    part(
      sampled,
      rows.filter(row => !belongs(row)),
    ),
  ]
  return costOf(some.pieces, some.members.length) + costOf(others.pieces, others.members.length)
}

/** A group of some of the rows, with what they share in its literals. */
function part({ members, pieces }: Group, rows: readonly number[]): Group {
  const narrowed = new Map<Piece, Piece[]>()
  const kept = pieces.flatMap((piece): Piece[] => {
    if (!Array.isArray(piece)) return [piece]
    let known = narrowed.get(piece)
    if (!known) narrowed.set(piece, (known = rows.length ? piecesOf(rows.map(row => piece[row]!)) : []))
    return known
  })
  return { members: rows.map(row => members[row]!), pieces: rows.length > 2 ? shareIn(kept) : kept }
}

function costOf(pieces: readonly Piece[], rows: number): number {
  if (rows === 0) return 0
  return columnsOf(pieces).reduce((sum, column) => sum + columnCost(column), textWeight(pieces) + rows * CODE)
}

const textWeight = (pieces: readonly Piece[]): number =>
  pieces.reduce<number>((sum, piece) => sum + (typeof piece === 'string' ? weight(piece) : 1), ENTRY)

const columnsOf = (pieces: readonly Piece[]): string[][] => [...new Set(pieces.filter(piece => Array.isArray(piece)))]

function sampleOf(group: Group): Group {
  const { length } = group.members
  if (length <= SAMPLE) return group
  const start = Math.floor((length - SAMPLE) / 3)
  const rows = Array.from({ length: SAMPLE }, (_, i) => start + i)
  const columns = new Map<Piece, Piece>()
  const pieces = group.pieces.map(piece => {
    if (!Array.isArray(piece)) return piece
    let known = columns.get(piece)
    if (!known) columns.set(piece, (known = rows.map(row => piece[row]!)))
    return known
  })
  return { members: rows.map(row => group.members[row]!), pieces }
}
