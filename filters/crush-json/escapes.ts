/**
 * Writers that stay within ASCII (Python's json.dumps, PHP's json_encode) escape every other character. Read as characters they are
 * fewer tokens; written back, all of them are escaped again.
 */

const ESCAPE = /\\(?:u([0-9a-f]{4})|[\s\S])/g

/** `text` with its escaped characters beyond U+009F as they are; undefined where escapeAscii would not give `text` back. */
export function unescapeAscii(text: string): string | undefined {
  if (!text.includes('\\u') || BEYOND_ASCII.test(text)) return undefined
  let high = ''
  let changed = false
  const read = text.replace(ESCAPE, (whole: string, hex: string | undefined, at: number) => {
    const unit = hex === undefined ? 0 : Number.parseInt(hex, 16)
    const pending = high
    high = ''
    if (unit >= 0xd800 && unit < 0xdc00 && isLow(text, at + 6)) {
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

const BEYOND_ASCII = /[^\0-\x7f]/

function isLow(text: string, at: number): boolean {
  return /^\\u[d][c-f][0-9a-f]{2}$/.test(text.slice(at, at + 6))
}
