import { affixesOf, columnCost, isWord, piecesOf } from './columns.ts'
import type { Piece } from './layout.ts'
import { MOST_COLUMNS, shareIn } from './share.ts'
import { weight } from './weight.ts'

/** The rows of one template: places in the list of rows, and the layout with a value of each column for each of them. */
export interface Group {
  readonly members: readonly number[]
  readonly pieces: readonly Piece[]
}

/** A template of fewer rows is not split, and splits of one text are bounded. */
const FEWEST = 12
const MOST_SPLITS = 48
/** Rows that a split is judged by. */
const SAMPLE = 128
/** What part of a sample's tokens a split must save: a reader has one more template to know. */
const LEAST_SAVED = 0.015
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
  const found = mostPromising(group, sampled)
  if (!found) return undefined
  const [some, others] = parted(sampled, found.ofSample, affixesOf)
  const share = sampled.members.length / group.members.length
  if (costOf(some, share) + costOf(others, share) > (1 - LEAST_SAVED) * costOf(sampled, share)) return undefined
  return parted(group, found.ofAll, piecesOf).filter(({ members }) => members.length > 0)
}

/** What sets some rows apart, and the tokens that may be saved at most where they have a template of their own. */
interface Belongs {
  readonly gain: number
  readonly ofSample: (row: number) => boolean
  readonly ofAll: (row: number) => boolean
}

function mostPromising(group: Group, sampled: Group): Belongs | undefined {
  const columns = columnsOf(sampled.pieces)
  const all = columnsOf(group.pieces)
  const entry = (textWeight(group.pieces) * sampled.members.length) / group.members.length
  let best: Belongs | undefined
  const consider = (found: Belongs | undefined) => {
    if (found && found.gain > (best?.gain ?? entry)) best = found
  }
  columns.forEach((column, at) => {
    // Three characters a token is more than there can be to gain.
    if (column.reduce((sum, value) => sum + value.length, 0) < 3 * entry) return
    for (const key of column.some(isBroken) ? KEYS : WHOLE) consider(commonest(column, all[at]!, key))
  })
  const most = Math.min(columns.length, MOST_COLUMNS)
  for (let a = 0; a < most; a++)
    for (let b = 0; b < most; b++) if (a !== b) consider(inside(columns[a]!, columns[b]!, all[a]!, all[b]!))
  return best
}

/** What of a value other rows may have too: its first word, its last one, how its words are parted. */
const KEYS: readonly ((value: string) => string)[] = [firstWord, lastWord, makeOf]
/** Of words: they are their first and their last one. */
const WHOLE: typeof KEYS = [value => value]

function isBroken(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (!isWord(code) || isBreak(code)) return true
  }
  return false
}

function firstWord(value: string): string {
  let end = 0
  while (end < value.length && !isBreak(value.charCodeAt(end))) end++
  return value.slice(0, end + 1)
}

function lastWord(value: string): string {
  let start = value.length - 1
  while (start > 0 && !isBreak(value.charCodeAt(start))) start--
  return value.slice(Math.max(start, 0))
}

/** `w/w?w=w`; empty for a word, and for what is long. */
function makeOf(value: string): string {
  if (value.length > 80) return ''
  let make = ''
  let inWord = false
  for (let i = 0; i < value.length; i++) {
    const word = isWord(value.charCodeAt(i))
    if (!word) make += value[i]
    else if (!inWord) make += 'w'
    inWord = word
  }
  return make === 'w' ? '' : make
}

/** One of `/?=:_-. ,` */
const isBreak = (code: number) =>
  (code >= 44 && code <= 47) || code === 32 || code === 58 || code === 61 || code === 63 || code === 95

/** What most rows have in common, by its length, and the tokens that it takes in them. */
function commonest(
  column: readonly string[],
  all: readonly string[],
  key: (value: string) => string,
): Belongs | undefined {
  const counts = new Map<string, number>()
  for (const value of column) {
    const text = key(value)
    if (text) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  let best = ''
  let most = 0
  counts.forEach((count, text) => {
    if (count < 3 || count === column.length || count * text.length <= most) return
    most = count * text.length
    best = text
  })
  if (!best) return undefined
  return {
    gain: counts.get(best)! * weight(best),
    ofSample: row => key(column[row]!) === best,
    ofAll: row => key(all[row]!) === best,
  }
}

/** Rows in which one value stands inside another. */
function inside(
  small: readonly string[],
  large: readonly string[],
  allSmall: readonly string[],
  allLarge: readonly string[],
): Belongs | undefined {
  if (!countInside(small, large, 12)) return undefined
  const count = countInside(small, large, small.length)
  if (count < 3 || count < small.length * 0.2 || count === small.length) return undefined
  return {
    gain: (count * small.reduce((sum, value) => sum + weight(value), 0)) / small.length,
    ofSample: row => isInside(small[row]!, large[row]!),
    ofAll: row => isInside(allSmall[row]!, allLarge[row]!),
  }
}

function countInside(small: readonly string[], large: readonly string[], rows: number): number {
  let count = 0
  for (let row = 0; row < rows && row < small.length; row++) if (isInside(small[row]!, large[row]!)) count++
  return count
}

const isInside = (value: string, text: string) => value.length > 3 && text.length > value.length && text.includes(value)

type TakeApart = (values: string[]) => (string | string[])[]

/** The rows that belong, and the others. */
function parted(group: Group, belongs: (row: number) => boolean, takeApart: TakeApart): [Group, Group] {
  const some: number[] = []
  const others: number[] = []
  for (let row = 0; row < group.members.length; row++) (belongs(row) ? some : others).push(row)
  return [part(group, some, takeApart), part(group, others, takeApart)]
}

/** A group of some of the rows, with what they share in its literals. */
function part({ members, pieces }: Group, rows: readonly number[], takeApart: TakeApart): Group {
  const narrowed = new Map<Piece, Piece[]>()
  const kept = pieces.flatMap((piece): Piece[] => {
    if (!Array.isArray(piece)) return [piece]
    let known = narrowed.get(piece)
    if (!known) narrowed.set(piece, (known = rows.length ? takeApart(rows.map(row => piece[row]!)) : []))
    return known
  })
  return { members: rows.map(row => members[row]!), pieces: rows.length > 2 ? shareIn(kept) : kept }
}

/** Tokens of some rows, and the `share` of their template's key that they have to pay for. */
function costOf({ members, pieces }: Group, share: number): number {
  if (members.length === 0) return 0
  const cells = columnsOf(pieces).reduce((sum, column) => sum + columnCost(column), 0)
  return cells + share * textWeight(pieces) + members.length * CODE
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
