/** Fewer UTF-16 units than this are no burden. */
export const SHORT = 16
/** A single value that is left out has at least this many units. */
export const BLOB = 400

/** Is the text a hash, a UUID or base64: of no use to a reader but to be compared? */
export function isOpaque(text: string): boolean {
  if (text.length < SHORT) return false
  const bare = NAMED.has(text[0]!) ? text.replace(/^(?:sha\d{1,3}|md5)[-:]/i, '') : text
  if (/^[0-9a-f]{16,}$/.test(bare) || /^[0-9A-F]{16,}$/.test(bare)) return /\d/.test(bare) && /[a-fA-F]/.test(bare)
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(bare)) return true
  return /^[A-Za-z0-9+/_-]{16,}={0,2}$/.test(bare) && isRandom(bare)
}

/** What the name of a hash's kind begins with. */
const NAMED: ReadonlySet<string> = new Set('sSmM')

/** Letters of both cases and digits in turn, as in base64 and unlike in words and paths. */
function isRandom(text: string): boolean {
  const length = Math.min(text.length, 400)
  let changes = 0
  let seen = 0
  let last = 0
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    const kind = unit >= 0x61 ? 1 : unit >= 0x41 && unit <= 0x5a ? 2 : unit <= 0x39 && unit >= 0x30 ? 4 : 0
    if (kind === 0) continue
    if (kind !== last) changes++
    last = kind
    seen |= kind
  }
  return seen === 7 && changes > length / 4
}

/** A binary value written as text: long, without blanks, base64 or hex. */
export function isBlob(text: string): boolean {
  if (text.length < BLOB) return false
  const bare = text
    .slice(0, 4000)
    .replace(/^data:[\w/+.;=-]{0,80},/, '')
    .replace(/\\[nr/]/g, '')
  return /^[A-Za-z0-9+/_=-]+$/.test(bare) && (isRandom(bare) || /^[0-9a-f]+$/i.test(bare))
}

/** Columns that readers ask for by name, whatever they look like. */
export const isKeyName = (name: string): boolean => /^(?:_?id|uuid|guid|key|name|arn|title|path|file)$/i.test(name)
