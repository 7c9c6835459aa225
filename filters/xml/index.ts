import { markersOf } from '../../ccr/marker.ts'
import { type Filter, type FilterContext, pass, type Verdict } from '../filter.ts'
import { type Encoded, encode } from '../table/codec.ts'
import { cutTo } from '../table/index.ts'
import { literal } from '../table/print.ts'
import { cutsOf } from './cuts.ts'
import { decode } from './decode.ts'
import { plainOf } from './ends.ts'
import { fits } from './fits.ts'
import { hasLongTables, wordsOf } from './grid.ts'
import { treeOf } from './scan.ts'
import { printStyle, type Style, styleOf } from './style.ts'
import type { Tree } from './tree.ts'
import { Writer } from './writer.ts'

/** Tokens up to which every record stays, and what share of a larger text may stay. */
const ALL_ROWS = 8000
const KEPT = { balanced: 0.7, aggressive: 0.15 }
/** Tokens that a head line with gaps takes more. */
const GAPS = 30

/**
 * XML that is data, as a tree by indentation and tables of records. A body is lines:
 *
 *   project xmlns=http://maven.apache.org/POM/4.0.0     an element, its attributes and, one space further in, its children
 *    version: 3.4.2                                     an element with text; entities and CDATA as they stand
 *    description |2>                                    two lines of text, moved to the left
 *   @12  dependency                                     twelve elements below one another, in the table notation of `table`
 *   groupId,artifactId,version,exclusion/name           columns by path: @id an attribute, `.` the text, a*; a list
 *   org.junit,junit,4.13,-                              - is no such element
 *    <!-- comments stay -->                             so do processing instructions and odd elements
 *    ^\n\n   /\n                                        other white space before the children from here on, before a closing tag
 *
 * `a>` has its children side by side, `a+` its attributes on lines, `%<a  b='c'>` is a tag as it stands.
 */
const xml: Filter = {
  name: 'xml',
  summary: 'XML that is data: no closing tags, records as tables, exactly',
  options: {},
  unit: 'document',
  fits,
  apply(text, context) {
    const { text: plain, crlf, bom } = plainOf(text)
    if (plain.includes('\u0000')) return pass('not-mine')
    const tree = treeOf(plain, context.signal)
    if (!tree) return pass('not-mine')
    const hasMarkers = markersOf(plain).length > 0
    const style = styleOf(tree, { crlf, bom, hasMarkers }, context.signal)
    return shown(tree, style, text, hasMarkers ? { ...context, mode: 'lossless' } : context)
  },
  decode,
}
export default xml

function shown(tree: Tree, style: Style, text: string, context: FilterContext): Verdict {
  const cuts = cutsOf(tree, style, context)
  const segments = new Writer(tree, style, cuts, context.signal).segments()
  const whole = encode(() => segments, undefined, 0, context) ?? {
    body: segments.flatMap(({ lines }) => lines.map(literal)).join('\n'),
    note: '',
  }
  const words = wordsOf(segments)
  const rewrite = ({ body, note }: Encoded, lossless: 'bytes' | 'no'): Verdict => ({
    kind: 'rewrite',
    text: body,
    lossless,
    note: [
      printStyle(style),
      ...(/ \|\d{1,9}>?$/m.test(body) ? ['|3=3 lines of text'] : []),
      ...(note ? [...words, note] : []),
    ].join(', '),
  })
  if (context.mode === 'lossless') return rewrite(whole, 'bytes')
  const before = context.count(text)
  const after = context.count(whole.body)
  const most = context.budget ?? Math.max(before * KEPT[context.mode], context.mode === 'balanced' ? ALL_ROWS : 0)
  const cut =
    after > most && hasLongTables(segments) ? cutTo(() => segments, undefined, most, after, context) : undefined
  const best = cut && context.count(cut.body) + GAPS < after ? cut : whole
  return rewrite(best, best === cut || cuts.size ? 'no' : 'bytes')
}
