import { isOurs } from '../ccr/marker.ts'
import { bytesOf, textOf } from '../ccr/text.ts'
import type { Filter } from './filter.ts'
import { routesOf } from './plan.ts'
import { type Ask, type Compressed, type Host, run } from './run.ts'

/** Bytes of a block at most: what a `lines` filter sees at once, and what routing looks at (docs/decisions/004). */
export const BLOCK = 1024 * 1024
/** Blocks between two rests: a collection of garbage costs a tenth of a block's time, and its garbage a few megabytes. */
const REST_EVERY = 2
/** Bytes of a document at most; beyond it the text passes. */
export const DOCUMENT = 64 * 1024 * 1024

/** One piece of output, and what was done to get it. */
export interface Piece {
  readonly bytes: Uint8Array
  readonly result: Compressed
}

export interface StreamAsk extends Ask {
  /** Let go of what is there after 500 ms of silence too, so that a slow source is seen at once. */
  readonly follow?: boolean
  /** The whole text as one result, whatever the filter's unit: --json and --explain print one. */
  readonly whole?: boolean
  /** Does other output follow this stream's? Then its last region needs a foot. */
  readonly followed?: boolean
}

/**
 * A stream of bytes through a filter: in blocks cut at line ends where the filter works on lines, else as one document. Cuts depend
 * on bytes alone, so a pipe, a file and the library give equal output. Memory is bounded by two blocks, or by one document.
 */
export async function* compressStream(
  filter: Filter,
  source: AsyncIterable<Uint8Array>,
  ask: StreamAsk,
  host: Host,
): AsyncGenerator<Piece> {
  const blocks = new Blocks(source, ask.follow ?? false)
  const first = await blocks.next(BLOCK)
  if (!first) {
    yield piece(await run(filter, '', ask, host), new Uint8Array())
    return
  }
  const whole = ask.whole || ask.budget !== undefined || ask.query !== undefined
  const routes = isOurs(first.text) ? [filter] : await routesOf(filter, first.text, ask.hint ?? {})
  if (whole || routes[0]?.unit === 'document') yield* asDocument(filter, routes, first, blocks, ask, host)
  else yield* asLines(filter, routes, first, blocks, ask, host)
}

async function* asDocument(
  filter: Filter,
  routes: readonly Filter[],
  first: Block,
  blocks: Blocks,
  ask: StreamAsk,
  host: Host,
): AsyncGenerator<Piece> {
  const parts = [first.bytes]
  let size = first.bytes.length
  for (let last = first.last; !last; ) {
    const next = await blocks.next(BLOCK)
    if (!next) break
    parts.push(next.bytes)
    size += next.bytes.length
    last = next.last
    if (size > DOCUMENT) return yield* asIs(routes[0] ?? filter, parts, blocks, host)
  }
  const bytes = parts.length === 1 ? first.bytes : Buffer.concat(parts, size)
  const place = { line: 1, followed: ask.followed ?? false, bytes }
  const text = parts.length === 1 ? first.text : textOf(bytes)
  yield piece(await run(chosen(filter, routes), text, { ...ask, place }, host), bytes)
}

async function* asLines(
  filter: Filter,
  routes: readonly Filter[],
  first: Block,
  blocks: Blocks,
  ask: StreamAsk,
  host: Host,
): AsyncGenerator<Piece> {
  let line = 1
  let done = 0
  let atLineStart = true
  const found = first.last ? {} : { found: new Map<string, unknown>() }
  for (let block: Block | undefined = first; block; block = block.last ? undefined : await blocks.next(BLOCK)) {
    const place = { line, followed: !block.last || (ask.followed ?? false), bytes: block.bytes, ...found }
    const { text } = block
    yield atLineStart
      ? piece(await run(chosen(filter, routes), text, { ...ask, place }, host), block.bytes)
      : left(filter, block.bytes)
    if (++done % REST_EVERY === 0 && !block.last) host.rest?.()
    line += countLines(text)
    atLineStart = block.bytes.at(-1) === 10
  }
}

