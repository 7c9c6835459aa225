/**
 * Words of classes and ids by which sites name what is around the content. A name is cut at its hyphens and underscores, so that `nav` is in
 * `site-nav` and not in `navy`.
 */
const WORDS: Readonly<Record<string, string>> = {
  navigation:
    'nav navi navbar navigation navheader navfooter navlinks navbuttons navigationlist breadcrumb breadcrumbs crumb crumbs pagination pager ' +
    'prevnext prev-next menu menubar topmenu submenu mainmenu linkbar skiplink skiplinks skip-link skip-links skip-nav skip-to',
  sidebar: 'sidebar side-bar sphinxsidebar sidepanel side-panel rail toc-drawer bd-toc',
  footer: 'footer colophon copyright legal site-info pagefoot page-foot bottomlang',
  header: 'page-header site-header global-header pageheader masthead topbar top-bar toplang banner hero-banner',
  banners:
    'cookie cookies consent gdpr newsletter subscribe subscription signup sign-up promo promotion sponsor sponsors advert adverts advertisement ' +
    'advertising ad ads ad-slot adslot popup pop-up overlay paywall donate sitenotice site-notice announcement-bar',
  sharing: 'share sharing social sharedaddy follow-us addtoany',
  'more to read':
    'recommended recommendations recirc popular trending most-read read-more readmore more-stories also-like relatedposts related-posts ' +
    'related-topics related-articles related-stories related-content related-links related-news related-products tag-cloud tagcloud ' +
    'outbrain taboola blogroll',
  search:
    'searchbox searchform searchbar search-box search-form search-bar search-field search-input quicksearch quick-search',
}

/** Whole names that say all, whatever the element holds. */
const SURE: Readonly<Record<string, string>> = {
  anchors:
    'headerlink anchor-link anchorlink anchor-links edit-page edit-this-page editsection mw-editsection md-content__button header-anchor',
  'hidden text':
    'visually-hidden visuallyhidden sr-only screen-reader-text screenreader-only print-only printfooter noprint',
  'line numbers': 'linenos lineno linenodiv gutter line-numbers-rows rouge-gutter blob-num hljs-ln-numbers',
}

/** What an element is called. */
export interface Called {
  readonly what: string
  /** Is it that, whatever it holds? */
  readonly isSure: boolean
}

const lookUp = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).flatMap(([what, names]) => names.split(' ').map(name => [name, what] as const)))

const WORD = lookUp(WORDS)
const NAME = lookUp(SURE)
/** Parts of a name that is read: longer ones say what the content is about. */
const MOST_PARTS = 5
/** UTF-16 code units of a class and an id that are read. */
const LONGEST = 300

/** What a class and an id, with a space between, say that an element is; undefined where they say nothing of the kind. Bounded work. */
export function calledBy(names: string): Called | undefined {
  let called: Called | undefined
  for (const name of names.slice(0, LONGEST).toLowerCase().split(/\s+/)) {
    const sure = NAME.get(name)
    if (sure) return { what: sure, isSure: true }
    // Sphinx calls its bars of links so; in other names it is a word like others.
    const what = name === 'related' ? 'navigation' : wordIn(name)
    if (what) called ??= { what, isSure: false }
  }
  return called
}

function wordIn(name: string): string | undefined {
  const parts = name.split(/[-_]+/)
  if (parts.length > MOST_PARTS) return undefined
  for (let i = 0; i < parts.length; i++) {
    const what = WORD.get(parts[i]!) ?? WORD.get(`${parts[i]}-${parts[i + 1]}`)
    if (what) return what
  }
  return undefined
}
