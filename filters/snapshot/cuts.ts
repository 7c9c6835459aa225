import { anchorsOf, rank } from '../../ccr/search.ts'
import { lines as lineSelector } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'
import { lastLine, type Node, type Outline } from './outline.ts'
import { isInteractive, longRuns } from './refs.ts'

/** UTF-16 units of a passage that is worth a marker. */
const FEWEST = 120
/** UTF-16 units of such text to a token, about. */
const UNITS = 4.2
/** Passages that answer the query best stay, so many of them. */
const MOST_HITS = 20
/** Roles that say what a page is about, and what goes wrong. */
const TELLING = /^(?:heading|alert|alertdialog|status|dialog|tooltip|RootWebArea)$/

/** Text between which nothing is to be clicked: a child of its parent, with all below it. */
interface Passage {
  readonly siblings: readonly Node[]
  readonly at: number
  readonly units: number
}

/** Leaves passages of text out, longest first, until about so many tokens are gone. What precedes all its siblings stays. */
export function cutPassages(outline: Outline, tokens: number, context: FilterContext): void {
  const passages = passagesOf(outline, context)
  const stay = hits(passages, context.query)
  const order = [...passages.keys()].filter(at => !stay.has(at))
  order.sort((a, b) => passages[b]!.units - passages[a]!.units || a - b)
  const gone = new Set<Node>()
  let left = tokens * UNITS
  for (const at of order) {
    if (left <= 0) break
    const { siblings, at: place, units } = passages[at]!
    gone.add(siblings[place]!)
    left -= units
  }
  const seen = new Set<Node>()
  for (const { siblings, at } of passages) {
    const first = siblings[at]!
    if (!gone.has(first) || seen.has(first)) continue
    let to = at + 1
    while (to < siblings.length && gone.has(siblings[to]!)) seen.add(siblings[to++]!)
    const [from, end] = [first.at + 1, lastLine(siblings[to - 1]!) + 1]
    const what = `${end > from ? `${end - from + 1} lines` : '1 line'} of text: ${opening(first)}`
    first.cut = { marker: context.omit(lineSelector(from, end), what, 'text of the page'), count: to - at }
  }
}

/** All passages in the order of the text; those of long runs aside, whose rows the table leaves out. */
function passagesOf(outline: Outline, { signal }: FilterContext): Passage[] {
  const units = quietUnits(outline, signal)
  const passages: Passage[] = []
  const levels: (readonly Node[])[] = [outline.roots]
  for (const siblings of levels) {
    const long = longRuns(siblings, outline)
    siblings.forEach((node, at) => {
      signal.throwIfAborted()
      const size = units.get(node)
      // A first child shows that its parent has children.
      if (size !== undefined && size >= FEWEST && at > 0 && !long.has(at)) passages.push({ siblings, at, units: size })
      else if (node.children.length) levels.push(node.children)
    })
  }
  return passages.sort((a, b) => a.siblings[a.at]!.at - b.siblings[b.at]!.at)
}

/** UTF-16 units of each node with all below it; those where something is to be clicked or told are not among them. */
function quietUnits(outline: Outline, signal: FilterContext['signal']): ReadonlyMap<Node, number> {
  const order: Node[] = [...outline.roots]
  for (const node of order) order.push(...node.children)
  const units = new Map<Node, number>()
  for (const node of order.reverse()) {
    signal.throwIfAborted()
    const below = node.children.map(child => units.get(child))
    if (!node.line || isInteractive(node) || TELLING.test(node.line.role) || below.includes(undefined)) continue
    units.set(
      node,
      below.reduce<number>((sum, one) => sum + one!, node.source.length),
    )
  }
  return units
}

/** The node's lines, and those below it. */
function textOf(node: Node): string {
  const nodes = [node]
  for (const one of nodes) nodes.push(...one.children)
  return nodes.map(({ source }) => source).join('\n')
}

/** The first words, so that a reader knows what is there. */
function opening(node: Node): string {
  const words = textOf(node).match(/"[^"]{1,60}|: [^"\n]{1,60}/)?.[0] ?? ''
  return words
    .replace(/^[": ]+/, '')
    .replace(/[\s[\]]+/g, ' ')
    .trim()
}

function hits(passages: readonly Passage[], query: string | undefined): ReadonlySet<number> {
  if (query === undefined) return new Set()
  const texts = passages.map(({ siblings, at }) => textOf(siblings[at]!))
  const anchors = anchorsOf(query)
  const scores = rank(texts, query)
  const best = [...scores.keys()].filter(at => scores[at]! > 0).sort((a, b) => scores[b]! - scores[a]! || a - b)
  return new Set([
    ...best.slice(0, MOST_HITS),
    ...texts.flatMap((text, at) => (anchors.some(anchor => text.includes(anchor)) ? [at] : [])),
  ])
}
