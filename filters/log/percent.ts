/**
 * Percent-encoded letters (RFC 3986 2.1) cost six tokens where the letter costs one or less. Where a text is ASCII but for such
 * escapes, the letters themselves can stand for them, and back.
 */

const ESCAPED = /(?:%[C-F][0-9A-F](?:%[89AB][0-9A-F]){1,3})+/g
const NOT_SHOWN = /[^\p{L}\p{M}\p{N}]/gu

/** `text` with letters, marks and digits in place of their upper-case escapes; undefined where that cannot be undone or finds nothing. */
export function showPercent(text: string): string | undefined {
  if (!/%[C-F][0-9A-F]%/.test(text) || /[^\x00-\x7f]/.test(text)) return undefined
  const shown = text.replace(ESCAPED, show)
  return shown.length < text.length ? shown : undefined
}

function show(escaped: string): string {
  let letters: string
  try {
    letters = decodeURIComponent(escaped)
  } catch (cause) {
    if (cause instanceof URIError) return escaped
    throw cause
  }
  // Mostly words, of which every letter is shown.
  return letters.replace(NOT_SHOWN, encodeURIComponent)
}

/** The inverse of showPercent. */
export const escapePercent = (text: string): string => text.replace(/[^\x00-\x7f]+/g, encodeURIComponent)
