import { type Matches, matchesFor, matchesOf } from './submatches.ts'

/** How a tool colours what it prints: codes before and behind each part. */
interface Palette {
  /** In the note, before the number of texts at the top that were searched for. */
  readonly name: string
  readonly path: readonly [string, string]
  readonly number: readonly [string, string]
  /** What stands between path, number and text. */
  readonly mark: readonly [string, string]
  readonly match: readonly [string, string]
  /** What ends a line that has a match. */
  readonly end: string
}

/** ripgrep 13 and 14, GNU grep 3.8 and ack 3.6 with `--color=always`, their own colours. */
const PALETTES: readonly Palette[] = [
  {
    name: 'rg colours',
    path: ['\x1b[0m\x1b[35m', '\x1b[0m'],
    number: ['\x1b[0m\x1b[32m', '\x1b[0m'],
    mark: ['', ''],
    match: ['\x1b[0m\x1b[1m\x1b[31m', '\x1b[0m'],
    end: '',
  },
  {
    name: 'grep colours',
    path: ['\x1b[35m\x1b[K', '\x1b[m\x1b[K'],
    number: ['\x1b[32m\x1b[K', '\x1b[m\x1b[K'],
    mark: ['\x1b[36m\x1b[K', '\x1b[m\x1b[K'],
    match: ['\x1b[01;31m\x1b[K', '\x1b[m\x1b[K'],
    end: '',
  },
  {
    name: 'ack colours',
    path: ['\x1b[1;32m', '\x1b[0m'],
    number: ['\x1b[1;33m', '\x1b[0m'],
    mark: ['', ''],
    match: ['\x1b[30;43m', '\x1b[0m'],
    end: '\x1b[0m\x1b[K',
  },
]

/** Before each text that was searched for, at the top of a body. */
const FOUND = '='

/** Lines without colours that come back from what stays, and how; lines that would not stay as they are. */
export interface Uncoloured {
  readonly lines: readonly string[]
  readonly before: readonly string[]
  readonly note: string
}

/** Could lines be coloured by one of these tools? */
export const isColoured = (text: string): boolean => paletteIn(text) !== undefined

const paletteIn = (text: string) =>
  PALETTES.find(({ path, number }) =>
    [path, number].some(([open]) => text.startsWith(open) || text.includes(`\n${open}`)),
  )

export const withoutColours = (line: string): string => line.replace(/\x1b\[[\d;]{0,12}[mK]/g, '')

/** Undefined where no tool that is known coloured most of the lines. Linear. */
export function uncoloured(lines: readonly string[]): Uncoloured | undefined {
  const palette = paletteIn(lines.slice(0, 100).join('\n'))
  if (!palette) return undefined
  const matches = matchesOf(lines.flatMap(line => between(line, palette.match)))
  const plain: string[] = []
  for (const [at, line] of lines.entries()) {
    const bare = withoutColours(line)
    const comesBack = coloured(bare, isHeading(lines[at - 1]), palette, matches) === line
    // Without a code it would be given some.
    if (!comesBack && bare === line) return undefined
    plain.push(comesBack ? bare : line)
  }
  const odd = plain.filter(line => line.includes('\x1b')).length
  if (odd > 0.3 * lines.length) return undefined
  return {
    lines: plain,
    before: matches.texts.map(text => FOUND + text),
    note: `${palette.name} of ${matches.texts.length}`,
  }
}

/** The inverse: the lines of a body behind those at its top, given by `decode`, with their colours. */
export function recoloured(
  body: readonly string[],
  note: readonly string[],
  decode: (lines: readonly string[]) => readonly string[],
): readonly string[] {
  const [, name, count] = note.map(word => /^(\w+ colours) of (\d{1,2})$/.exec(word)).find(found => found) ?? []
  const palette = PALETTES.find(one => one.name === name)
  if (!palette) return decode(body)
  const rest = Number(count)
  const matches = matchesFor(body.slice(0, rest).map(line => line.slice(FOUND.length)))
  const plain = decode(body.slice(rest))
  return plain.map((line, at) => coloured(line, isHeading(plain[at - 1]), palette, matches))
}

/** A path may stand alone at the top and below an empty line. */
const isHeading = (above: string | undefined) => above === undefined || above === ''

const HIT = /^(?:([^\s:]{1,400}?)([:-]))?(\d{1,9})([:-])/

/** A plain line as the tool colours it; one that has codes, or no number, is as it stands. */
function coloured(line: string, opens: boolean, palette: Palette, { pattern }: Matches): string {
  if (line === '' || line.includes('\x1b')) return line
  if (line === '--') return palette.mark[0] + line + palette.mark[1]
  const found = HIT.exec(line)
  if (!found) return opens ? palette.path[0] + line + palette.path[1] : line
  const [head, path, mark, number, last] = found
  const put = ([open, close]: readonly [string, string], text: string) => open + text + close
  const text = line.slice(head.length)
  const place = path === undefined ? '' : put(palette.path, path) + put(palette.mark, mark!)
  const shown = last === ':' && pattern ? text.replace(pattern, match => put(palette.match, match)) : text
  return place + put(palette.number, number!) + put(palette.mark, last!) + shown + (shown === text ? '' : palette.end)
}

function between(line: string, [open, close]: readonly [string, string]): string[] {
  const found: string[] = []
  for (let at = line.indexOf(open); at >= 0; at = line.indexOf(open, at)) {
    const end = line.indexOf(close, at + open.length)
    if (end < 0) break
    found.push(line.slice(at + open.length, end))
    at = end + close.length
  }
  return found
}
