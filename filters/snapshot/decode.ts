import { markerAt } from '../../ccr/marker.ts'
import type { Selector } from '../../ccr/select.ts'
import { Tables } from '../table/decode.ts'
import { postFrom, urlFrom } from './outline.ts'
import { snapshotRows } from './rows.ts'
import { nextRef, parseShown } from './shown.ts'
import { aria, type Line, uid } from './source.ts'

/** From a body and its note to the text. Throws a RangeError on a body that this filter did not write. */
export function decode(body: string, gap: (where: Selector) => string, note: string): string {
  const words = note.split(', ')
  const dialect = words.includes('uid') ? uid : aria
  const pointers = new Set((words.find(word => word.startsWith(POINTERS))?.slice(POINTERS.length) ?? '').split(' '))
  const implied = words.includes(IMPLIED)
  const rows: string[] = []
  const rowGap = (where: Selector) => `${GAP}${rows.push(gap(where)) - 1}`
  const lines = new Tables(body, snapshotRows, rowGap).read().join('\n').split('\n')
  const out: Line[] = []
  const shown: (Line | string)[] = []
  let last = ''
  let page: string | undefined
  const put = (line: Line) => {
    let { ref } = line
    page ??= dialect === uid ? line.url : ''
    const url = urlFrom(line.url, page)
    if (ref === '_') ref = ''
    else if (ref === '' && implied && line.role !== 'text' && line.role[0] !== '/') ref = nextRef(last)
    else if (ref === '' && implied && dialect === uid) ref = nextRef(last)
    if (ref) last = ref
    out.push({ ...line, ref, url })
    shown.push(out.at(-1)!)
  }
  for (const line of lines) {
    const marker = line.trimStart().startsWith('[... ') ? markerAt(line.trimStart(), 0) : undefined
    if (marker || line.startsWith(GAP)) {
      const missing = marker ? gap(marker.where) : (rows[Number(line.slice(1))] ?? '')
      shown.push(missing.endsWith('\n') ? missing.slice(0, -1) : missing)
      last = ''
    } else if (!/^[ a-zA-Z'/]/.test(line)) shown.push(line[0] === '!' ? line.slice(1) : line)
    else for (const one of nodesOf(line, dialect === aria, pointers)) put(one)
  }
  return shown
    .map((line, at) => {
      if (typeof line === 'string') return line
      const next = shown[at + 1]
      const hasChild = line.url !== '' || (typeof next === 'object' && next.depth > line.depth)
      if (dialect === uid) return uid.print(line)
      const printed = aria.print({ ...line, hasColon: line.text !== undefined || hasChild })
      return line.url ? `${printed}\n${'  '.repeat(line.depth + 1)}- /url: ${line.url}` : printed
    })
    .join('\n')
}

/** Stands for rows that are left out: no line of a body begins with it. */
const GAP = '\0'

/** What the note says before the roles that have `[cursor=pointer]`, and where refs are left out. */
export const POINTERS = 'cursor=pointer on '
export const IMPLIED = 'no ref=the one above plus 1'

/** All nodes of one line. */
function nodesOf(line: string, isAria: boolean, pointers: ReadonlySet<string>): Line[] {
  let depth = 0
  while (line[depth] === ' ') depth++
  const { above, shown } = parseShown(line.slice(depth), isAria)
  const { key, names, pre, ref, post, url, text } = shown
  const nodes: Line[] = above.map((role, at) => ({ ...bare(role, depth + at, pointers) }))
  const last = bare(key, depth + above.length, pointers)
  for (const name of names.length ? names : [''])
    nodes.push({ ...last, name, pre, ref, post: last.post || post, url, text })
  return nodes
}

function bare(key: string, depth: number, pointers: ReadonlySet<string>): Line {
  const isQuoted = key[0] === "'"
  const isOdd = key.endsWith('!')
  const role = key.slice(isQuoted ? 1 : 0, isOdd ? -1 : undefined)
  const post = postFrom(role, isOdd, '', pointers)
  return { depth, isQuoted, role, name: '', pre: '', ref: '', post, url: '', text: undefined, hasColon: false }
}
