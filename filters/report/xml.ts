/** One tag of an XML text. Offsets are UTF-16 code units, the end exclusive. */
export interface Tag {
  readonly name: string
  readonly kind: 'open' | 'close' | 'empty'
  readonly start: number
  readonly end: number
}

/**
 * The tags of `text`, in order; comments, CDATA and processing instructions are passed over. Undefined where the text has a document
 * type with declarations (entities are never expanded here) or a tag that does not end. Linear.
 */
export function tagsOf(text: string, step: () => void): Tag[] | undefined {
  const tags: Tag[] = []
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    step()
    const skipped = skippedEnd(text, at)
    if (skipped === -1) return undefined
    if (skipped > at) {
      at = skipped
      continue
    }
    const end = tagEnd(text, at)
    const found = /^<(\/?)([A-Za-z_][\w.:-]{0,200})/.exec(text.slice(at, at + 220))
    if (end < 0 || !found) return undefined
    const kind = found[1] ? 'close' : text[end - 2] === '/' ? 'empty' : 'open'
    tags.push({ name: found[2]!, kind, start: at, end })
    at = end
  }
  return tags
}

const SKIPPED: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
]

/** One past a comment, CDATA or instruction that begins at `at`; `at` where none does, -1 where it does not end or is a document type. */
function skippedEnd(text: string, at: number): number {
  for (const [open, close] of SKIPPED) {
    if (!text.startsWith(open, at)) continue
    const end = text.indexOf(close, at + open.length)
    return end < 0 ? -1 : end + close.length
  }
  return text.startsWith('<!', at) ? -1 : at
}

/** One past the `>` of the tag at `at`, quoted attribute values passed over; -1 where there is none. */
function tagEnd(text: string, at: number): number {
  let quote = 0
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (quote) {
      if (code === quote) quote = 0
    } else if (code === 34 || code === 39) quote = code
    else if (code === 62) return i + 1
    else if (code === 60) return -1
  }
  return -1
}

/** An attribute's value as it stands in the tag, or undefined. */
export function attributeOf(text: string, tag: Tag, name: string): string | undefined {
  const shown = text.slice(tag.start, Math.min(tag.end, tag.start + 20_000))
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(shown)
  return found?.[1] ?? found?.[2]
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The five predefined and the numeric entities decoded, all others left as they are. */
export function decodedText(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g, (whole, decimal, hex, name) => {
    if (name) return NAMED[name as string]!
    const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
