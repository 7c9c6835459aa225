import { firstLines, lastLines, matchingLines } from './line-ranges.ts'
import { Original } from './original.ts'
import { lineMatcher, PatternError } from './pattern.ts'
import { bestUnits, piecesOf } from './search.ts'
import {
  bytes as byteSelector,
  type LineRange,
  lineRanges,
  parseSelector,
  printSelector,
  type Selector,
  SelectorError,
} from './select.ts'
import { type Entry, ID_LENGTH, type Store, StoreError } from './store.ts'
import { bytesOf } from './text.ts'

/** What is wanted of an original: a part of it, then what is found there, then an end of that. Nothing is the whole. */
export interface RetrieveAsk {
  /** A printed selector, such as `L40-60`, `$.items[3].name`, `#parse`, `B10-20`. At most one of the first four. */
  readonly selector?: string
  /** `40-60`, or as in a selector. */
  readonly lines?: string
  readonly path?: string
  readonly symbol?: string
  /** The lines that match a regular expression (ccr/pattern.ts), with `context` lines around each. */
  readonly grep?: string
  readonly context?: number
  /** A question: the lines that bear most on it. */
  readonly query?: string
  /** The first or the last lines of what is left. */
  readonly head?: number
  readonly tail?: number
}

/** usage: asked wrongly. missing: there is no such entry, or nothing in it that was asked for. One line: fact and cure. */
export class RetrieveError extends Error {
  override readonly name = 'RetrieveError'
  readonly kind: 'usage' | 'missing'

  constructor(kind: 'usage' | 'missing', message: string) {
    super(message)
    this.kind = kind
  }
}

/**
 * The exact bytes of what `ask` selects from an entry; runs that are apart are joined as they are. Ids may be cut to six digits where
 * that tells them. Throws a RetrieveError, and a StoreError where the store cannot be read.
 */
export async function retrieve(store: Store, id: string, ask: RetrieveAsk = {}): Promise<Uint8Array> {
  const where = selectorOf(ask)
  const narrow = await narrowingOf(ask)
  const entry = await entryOf(store, id.toLowerCase())
  const part = partOf(entry, where)
  const found = narrow(part)
  await noteFetch(store, entry.id, where ? printSelector(where) : wayOf(ask))
  return found
}

/** What a question brings back at most: about 3,000 tokens. */
const ANSWER = { lines: 40, chars: 12_000 }
/** Fewer digits of an id tell too little. */
const SHORTEST_ID = 6

function selectorOf({ selector, lines, path, symbol }: RetrieveAsk): Selector | undefined {
  const given = [
    selector,
    lines === undefined ? undefined : lines.replace(/^L?/, 'L').replaceAll(' ', ''),
    path,
    symbol === undefined ? undefined : `#${dotted(symbol)}`,
  ].filter(text => text !== undefined)
  if (given.length > 1) throw usage(`one selector, not ${given.join(' and ')}`)
  const [text] = given
  if (text === undefined) return undefined
  const where = parseSelector(text)
  if (!where) throw usage(`${JSON.stringify(text)} is no selector; L40-60, B0-200, $.items[3].name and #name are`)
  return where
}

/** A name as selectors have it: Class::method and Class#method are Class.method, and what is no letter of a name goes. */
export const dotted = (symbol: string): string =>
  symbol
    .replace(/^#/, '')
    .replace(/::|#|->/g, '.')
    .replace(/[?!=~*&]|\(.*\)$/g, '')

/** What is done to the selected part, checked before anything is read. */
async function narrowingOf({
  grep,
  context = 0,
  query,
  head,
  tail,
}: RetrieveAsk): Promise<(part: Original) => Uint8Array> {
  if (grep !== undefined && query !== undefined) throw usage('a pattern or a question, not both')
  if (head !== undefined && tail !== undefined) throw usage('the head or the tail, not both')
  const matches = grep === undefined ? undefined : await matcherOf(grep)
  const end = (ranges: readonly LineRange[]) =>
    head !== undefined ? firstLines(ranges, head) : tail !== undefined ? lastLines(ranges, tail) : ranges
  return function narrow(part) {
    if (part.text === '') return part.bytes
    if (query !== undefined) return answer(part, query, end)
    const found: readonly LineRange[] = matches ? matchingLines(part.text, matches, context) : [[1, part.lineCount]]
    if (found.length === 0) throw nothing(grep!)
    return part.sliceBytes(lineRanges(end(found)))
  }
}

/** The pieces of text that bear most on a question. */
function answer(
  part: Original,
  query: string,
  end: (ranges: readonly LineRange[]) => readonly LineRange[],
): Uint8Array {
  const pieces = piecesOf(part.text)
  const ranges = bestUnits(pieces, query, ANSWER)
  if (ranges.length === 0) throw nothing(query)
  return Buffer.concat(end(ranges).map(([first, last]) => bytesOf(pieces.slice(first - 1, last).join(''))))
}

const nothing = (what: string) =>
  new RetrieveError('missing', `no line for ${JSON.stringify(what)}; without it, all is printed`)
const usage = (fact: string) => new RetrieveError('usage', fact)

async function matcherOf(pattern: string): Promise<(line: string) => boolean> {
  try {
    return await lineMatcher(pattern)
  } catch (cause) {
    if (cause instanceof PatternError) throw usage(`--grep ${cause.message}`)
    throw cause
  }
}

async function entryOf(store: Store, id: string): Promise<Entry> {
  const exact = await store.get(id.slice(0, ID_LENGTH))
  if (exact?.hash.startsWith(id)) return exact
  const candidates = id.length >= SHORTEST_ID && id.length < ID_LENGTH ? await store.list() : []
  const [one, ...more] = candidates.filter(known => known.id.startsWith(id))
  if (more.length)
    throw usage(`${id} is the beginning of several ids; ${[one!, ...more].map(known => known.id).join(', ')}`)
  const entry = one && (await store.get(one.id))
  if (entry) return entry
  throw new RetrieveError(
    'missing',
    `no entry ${id.slice(0, 80).replace(/\s+/g, ' ')}; run the command or read the file again (headroom store list shows what is kept)`,
  )
}

/** The selected part as a text of its own. Ends beyond the last line or byte mean the last one. */
function partOf({ id, original }: Entry, where: Selector | undefined): Original {
  const whole = Original.of(original)
  if (!where) return whole
  try {
    return Original.of(whole.sliceBytes(clipped(where, whole)))
  } catch (cause) {
    if (cause instanceof SelectorError) throw new RetrieveError('missing', `${id}: ${cause.message}`)
    throw cause
  }
}

function clipped(where: Selector, { lineCount, bytes }: Original): Selector {
  if (where.kind === 'lines')
    return lineRanges(
      where.ranges.map(([first, last]) => [first, first > lineCount ? last : Math.min(last, lineCount)] as const),
    )
  if (where.kind === 'bytes' && where.from < bytes.length)
    return byteSelector(where.from, Math.min(where.to, bytes.length))
  return where
}

/** How it was asked without a selector; a pattern may hold what is searched for, so it is not written down. */
function wayOf({ grep, query, head, tail }: RetrieveAsk): string {
  if (grep !== undefined) return 'grep'
  if (query !== undefined) return 'for'
  return head !== undefined ? 'head' : tail !== undefined ? 'tail' : ''
}

/** A count that cannot be written, in a sandbox say, is no reason to withhold the bytes. */
async function noteFetch(store: Store, id: string, where: string): Promise<void> {
  try {
    await store.noteFetch(id, where)
  } catch (cause) {
    if (!(cause instanceof StoreError)) throw cause
  }
}
