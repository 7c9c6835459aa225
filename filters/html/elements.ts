/** What is known of elements, by name. HTML Living Standard, sections 4 and 13. */

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** Elements that hold nothing and have no end tag. */
export const VOID = names(
  'area base basefont bgsound br col command embed frame hr img input keygen link meta param source track wbr',
)

/** Elements that begin and end a line of their own. */
export const BLOCKS = names(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset ' +
    'h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre search section select summary table ' +
    'tbody td tfoot th thead title tr ul',
)

/** Elements that are not shown, whatever they hold. */
export const UNSEEN = names(
  'script style template noscript iframe object embed svg canvas audio video map datalist noembed noframes param source track link meta base ' +
    'title dialog',
)

const P = names('p')
const HEADINGS = names('h1 h2 h3 h4 h5 h6 p')
const SECTIONS = names('thead tbody tfoot tr td th caption colgroup p li')

/** Elements that the start tag of this name ends, where these are open. */
export const CLOSED_BY: Readonly<Record<string, ReadonlySet<string>>> = {
  __proto__: null as never,
  ...Object.fromEntries(
    (
      'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form header hgroup hr main menu nav ol p ' +
      'pre search section table ul'
    )
      .split(' ')
      .map(name => [name, P]),
  ),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map(level => [`h${level}`, HEADINGS])),
  li: names('li p'),
  dt: names('dt dd p'),
  dd: names('dt dd p'),
  tr: names('tr td th caption p'),
  td: names('td th p'),
  th: names('td th p'),
  thead: SECTIONS,
  tbody: SECTIONS,
  tfoot: SECTIONS,
  option: names('option'),
  optgroup: names('option optgroup'),
  a: names('a'),
  body: names('head'),
}

/** Elements that stand in a table alone: only its own beginning keeps their start tags from ending others. */
export const TABLE_PARTS = names('thead tbody tfoot tr td th')

/** Elements beyond which a start tag ends nothing: an item within a list in an item leaves the outer one open. */
export const LISTENS_TO = names(
  'address article aside blockquote body button center dd details div dl fieldset figure footer form header html li main menu nav object ol pre ' +
    'section select table td th ul',
)
