/** One past the next `mark`, or -1. */
export const endOf = (text: string, mark: string, from: number): number => {
  const at = text.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}

/** White space as XML has it. */
export const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 9 || code === 13

export function isBlank(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isSpace(text.charCodeAt(i))) return false
  return true
}

/** One past the name that begins at `from` (XML 1.0, production 5; beyond ASCII all but surrogates of stray bytes). */
export function endOfName(text: string, from: number): number {
  let at = from
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const letter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58
    const later = (code >= 48 && code <= 57) || code === 45 || code === 46
    if (!letter && !(later && at > from) && !(code >= 0xb7 && (code < 0xd800 || code > 0xdfff))) break
  }
  return at
}

/** One past the `>` of the tag whose name ends at `from`; -1 where quotes or brackets do not fit. */
export function endOfTag(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 62) return at + 1
    if (code === 60) return -1
    if (code !== 34 && code !== 39) continue
    at = text.indexOf(text[at]!, at + 1)
    if (at < 0) return -1
  }
  return -1
}

/** One past the `>` of a document type, its internal subset included. */
export function endOfDoctype(text: string, from: number): number {
  let depth = 0
  for (let at = from + 2; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 34 || code === 39) {
      at = text.indexOf(text[at]!, at + 1)
      if (at < 0) return -1
    } else if (text.startsWith('<!--', at)) {
      at = endOf(text, '-->', at + 4) - 1
      if (at < 0) return -1
    } else if (code === 60) depth++
    else if (code === 62 && depth-- === 0) return at + 1
  }
  return -1
}
