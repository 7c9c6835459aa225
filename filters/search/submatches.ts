/** A submatch of a line: its text, and where it stands, in bytes of the line's UTF-8, the end exclusive. */
export interface Span {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** The texts that a search finds again and again; a line's submatches are every occurrence of them, unless it is told otherwise. */
export interface Matches {
  readonly texts: readonly string[]
  readonly pattern: RegExp | undefined
}

/** More texts than this are those of a pattern: then each line tells its own places. */
const MOST = 16
/** A text found less often costs more at the top than in its lines. */
const FEWEST = 3

/** The texts of submatches that are worth a line at the top, most frequent first. */
export function matchesOf(texts: readonly string[]): Matches {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  const frequent = [...counts].filter(([text, count]) => count >= FEWEST && /^[^\r\n]+$/.test(text))
  frequent.sort((a, b) => b[1] - a[1])
  return matchesFor(frequent.slice(0, MOST).map(([text]) => text))
}

export function matchesFor(texts: readonly string[]): Matches {
  if (texts.length === 0) return { texts, pattern: undefined }
  // Where two texts begin at one place, the longer one is meant.
  const longestFirst = [...texts].sort((a, b) => b.length - a.length)
  const pattern = longestFirst.map(text => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')
  return { texts, pattern: new RegExp(pattern, 'g') }
}

/** Every occurrence of the texts in a line, from left to right. */
export function spansOf(line: string, { pattern }: Matches): Span[] {
  if (!pattern) return []
  const spans: Span[] = []
  let unit = 0
  let byte = 0
  for (const { 0: text, index } of line.matchAll(pattern)) {
    const start = byte + byteLength(line.slice(unit, index))
    byte = start + byteLength(text)
    unit = index + text.length
    spans.push({ text, start, end: byte })
  }
  return spans
}

/** The spans that `/4-12/20-25` names in a line; none for `/`. */
export function spansAt(line: string, places: string): Span[] {
  const bytes = new TextEncoder().encode(line)
  return places
    .split('/')
    .filter(place => place !== '')
    .map(place => {
      const [start, end] = place.split('-').map(Number) as [number, number]
      return { text: new TextDecoder().decode(bytes.subarray(start, end)), start, end }
    })
}

/** Does each span stand where it says, so that its place alone tells its text? */
export function standIn(line: string, spans: readonly Span[]): boolean {
  return spans.length === 0 || sameTexts(spansAt(line, printPlaces(spans)), spans)
}

const sameTexts = (a: readonly Span[], b: readonly Span[]) => a.every(({ text }, i) => text === b[i]!.text)

export const printPlaces = (spans: readonly Span[]): string =>
  `/${spans.map(({ start, end }) => `${start}-${end}`).join('/')}`

export const sameSpans = (a: readonly Span[], b: readonly Span[]): boolean =>
  a.length === b.length && a.every(({ start, end }, i) => start === b[i]!.start && end === b[i]!.end)

function byteLength(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    // A pair of surrogates is two units and four bytes.
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2
  }
  return bytes
}
