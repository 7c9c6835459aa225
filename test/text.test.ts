import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { bytesOf, textOf } from '../ccr/text.ts'

const back = (bytes: Uint8Array) => Buffer.from(bytesOf(textOf(bytes)))

test('any bytes come back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
      expect(back(bytes)).toEqual(Buffer.from(bytes))
    }),
    { numRuns: 3000 },
  )
})

test('bytes next to valid and half-valid UTF-8 come back', () => {
  const pieces = fc.constantFrom(
    [0xf0, 0x9f, 0x98, 0x80],
    [0xed, 0xa0, 0x80],
    [0xed, 0xb2, 0x80],
    [0xc0, 0x80],
    [0xe2, 0x82],
    [0xff],
    [0x41],
    [0xef, 0xbb, 0xbf],
    [0xf4, 0x90, 0x80, 0x80],
    [0],
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), found => {
      const bytes = Uint8Array.from(found.flat())
      expect(back(bytes)).toEqual(Buffer.from(bytes))
    }),
    { numRuns: 3000 },
  )
})

test('valid UTF-8 reads as ever, a byte-order mark and NUL included', () => {
  expect(textOf(Buffer.from('\ufeffä\0😀'))).toBe('\ufeffä\0😀')
})
