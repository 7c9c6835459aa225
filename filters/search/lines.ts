import type { Selector } from '../../ccr/select.ts'
import type { Verdict } from '../filter.ts'
import type { Encoded } from './form.ts'

/** Words of a note: lines end with CR LF; the text ends in the middle of a line that is empty in the body. */
const CRLF = 'CRLF'
const OPEN = 'no final line end'

/** The lines of a text without their ends, and what makes a verdict of the lines that a codec makes of them. */
export function textLines(text: string): { lines: string[]; rewrite: (encoded: Encoded) => Verdict } {
  const crlf = isCrlf(text)
  return {
    lines: linesOf(text, crlf ? '\r\n' : '\n'),
    rewrite({ lines, note = [] }) {
      const closed = text.endsWith('\n')
      const words = [...note, ...(crlf ? [CRLF] : []), ...(!closed && lines.at(-1) === '' ? [OPEN] : [])]
      const body = lines.join('\n') + (closed ? '\n' : '')
      return { kind: 'rewrite', text: body, lossless: 'bytes', note: words.join(', ') }
    },
  }
}

/** The lines of such a verdict's body, its note's words, and what makes the text of the original's lines. */
export function bodyLines(body: string, note: string, gap: (where: Selector) => string) {
  const words = note.split(', ')
  const end = words.includes(CRLF) ? '\r\n' : '\n'
  const closed = body.endsWith('\n') && !words.includes(OPEN)
  return {
    lines: closed || !words.includes(OPEN) ? linesOf(body, '\n') : body.split('\n'),
    words,
    /** What a gap left out, without its last line end. */
    fill(where: Selector): string {
      const text = gap(where)
      return text.endsWith(end) ? text.slice(0, -end.length) : text
    },
    join: (lines: readonly string[]): string => lines.join(end) + (closed ? end : ''),
  }
}

/** Does every line end with CR LF, the last one too? */
function isCrlf(text: string): boolean {
  if (!text.endsWith('\r\n')) return false
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (text.charCodeAt(at - 1) !== 13) return false
  }
  return true
}

/** A final line end opens no further line. */
const linesOf = (text: string, end: string): string[] =>
  (text.endsWith(end) ? text.slice(0, -end.length) : text).split(end)
