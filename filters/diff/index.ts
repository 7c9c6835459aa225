import { type Filter, pass } from '../filter.ts'
import { parseKeys } from '../search/keys.ts'
import { isCrlf, linesOf } from '../search/lines.ts'
import { parseBlame, printBlame, rowOf } from './blame.ts'
import { decodePatch } from './decode-patch.ts'
import { printPatch } from './print-patch.ts'
import { trim } from './trim.ts'
import { readUnits } from './units.ts'

/** Diffs, logs and blame: headers folded, repeats once, what is left still reads as hunks; every byte comes back. */
const diff: Filter = {
  name: 'diff',
  summary: 'Diffs, git log, show and blame: headers folded, authors and commits once, hunks as they are',
  options: {},
  unit: 'document',
  fits: () => 0,
  apply(text, context) {
    const crlf = isCrlf(text)
    const lines = linesOf(text, crlf)
    const blame = rowOf(lines[0]!) && printBlame(lines, context.signal)
    if (blame) {
      const width = rowOf(lines[0]!)!.width
      return { kind: 'rewrite', text: joined(blame, text), lossless: 'bytes', note: noteOf([`blame ${width}`], crlf) }
    }
    const units = readUnits(lines, context.signal)
    if (units.every(({ kind }) => kind === 'other')) return pass('not-mine')
    const cuts =
      context.mode === 'lossless' ? [] : trim(units, lines, context.mode === 'balanced' ? 1 : 0, context.signal)
    const body = printPatch(units, lines, cuts, context)
    return {
      kind: 'rewrite',
      text: joined(body, text),
      lossless: 'bytes',
      note: noteOf(body[0]?.startsWith('A=') ? ['A=text'] : [], crlf),
    }
  },
  decode(body, gap, note) {
    const words = note.split(', ')
    const crlf = words.includes('CRLF')
    const lines = linesOf(body, false)
    const blame = words[0]!.startsWith('blame ')
    const keys = words.includes('A=text') ? parseKeys(lines) : { texts: new Map<string, string>(), end: 0 }
    const decoded = blame
      ? parseBlame(lines, Number(words[0]!.slice(6)))
      : decodePatch(lines.slice(keys.end), keys.texts, gap)
    return decoded.join(crlf ? '\r\n' : '\n') + (body.endsWith('\n') ? (crlf ? '\r\n' : '\n') : '')
  },
}
export default diff

const joined = (lines: readonly string[], text: string) => lines.join('\n') + (text.endsWith('\n') ? '\n' : '')
const noteOf = (words: readonly string[], crlf: boolean) => [...words, ...(crlf ? ['CRLF'] : [])].join(', ')
