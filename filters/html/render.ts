import { markersOf } from '../../ccr/marker.ts'
import type { FilterContext } from '../filter.ts'
import { decode, encode, partsOf } from '../table/codec.ts'
import type { LeftOut } from './boilerplate.ts'
import { type Content, contentOf } from './content.ts'
import { responseHead } from './fits.ts'
import { metaOf } from './meta.ts'
import type { Page } from './page.ts'
import type { Block } from './print.ts'

/** A page as Markdown. */
export interface Rendering {
  /** Title, author, date and address, a line each. */
  readonly head: readonly string[]
  readonly blocks: readonly Block[]
  /** What was left out, in words. */
  readonly left: string
  /** What the head line says of the notation of tables. */
  readonly note: string
}

/** The main content of a page; undefined where there is too little of it to be sure that it is what the page is for. */
export function rendered(text: string, context: FilterContext): Rendering | undefined {
  const content = contentOf(text, context.mode === 'aggressive', context.signal)
  const { page, root, left, links, blocks, size } = content
  if (isTooLittle(content, text)) return undefined
  const meta = metaOf(page, links, size < FEW)
  const title = blocks.find(({ kind }) => kind === 'heading')?.text.replace(/^#+ /, '')
  const response = responseHead(text).split(/\r?\n/).filter(Boolean)
  const told = [...meta]
    .filter(([name, value]) => name !== 'title' || value !== title)
    .map(([name, value]) => `${name}: ${value}`)
  const { note, blocks: shown } = withTables(blocks, context)
  return {
    head: [...response, ...told].map(defused),
    blocks: shown.map(block => ({ ...block, text: defused(block.text) })),
    note,
    left: inWords(page, root, left),
  }
}

/** Is so little read that the page may be for something else? What an application would show is in its data. */
function isTooLittle({ size, data, isSure }: Content, text: string): boolean {
  if (size < LEAST || (size < APPLICATION && data > 5 * size)) return true
  return size < FEW && size < SHARE * text.length && !(isSure && size >= SURE)
}

/** UTF-16 code units of content: a page of fewer is none. */
const LEAST = 25
/** A page of few is one only where they make up a share of the source, or where the page marks them and they are more than a notice. */
const FEW = 1000
const SHARE = 0.01
const SURE = 100
/** UTF-16 code units of content below which a page of much more data is an application. */
const APPLICATION = 3000

/** Rows from which a table may be worth a notation of its own. */
const LARGE = 12
/** What that notation may take of the Markdown's length. */
const WORTH = 0.8

/** Large tables through the table codec, as rows of CSV, where that makes them much shorter. */
function withTables(blocks: readonly Block[], context: FilterContext): Pick<Rendering, 'blocks' | 'note'> {
  const notes = new Set<string>()
  const shown = blocks.map(block => {
    if (!block.rows || block.rows.length < LARGE) return block
    const csv = block.rows.map(row => `${row.map(quoted).join(',')}\n`).join('')
    const parts = partsOf(csv, context.signal)
    const encoded = parts && encode(parts, undefined, 0, context)
    if (!encoded || encoded.body.length > WORTH * block.text.length || decoded(encoded.body) !== csv) return block
    for (const word of encoded.note.split(', ')) notes.add(word)
    return { ...block, text: encoded.body.trimEnd() }
  })
  return { blocks: shown, note: [...notes].join(', ') }
}

const quoted = (cell: string) => {
  const plain = cell.replaceAll('\\|', '|')
  return /[",\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

const decoded = (body: string) => decode(body, () => '')

/** What would be taken for a head or a marker of ours, with a backslash in it, as Markdown writes what is no mark. */
function defused(text: string): string {
  if (!text.includes('[... ') && !text.includes('[hr ')) return text
  let shown = ''
  let from = 0
  for (const { start } of markersOf(text)) {
    shown += `${text.slice(from, start + 1)}\\`
    from = start + 1
  }
  return (shown + text.slice(from)).replace(/^\[hr /gm, '\\[hr ')
}

/** What was left out, each kind once and in the order of the page. */
function inWords(page: Page, root: number, left: LeftOut): string {
  const kinds = new Set(left.values())
  const outer = root > 0 && page[root]!.name !== 'body'
  const names = new Set(page.map(({ name }) => name))
  if (outer) kinds.add('what is around the main content')
  for (const name of ['script', 'style', 'svg', 'iframe']) if (names.has(name)) kinds.add(`${name}s`)
  return kinds.size ? `left out ${[...kinds].join(', ')}` : 'left out markup alone'
}

/** Blocks below each other: those of a list on the next line, others with a blank line between; rules only between texts. */
export function joined(blocks: readonly Block[]): string {
  const shown = blocks.filter(
    ({ text }, i) =>
      text !== '---' || (i > 0 && i + 1 < blocks.length && isText(blocks[i - 1]!) && isText(blocks[i + 1]!)),
  )
  let text = ''
  for (const [i, block] of shown.entries()) {
    const before = shown[i - 1]
    if (before) text += isListed(before) && isListed(block) ? '\n' : '\n\n'
    text += block.text
  }
  return text
}

const isListed = ({ kind }: Block) => kind === 'item' || kind === 'term'
const isText = ({ kind, text }: Block) => kind !== 'heading' && text !== '---'
