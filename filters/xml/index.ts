import { type Filter, type FilterContext, pass, type Verdict } from '../filter.ts'
import { encode } from '../table/codec.ts'
import { literal } from '../table/print.ts'
import { type Cuts, NO_CUTS } from './cuts.ts'
import { decode } from './decode.ts'
import { fits } from './fits.ts'
import { type Tree, treeOf } from './scan.ts'
import { printStyle, type Style, styleOf } from './style.ts'
import { Writer } from './writer.ts'

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
    const bom = text.charCodeAt(0) === 0xfeff
    const crlf = isCrlf(text)
    const plain = (crlf ? text.replaceAll('\r\n', '\n') : text).slice(bom ? 1 : 0)
    if (plain.includes('\u0000')) return pass('not-mine')
    const tree = treeOf(plain, context.signal)
    if (!tree) return pass('not-mine')
    const style = styleOf(tree, { crlf, bom }, context.signal)
    return shown(tree, style, NO_CUTS, context)
  },
  decode,
}
export default xml

/** Does every line end as on Windows? */
function isCrlf(text: string): boolean {
  let at = text.indexOf('\n')
  if (at < 0) return false
  for (; at >= 0; at = text.indexOf('\n', at + 1)) if (text.charCodeAt(at - 1) !== 13) return false
  return true
}

function shown(tree: Tree, style: Style, cuts: Cuts, context: FilterContext): Verdict {
  const segments = new Writer(tree, style, cuts, context.signal).segments()
  const encoded = encode(() => segments, 0, context)
  const body = encoded?.body ?? segments.flatMap(({ lines }) => lines.map(literal)).join('\n')
  const note = encoded ? `${printStyle(style)}, ${encoded.note}` : printStyle(style)
  return { kind: 'rewrite', text: body, lossless: cuts === NO_CUTS ? 'bytes' : 'no', note }
}
