/** How the bytes of an original lie in a store. */
export interface Packed {
  readonly coding: 'raw' | 'deflate'
  readonly body: Uint8Array
}

/** Below this, zlib's module takes longer to load than its bytes take to write (2 ms in the binary). */
const SMALL = 16_384

export const raw = (original: Uint8Array): Packed => ({ coding: 'raw', body: original })

/**
 * `original`, deflated where that saves an eighth. Level 1: measured on logs, 200-500 MB/s and a sixth of the bytes; zstd would take
 * a tenth at the same speed, but not every Node 22 has it, and a store is shared by all that run here.
 */
export async function pack(original: Uint8Array): Promise<Packed> {
  if (original.length < SMALL) return raw(original)
  const { deflateRawSync } = await import('node:zlib')
  const body = deflateRawSync(original, { level: 1 })
  return body.length < original.length * 0.875 ? { coding: 'deflate', body } : raw(original)
}

/** The inverse of `pack`; undefined where the body is no such thing. */
export async function unpack({ coding, body }: Packed): Promise<Uint8Array | undefined> {
  if (coding === 'raw') return body
  const { inflateRawSync } = await import('node:zlib')
  try {
    return inflateRawSync(body)
  } catch (cause) {
    if (String((cause as { code?: unknown }).code).startsWith('Z_')) return undefined
    throw cause
  }
}
