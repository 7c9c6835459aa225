import { describe, expect, test } from 'bun:test'
import { isOurs, partsOf } from '../ccr/marker.ts'
import { expand } from '../filters/expand.ts'
import { type Filter, pass } from '../filters/filter.ts'
import { BLOCK, compressStream, DOCUMENT } from '../filters/stream.ts'
import { testHost, wordTokens } from './host.ts'
import { compressed } from './laws.ts'
import { halve, minify } from './toys.ts'

/** Cheap to count, so that a stream of many blocks is quick. */
const bytesAsTokens = { ...wordTokens, count: (text: string) => text.length }
const line = (i: number) => `line ${String(i).padStart(9, '0')} of a stream that takes several blocks to hold it\n`
const lines = (bytes: number) =>
  Buffer.from(Array.from({ length: Math.ceil(bytes / line(0).length) }, (_, i) => line(i)).join(''))
const filterOf = (name: string) => [halve, minify].find(filter => filter.name === name)
const coarse: Filter = { ...halve, options: { run: { type: 'number', default: 1000, help: 'lines of a run' } } }

describe('a filter of lines', () => {
  const input = lines(2.5 * BLOCK)
  test('works in blocks that depend on bytes alone', async () => {
    const whole = await compressed(coarse, input, {}, bytesAsTokens)
    expect(whole.results).toHaveLength(3)
    for (const chunk of [65536, 1_000_003, BLOCK])
      expect(Buffer.compare((await compressed(coarse, input, {}, bytesAsTokens, chunk)).bytes, whole.bytes)).toBe(0)
    const heads = partsOf(whole.bytes.toString()).flatMap(part => (part.kind === 'region' ? [part.head.line] : []))
    expect(heads).toEqual([1, Math.floor(BLOCK / line(0).length) + 1, 2 * Math.floor(BLOCK / line(0).length) + 1])
    expect(Buffer.compare((await expand(whole.bytes, filterOf, whole.host.memory)).bytes, input)).toBe(0)
  })
  test('gives the first block before the source ends', async () => {
    let ended = false
    async function* source() {
      yield input
      ended = true
    }
    for await (const _ of compressStream(coarse, source(), {}, testHost({ tokenizer: bytesAsTokens }))) {
      if (!ended) return
    }
    throw new Error('nothing came before the end')
  })
  test('a line longer than a block goes out as it came', async () => {
    const long = Buffer.concat([lines(1000), Buffer.alloc(2 * BLOCK, 120), Buffer.from('\n'), lines(100_000)])
    const outcome = await compressed(coarse, long, {}, bytesAsTokens, 100_000)
    expect(Buffer.compare((await expand(outcome.bytes, filterOf, outcome.host.memory)).bytes, long)).toBe(0)
  })
  test('what a block found is there for the next one, and for no other stream', async () => {
    const seen: unknown[][] = []
    const finder: Filter = {
      ...halve,
      apply(_, { found }) {
        seen.push([...found.values()])
        found.set('blocks', seen.length)
        return pass('nothing-to-cut')
      },
    }
    await compressed(finder, input, {}, bytesAsTokens)
    await compressed(finder, lines(100), {}, bytesAsTokens)
    await compressed(finder, input, {}, bytesAsTokens)
    expect(seen).toEqual([[], [1], [2], [], [], [5], [6]])
  })
  test('--follow lets whole lines go after a silence', async () => {
    async function* slow() {
      yield Buffer.from(Array.from({ length: 50 }, (_, i) => line(i)).join(''))
      await new Promise(resolve => setTimeout(resolve, 700))
      yield Buffer.from('the end\n')
    }
    const pieces: number[] = []
    for await (const { bytes } of compressStream(halve, slow(), { follow: true }, testHost())) pieces.push(bytes.length)
    expect(pieces).toHaveLength(2)
  })
})

describe('a filter of documents', () => {
  test('gets the whole text', async () => {
    const text = JSON.stringify({ a: Array.from({ length: 400_000 }, (_, i) => i) }, null, 2)
    const { results, bytes } = await compressed(minify, Buffer.from(text), {}, bytesAsTokens, 500_000)
    expect(results).toHaveLength(1)
    expect(isOurs(bytes.toString())).toBe(true)
  })
  test('beyond 64 MiB the text goes out as it came, with one line', async () => {
    const input = Buffer.alloc(DOCUMENT + 1000, 32)
    const { bytes, host } = await compressed(minify, input, {}, bytesAsTokens, 8 * 1024 * 1024)
    expect(Buffer.compare(bytes, input)).toBe(0)
    expect(host.reports).toHaveLength(1)
  })
})
