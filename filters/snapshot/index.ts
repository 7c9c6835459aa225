import { type Filter, type FilterContext, pass, type Verdict } from '../filter.ts'
import { type Encoded, encode } from '../table/codec.ts'
import { cutTo as cutRows } from '../table/index.ts'
import { literal } from '../table/print.ts'
import { plainOf } from '../xml/ends.ts'
import { hasLongTables, wordsOf } from '../xml/grid.ts'
import { cutPassages } from './cuts.ts'
import { decode, IMPLIED, POINTERS } from './decode.ts'
import { fits } from './fits.ts'
import { type Outline, outlineOf } from './outline.ts'
import { settleRefs } from './refs.ts'
import { type RowCuts, segmentsOf } from './writer.ts'

/** Tokens up to which every line stays, and what share of a larger page may stay. */
const ALL_LINES = 8000
const KEPT = { balanced: 0.5, aggressive: 0.25 }
/** Tokens that a head line with gaps takes more. */
const GAPS = 30

/**
 * Accessibility trees as agents' browsers print them. A body is lines:
 *
 *   list>listitem>link "Docs" e5 -> /docs      a link, its ref, its url, and what it alone stands in
 *   heading "Users" [level=2]                  a ref that is one more than the one above is left out, but never of links, buttons, fields
 *   cell "Gecko" "Firefox 1.0" "1.7"           three cells
 *   paragraph: Sign in                         text
 *   @12   listitem                             twelve neighbours of one make, in the table notation of `table`
 *   link,link@ref,link@url                     columns by path: @ref, @url, @text, @attrs
 *   !a line that is no node
 */
const snapshot: Filter = {
  name: 'snapshot',
  summary: 'Accessibility snapshots of pages: repetition folded, every ref to click kept',
  options: {},
  unit: 'document',
  fits,
  apply(text, context) {
    const plain = plainOf(text)
    const found = outlineOf(plain.text.split('\n'), context.signal)
    if (!found) return pass('not-mine')
    const outline = { ...found, crlf: plain.crlf, bom: plain.bom }
    const whole = shown(outline, false, 'none', context)
    if (context.mode === 'lossless') return rewrite(whole, 'bytes')
    const before = context.count(text)
    const after = context.count(whole.body)
    const most = context.budget ?? Math.max(before * KEPT[context.mode], context.mode === 'balanced' ? ALL_LINES : 0)
    const cut = after > most ? cutTo(outline, after, most, context) : undefined
    return cut && context.count(cut.body) + GAPS < after ? rewrite(cut, 'no') : rewrite(whole, 'bytes')
  },
  decode,
}
export default snapshot

interface Page extends Outline {
  readonly crlf: boolean
  readonly bom: boolean
}

/** Text between what can be clicked goes first, then rows of tables. */
function cutTo(outline: Page, after: number, most: number, context: FilterContext): Encoded {
  cutPassages(outline, after - most, context)
  const rowCuts = context.mode === 'aggressive' || context.budget !== undefined ? 'all' : 'quiet'
  const passages = shown(outline, true, rowCuts, context)
  const left = context.count(passages.body)
  const rows =
    left > most && hasLongTables(passages.parts()) ? cutRows(passages.parts, undefined, most, left, context) : undefined
  return rows
    ? { body: rows.body, note: noteOf(outline, passages.words ? `${passages.words}, ${rows.note}` : rows.note) }
    : passages
}

function shown(outline: Page, gaps: boolean, rowCuts: RowCuts, context: FilterContext) {
  settleRefs(outline, gaps)
  const segments = segmentsOf(outline, context.signal, rowCuts)
  const parts = () => segments
  const encoded = encode(parts, undefined, 0, context)
  const body = encoded?.body ?? segments.flatMap(({ lines }) => lines.map(literal)).join('\n')
  const words = wordsOf(segments).join(', ')
  const tables = words && encoded ? `${words}, ${encoded.note}` : encoded?.note
  return { body, note: noteOf(outline, tables), parts, words }
}

const rewrite = ({ body, note }: Encoded, lossless: 'bytes' | 'no'): Verdict => ({
  kind: 'rewrite',
  text: body,
  lossless,
  note,
})

/** What the reader and the decoder need first. */
function noteOf({ dialect, pointers, hasRefs, page, crlf, bom }: Page, tables: string | undefined): string {
  const words: string[] = [dialect.name]
  if (pointers.size) words.push(POINTERS + [...pointers].join(' '))
  if (hasRefs) words.push(IMPLIED)
  if (page) words.push('urls relative to the first')
  if (crlf) words.push('CRLF')
  if (bom) words.push('BOM')
  if (tables !== undefined) words.push(tables)
  return words.join(', ')
}
