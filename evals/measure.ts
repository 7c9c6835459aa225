import { MemoryStore } from '../ccr/memory.ts'
import { expand, type FilterOf } from '../filters/expand.ts'
import type { Filter, Hint, Lossless, Mode, Why } from '../filters/filter.ts'
import { filterOf } from '../filters/index.ts'
import type { Compressed, Host } from '../filters/run.ts'
import { compressStream } from '../filters/stream.ts'
import { type Fact, isStrong, isTelling, Page, type Reach, readable } from './facts.ts'
import { type Cost, Fetcher } from './fetch.ts'

/** What measuring needs of the world. Any gate's host will do: its store is left alone, and what it would report is kept with the figures. */
export interface EvalHost extends Pick<Host, 'tokenizer' | 'models'> {
  /** The filters by name, where they are not the product's own. */
  filterOf?: FilterOf
}

/** Throws a RangeError where there is no filter of that name. */
export async function filterNamed(name: string, host: EvalHost): Promise<Filter> {
  const filter = await lookUp(name, host)
  if (!filter) throw new RangeError(`no filter ${name}; headroom --help lists them`)
  return filter
}

/** The filter of that name, or undefined. */
export const lookUp = async (name: string, host: EvalHost): Promise<Filter | undefined> =>
  (host.filterOf ?? filterOf)(name)

/** What is measured: a text, what is known of it, and what one may ask of it. */
export interface Subject {
  readonly bytes: Uint8Array
  /** Chooses the tolerance of look-ups (facts.ts): `code-search`, `prose` ... */
  readonly folder: string
  readonly hint: Hint
  readonly facts: readonly Fact[]
}

export interface Measured {
  /** The filter that did it, or that passed last, and how. */
  readonly filter: string
  readonly lossless: Lossless
  readonly why?: Why
  /** Tokens, o200k_base. */
  readonly before: number
  readonly after: number
  readonly facts: readonly Placed[]
  /** Bytes back with the store, and without it where the rewrite says that it needs none. */
  readonly roundTrip: boolean
  /** What the gate had to say: defects of filters. */
  readonly reports: readonly string[]
  readonly output: Buffer
  /** Milliseconds of the gate alone. */
  readonly ms: number
}

/** A fact and where it is. */
export interface Placed {
  readonly id: string
  readonly kind: string
  readonly strong: boolean
  readonly telling: boolean
  readonly reach: Reach
  /** Tokens that a reader pays to see it, the call included; absent where nothing need or can be fetched. */
  readonly cost?: Cost
}

/** One text through the gate in one mode, with a store of its own, and what became of it. */
export async function measure(subject: Subject, filter: Filter, mode: Mode, host: EvalHost): Promise<Measured> {
  const { bytes, facts, folder } = subject
  const store = new MemoryStore()
  const reports: string[] = []
  const gate: Host = { ...worldOf(host), store: async () => store, report: line => void reports.push(line) }
  const { output, results, ms } = await timed(subject, filter, mode, gate)

  const known = (name: string) => (name === filter.name ? filter : lookUp(name, host))
  const back = await expand(output, known, store)
  const alone = await expand(output, known)
  const lossless = leastOf(results)
  const { why } = results[0]!
  return {
    filter: results[0]!.filter,
    lossless,
    ...(why && { why }),
    before: results.reduce((sum, { tokens }) => sum + tokens.before, 0),
    after: results.reduce((sum, { tokens }) => sum + tokens.after, 0),
    facts: await placed(facts, {
      shown: new Page(readable(output), folder),
      decoded: new Page(readable(alone.bytes)),
      fetcher: new Fetcher(output, store, host.tokenizer),
    }),
    // What passed may be ours already, and then expands to another text.
    roundTrip: same(output, bytes) || (same(back.bytes, bytes) && (lossless !== 'bytes' || same(alone.bytes, bytes))),
    reports,
    output,
    ms,
  }
}

const worldOf = ({ tokenizer, models }: EvalHost) => ({ tokenizer, models })

/** A short run once more, since the first one of a kind pays for compiling the code. */
async function timed(subject: Subject, filter: Filter, mode: Mode, gate: Host) {
  const first = await compressed(subject, filter, mode, gate)
  if (first.ms > SHORT) return first
  const second = await compressed(subject, filter, mode, { ...gate, report: () => undefined })
  return { ...first, ms: Math.min(first.ms, second.ms) }
}

/** Milliseconds. */
const SHORT = 200

async function compressed({ bytes, hint }: Subject, filter: Filter, mode: Mode, gate: Host) {
  const pieces: Uint8Array[] = []
  const results: Compressed[] = []
  const started = performance.now()
  for await (const piece of compressStream(filter, once(bytes), { mode, hint }, gate)) {
    pieces.push(piece.bytes)
    results.push(piece.result)
  }
  return { output: Buffer.concat(pieces), results, ms: performance.now() - started }
}

/** Of several blocks, what holds for all. */
function leastOf(results: readonly Compressed[]): Lossless {
  const all = results.map(({ lossless }) => lossless)
  return all.includes('no') ? 'no' : all.includes('values') ? 'values' : 'bytes'
}

async function* once(bytes: Uint8Array) {
  yield bytes
}

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

interface Pages {
  readonly shown: Page
  readonly decoded: Page
  readonly fetcher: Fetcher
}

async function placed(facts: readonly Fact[], pages: Pages): Promise<Placed[]> {
  const found: Placed[] = []
  for (const fact of facts) {
    const { id, kind } = fact
    found.push({ id, kind, strong: isStrong(fact), telling: isTelling(fact), ...(await reachOf(fact.answer, pages)) })
  }
  return found
}

async function reachOf(answer: string, { shown, decoded, fetcher }: Pages): Promise<Pick<Placed, 'reach' | 'cost'>> {
  if (shown.shows(answer)) return { reach: 'view' }
  if (decoded.holds(answer)) return { reach: 'decodable' }
  const cost = await fetcher.costOf(answer)
  if (!cost) return { reach: 'lost' }
  return { reach: 'retrievable', cost: { gap: cost.gap + CALL, grep: cost.grep + CALL } }
}

/** Tokens of the retrieval itself: about 40 of its call in the history, 150 of output. */
const CALL = 190
