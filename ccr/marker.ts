import { parseSelector, printSelector, type Selector } from './select.ts'

/**
 * The only grammar of heads, feet and markers. A region is a head line, a body, and, where other text follows, a foot:
 *
 *   [hr json]                                                        the body alone gives every byte back
 *   [hr 3f9a1c2b7d log: gaps by headroom retrieve 3f9a1c2b7d L40-251 | --grep RE]
 *   ... [... 212 lines L40-251] ...                                  a gap: what is missing and its selector
 *   [hr end]
 *
 * It is ASCII and takes few tokens. None of it is trusted: ids are redeemed from the store alone.
 */
export interface Head {
  /** Of the original in the store; absent where the body alone gives every byte back. */
  readonly id?: string
  /** The filter that wrote the body and decodes it. */
  readonly filter: string
  /** What the decoder and the reader need first, such as a layout; may be empty. */
  readonly note: string
  /** The line of the whole stream where this original begins, 1-based. */
  readonly line: number
  /** A selector that stands in one of the gaps; absent where there is no gap. */
  readonly gap?: Selector
}

const OPEN = '[hr '
export const FOOT = '[hr end]'
const GAPS = ': gaps by headroom retrieve '
const GREP = ' | --grep RE'
/** Longer lines are no heads: it bounds every look at a line. */
const HEAD_LIMIT = 1000

export function printHead({ id, filter, note, line, gap }: Head): string {
  const from = line > 1 ? ` from line ${line}` : ''
  const gaps = id && gap ? `${GAPS}${id} ${printSelector(gap)}${GREP}` : ''
  return `${OPEN}${id ? `${id} ` : ''}${filter}${note ? ` ${note}` : ''}${from}${gaps}]`
}

/** The head that `line` prints, or undefined. The foot is no head. */
export function parseHead(line: string): Head | undefined {
  if (!line.startsWith(OPEN) || !line.endsWith(']') || line.length > HEAD_LIMIT || line === FOOT) return undefined
  let rest = line.slice(OPEN.length, -1)
  const colon = rest.indexOf(GAPS)
  const gap = colon < 0 ? undefined : gapOf(rest.slice(colon + GAPS.length))
  if (colon >= 0 && !gap) return undefined
  if (colon >= 0) rest = rest.slice(0, colon)
  const found = /^(?:([0-9a-f]{10}) )?([a-z][a-z0-9-]{0,31})(?: ([^[\]:\n]*?))??(?: from line (\d{1,15}))?$/.exec(rest)
  if (!found) return undefined
  const [, id, filter, note = '', from] = found
  if (gap && gap.id !== id) return undefined
  return { ...(id && { id }), filter: filter!, note, line: from ? Number(from) : 1, ...(gap && { gap: gap.where }) }
}

function gapOf(text: string): { id: string; where: Selector } | undefined {
  const id = text.slice(0, 10)
  const where = text.endsWith(GREP) ? parseSelector(text.slice(11, -GREP.length)) : undefined
  return where && { id, where }
}

/** Does a head or a foot begin any line of `text`? Linear; the one test by which every door leaves our own text alone. */
export function isOurs(text: string): boolean {
  for (let at = text.indexOf(OPEN); at >= 0; at = text.indexOf(OPEN, at + 1)) {
    if (at > 0 && text.charCodeAt(at - 1) !== 10) continue
    const line = lineAt(text, at)
    if (line === FOOT || parseHead(line)) return true
  }
  return false
}

/** The line that begins at `at`, its line end left out; at most one unit longer than a head may be. */
function lineAt(text: string, at: number): string {
  const window = text.slice(at, at + HEAD_LIMIT + 1)
  const end = window.indexOf('\n')
  return end < 0 ? window : window.slice(0, end)
}

/** A region as it leaves; `followed` says that other text comes after it. */
export function frame(head: Head, body: string, followed: boolean): string {
  return `${printHead(head)}\n${body}${followed ? `\n${FOOT}\n` : ''}`
}

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'region'; readonly head: Head; readonly body: string }

