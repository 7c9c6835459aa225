import { expect } from 'bun:test'
import { isOurs, markersOf } from '../ccr/marker.ts'
import { Original } from '../ccr/original.ts'
import { textOf } from '../ccr/text.ts'
import { expand, type FilterOf } from '../filters/expand.ts'
import type { Filter, Mode } from '../filters/filter.ts'
import type { Compressed } from '../filters/run.ts'
import { compressStream, type StreamAsk } from '../filters/stream.ts'
import type { Tokenizer } from '../models/models.ts'
import { type TestHost, testHost } from './host.ts'

export interface Outcome {
  readonly bytes: Uint8Array
  readonly results: readonly Compressed[]
  readonly host: TestHost
}

/** `bytes` through the filter as a pipe would send them, in chunks of `chunk` bytes. */
export async function compressed(
  filter: Filter,
  bytes: Uint8Array,
  ask: StreamAsk,
  tokenizer: Tokenizer,
  chunk = bytes.length || 1,
): Promise<Outcome> {
  const host = testHost({ tokenizer })
  const out: Uint8Array[] = []
  const results: Compressed[] = []
  async function* source() {
    for (let i = 0; i < bytes.length; i += chunk) yield bytes.subarray(i, i + chunk)
  }
  for await (const piece of compressStream(filter, source(), ask, host)) {
    out.push(piece.bytes)
    results.push(piece.result)
  }
  return { bytes: Buffer.concat(out), results, host }
}

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

/** Laws L1, L2, L4, L5, L6 and L10 of one filter on one input in one mode; returns what came out. */
export async function holds(
  filter: Filter,
  input: Uint8Array,
  mode: Mode,
  filterOf: FilterOf,
  tokenizer: Tokenizer,
  path?: string,
): Promise<Outcome> {
  const ask: StreamAsk = { mode, ...(path && { hint: { path } }) }
  const outcome = await compressed(filter, input, ask, tokenizer)
  const { bytes, results, host } = outcome
  expect(host.reports).toEqual([])
  const ours = isOurs(textOf(input))
  if (ours) expect(same(bytes, input)).toBe(true)
  else await comesBack(outcome, input, filterOf)
  for (const { tokens, why } of results) {
    if (why) expect(tokens.after).toBe(tokens.before)
    else expect(tokens.after).toBeLessThan(tokens.before)
  }
  const again = await compressed(filter, input, ask, tokenizer, 1000)
  expect(same(again.bytes, bytes)).toBe(true)
  if (isOurs(textOf(bytes))) expect(same((await compressed(filter, bytes, ask, tokenizer)).bytes, bytes)).toBe(true)
  return outcome
}

/** L1 through the store; L2 without it where nothing is stored; every marker's selector resolves in the stored original. */
async function comesBack({ bytes, results, host }: Outcome, input: Uint8Array, filterOf: FilterOf): Promise<void> {
  const back = await expand(bytes, filterOf, host.memory)
  expect(back.damaged).toEqual([])
  expect(same(back.bytes, input)).toBe(true)
  const alone = await expand(bytes, filterOf)
  expect(alone.damaged).toEqual([])
  if (results.every(({ lossless }) => lossless === 'bytes')) expect(same(alone.bytes, input)).toBe(true)
  for (const { ref, text, lossless } of results) {
    if (!ref) continue
    const original = Original.of(host.memory.get(ref)!.original)
    const markers = markersOf(text)
    if (lossless === 'no') expect(markers.length).toBeGreaterThan(0)
    for (const { where } of markers) expect(original.sliceBytes(where).length).toBeGreaterThan(0)
  }
}
