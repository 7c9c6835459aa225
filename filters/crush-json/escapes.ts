/**
 * Writers that stay within ASCII (Python's json.dumps, PHP's json_encode) escape every other character. Read as characters they are
 * fewer tokens; written back, all of them are escaped again.
 */

const ESCAPE = /\\(?:u([0-9a-f]{4})|[\s\S])/g

/** `text` with its escaped characters beyond U+009F as they are; undefined where escapeAscii would not give `text` back. */
export function unescapeAscii(text: string): string | undefined {
  if (!hasEscaped(text) || BEYOND_ASCII.test(text)) return undefined
  let high = ''
  let changed = false
  const read = text.replace(ESCAPE, (whole: string, hex: string | undefined, at: number) => {
    const unit = hex === undefined ? 0 : Number.parseInt(hex, 16)
    const pending = high
    high = ''
    if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text, at + 6)) {
      high = String.fromCharCode(unit)
      return ''
    }
    if (pending) return pending + String.fromCharCode(unit)
    if (unit < 0xa0 || (unit >= 0xd800 && unit < 0xe000) || unit === 0xfeff) return whole
    changed = true
    return String.fromCharCode(unit)
  })
  return read.length < text.length && (changed || read !== text) && escapeAscii(read) === text ? read : undefined
}

/** Every character beyond ASCII as `\uXXXX`, in lower case. */
export function escapeAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Is a character from U+00A0 on escaped? In `C:\\\\users` there is none. */
function hasEscaped(text: string): boolean {
  for (let at = text.indexOf('\\u'); at >= 0; at = text.indexOf('\\u', at + 2))
    if (!isLow(text, at + 2) && isOpening(text, at)) return true
  return false
}

/** Do the digits of a character below that begin here? */
const isLow = (text: string, at: number): boolean => text.startsWith('00', at) && text.charCodeAt(at + 2) <= 0x39

/** Does the backslash begin an escape: does an even number of them stand before it? */
function isOpening(text: string, at: number): boolean {
  let from = at
  while (text.charCodeAt(from - 1) === 0x5c) from--
  return (at - from) % 2 === 0
}

const BEYOND_ASCII = /[^\0-\x7f]/

function isLowSurrogate(text: string, at: number): boolean {
  return /^\\u[d][c-f][0-9a-f]{2}$/.test(text.slice(at, at + 6))
}