/** Too large for its filter: what was read goes out, then the rest as it comes. */
async function* asIs(filter: Filter, read: readonly Uint8Array[], blocks: Blocks, host: Host): AsyncGenerator<Piece> {
  host.report(
    `${filter.name}: more than ${DOCUMENT / 1024 / 1024} MiB and needs the whole text; it goes out as it came`,
  )
  for (const bytes of read) yield left(filter, bytes)
  for (let block = await blocks.next(BLOCK); block; block = await blocks.next(BLOCK)) yield left(filter, block.bytes)
}

/** The choice made on the first block, as a router of its own, so that later blocks are not routed anew. */
const chosen = (filter: Filter, routes: readonly Filter[]): Filter =>
  filter.route ? { ...filter, route: () => routes } : filter

const piece = (result: Compressed, input: Uint8Array): Piece => ({
  bytes: result.why ? input : bytesOf(result.text),
  result,
})

function left(filter: Filter, bytes: Uint8Array): Piece {
  const tokens = { before: 0, after: 0, estimated: true }
  return {
    bytes,
    result: {
      text: '',
      filter: filter.name,
      mode: 'balanced',
      lossless: 'bytes',
      tokens,
      spans: [],
      steps: 0,
      why: 'too-large',
    },
  }
}

function countLines(text: string): number {
  let count = 0
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) count++
  return count
}

class Block {
  readonly bytes: Uint8Array
  readonly last: boolean
  #text: string | undefined

  constructor(bytes: Uint8Array, last: boolean) {
    this.bytes = bytes
    this.last = last
  }

  get text(): string {
    return (this.#text ??= textOf(this.bytes))
  }
}

const SILENCE = 500

/** Cuts a source into blocks at line ends. Reads one chunk ahead, so that the last block is known as such. */
class Blocks {
  readonly #chunks: AsyncIterator<Uint8Array>
  readonly #follow: boolean
  #held: Uint8Array[] = []
  #size = 0
  #ended = false
  #pending: Promise<IteratorResult<Uint8Array>> | undefined

  constructor(source: AsyncIterable<Uint8Array>, follow: boolean) {
    this.#chunks = source[Symbol.asyncIterator]()
    this.#follow = follow
  }

  /** The next block of at most `limit` bytes, or undefined at the end. A line longer than that is cut inside. */
  async next(limit: number): Promise<Block | undefined> {
    while (this.#size <= limit && !this.#ended) {
      if (!(await this.#read())) break
    }
    if (this.#size === 0) return undefined
    const all = this.#held.length === 1 ? this.#held[0]! : Buffer.concat(this.#held, this.#size)
    const cut = this.#ended && all.length <= limit ? all.length : cutOf(all, limit)
    const rest = all.subarray(cut)
    this.#held = rest.length ? [rest] : []
    this.#size = rest.length
    return new Block(all.subarray(0, cut), this.#ended && rest.length === 0)
  }

  /** One more chunk; false after a silence in which whole lines are waiting. */
  async #read(): Promise<boolean> {
    this.#pending ??= this.#chunks.next()
    const found = this.#follow && this.#hasLine() ? await Promise.race([this.#pending, silence()]) : await this.#pending
    if (!found) return false
    this.#pending = undefined
    if (found.done) this.#ended = true
    else {
      this.#held.push(found.value)
      this.#size += found.value.length
    }
    return true
  }

  #hasLine(): boolean {
    return this.#held.some(chunk => chunk.includes(10))
  }
}

const silence = () => new Promise<undefined>(resolve => setTimeout(() => resolve(undefined), SILENCE))

/** One past the last line end within the first `limit` bytes, or `limit` where there is none. */
function cutOf(all: Uint8Array, limit: number): number {
  const end = Buffer.from(all.buffer, all.byteOffset, Math.min(all.length, limit)).lastIndexOf(10)
  return end < 0 ? Math.min(all.length, limit) : end + 1
}
