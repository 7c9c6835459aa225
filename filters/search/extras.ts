import type { Hit } from './hit.ts'
import type { EventRow, Stats } from './rg-event.ts'
import { type Matches, printPlaces, sameSpans, spansAt, spansOf } from './submatches.ts'

/**
 * What the events of `rg --json` say beside path, line number and text, in one line below a file's rows:
 *
 *   @1522,2877/4-12,3377! end 322694ns 73377 12496
 *
 * Row by row the absolute offset; the places of the submatches in bytes where they are not every occurrence of the match texts;
 * `!` where the line has no line end. Then nanoseconds, bytes searched and printed, and where they are not what the rows above
 * amount to the numbers of matched lines and of matches.
 */
export const EXTRAS = '@'

export interface Counts {
  readonly lines: number
  readonly matches: number
}

export function printExtras(rows: readonly EventRow[], matches: Matches): string {
  return EXTRAS + rows.map(row => printRow(row, matches)).join(',')
}

function printRow({ hit, offset, spans, open }: EventRow, matches: Matches): string {
  const places = sameSpans(derived(hit, matches), spans) ? '' : printPlaces(spans)
  return `${offset}${places}${open ? '!' : ''}`
}

const derived = (hit: Hit, matches: Matches) => (hit.mark === ':' ? spansOf(hit.text, matches) : [])

export function printStats({ nanos, searched, printed, lines, matches }: Stats, counted: Counts): string {
  const counts = lines === counted.lines && matches === counted.matches ? '' : ` ${lines} ${matches}`
  return ` end ${nanos}ns ${searched} ${printed}${counts}`
}

const ROW = /^(\d+)((?:\/\d+-\d+)+|\/)?(!?)$/
const END = / end (\d+)ns (\d+) (\d+)(?: (\d+) (\d+))?$/

/** The rows of these hits, and the statistics if the file ends here. Throws a RangeError where the line does not fit the hits. */
export function parseExtras(text: string, hits: readonly Hit[], matches: Matches) {
  const end = END.exec(text)
  const list = text.slice(EXTRAS.length, end ? end.index : undefined)
  const extras = list === '' ? [] : list.split(',')
  if (extras.length !== hits.length) throw new RangeError(`${hits.length} rows, ${extras.length} offsets`)
  return { rows: hits.map((hit, i) => parseRow(extras[i]!, hit, matches)), stats: end ? parseStats(end) : undefined }
}

function parseRow(extra: string, hit: Hit, matches: Matches): EventRow {
  const found = ROW.exec(extra)
  if (!found) throw new RangeError(`no offset in ${extra.slice(0, 40)}`)
  const spans = found[2] ? spansAt(hit.text, found[2]) : derived(hit, matches)
  return { hit, offset: Number(found[1]), spans, open: found[3] === '!' }
}

function parseStats([, nanos, searched, printed, lines, matches]: RegExpExecArray): (counted: Counts) => Stats {
  return counted => ({
    nanos: Number(nanos),
    searched: Number(searched),
    printed: Number(printed),
    lines: lines ? Number(lines) : counted.lines,
    matches: matches ? Number(matches) : counted.matches,
  })
}
