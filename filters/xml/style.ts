import type { Signal } from '../filter.ts'
import { attributesOf, spreadOf } from './tag.ts'
import { ELEMENT, type Tree } from './tree.ts'

/** The layout that most of a document has: what differs is said where it stands. */
export interface Style {
  /** What each level is indented by. */
  readonly unit: string
  /** How an element without content is written. */
  readonly empty: '/>' | ' />' | '></>'
  /** What a `+` behind a name means (spreadOf in tag.ts), or `` where there is none. */
  readonly spread: string
  /** The encoding of `<?xml version="1.0" encoding="…"?>`, or `` where the text does not begin with just that. */
  readonly encoding: string
  readonly crlf: boolean
  readonly bom: boolean
  /** The text has lines like our markers: nothing is left out of it, and none of them is filled. */
  readonly hasMarkers: boolean
}

/** The declaration that a style's encoding stands for. */
export const declarationOf = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>`

/** By what most elements do. Linear. */
export function styleOf(tree: Tree, of: Pick<Style, 'crlf' | 'bom' | 'hasMarkers'>, signal: Signal): Style {
  const units = new Map<string, number>()
  const empties = new Map<string, number>()
  const spreads = new Map<string, number>()
  const { text, kind, first, start, inner, end, empty, next } = tree
  const indents: string[] = ['']
  for (let node = 0; node < tree.size; node++) {
    if (node % 64 === 0) signal.throwIfAborted(64)
    if (kind[node] === ELEMENT) {
      if (empty[node]) count(empties, text[inner[node]! - 3] === ' ' ? ' />' : '/>')
      else if (inner[node] === tree.close[node]) count(empties, '></>')
      countSpread(tree, node, indents[node]!, spreads)
    }
    // Children come after their parent, so its indentation is known.
    let before = inner[node]!
    for (let child = first[node]!; child; child = next[child]!) {
      const indent = tree.mixed[node] ? undefined : lineIndent(text.slice(before, start[child]!))
      indents[child] = indent ?? indents[node]!
      if (indent !== undefined && child === first[node] && node > 0) countUnit(indent, indents[node]!, units)
      before = end[child]!
    }
  }
  const encoding = /^<\?xml version="1\.0" encoding="([\w.-]{1,40})"\?>/.exec(text)?.[1] ?? ''
  return {
    unit: most(units, '  '),
    empty: most(empties, '/>') as Style['empty'],
    spread: most(spreads, ''),
    encoding,
    ...of,
  }
}

/** What stands before a node on its line, where the gap before it has a line end. */
export function lineIndent(gap: string): string | undefined {
  const at = gap.lastIndexOf('\n')
  return at < 0 ? undefined : gap.slice(at + 1)
}

function countUnit(indent: string, parent: string, units: Map<string, number>): void {
  if (indent.startsWith(parent) && /^(?: {1,16}|\t)?$/.test(indent.slice(parent.length)))
    count(units, indent.slice(parent.length))
}

function countSpread(tree: Tree, node: number, indent: string, spreads: Map<string, number>): void {
  if (!/[\n\t]/.test(tree.text.slice(tree.start[node]!, tree.inner[node]!))) return
  const spread = spreadOf(attributesOf(tree, node)?.gaps ?? [], tree.names[node]!, indent)
  if (spread !== undefined) count(spreads, spread)
}

const count = (counts: Map<string, number>, key: string) => void counts.set(key, (counts.get(key) ?? 0) + 1)

function most(counts: ReadonlyMap<string, number>, none: string): string {
  let best = none
  let seen = 0
  for (const [key, times] of counts)
    if (times > seen) {
      best = key
      seen = times
    }
  return best
}

const MARKERS = 'markers are text'

/** The style as the head's note says it. */
export function printStyle({ unit, empty, spread, encoding, crlf, bom, hasMarkers }: Style): string {
  const words = [
    `indent ${unit === '\t' ? 'tab' : unit.length}`,
    ...(encoding ? [`1.0 ${encoding}`] : []),
    ...(empty === '/>' ? [] : [`empty ${empty}`]),
    ...(spread ? [`+=attributes spaced ${spread}`] : []),
    ...(crlf ? ['CRLF'] : []),
    ...(bom ? ['BOM'] : []),
    ...(hasMarkers ? [MARKERS] : []),
  ]
  return words.join(', ')
}

/** The inverse of printStyle; what else the note says is passed over. */
export function parseStyle(note: string): Style {
  const words = note.split(', ')
  const after = (start: string) => words.find(word => word.startsWith(start))?.slice(start.length) ?? ''
  const unit = after('indent ')
  return {
    unit: unit === 'tab' ? '\t' : ' '.repeat(Number(unit)),
    empty: (after('empty ') || '/>') as Style['empty'],
    spread: after('+=attributes spaced '),
    encoding: after('1.0 '),
    crlf: words.includes('CRLF'),
    bom: words.includes('BOM'),
    hasMarkers: words.includes(MARKERS),
  }
}
