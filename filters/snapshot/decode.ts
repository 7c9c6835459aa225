import { markerAt } from '../../ccr/marker.ts'
import type { Selector } from '../../ccr/select.ts'
import { Tables } from '../table/decode.ts'
import { postFrom, takesRef, urlFrom } from './outline.ts'
import { snapshotRows } from './rows.ts'
import { nextRef, parseShown } from './shown.ts'
import { aria, type Dialect, type Line, uid } from './source.ts'

/** From a body and its note to the text. Throws a RangeError on a body that this filter did not write. */
export function decode(body: string, gap: Gap, note: string): string {
  const rows: string[] = []
  const rowGap: Gap = where => `${GAP}${rows.push(gap(where)) - 1}`
  const reader = new Reader(note.split(', '))
  for (const line of new Tables(body, snapshotRows, rowGap).read().join('\n').split('\n')) {
    const marker = line.trimStart().startsWith('[... ') ? markerAt(line.trimStart(), 0) : undefined
    if (marker) reader.fill(gap(marker.where))
    else if (line.startsWith(GAP)) reader.fill(rows[Number(line.slice(1))] ?? '')
    else reader.read(line)
  }
  return reader.text()
}

type Gap = (where: Selector) => string

class Reader {
  readonly #words: readonly string[]
  readonly #dialect: Dialect
  readonly #pointers: ReadonlySet<string>
  readonly #shown: (Line | string | Filled)[] = []
  #ref = ''
  #page: string | undefined

  constructor(words: readonly string[]) {
    this.#words = words
    this.#dialect = words.includes('uid') ? uid : aria
    const roles = words.find(word => word.startsWith(POINTERS))?.slice(POINTERS.length) ?? ''
    this.#pointers = new Set(roles.split(' '))
  }

  /** What a marker stands for; refs cannot be counted over it. */
  fill(missing: string): void {
    this.#shown.push({ filled: missing.replace(/\r?\n$/, '') })
    this.#ref = ''
  }

  read(line: string): void {
    if (!/^[ a-zA-Z'/]/.test(line)) this.#shown.push(line[0] === '!' ? line.slice(1) : line)
    else for (const node of nodesOf(line, this.#dialect === aria, this.#pointers)) this.#shown.push(this.#whole(node))
  }

  /** With the ref that follows from the one above, and its url in full. */
  #whole(line: Line): Line {
    this.#page ??= this.#dialect === uid ? line.url : ''
    const takes = this.#words.includes(IMPLIED) && (this.#dialect === uid || takesRef(line))
    const ref = line.ref === '_' ? '' : line.ref === '' && takes ? nextRef(this.#ref) : line.ref
    if (ref) this.#ref = ref
    return { ...line, ref, url: urlFrom(line.url, this.#page) }
  }

  text(): string {
    const end = this.#words.includes('CRLF') ? '\r\n' : '\n'
    const lines = this.#shown.map((line, at) => {
      if (typeof line === 'string') return line
      return 'filled' in line ? line.filled : this.#printed(line, this.#shown[at + 1], end)
    })
    return (this.#words.includes('BOM') ? '\ufeff' : '') + lines.join(end)
  }

  #printed(line: Line, next: Line | string | Filled | undefined, end: string): string {
    if (this.#dialect === uid) return uid.print(line)
    const isParent = line.url !== '' || (typeof next === 'object' && 'depth' in next && next.depth > line.depth)
    const printed = aria.print({ ...line, hasColon: line.text !== undefined || isParent })
    return line.url ? `${printed}${end}${'  '.repeat(line.depth + 1)}- /url: ${line.url}` : printed
  }
}

/** What a marker stands for, placed unread. */
interface Filled {
  readonly filled: string
}

/** Stands for rows that are left out: no line of a body begins with it. */
const GAP = '\0'

/** What the note says before the roles that have `[cursor=pointer]`, and where refs are left out. */
export const POINTERS = 'cursor=pointer on '
export const IMPLIED = 'no ref=the one above plus 1 and _=none'

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
