import type { Hit } from './hit.ts'
import { type Span, standIn } from './submatches.ts'

/** One event of `rg --json` (ripgrep 13-14, crates/printer/src/jsont.rs). */
export type Event =
  | { readonly type: 'begin'; readonly path: string }
  | { readonly type: 'row'; readonly row: EventRow }
  | { readonly type: 'end'; readonly path: string; readonly stats: Stats }

export interface EventRow {
  readonly hit: Hit
  readonly offset: number
  readonly spans: readonly Span[]
  /** The line has no line end: the last one of its file. */
  readonly open: boolean
}

export interface Stats {
  readonly nanos: number
  readonly searched: number
  readonly printed: number
  readonly lines: number
  readonly matches: number
}

/** The event that `line` prints, or undefined where it is none, or in any other spelling than printEvent's. */
export function eventOf(line: string): Event | undefined {
  if (!line.startsWith('{"type":"')) return undefined
  const event = parsed(line)
  return event && numbersOf(event).every(isCount) && printEvent(event) === line ? event : undefined
}

/** Numbers that are printed as digits alone. */
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0

function numbersOf(event: Event): readonly unknown[] {
  if (event.type === 'begin') return []
  if (event.type === 'end') return Object.values(event.stats)
  const { hit, offset, spans } = event.row
  return [hit.number, offset, ...spans.flatMap(({ start, end }) => [start, end])]
}

function parsed(line: string): Event | undefined {
  try {
    return eventFrom(JSON.parse(line))
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) return undefined
    throw cause
  }
}

// biome-ignore lint/suspicious/noExplicitAny: believed as it comes, since what is made of it is compared with the line
type Json = any

/** Throws a TypeError where a part is missing. */
function eventFrom({ type, data }: Json): Event | undefined {
  const path: string = data.path.text
  if (type === 'begin') return { type, path }
  if (type === 'end') {
    const { elapsed, bytes_searched: searched, bytes_printed: printed, matched_lines: lines, matches } = data.stats
    return { type, path, stats: { nanos: elapsed.nanos, searched, printed, lines, matches } }
  }
  const whole: string = data.lines.text
  const open = !whole.endsWith('\n')
  const text = open ? whole : whole.slice(0, -1)
  if (text.includes('\n')) return undefined
  const hit: Hit = { kind: 'hit', path, mark: type === 'context' ? '-' : ':', number: data.line_number, text }
  const spans: Span[] = data.submatches.map(({ match, start, end }: Json) => ({ text: match.text, start, end }))
  if (!standIn(text, spans)) return undefined
  return { type: 'row', row: { hit, offset: data.absolute_offset, spans, open } }
}

export function printEvent(event: Event): string {
  if (event.type === 'begin') return `{"type":"begin","data":{"path":${print(event.path)}}}`
  if (event.type === 'end') return printEnd(event.path, event.stats)
  const { hit, offset, spans, open } = event.row
  const type = hit.mark === ':' ? 'match' : 'context'
  const submatches = spans.map(({ text, start, end }) => `{"match":${print(text)},"start":${start},"end":${end}}`)
  const place = `"line_number":${hit.number},"absolute_offset":${offset}`
  return `{"type":"${type}","data":{"path":${print(hit.path)},"lines":${print(open ? hit.text : `${hit.text}\n`)},${place},"submatches":[${submatches.join(',')}]}}`
}

function printEnd(path: string, { nanos, searched, printed, lines, matches }: Stats): string {
  const human = `0.${String(Math.round(nanos / 1000)).padStart(6, '0')}s`
  const elapsed = `{"secs":0,"nanos":${nanos},"human":"${human}"}`
  const counts = `"bytes_searched":${searched},"bytes_printed":${printed},"matched_lines":${lines},"matches":${matches}`
  return `{"type":"end","data":{"path":${print(path)},"binary_offset":null,"stats":{"elapsed":${elapsed},"searches":1,"searches_with_match":1,${counts}}}}`
}

const print = (text: string) => `{"text":${JSON.stringify(text)}}`
