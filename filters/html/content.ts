import type { Signal } from '../filter.ts'
import { type LeftOut, leftOutOf } from './boilerplate.ts'
import { Extent } from './extent.ts'
import { Links } from './links.ts'
import type { Page } from './page.ts'
import { parse } from './parse.ts'
import { type Block, blocksIn } from './print.ts'
import { leadOf, rootsOf } from './root.ts'

/** The main content of a page. */
export interface Content {
  readonly page: Page
  /** The number of the element that holds it. */
  readonly root: number
  readonly left: LeftOut
  /** Does the page itself say that this is its main content? */
  readonly isSure: boolean
  readonly links: Links
  readonly blocks: readonly Block[]
  /** UTF-16 code units of Markdown. */
  readonly size: number
  /** UTF-16 code units of data for scripts. */
  readonly data: number
}

/** Signs of text below which what stands in for scripts is read too. */
const LITTLE = 200

/** `terse` leaves out addresses, pictures, emphasis and lists of links. */
export function contentOf(text: string, terse: boolean, signal: Signal): Content {
  const { page, data } = parse(text, signal)
  const scripted = new Extent(page, true, signal)
  const extent = scripted.all('text') >= LITTLE ? scripted : new Extent(page, false, signal)
  const { root, left, isSure } = chosen(page, extent, terse, signal)
  const links = new Links(page, !terse)
  const source = { page, extent, links, isLeft: (at: number) => left.has(at), terse, signal }
  const lead = leadOf(page, root, extent)
  const blocks = [
    ...(lead < 0 ? [] : blocksIn(source, lead, page[lead]!.last)),
    ...blocksIn(source, root + 1, page[root]!.last),
  ]
  const size = blocks.reduce((sum, block) => sum + block.text.length, 0)
  return { page, root, left, isSure, links, blocks, size, data }
}

/** The share of the main content that may stand outside of what only a name marks: with more, it is comments, or other articles. */
const OUTSIDE = 0.1

function chosen(
  page: Page,
  extent: Extent,
  strict: boolean,
  signal: Signal,
): Pick<Content, 'root' | 'left' | 'isSure'> {
  const { body, marked, isSure } = rootsOf(page, extent)
  const inBody = { isSure: false, root: body, left: leftOutOf(page, body, extent, strict, signal) }
  if (marked === body) return inBody
  const inMarked = { isSure, root: marked, left: leftOutOf(page, marked, extent, strict, signal) }
  if (isSure) return inMarked
  let outside = extent.of('text', body) - extent.of('text', marked)
  for (const at of inBody.left.keys()) if (at < marked || at > page[marked]!.last) outside -= extent.of('text', at)
  return outside <= OUTSIDE * extent.of('text', marked) ? inMarked : inBody
}
