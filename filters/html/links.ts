import { attribute, type Page } from './page.ts'

/**
 * Links as Markdown, each address written once: as the page gives it, without what only tracks the reader. An address in the page itself,
 * and one that was given for the same words before, tells nothing new: there the words alone stand.
 */
export class Links {
  /** The page's own address, where it tells one. */
  readonly own: string
  /** What `~` stands for in front of addresses, where many begin alike; else empty. */
  readonly origin: string
  readonly #shown: boolean
  /** By which names the page calls itself. */
  readonly #selves: ReadonlySet<string>
  #last = ''
  readonly #given = new Set<string>()

  /** `shown` says whether addresses are printed at all. */
  constructor(page: Page, shown: boolean) {
    this.#shown = shown
    this.own = addressOf(page)
    this.origin = shown && !this.own ? commonOrigin(page) : ''
    this.#selves = selvesOf(page, this.own)
  }

  print(words: string, href: string): string {
    const address = ACTIONS.test(words) ? '' : this.#short(href.trim())
    if (words === '' || !this.#shown || address === '' || words.includes(address.replace(/^mailto:/, ''))) return words
    // A title, a picture and a summary often lead to one place.
    if (address === this.#last) return words
    this.#last = address
    const key = `${address} ${words}`
    if (this.#given.has(key)) return words
    if (this.#given.size < MOST) this.#given.add(key)
    return `[${words}](${address})`
  }

  /** Empty where the address tells nothing. */
  #short(href: string): string {
    if (href === '' || href.startsWith('#') || href.length > LONGEST || NO_PLACE.test(href)) return ''
    if (this.#selves.has(href.split('#')[0]!)) return ''
    let address = untracked(href)
    if (address.length - address.indexOf('?') > LONG_QUERY && address.includes('?')) return ''
    const own = ORIGIN.exec(this.own)?.[0]
    if (own && address.startsWith(`${own}/`)) address = address.slice(own.length)
    if (this.origin && address.startsWith(`${this.origin}/`)) address = `~${address.slice(this.origin.length)}`
    return address.replace(/[\s()<>]/g, sign => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
  }
}

/** UTF-16 code units of an address that is printed. */
const LONGEST = 500
/** UTF-16 code units of a query beyond which it holds what an application is doing, and names no place. */
const LONG_QUERY = 120
/** What can be done with what stands beside it: the same words again and again, each time to another address. */
const ACTIONS =
  /^\[?(?:source|src|run|edit|permalink|reply|parent|share|report|hide|flag|save|commit|commitdiff|diff|tree|blob|raw|blame|history|patch|snapshot)\]?$/i
/** Pairs of words and addresses that are remembered. */
const MOST = 100_000
const ORIGIN = /^https?:\/\/[^/?#\s]{1,255}/i
const NO_PLACE = /^(?:javascript|data|about|blob|vbscript):/i

/** Parameters that tell a site where its readers came from. */
const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_hsenc|_hsmi|ref_src|ref_url|cmpid|scid)$/i

function untracked(href: string): string {
  const mark = href.indexOf('?')
  if (mark < 0) return href
  const hash = href.indexOf('#', mark)
  const end = hash < 0 ? href.length : hash
  const kept = href
    .slice(mark + 1, end)
    .split('&')
    .filter(pair => !TRACKING.test(pair.split('=')[0]!))
  return href.slice(0, mark) + (kept.length ? `?${kept.join('&')}` : '') + href.slice(end)
}

/** The page's own address: its base, its canonical link, or what it tells the networks that show it. */
function addressOf(page: Page): string {
  let found = ''
  for (const node of page) {
    const href = attribute(node, 'href').trim()
    if (node.name === 'base' && ORIGIN.test(href)) return href
    if (node.name === 'link' && attribute(node, 'rel').toLowerCase() === 'canonical') found = href
    else if (node.name === 'meta' && !found && attribute(node, 'property') === 'og:url')
      found = attribute(node, 'content').trim()
  }
  return ORIGIN.test(found) && found.length < LONGEST ? found : ''
}

/** The origin of at least six links, where it is that of most absolute ones. */
function commonOrigin(page: Page): string {
  const counts = new Map<string, number>()
  let all = 0
  for (const node of page) {
    const origin = node.name === 'a' ? ORIGIN.exec(attribute(node, 'href'))?.[0] : undefined
    if (origin === undefined) continue
    all++
    if (counts.has(origin) || counts.size < 1000) counts.set(origin, (counts.get(origin) ?? 0) + 1)
  }
  for (const [origin, count] of counts) if (count >= 6 && count > all / 2) return origin
  return ''
}

/** Its own address, and the file in whose name it links to places that it has itself. */
function selvesOf(page: Page, own: string): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const node of page) {
    if (node.attributes.id) ids.add(node.attributes.id)
    if (node.name === 'a' && node.attributes.name) ids.add(node.attributes.name)
  }
  const files = new Map<string, { here: number; not: number }>()
  for (const node of page) {
    const [, file, place] = node.name === 'a' ? (/^([^/?#:]{1,200})#(.+)$/.exec(attribute(node, 'href')) ?? []) : []
    if (file === undefined || place === undefined) continue
    const found = files.get(file) ?? { here: 0, not: 0 }
    if (ids.has(place)) found.here++
    else found.not++
    if (files.size < 1000) files.set(file, found)
  }
  const selves = [...files].filter(([, { here, not }]) => here >= 3 && not === 0).map(([file]) => file)
  return new Set(own ? [...selves, own.split('#')[0]!] : selves)
}
