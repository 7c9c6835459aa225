import { anchorsOf } from '../../ccr/search.ts'
import { isBlob } from '../crush-json/opaque.ts'
import type { FilterContext } from '../filter.ts'
import type { Style } from './style.ts'
import { ELEMENT, RAW, type Tree } from './tree.ts'

/** The markers that stand for comments and for texts of elements, by node. */
export type Cuts = ReadonlyMap<number, string>

/** UTF-16 units that a notice, a comment, a text and base64 have at least to be left out. */
const NOTICE = 250
const COMMENT = 200
const LONG = 1000
const BLOB = 400
/** UTF-16 units that a marker takes, and that the head line takes more where there is one. */
const MARKER = 60
const HEAD = 120
const NOTICES = /licen[sc]e|copyright|warrant(?:y|ies)|all rights reserved/i

/** What `mode` leaves out of the text: notices and base64; if aggressive, all long comments and texts. Hits of the query stay. */
export function cutsOf(tree: Tree, style: Style, { mode, query, signal, omit, at }: FilterContext): Cuts {
  const cuts = new Map<number, string>()
  if (mode === 'lossless') return cuts
  const anchors = query === undefined ? [] : anchorsOf(query)
  const { text, kind, start, end, inner, close, mixed, first } = tree
  const place = new Place(text, style)
  let gain = -HEAD
  for (let node = 1; node < tree.size; node++) {
    if (node % 64 === 0) signal.throwIfAborted(64)
    const isLeaf = kind[node] === ELEMENT && (mixed[node] === 1 || first[node] === 0)
    const [from, to] = isLeaf ? [inner[node]!, close[node]!] : [start[node]!, end[node]!]
    if (to - from < COMMENT || (!isLeaf && kind[node] !== RAW)) continue
    const shown = text.slice(from, to)
    signal.throwIfAborted(shown.length >> 5)
    const what = isLeaf ? textCut(shown, mode === 'aggressive') : commentCut(shown, mode === 'aggressive')
    if (what === undefined || anchors.some(anchor => shown.includes(anchor))) continue
    gain += to - from - MARKER
    cuts.set(node, omit(at(place.of(from), place.of(to)), what, isLeaf ? 'long text' : 'comment'))
  }
  return gain > 0 ? cuts : new Map()
}

function textCut(text: string, all: boolean): string | undefined {
  if (text.length >= BLOB && isBlob(text.slice(0, 4 * BLOB).replace(/\s+/g, '')))
    return `${text.length} characters of base64 or hex`
  return all && text.length >= LONG ? `${text.length} characters: ${opening(text)}` : undefined
}

function commentCut(text: string, all: boolean): string | undefined {
  if (!text.startsWith('<!--')) return undefined
  if (text.length >= NOTICE && NOTICES.test(text)) return `notice of ${text.length} characters`
  return all ? `comment of ${text.length} characters: ${opening(text.slice(4))}` : undefined
}

/** The first words, so that a reader knows what is there. */
const opening = (text: string) =>
  text
    .slice(0, 80)
    .replace(/[\s[\]]+/g, ' ')
    .trim()

/** From offsets in the text without its byte order mark and carriage returns to those in the text as it came. */
class Place {
  readonly #text: string
  readonly #style: Style
  #at = 0
  #lines = 0

  constructor(text: string, style: Style) {
    this.#text = text
    this.#style = style
  }

  /** Offsets are asked for in order, or not far back. */
  of(offset: number): number {
    if (!this.#style.crlf) return offset + (this.#style.bom ? 1 : 0)
    if (offset < this.#at) this.#at = this.#lines = 0
    for (
      let end = this.#text.indexOf('\n', this.#at);
      end >= 0 && end < offset;
      end = this.#text.indexOf('\n', end + 1)
    ) {
      this.#lines++
      this.#at = end + 1
    }
    return offset + this.#lines + (this.#style.bom ? 1 : 0)
  }
}
