import { type Filter, pass } from '../filter.ts'
import { recoloured, uncoloured } from './colours.ts'
import { formOf } from './fits.ts'
import { forms } from './forms.ts'
import { bodyLines, textLines } from './lines.ts'

/** What searches and listings print: one heading for each file, equal lines once, trees of paths; exactly. */
const search: Filter = {
  name: 'search',
  summary: 'Search hits, lists and trees of files: one heading a file, equal lines once, every number and path',
  options: {},
  unit: 'document',
  fits: text => formOf(text)?.share ?? 0,
  apply(text, context) {
    const form = formOf(text)?.form
    if (!form) return pass('not-mine')
    const { lines, rewrite } = textLines(text)
    const bare = uncoloured(lines)
    // What a gap leaves out has its colours, and would be given them twice.
    const encoded = bare ? form.encode(bare.lines, { ...context, mode: 'lossless' }) : form.encode(lines, context)
    if (!encoded) return pass('not-mine')
    const note = [form.name, ...(encoded.note ?? []), ...(bare ? [bare.note] : [])]
    return rewrite({ lines: [...(bare?.before ?? []), ...encoded.lines], note })
  },
  decode(body, gap, note) {
    const { lines, words, fill, join } = bodyLines(body, note, gap)
    const form = forms.find(({ name }) => name === words[0])
    if (!form) throw new RangeError(`no form ${words[0]}`)
    return join([...recoloured(lines, words, rest => form.decode(rest, words, fill))])
  },
}
export default search
