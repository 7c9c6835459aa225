import type { Links } from './links.ts'
import { attribute, type Page, SPACES, textIn } from './page.ts'

/** What a page says of itself, in the order in which it is printed. */
const FIELDS: readonly (readonly [name: string, properties: readonly string[]])[] = [
  ['author', ['author', 'article:author', 'dc.creator', 'dcterms.creator', 'citation_author', 'parsely-author']],
  [
    'date',
    [
      'article:published_time',
      'datepublished',
      'date',
      'dc.date',
      'dcterms.date',
      'dcterms.created',
      'citation_publication_date',
      'pubdate',
      'parsely-pub-date',
      'article:modified_time',
      'last-modified',
    ],
  ],
  ['description', ['description', 'og:description', 'twitter:description']],
]

/** Title, author and date, as far as the page tells them; the description where there is little else to read. */
export function metaOf(page: Page, { own, origin }: Links, described: boolean): ReadonlyMap<string, string> {
  const told = new Map<string, string>()
  let title = ''
  for (const [i, node] of page.entries()) {
    if (node.name === 'title' && title === '') title = textIn(page, i)
    const given = node.name === 'meta' || node.attributes.itemprop !== undefined
    if (given) {
      const name = (attribute(node, 'name') || attribute(node, 'property') || attribute(node, 'itemprop')).toLowerCase()
      const value = (attribute(node, 'content') || attribute(node, 'datetime')).replace(SPACES, ' ').trim()
      if (value !== '' && !told.has(name)) told.set(name, value)
    }
  }
  const meta = new Map<string, string>()
  const add = (name: string, value: string | undefined) => {
    if (value && value.length <= LONGEST && !/^https?:/.test(value)) meta.set(name, value)
  }
  add('title', title || told.get('og:title'))
  for (const [name, properties] of FIELDS) {
    if (name === 'description' && !described) continue
    add(
      name,
      properties.map(property => told.get(property)).find(value => value !== undefined),
    )
  }
  if (own) meta.set('url', own)
  if (origin) meta.set('~', origin)
  return meta
}

/** UTF-16 code units of a field that is printed. */
const LONGEST = 1000
