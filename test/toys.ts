import { fillGaps } from '../ccr/marker.ts'
import { lines } from '../ccr/select.ts'
import { type Filter, pass } from '../filters/filter.ts'

/** The simplest codec: JSON minified, its indentation in the note. */
export const minify: Filter = {
  name: 'toy-minify',
  summary: 'Toy: JSON without white space',
  options: {},
  unit: 'document',
  fits: text => (text.startsWith('{') ? 1 : 0),
  apply(text) {
    const value = parsed(text)
    if (value === undefined) return pass('not-mine')
    const end = text.endsWith('\n') ? 'n' : ''
    return { kind: 'rewrite', text: JSON.stringify(value), lossless: 'values', note: `indent=2${end}` }
  },
  decode: (text, _gap, note) => JSON.stringify(JSON.parse(text), null, 2) + (note.endsWith('n') ? '\n' : ''),
  normal: text => JSON.stringify(JSON.parse(text)),
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The simplest lossy filter: every second line goes. */
export const halve: Filter = {
  name: 'toy-halve',
  summary: 'Toy: every second run of ten lines behind a marker',
  options: { run: { type: 'number', default: 10, help: 'lines of a run' } },
  unit: 'lines',
  fits: () => 0.1,
  apply(text, { omit, mode, options }) {
    const all = text.split(/(?<=\n)/)
    const run = (options as { run: number }).run
    if (mode === 'lossless' || all.length < 2 * run) return pass('nothing-to-cut')
    const out: string[] = []
    for (let i = 0; i < all.length; i += run) {
      const some = all.slice(i, i + run)
      const odd = (i / run) % 2 === 1
      out.push(
        odd
          ? omit(lines(i + 1, i + some.length), `${some.length} lines`) + (some.at(-1)!.endsWith('\n') ? '\n' : '')
          : some.join(''),
      )
    }
    return { kind: 'rewrite', text: out.join(''), lossless: 'no' }
  },
  decode: (text, gap) => fillGaps(text, gap),
}
