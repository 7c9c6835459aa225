import type { Extent } from './extent.ts'
import type { Node, Page } from './page.ts'

/** Names by which sites mark the main content, in the order of how much they can be trusted. */
const MARKS: readonly ((node: Node) => boolean)[] = [
  ({ name, attributes }) => name === 'main' || attributes.role === 'main',
  ({ name, attributes }) => name === 'article' || attributes.itemprop === 'articleBody',
  ({ attributes }) => CONTENT.test(attributes.id ?? ''),
  ({ attributes }) => (attributes.class ?? '').split(' ').some(word => CONTENT.test(word)),
]
const CONTENT =
  /^(?:(?:main|page|article|post|entry|body|site|story|doc|docs|wiki)[-_]?(?:content|body|text)|content(?:[-_](?:body|main|wrapper|area|inner))?|markdown-body|bodytext|mw-content-text|documentwrapper|rst-content|refentry|book|page-content)$/i

/** The share of a page's text that must stand in what is marked as its main content. */
const ENOUGH = [0.35, 0.5, 0.6, 0.6]

/** What may hold the main content, by number. */
export interface Roots {
  /** The body, or the whole page. */
  readonly body: number
  /** What is marked as the main content and has enough of the text in it; the body where nothing is. */
  readonly marked: number
  /** Is it marked by an element made for that, and not by a name alone? */
  readonly isSure: boolean
}

export function rootsOf(page: Page, extent: Extent): Roots {
  const all = extent.all('text')
  const best = MARKS.map(() => -1)
  let body = 0
  for (let i = 0; i < page.length; i++) {
    const node = page[i]!
    if (node.name === '') continue
    if (node.name === 'body' && body === 0) body = i
    if (extent.isUnseen(i)) continue
    for (let k = 0; k < MARKS.length; k++)
      if (MARKS[k]!(node) && (best[k]! < 0 || extent.of('text', i) > extent.of('text', best[k]!))) best[k] = i
  }
  if (best[0]! >= 0 && isAmongLinks(best[0]!, extent)) return { body, marked: best[0]!, isSure: true }
  const chosen = best.findIndex((at, k) => at >= 0 && extent.of('text', at) >= ENOUGH[k]! * all)
  return { body, marked: chosen >= 0 ? best[chosen]! : body, isSure: chosen === 0 }
}

/** A short page of a large site: is what stands around the main content mostly links? */
function isAmongLinks(at: number, extent: Extent): boolean {
  const around = extent.all('text') - extent.of('text', at)
  return extent.of('text', at) >= SHORTEST && extent.all('linked') - extent.of('linked', at) > 0.6 * around
}

/** Signs of text from which an element marked as the main content is one. */
const SHORTEST = 60

/** Signs of text in what goes with a title: a subtitle, a name, a date. */
const SMALL = 400

/**
 * The number of the element that holds the page's title, where that stands before the main content and not in it: the first heading before
 * it, with what little stands beside it. -1 where there is none.
 */
export function leadOf(page: Page, root: number, extent: Extent): number {
  const isTitle = (i: number) => page[i]!.name === 'h1' && !extent.isUnseen(i) && extent.of('text', i) > 0
  let title = -1
  for (let i = 0; i <= page[root]!.last; i++) {
    if (!isTitle(i)) continue
    if (i > root) return -1
    if (page[i]!.last < root) title = i
  }
  if (title < 0) return -1
  const around = page[title]!.parent
  const holdsRoot = page[around]!.last >= root
  const isPlain = 2 * extent.of('linked', around) < extent.of('text', around) && extent.of('controls', around) === 0
  return !holdsRoot && isPlain && extent.of('text', around) < SMALL ? around : title
}
