/** Which parts of the notation a body uses: the note of its head line. */
export interface Features {
  /** There is a head of keys. */
  readonly keys?: boolean
  /** What parts the values of a row; absent where no row has two. */
  readonly by?: string
  /** Some values are left out. */
  readonly dittos?: boolean
  /** Some rows stand for several whose numbers count up. */
  readonly ranges?: boolean
  /** Some values fill the hole of a code. */
  readonly fills?: boolean
  /** Some templates hold a value twice. */
  readonly again?: boolean
  /** A backslash takes the meaning from what looks like notation. */
  readonly escapes?: boolean
  readonly times?: boolean
  readonly repeats?: boolean
  /** Letters beyond ASCII stand for their %-escapes. */
  readonly percent?: boolean
  readonly crlf?: boolean
}

/** Parts values where the note names nothing else. */
export const DEFAULT_BY = '|'

const KEYS = 'A=template with * values'
const BY = ' by '
const DITTOS = 'empty or missing as in the last row of its letter and ~ empty'
const RANGES = '0..9 a line for each number'
const FILLS = 'a*9 is a* with 9 for *'
const AGAIN = '*1 its first value again'
const ESCAPES = '\\ before a literal'
const TIMES = '@=time with the digits behind the letter or as one row up'
const REPEATS = '^n of k=n more of k lines'
const PERCENT = 'non-ASCII is %-escaped'
const CRLF = 'CRLF'

export function printFeatures({
  keys,
  by,
  dittos,
  ranges,
  fills,
  again,
  escapes,
  times,
  repeats,
  percent,
  crlf,
}: Features): string {
  const words = [
    ...(keys ? [KEYS + (by ? BY + by : '')] : []),
    ...(dittos ? [DITTOS] : []),
    ...(ranges ? [RANGES] : []),
    ...(fills ? [FILLS] : []),
    ...(again ? [AGAIN] : []),
    ...(escapes ? [ESCAPES] : []),
    ...(times ? [TIMES] : []),
    ...(repeats ? [REPEATS] : []),
    ...(percent ? [PERCENT] : []),
    ...(crlf ? [CRLF] : []),
  ]
  return words.join(', ')
}

export function parseFeatures(note: string): Features {
  const words = note.split(', ')
  const keys = words[0]!.startsWith(KEYS)
  const by = keys ? words[0]!.slice(KEYS.length + BY.length) : ''
  return {
    keys,
    ...(by && { by }),
    times: words.includes(TIMES),
    repeats: words.includes(REPEATS),
    percent: words.includes(PERCENT),
    crlf: words.includes(CRLF),
  }
}
