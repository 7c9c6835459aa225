/**
 * Bytes to text and back, for any bytes: each byte that is not part of valid UTF-8 becomes the lone surrogate U+DC00 + byte
 * (the scheme of PEP 383). Valid UTF-8 never yields a lone surrogate, so the two functions are inverse for every input.
 */
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Byte-order marks stay in the text as U+FEFF. Linear. */
export function textOf(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    return escaped(bytes)
  }
}

/** The bytes of a text from `textOf`; of any other text, its UTF-8. Linear. */
export function bytesOf(text: string): Uint8Array {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8')
  const parts: Uint8Array[] = []
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0xd800 && unit < 0xdc00) i++
    else if (unit >= 0xdc80 && unit <= 0xdcff) {
      if (i > from) parts.push(Buffer.from(text.slice(from, i), 'utf8'))
      parts.push(Uint8Array.of(unit - 0xdc00))
      from = i + 1
    }
  }
  parts.push(Buffer.from(text.slice(from), 'utf8'))
  return Buffer.concat(parts)
}

function escaped(bytes: Uint8Array): string {
  const parts: string[] = []
  let from = 0
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i)
    if (length > 0) {
      i += length
      continue
    }
    if (i > from) parts.push(strict.decode(bytes.subarray(from, i)))
    parts.push(String.fromCharCode(0xdc00 + bytes[i]!))
    from = ++i
  }
  parts.push(strict.decode(bytes.subarray(from)))
  return parts.join('')
}

/** Bytes of the well-formed UTF-8 sequence at `i` (Unicode 15, table 3-7), or 0. */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const lead = bytes[i]!
  if (lead < 0x80) return 1
  const continues = (at: number, low = 0x80, high = 0xbf) => bytes[at]! >= low && bytes[at]! <= high
  if (lead >= 0xc2 && lead <= 0xdf) return continues(i + 1) ? 2 : 0
  if (lead >= 0xe0 && lead <= 0xef) {
    const second = continues(i + 1, lead === 0xe0 ? 0xa0 : 0x80, lead === 0xed ? 0x9f : 0xbf)
    return second && continues(i + 2) ? 3 : 0
  }
  if (lead < 0xf0 || lead > 0xf4) return 0
  const second = continues(i + 1, lead === 0xf0 ? 0x90 : 0x80, lead === 0xf4 ? 0x8f : 0xbf)
  return second && continues(i + 2) && continues(i + 3) ? 4 : 0
}
