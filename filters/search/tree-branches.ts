import type { Signal } from '../filter.ts'
import type { Encoded } from './form.ts'
import { type Node, parseNodes, printNodes } from './tree.ts'

/** How a tree draws: four units a level. tree(1) writes no-break spaces behind a bar, cargo and eza plain ones. */
interface Style {
  /** The word of the note. */
  readonly word: string
  readonly bar: string
  readonly tee: string
  readonly corner: string
}

const STYLES: readonly Style[] = [
  { word: '', bar: '│\u00a0\u00a0 ', tee: '├── ', corner: '└── ' },
  { word: 'plain', bar: '│   ', tee: '├── ', corner: '└── ' },
  { word: 'ascii', bar: '|   ', tee: '|-- ', corner: '`-- ' },
]
const BLANK = '    '
/** Deeper lines are printed as they are. */
const DEEPEST = 200

/** What `tree` prints, without its branches; undefined where they are not what the names' places say. */
export function encodeTree(lines: readonly string[], signal: Signal): Encoded | undefined {
  const style = styleOf(lines)
  const found = lines.map(line => branchOf(line, style))
  const width = widthOf(found.map(({ name }) => name))
  const nodes = found.map(
    ({ depth, name }): Node => ({ depth, ...(depth > 0 && width ? unboxed(name, width) : { name }) }),
  )
  const open = openAt(found.map(({ bars }) => bars))
  const note = [
    ...(style.word ? [style.word] : []),
    ...(width ? [`width ${width}`] : []),
    ...(open ? [`cut ${open}`] : []),
  ]
  if (!drawn(nodes, style, open, signal).every((branch, i) => lines[i]!.startsWith(branch))) return undefined
  return { lines: printNodes(nodes, width > 0, signal), note }
}

/** The inverse of encodeTree. */
export function decodeTree(body: readonly string[], note: readonly string[], signal?: Signal): string[] {
  const style = STYLES.find(({ word }) => word !== '' && note.includes(word)) ?? STYLES[0]!
  const width = Number(wordAfter(note, 'width ') ?? 0)
  const nodes = parseNodes(body, width > 0)
  return drawn(nodes, style, wordAfter(note, 'cut ') ?? '', signal).map((branch, i) => {
    const { name, box } = nodes[i]!
    return branch + (box === undefined ? name : `[${box.padStart(width)}]  ${name}`)
  })
}

const wordAfter = (note: readonly string[], start: string) =>
  note.find(word => word.startsWith(start))?.slice(start.length)

function styleOf(lines: readonly string[]): Style {
  const used = STYLES.find(({ bar }) => lines.some(line => line.startsWith(bar)))
  return (
    used ??
    STYLES.find(({ tee, corner }) => lines.some(line => line.startsWith(tee) || line.startsWith(corner))) ??
    STYLES[0]!
  )
}

/** A line's depth (0 without a branch), its name, and for each level above it whether a bar is drawn there: `1` or `0`. */
function branchOf(line: string, { bar, tee, corner }: Style): { depth: number; name: string; bars: string } {
  let at = 0
  let bars = ''
  while (bars.length < DEEPEST && (line.startsWith(bar, at) || line.startsWith(BLANK, at))) {
    bars += line.startsWith(bar, at) ? '1' : '0'
    at += 4
  }
  const opens = line.startsWith(tee, at)
  if (!opens && !line.startsWith(corner, at)) return { depth: 0, name: line, bars: '' }
  return { depth: bars.length + 1, name: line.slice(at + 4), bars: bars + (opens ? '1' : '0') }
}

const BOX = /^\[( *)([^\s[\]=]+)\] {2}/

/** The width of the brackets before the names, 0 where there are none of one width. */
function widthOf(names: readonly string[]): number {
  const found = names.map(name => BOX.exec(name)).filter(box => box !== null)
  const width = found[0] ? found[0][0].length - 4 : 0
  return found.length > names.length / 2 ? width : 0
}

function unboxed(name: string, width: number): { name: string; box?: string } {
  const box = BOX.exec(name)
  return box && box[0].length - 4 === width ? { name: name.slice(box[0].length), box: box[2]! } : { name }
}

/** The levels that are still open at the end: of a tree that was cut off. */
function openAt(bars: readonly string[]): string {
  const last = bars.findLast(level => level !== '') ?? ''
  return last.includes('1') ? last : ''
}

/** The branch before each node: the last one in its folder gets a corner, unless the tree is cut off there. */
function drawn(nodes: readonly Node[], { bar, tee, corner }: Style, open: string, signal?: Signal): string[] {
  const last = lastOnes(nodes, open)
  const above: string[] = []
  return nodes.map(({ depth }, i) => {
    signal?.throwIfAborted()
    if (depth === 0) return ''
    above.length = depth - 1
    const branch = above.join('') + (last[i] ? corner : tee)
    above.push(last[i] ? BLANK : bar)
    return branch
  })
}

/** From the end: a node is the last one where nothing of its depth came since something less deep. */
function lastOnes(nodes: readonly Node[], open: string): boolean[] {
  const last: boolean[] = []
  let followed = [...open].map(level => level === '1')
  for (let i = nodes.length - 1; i >= 0; i--) {
    const { depth } = nodes[i]!
    if (depth > 0) {
      last[i] = !followed[depth - 1]
      followed.length = Math.min(followed.length, depth)
      followed[depth - 1] = true
    } else if (i < nodes.length - 1 && nodes[i + 1]!.depth > 0) followed = []
  }
  return last
}
