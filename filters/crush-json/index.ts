import { type Filter, pass } from '../filter.ts'
import { bodyOf } from './body.ts'
import { layOut, minify, readText, textOf, UNLIMITED, wordsWithoutLayout } from './document.ts'
import { legendOf } from './legend.ts'
import { ARRAY } from './parse.ts'

/** JSON and NDJSON. */
const crushJson: Filter = {
  name: 'crush-json',
  summary: 'JSON and NDJSON as tables: every value stays exact; only lossy modes leave rows out',
  options: {},
  unit: 'document',
  fits,
  apply(text, context) {
    const plain = readText(text, context.signal)
    if (!plain) return pass('not-mine')
    if (plain.document.nodes.kind[0]! > ARRAY) return pass('nothing-to-cut')
    if (plain.note === undefined && context.mode === 'lossless') return pass('nothing-to-cut')
    const note = plain.note ?? wordsWithoutLayout(plain.document)
    const body = bodyOf(plain.document, context)
    return {
      kind: 'rewrite',
      text: body.text,
      lossless: 'values',
      note: [body.minified && 'min', note, !body.minified && legendOf(body.text)].filter(Boolean).join(' '),
    }
  },
  decode(body, gap, note) {
    if (note.split(' ').includes('min')) return layOut(body, note, [], UNLIMITED)
    return textOf(body, note, gap)
  },
  normal: text => minify(text, UNLIMITED),
}
export default crushJson

function fits(text: string): number {
  const sample = text.slice(0, 4096)
  const first = /^\ufeff?\s{0,100}([{[])/.exec(sample)?.[1]
  if (!first) return /^([^\s{[][^{[\n]{0,80})\{"[^\n]{0,2000}\n\1\{"/.test(sample) ? 0.8 : 0
  return /^\ufeff?\s*(?:\[\s*(?:["{[\]\d-]|true|false|null)|\{\s*["}])/.test(sample) ? 0.95 : 0
}
