/** A text without its byte order mark, its lines ended by `\n` alone. */
export interface Plain {
  readonly text: string
  /** Every line of the original ends as on Windows. */
  readonly crlf: boolean
  readonly bom: boolean
}

export function plainOf(text: string): Plain {
  const bom = text.charCodeAt(0) === 0xfeff
  const crlf = isCrlf(text)
  return { text: (crlf ? text.replaceAll('\r\n', '\n') : text).slice(bom ? 1 : 0), crlf, bom }
}

function isCrlf(text: string): boolean {
  let at = text.indexOf('\n')
  if (at < 0) return false
  for (; at >= 0; at = text.indexOf('\n', at + 1)) if (text.charCodeAt(at - 1) !== 13) return false
  return true
}
