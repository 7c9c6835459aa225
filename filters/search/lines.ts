import type { Selector } from '../../ccr/select.ts'

/** The word of a note that says that lines end with CR LF. */
export const CRLF = 'CRLF'

/** Does every line end with CR LF, the last one too? */
export function isCrlf(text: string): boolean {
  if (!text.endsWith('\r\n')) return false
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (text.charCodeAt(at - 1) !== 13) return false
  }
  return true
}

/** Lines without their ends; a final line end opens no further line. */
export function linesOf(text: string, crlf: boolean): string[] {
  const end = text.endsWith('\n') ? text.length - (crlf ? 2 : 1) : text.length
  return text.slice(0, end).split(crlf ? '\r\n' : '\n')
}

/** What a gap left out, as the text between its lines' ends. */
export function withoutEnd(gap: (where: Selector) => string, end: string): (where: Selector) => string {
  return where => {
    const text = gap(where)
    return text.endsWith(end) ? text.slice(0, -end.length) : text
  }
}
