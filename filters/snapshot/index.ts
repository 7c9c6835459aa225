import { type Filter, type FilterContext, pass } from '../filter.ts'
import { encode } from '../table/codec.ts'
import { literal } from '../table/print.ts'
import { decode, IMPLIED, POINTERS } from './decode.ts'
import { fits } from './fits.ts'
import { type Node, type Outline, outlineOf, settleRefs } from './outline.ts'
import { segmentsOf } from './writer.ts'

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
    const outline = outlineOf(text.split('\n'), context.signal)
    if (!outline) return pass('not-mine')
    settleRefs(allOf(outline.roots), outline)
    const segments = segmentsOf(outline, context.signal)
    const encoded = encode(() => segments, 0, context)
    const body = encoded?.body ?? segments.flatMap(({ lines }) => lines.map(literal)).join('\n')
    return { kind: 'rewrite', text: body, lossless: 'bytes', note: noteOf(outline, encoded?.note) }
  },
  decode,
}
export default snapshot

/** What the reader and the decoder need first. */
function noteOf({ dialect, pointers, hasRefs }: Outline, tables: string | undefined): string {
  const words: string[] = [dialect.name]
  if (pointers.size) words.push(POINTERS + [...pointers].join(' '))
  if (hasRefs) words.push(IMPLIED)
  if (tables !== undefined) words.push(tables)
  return words.join(', ')
}

/** In the order of the text. */
function* allOf(roots: readonly Node[]): Generator<Node> {
  const stack = [...roots].reverse()
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node
    for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at]!)
  }
}
