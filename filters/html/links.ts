import { attribute, type Page } from './page.ts'

/**
 * Links as Markdown, each address written once: as the page gives it, relative to its base, without what only tracks the reader. An
 * address in the page itself, and one that was given for the same words before, tells nothing new: there the words alone stand.
 */
export class Links {
  /** What relative addresses are relative to, as it should stand in the head of the output; empty where the page does not say. */
  readonly base: string
  readonly #origin: string
  readonly #own: string
  readonly #shown: boolean
  readonly #given = new Set<string>()

  /** `shown` says whether addresses are printed at all. */
  constructor(page: Page, shown: boolean) {
    this.#shown = shown
    const own = addressOf(page)
    this.base = own || commonOrigin(page)
    this.#own = own.split('#')[0]!
    this.#origin = ORIGIN.exec(this.base)?.[0] ?? ''
  }

  print(words: string, href: string): string {
    const address = this.#short(href.trim())
    if (words === '' || !this.#shown || address === '' || address === words) return words
    const key = `${address} ${words}`
    if (this.#given.has(key)) return words
    if (this.#given.size < MOST) this.#given.add(key)
    return words.includes(address.replace(/^mailto:/, '')) ? words : `[${words}](${address})`
  }

  /** Empty where the address tells nothing. */
  #short(href: string): string {
    if (href === '' || href.startsWith('#') || href.length > LONGEST || NO_PLACE.test(href)) return ''
    let address = untracked(href)
    if (this.#own && (address === this.#own || address.startsWith(`${this.#own}#`))) return ''
    if (address.startsWith('//') && this.#origin) address = this.#origin.split('//')[0] + address
    if (this.#origin && address.startsWith(`${this.#origin}/`)) address = address.slice(this.#origin.length)
    return address.replace(/[\s()<>]/g, sign => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
  }
}

/** UTF-16 code units of an address that is printed. */
const LONGEST = 500
/** Pairs of words and addresses that are remembered. */
const MOST = 100_000
const ORIGIN = /^https?:\/\/[^/?#\s]{1,255}/i
const NO_PLACE = /^(?:javascript|data|about|blob|vbscript):/i

/** Parameters that tell a site where its readers came from. */
const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_hsenc|_hsmi|ref_src|ref_url|cmpid|spm|scid)$/i

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
    if (node.name === 'base' && ORIGIN.test(attribute(node, 'href'))) return attribute(node, 'href').trim()
    if (node.name === 'link' && attribute(node, 'rel').toLowerCase() === 'canonical')
      found = attribute(node, 'href').trim()
    else if (node.name === 'meta' && !found && attribute(node, 'property') === 'og:url')
      found = attribute(node, 'content').trim()
  }
  return ORIGIN.test(found) && found.length < LONGEST ? found : ''
}

/** The origin of at least four links, where it is that of most absolute ones. */
function commonOrigin(page: Page): string {
  const counts = new Map<string, number>()
  let all = 0
  for (const node of page) {
    const origin = node.name === 'a' ? ORIGIN.exec(attribute(node, 'href'))?.[0] : undefined
    if (origin === undefined) continue
    all++
    if (counts.has(origin) || counts.size < 1000) counts.set(origin, (counts.get(origin) ?? 0) + 1)
  }
  for (const [origin, count] of counts) if (count >= 4 && count > all / 2) return `${origin}/`
  return ''
}
