/**
 * One form for texts that differ in dress alone: terminal colours off, escapes of JSON, CSV, HTML and XML undone, runs of white
 * space one blank. A fact counts as seen where its form stands in the text's form. Linear.
 */
export function normal(text: string): string {
  let bare = text.replace(COLOUR, '')
  // Twice, for JSON inside JSON and JSON inside CSV.
  for (let depth = 0; depth < 2; depth++) bare = bare.replace(ESCAPE, unescaped).replaceAll('""', '"')
  return bare.replace(ENTITY, entity).replace(SPACE, ' ').replace(EDGE, '')
}

const COLOUR = /(?:\x1b|\\u001b)\[[0-9;]*[A-Za-z]/g
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,7}));/g
/** What Python's `\s` takes for white space, so that its scores and ours agree. */
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g
const EDGE = /^ | $/g

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }

const unescaped = (_: string, hex: string | undefined, letter: string) =>
  hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (CONTROLS[letter] ?? letter)

function entity(all: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED.get(name) ?? all
  const code = decimal ? Number(decimal) : Number.parseInt(hex!, 16)
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : '\ufffd'
}

/** HTML 4's names of U+00A0..U+00FF, in order (its HTMLlat1 set), then the marks that pages really use. */
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
const MARKS: readonly (readonly [string, string])[] = [
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['ndash', '–'],
  ['mdash', '—'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['hellip', '…'],
  ['bull', '•'],
  ['euro', '€'],
  ['trade', '™'],
  ['larr', '←'],
  ['rarr', '→'],
  ['le', '≤'],
  ['ge', '≥'],
  ['minus', '−'],
]
const NAMED = new Map([...LATIN.split(' ').map((name, i) => [name, String.fromCharCode(0xa0 + i)] as const), ...MARKS])
