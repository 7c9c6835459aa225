import { type Filter, pass } from '../filter.ts'
import { formOf } from './fits.ts'
import { forms } from './forms.ts'
import { CRLF, isCrlf, linesOf, withoutEnd } from './lines.ts'

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
    const crlf = isCrlf(text)
    const encoded = form.encode(linesOf(text, crlf), context)
    if (!encoded) return pass('not-mine')
    const body = encoded.lines.join('\n') + (text.endsWith('\n') ? '\n' : '')
    if (body.length >= text.length) return pass('not-smaller')
    const note = [form.name, ...(encoded.note ?? []), ...(crlf ? [CRLF] : [])].join(', ')
    return { kind: 'rewrite', text: body, lossless: 'bytes', note }
  },
  decode(body, gap, note) {
    const [name, ...words] = note.split(', ')
    const form = forms.find(form => form.name === name)
    if (!form) throw new RangeError(`no form ${name}`)
    const end = words.includes(CRLF) ? '\r\n' : '\n'
    const lines = form.decode(linesOf(body, false), words, withoutEnd(gap, end))
    return lines.join(end) + (body.endsWith('\n') ? end : '')
  },
}
export default search
