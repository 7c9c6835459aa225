/** What Windows-1252 has at 0x80..0x9F; the rest is Latin-1. WHATWG Encoding Standard. */
const UPPER = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Bytes that are no UTF-8, as ccr/text.ts keeps them. */
const LONE = /[\udc80-\udcff]/gu
const DECLARED = /charset\s*=\s*["']?\s*([\w-]{1,40})/i
/** Labels of Windows-1252. */
const WESTERN = /^(?:iso-?8859-?1|latin-?1|windows-1252|cp-?1252|us-ascii|ascii)$/i
const UNICODE = /^utf-?8$/i

/**
 * The text with its single bytes as the letters that they are, where the page declares a Western encoding; bytes that fit no encoding stay
 * as they are. Of equal length. Undefined where they are in an encoding not known here.
 */
export function readable(text: string): string | undefined {
  if (text.isWellFormed()) return text
  const declared = DECLARED.exec(text.slice(0, 4096))?.[1]
  if (declared === undefined || UNICODE.test(declared)) return text
  if (!WESTERN.test(declared)) return undefined
  return text.replace(LONE, unit => {
    const byte = unit.charCodeAt(0) - 0xdc00
    return byte < 0xa0 ? UPPER[byte - 0x80]! : String.fromCharCode(byte)
  })
}
