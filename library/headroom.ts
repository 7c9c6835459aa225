import { type RetrieveAsk, retrieve } from '../ccr/retrieve.ts'
import type { Store } from '../ccr/store.ts'
import { bytesOf } from '../ccr/text.ts'
import { expand } from '../filters/expand.ts'
import type { Filter, Hint, Mode } from '../filters/filter.ts'
import { filterNames, filterOf } from '../filters/index.ts'
import { UsageError } from '../filters/options.ts'
import type { Compressed } from '../filters/run.ts'
import { compressStream } from '../filters/stream.ts'
import { sampling } from '../models/tokenizer/estimate.ts'
import { type LibraryHost, openHost } from './host.ts'
import { rewriteMessages } from './messages.ts'

export interface HeadroomOptions {
  /** Where originals wait: the user's store (default), one of this process, none, a file's path, or a Store of your own. */
  readonly store?: 'user' | 'memory' | 'off' | { readonly path: string } | Store
  /** Called with one line where something failed open; by default nothing is said. */
  readonly report?: (line: string) => void
  /** Defaults for every call. */
  readonly defaults?: CompressOptions
}

export interface CompressOptions {
  /** How much may go; balanced where nothing is said. */
  readonly mode?: Mode
  /** The most tokens that may come out of each text: a guarantee, else a BudgetError. */
  readonly budget?: number
  /** The reader's question: steers what is kept. */
  readonly for?: string
  /** Which filter; auto picks by content. */
  readonly filter?: string
  /** What is known of the text: its path, command or tool. */
  readonly hint?: Hint
  /** Texts of fewer tokens stay: 0 for a text, 200 for each tool result of a history. */
  readonly minTokens?: number
  /** Counts figures and budgets: o200k_base, cl100k_base, claude, gemini. */
  readonly tokenizer?: string
  readonly signal?: AbortSignal
}

/** One text, shortened. `text` is what a pipe would have printed for the same bytes. */
export interface CompressedText extends Omit<Compressed, 'steps'> {
  /** The ids of the originals that the text's gaps point to, one for each block of a long text. */
  readonly refs: readonly string[]
}

/** A history, shortened: the given objects are never changed, and what did not change is the same object. */
export interface CompressedMessages<T> {
  readonly messages: T
  /** Tokens of the tool results that were looked at. */
  readonly tokens: { readonly before: number; readonly after: number }
  readonly refs: readonly string[]
}

export interface Headroom {
  compress(text: string, options?: CompressOptions): Promise<CompressedText>
  compress<T extends readonly unknown[]>(messages: T, options?: CompressOptions): Promise<CompressedMessages<T>>
  /** The exact text of an original, or of the part that `ask` selects. Throws a RetrieveError for an unknown id. */
  retrieve(id: string, ask?: RetrieveAsk): Promise<string>
  /** Shortened text back to the original. Throws an Error that names the first region which cannot be brought back. */
  expand(text: string): Promise<string>
  close(): Promise<void>
}

/** A Headroom of its own, in this process: no server, nothing global. */
export function createHeadroom(options: HeadroomOptions = {}): Headroom {
  const host = openHost(options)
  return {
    compress: compress as Headroom['compress'],
    retrieve: async (id, ask = {}) => Buffer.from(await retrieve(await host.someStore(), id, ask)).toString('utf8'),
    expand: text => expanded(text, host),
    close: () => host.close(),
  }

  async function compress(input: string | readonly unknown[], asked: CompressOptions = {}) {
    const call = { ...options.defaults, ...asked }
    if (typeof input === 'string') return compressText(input, call, host)
    if (!Array.isArray(input)) throw new TypeError('compress takes a text or an array of messages')
    return rewriteMessages(input, (text, hint) =>
      compressText(text, { minTokens: MESSAGE_MIN, ...call, hint: { ...call.hint, ...hint } }, host),
    )
  }
}

/** Tokens below which a tool result of a history stays as it is: its head would eat the saving. */
const MESSAGE_MIN = 200

/** As a pipe does it: the same blocks, the same bytes. */
async function compressText(text: string, call: CompressOptions, host: LibraryHost): Promise<CompressedText> {
  const results: Compressed[] = []
  const pieces: string[] = []
  // A lone surrogate is no text of any bytes: such strings stay as they are.
  if (!text.isWellFormed()) return left(text)
  async function* source() {
    yield bytesOf(text)
  }
  for await (const { bytes, result } of compressStream(
    await filterNamed(call.filter ?? 'auto'),
    source(),
    await askOf(call, host),
    await host.ready(),
  )) {
    pieces.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'))
    results.push(result)
  }
  return joined(pieces.join(''), results)
}

async function filterNamed(name: string): Promise<Filter> {
  const filter = await filterOf(name)
  if (!filter) throw new UsageError(`no filter ${JSON.stringify(name)}; there are ${filterNames.join(', ')}`)
  return filter
}

async function askOf(call: CompressOptions, host: LibraryHost) {
  const { models } = await host.ready()
  return {
    ...(call.mode && { mode: call.mode }),
    ...(call.budget !== undefined && { budget: call.budget }),
    ...(call.for !== undefined && { query: call.for }),
    ...(call.hint && { hint: call.hint }),
    ...(call.minTokens !== undefined && { minTokens: call.minTokens }),
    ...(call.signal && { abort: call.signal }),
    ...(call.tokenizer && { tokenizer: sampling(await models.tokenizer(call.tokenizer)) }),
  }
}

function joined(text: string, results: readonly Compressed[]): CompressedText {
  const { steps: _, ...last } = results.find(({ why }) => !why) ?? results[0]!
  const sum = (pick: (result: Compressed) => number) => results.reduce((total, result) => total + pick(result), 0)
  const tokens = {
    before: sum(result => result.tokens.before),
    after: sum(result => result.tokens.after),
    estimated: results.some(result => result.tokens.estimated),
  }
  return {
    ...last,
    text,
    tokens,
    spans: results.flatMap(({ spans }) => spans),
    refs: results.flatMap(({ ref }) => (ref ? [ref] : [])),
  }
}

const left = (text: string): CompressedText => ({
  text,
  filter: 'auto',
  mode: 'balanced',
  lossless: 'bytes',
  tokens: { before: 0, after: 0, estimated: true },
  spans: [],
  refs: [],
  why: 'not-mine',
})

async function expanded(text: string, host: LibraryHost): Promise<string> {
  const { bytes, damaged } = await expand(bytesOf(text), filterOf, await (await host.ready()).store())
  if (damaged.length > 0) throw new Error(`expand: ${damaged[0]}`)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
}
