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
