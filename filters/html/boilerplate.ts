import type { Signal } from '../filter.ts'
import type { Extent } from './extent.ts'
import { type Called, calledBy } from './names.ts'
import { attribute, type Node, type Page, textIn } from './page.ts'
import { isData } from './tables.ts'

/** What is left out of a page: the number of each element, and what it is to a reader. */
export type LeftOut = ReadonlyMap<number, string>

/**
 * The elements around and within the main content that every page of a site has: navigation, headers, footers, banners, lists of
 * links beside the text, `strict`ly those in it too. Recall comes first: what holds much of the text stays, whatever it is called.
 */
export function leftOutOf(page: Page, root: number, extent: Extent, strict: boolean, signal: Signal): LeftOut {
  const left = new Map<number, string>()
  const scope: Scope = {
    headingEnd: -1,
    page,
    extent,
    root,
    known: new Map(),
    // What was set apart as main content holds little else.
    isMain: MAIN(page[root]) && !strict,
    text: extent.of('text', root),
    isIndex: extent.of('linked', root) > 0.55 * extent.of('text', root),
  }
  for (let i = root + 1; i <= page[root]!.last; i++) {
    signal.throwIfAborted()
    const node = page[i]!
    if (/^h[1-6]$/.test(node.name)) scope.headingEnd = extent.before('text', i) + extent.of('text', i)
    const what = node.name === '' || extent.isUnseen(i) ? undefined : whatIs(i, node, scope)
    if (what === undefined) continue
    left.set(i, what)
    i = node.last
  }
  return left
}

interface Scope {
  readonly page: Page
  readonly extent: Extent
  readonly root: number
  readonly isMain: boolean
  /** Signs of text in the root. */
  readonly text: number
  /** Signs of text up to the end of the last heading. */
  headingEnd: number
  readonly known: Map<string, Called | undefined>
  /** Is it a page of links, where lists of links are the content? */
  readonly isIndex: boolean
}

const MAIN = (node: Node | undefined) =>
  node !== undefined && (node.name === 'main' || node.name === 'article' || node.attributes.role === 'main')

/** What an element is, if it is boilerplate. */
function whatIs(at: number, node: Node, scope: Scope): string | undefined {
  const { extent } = scope
  if (node.name === 'a' && isAnchor(at, scope)) return 'anchors'
  if (node.name === 'button') return inForm(at, scope) || attribute(node, 'role') === 'tab' ? undefined : 'buttons'
  if (!HOLDERS.has(node.name)) return undefined
  const text = extent.of('text', at)
  const links = extent.of('links', at)
  if (isGutter(node, scope)) return 'line numbers'
  // An element that holds half of what there is to read is no boilerplate, whatever it is called.
  if (text > 0.5 * scope.text || (text === 0 && extent.of('controls', at) === 0)) return undefined
  const density = text === 0 ? 1 : extent.of('linked', at) / text
  const named = byElement(node, at, density, scope) ?? byName(node, at, density, scope)
  if (named) return named
  const isBare = extent.of('headings', at) === 0 && extent.of('code', at) === 0
  if (links > 0 && links === extent.of('steps', at) && density > 0.3 && text < SHORT && isBare) return 'navigation'
  if (TABLES.has(node.name) && (node.name !== 'table' || extent.of('rows', at) > 2)) return undefined
  if (links >= 3 && density > 0.6 && isContents(at, scope) && !inData(at, scope)) return 'contents'
  if (node.name === 'form' && !scope.isMain && isSearch(at, scope)) return 'forms'
  // A list of links below a heading of its own is what the heading promises.
  if (extent.before('text', at) === scope.headingEnd) return undefined
  if (text > MOST_LINKS * scope.text) return undefined
  if (!scope.isMain && !scope.isIndex && links >= 4 && density > 0.85 && isBare && !inData(at, scope)) return 'links'
  return undefined
}

/** The share of the text up to which a list of links is beside it: with more, it may be what a reader came for. */
const MOST_LINKS = 0.2

/** Elements that may hold boilerplate. */
const HOLDERS = new Set(
  'div nav header footer aside section ul ol dl table form p tr td span menu search fieldset details center hgroup dialog'.split(
    ' ',
  ),
)

