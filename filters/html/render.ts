import type { FilterContext } from '../filter.ts'
import { encode } from '../table/codec.ts'
import { segmentsOf } from '../table/segments.ts'
import { type LeftOut, leftOutOf } from './boilerplate.ts'
import { Extent } from './extent.ts'
import { Links } from './links.ts'
import { metaOf } from './meta.ts'
import type { Page } from './page.ts'
import { parse } from './parse.ts'
import { type Block, blocksIn } from './print.ts'
import { rootOf } from './root.ts'

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
  const { signal, mode } = context
  const page = parse(text, signal)
  const scripted = new Extent(page, true, signal)
  const extent = scripted.all('text') >= LITTLE ? scripted : new Extent(page, false, signal)
  const root = rootOf(page, extent)
  const left = leftOutOf(page, root, extent, signal)
  const terse = mode === 'aggressive'
  const links = new Links(page, !terse)
  const blocks = blocksIn({ page, extent, links, isLeft: at => left.has(at), terse, signal }, root)
  const size = blocks.reduce((sum, block) => sum + block.text.length, 0)
  if (size < LEAST || (size < FEW && size < SHARE * text.length)) return undefined
  const meta = metaOf(page, links.base, size < FEW)
  const title = blocks.find(({ kind }) => kind === 'heading')?.text.replace(/^#+ /, '')
  const head = [...meta]
    .filter(([name, value]) => name !== 'title' || value !== title)
    .map(([name, value]) => `${name}: ${value}`)
  return { head, ...withTables(blocks, context), left: inWords(page, root, left) }
}

/** Signs of text below which what stands in for scripts is read too. */
const LITTLE = 200
/** UTF-16 code units of content: a page of fewer is none, one of few is one only where they make up a share of the source. */
const LEAST = 25
const FEW = 1000
const SHARE = 0.01
/** Rows from which a table may be worth a notation of its own. */
const LARGE = 6

/** Large tables through the table codec, where that makes them shorter. */
function withTables(blocks: readonly Block[], context: FilterContext): Pick<Rendering, 'blocks' | 'note'> {
  const notes = new Set<string>()
  const shown = blocks.map(block => {
    if (block.kind !== 'table' || !block.text.startsWith('|')) return block
    const lines = block.text.split('\n')
    const encoded = lines.length < LARGE ? undefined : encode(() => segmentsOf(lines, context.signal), 0, context)
    if (!encoded) return block
    for (const word of encoded.note.split(', ')) notes.add(word)
    return { ...block, text: encoded.body }
  })
  return { blocks: shown, note: [...notes].join(', ') }
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

/** Blocks below each other: those of a list on the next line, others with a blank line between. */
export function joined(blocks: readonly Block[]): string {
  let text = ''
  for (const [i, block] of blocks.entries()) {
    const before = blocks[i - 1]
    if (before) text += before.kind === 'item' && block.kind === 'item' ? '\n' : '\n\n'
    text += block.text
  }
  return text
}
