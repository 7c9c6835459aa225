import type { Signal } from '../filter.ts'
import { type Cluster, clustersOf } from './cluster.ts'
import { type Piece, piecesOf } from './columns.ts'
import { type Part, type Row, type Template, TIME } from './notation.ts'
import { timeIn } from './times.ts'
import { spaced } from './tokens.ts'
import { weight } from './weight.ts'

/** Stands for the time in a line whose template is sought; a line that holds it has no time. */
const MARK = '\ue000'

/** A text's lines as rows, before anything is left out. */
export interface Plan {
  readonly rows: Row[]
  /** In order of their first row. */
  readonly templates: Template[]
}

/** A line without its time. */
interface Shape {
  readonly text: string
  template?: Template
  values: readonly string[]
}

/** Each line as a row of the template that pays for it, else as it is. */
export function planOf(lines: readonly string[], signal: Signal): Plan {
  const shapes = new Map<string, number>()
  const times: string[] = []
  const shapeOf = new Int32Array(lines.length)
  const counts: number[] = []
  const texts: string[] = []
  lines.forEach((line, at) => {
    signal.throwIfAborted(1 + (line.length >> 8))
    const time = timeIn(line)
    const marked = time && !line.includes(MARK)
    times.push(marked ? line.slice(time.start, time.end) : '')
    const text = marked ? line.slice(0, time.start) + MARK + line.slice(time.end) : line
    let id = shapes.get(text)
    if (id === undefined) {
      shapes.set(text, (id = texts.length))
      texts.push(text)
      counts.push(0)
    }
    counts[id]!++
    shapeOf[at] = id
  })
  const found: Shape[] = texts.map(text => ({ text, values: [] }))
  const { clusters, tokens } = clustersOf(texts, signal)
  for (const cluster of clusters) fill(cluster, tokens, found, counts)
  return rowsOf(lines, times, shapeOf, found)
}

/** Gives the lines of a cluster their template, if it pays. */
function fill(
  { shared, varies, members }: Cluster,
  tokens: readonly (readonly string[] | undefined)[],
  shapes: Shape[],
  counts: readonly number[],
): void {
  const pieces: Piece[] = []
  let literal = ''
  shared.forEach((token, at) => {
    if (at > 0 && spaced(token)) literal += ' '
    if (!varies[at]) literal += token
    else {
      pieces.push(literal, ...piecesOf(members.map(member => tokens[member]![at]!)))
      literal = ''
    }
  })
  pieces.push(literal)
  const { template, columns } = templateOf(pieces)
  const rows = members.reduce((sum, member) => sum + counts[member]!, 0)
  if (!pays(template, columns, rows, members.length)) return
  members.forEach((member, row) => {
    shapes[member]!.template = template
    shapes[member]!.values = columns.map(column => column[row]!)
  })
}

function templateOf(pieces: readonly Piece[]): { template: Template; columns: string[][] } {
  const parts: Part[] = []
  const columns: string[][] = []
  for (const piece of pieces) {
    if (typeof piece !== 'string') parts.push(columns.push(piece) - 1)
    else addLiteral(parts, piece)
  }
  return { template: { parts, slots: columns.length }, columns }
}

function addLiteral(parts: Part[], piece: string): void {
  piece.split(MARK).forEach((text, at) => {
    if (at > 0) parts.push(TIME)
    if (!text) return
    if (typeof parts.at(-1) === 'string') parts[parts.length - 1] += text
    else parts.push(text)
  })
}

/** Is the template's head entry paid for by what its rows no longer say? */
function pays({ parts }: Template, columns: readonly string[][], rows: number, distinct: number): boolean {
  if (rows < 2) return false
  const literal = parts.reduce<number>((sum, part) => sum + (typeof part === 'string' ? weight(part) : 0), 0)
  const saved = literal - 1.3 - 0.7 * columns.length + (parts.includes(TIME) ? 2 : 0)
  return saved * rows > literal + 3 && distinct > 0
}

function rowsOf(
  lines: readonly string[],
  times: readonly string[],
  shapeOf: Int32Array,
  shapes: readonly Shape[],
): Plan {
  const seen = new Set<Template>()
  const rows = lines.map((text, first): Row => {
    const { template, values } = shapes[shapeOf[first]!]!
    if (!template) return { text, values: [], time: '', first, lines: 1 }
    seen.add(template)
    const time = template.parts.includes(TIME) ? times[first]! : ''
    return { template, text: '', values, time, first, lines: 1 }
  })
  return { rows, templates: [...seen] }
}