function byElement(node: Node, at: number, density: number, scope: Scope): string | undefined {
  const { name } = node
  const role = attribute(node, 'role')
  if (name === 'nav' || role === 'navigation' || role === 'menu' || role === 'menubar') return 'navigation'
  if (name === 'search' || role === 'search') return 'search'
  const outer = !scope.isMain && !isWithin(at, PIECES, scope)
  if (outer && (name === 'footer' || role === 'contentinfo')) return 'footer'
  if (outer && (name === 'header' || role === 'banner') && scope.extent.of('headings', at) === 0) return 'header'
  if ((name === 'aside' || role === 'complementary') && (outer || density > 0.5)) return 'sidebar'
  return undefined
}

const PIECES = new Set(['article', 'main', 'blockquote', 'section', 'li', 'figure'])

const TABLES = new Set(['table', 'tr', 'td'])

function byName(node: Node, at: number, density: number, scope: Scope): string | undefined {
  // Tables of data are named for what they hold, and what has a heading may have its id from there.
  if (TABLES.has(node.name) && !(density > 0.8 && /nav|head|foot/i.test(attribute(node, 'class')))) return undefined
  const id = scope.extent.of('headings', at) > 0 ? '' : attribute(node, 'id')
  const text = scope.extent.of('text', at)
  const words = `${attribute(node, 'class')} ${id}`
  if (words === ' ') return undefined
  const called = remembered(words, scope)
  if (!called || called.isSure) return called?.what
  const isShort = text < SHORT || text < 0.02 * scope.text
  return density > 0.4 || (isShort && text < 0.2 * scope.text) ? called.what : undefined
}

/** What a class and an id say; remembered, since classes are many times the same. */
function remembered(names: string, { known }: Scope): Called | undefined {
  if (known.has(names)) return known.get(names)
  const called = calledBy(names)
  if (known.size < 10_000) known.set(names, called)
  return called
}

/** Signs of text up to which a name is believed even where there are no links. */
const SHORT = 400

/** A link to a place in this page that shows one sign, such as a pilcrow beside a heading. */
function isAnchor(at: number, { page, extent }: Scope): boolean {
  const node = page[at]!
  if (node.last - at > 40) return false
  const { id, name, href: to = '' } = node.attributes
  if (to.startsWith('#') && (to === `#${id}` || to === `#${name}`) && /^\d+$/.test(textIn(page, at))) return true
  const isShort = extent.of('text', at) < 40
  if (isShort && attribute(node, 'href').startsWith('#') && SKIP.test(textIn(page, at))) return true
  if (extent.of('text', at) > 2)
    return (
      /^(?:headerlink|header-anchor|anchor|permalink)$/.test(attribute(node, 'class')) && extent.of('text', at) < 12
    )
  const href = attribute(node, 'href')
  return href.includes('#') && !/[\p{L}\p{N}]/u.test(textIn(page, at))
}

const SKIP = /^(?:(?:skip|jump|back|go) to\b|top$|to top$)/i

/** Numbers beside the lines of a listing, often in a cell, and half of what there is. */
const isGutter = ({ attributes }: Node, scope: Scope) =>
  attributes.class !== undefined && remembered(attributes.class, scope)?.what === 'line numbers'

function inForm(at: number, { page, root }: Scope): boolean {
  for (let i = page[at]!.parent, steps = 0; i > root && steps < 40; i = page[i]!.parent, steps++)
    if (page[i]!.name === 'form') return true
  return false
}

function isWithin(at: number, names: ReadonlySet<string>, { page, root }: Scope): boolean {
  for (let i = page[at]!.parent, steps = 0; i > root && steps < 40; i = page[i]!.parent, steps++)
    if (names.has(page[i]!.name)) return true
  return false
}

/** Is it in a cell of a table of data? */
function inData(at: number, { page, extent, root }: Scope): boolean {
  for (let i = page[at]!.parent, steps = 0; i > root && steps < 12; i = page[i]!.parent, steps++)
    if (page[i]!.name === 'table') return isData(page, extent, i)
  return false
}

/** A form of one field. */
const isSearch = (at: number, { extent }: Scope) => extent.of('controls', at) <= 3 && extent.of('text', at) < 80

/** A list of links into this page, which the headings repeat: one of many of them, or one that is called so. */
function isContents(at: number, { page, extent }: Scope): boolean {
  const [links, headings] = [extent.of('links', at), extent.all('headings')]
  if (headings < 3 || links !== extent.of('inner', at)) return false
  const { attributes } = page[at]!
  return links >= 0.4 * headings || /toc|contents|quickview|outline/i.test(`${attributes.class} ${attributes.id}`)
}