/** `text` as plain parts and regions, outermost ones only, in order. An inner region always has a foot. Linear. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let plain = 0
  for (let at = nextMark(text, 0); at >= 0; at = nextMark(text, plain)) {
    const line = lineAt(text, at)
    const head = parseHead(line)
    if (!head) {
      // A foot that closes nothing is plain text.
      const next = nextHead(text, at + 1)
      if (next < 0) break
      at = next
    }
    const region = regionAt(text, at)
    if (at > plain) parts.push({ kind: 'text', text: text.slice(plain, at) })
    parts.push(region.part)
    plain = region.end
  }
  if (plain < text.length) parts.push({ kind: 'text', text: text.slice(plain) })
  return parts
}

function regionAt(text: string, at: number): { part: Part; end: number } {
  const line = lineAt(text, at)
  const start = Math.min(at + line.length + 1, text.length)
  const head = parseHead(line)!
  let depth = 1
  for (let mark = nextMark(text, start); mark >= 0; mark = nextMark(text, mark + 1)) {
    depth += lineAt(text, mark) === FOOT ? -1 : 1
    if (depth > 0) continue
    const body = text.slice(start, Math.max(start, mark - 1))
    return { part: { kind: 'region', head, body }, end: Math.min(mark + FOOT.length + 1, text.length) }
  }
  return { part: { kind: 'region', head, body: text.slice(start) }, end: text.length }
}

/** Where the next head or foot line begins, from `from` on, or -1. */
function nextMark(text: string, from: number): number {
  for (let at = text.indexOf(OPEN, from); at >= 0; at = text.indexOf(OPEN, at + 1)) {
    if (at > 0 && text.charCodeAt(at - 1) !== 10) continue
    const line = lineAt(text, at)
    if (line === FOOT || parseHead(line)) return at
  }
  return -1
}

function nextHead(text: string, from: number): number {
  let at = nextMark(text, from)
  while (at >= 0 && lineAt(text, at) === FOOT) at = nextMark(text, at + 1)
  return at
}

const GAP_OPEN = '[... '
/** Longer texts are no markers: it bounds every look for one. */
const GAP_LIMIT = 2000

/** The marker of a gap: what is missing, where it stands and, if it helps, a remark. Brackets and line ends in words are softened. */
export function printMarker(what: string, where: Selector): string {
  const [words, ...remark] = what.split(': ')
  return `${GAP_OPEN}${soft(words!)} ${printSelector(where)}${remark.length ? `: ${soft(remark.join(': '))}` : ''}]`
}

const soft = (words: string) => words.replace(/[[\]\r\n]/g, char => (char === '[' ? '(' : char === ']' ? ')' : ' '))

export interface Marker {
  readonly where: Selector
  readonly what: string
  /** UTF-16 offsets of the marker in the text it was found in. */
  readonly start: number
  readonly end: number
}

const GAP =
  /\[\.\.\. ([^[\]\n]{1,900}?) ((?:L[\d,-]+|B\d+-\d+|#[\w$.]+|\$(?:\.[\w$-]+|\[[\d:]*\]|\["(?:[^"\\\n]|\\.)*"\])*))(?:: ([^[\]\n]{0,900}))?\]/y

/** The marker that begins at `at`, or undefined. Bounded time. */
export function markerAt(text: string, at: number): Marker | undefined {
  if (!text.startsWith(GAP_OPEN, at)) return undefined
  const window = text.slice(at, at + GAP_LIMIT)
  GAP.lastIndex = 0
  const found = GAP.exec(window)
  const where = found && parseSelector(found[2]!)
  if (!where) return undefined
  const what = found[3] === undefined ? found[1]! : `${found[1]}: ${found[3]}`
  return { where, what, start: at, end: at + found[0].length }
}

/** All markers of a text, in order. Linear. */
export function markersOf(text: string): Marker[] {
  const markers: Marker[] = []
  for (let at = text.indexOf(GAP_OPEN); at >= 0; ) {
    const marker = markerAt(text, at)
    if (marker) markers.push(marker)
    at = text.indexOf(GAP_OPEN, marker ? marker.end : at + 1)
  }
  return markers
}

/**
 * Every marker replaced by what `gap` gives for it: how a body of literal lines and markers is decoded. The line end behind the
 * marker of whole lines is the last one of these lines.
 */
export function fillGaps(text: string, gap: (where: Selector) => string): string {
  let filled = ''
  let from = 0
  for (const { where, start, end } of markersOf(text)) {
    const missing = gap(where)
    const lineEnds = where.kind === 'lines' && text.charCodeAt(end) === 10 && missing.endsWith('\n')
    filled += text.slice(from, start) + (lineEnds ? missing.slice(0, -1) : missing)
    from = end
  }
  return filled + text.slice(from)
}
