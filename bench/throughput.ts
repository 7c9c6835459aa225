/**
 * bun bench/throughput.ts [--filter NAME] [--folder NAME,..] [--sizes] [--large]
 *
 * Megabytes a second of each filter in each mode on its own kind of text, beside one gpt-tokenizer count of the same bytes in the same
 * round (the best of five rounds, the modes in turn); then, or with --sizes alone, how time and counted steps grow with size: from 1 to 64 MiB for
 * documents, the first round and the best of five, and, with --large, to 1 GiB for lines in one round, each beside a count of its first
 * mebibyte right after.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { MemoryStore } from '../ccr/memory.ts'
import { columns } from '../evals/columns.ts'
import { readCorpus } from '../evals/corpus.ts'
import { logSearch } from '../evals/generators/incident.ts'
import { lookUp } from '../evals/measure.ts'
import { Random } from '../evals/random.ts'
import { filtersFor } from '../evals/suite.ts'
import { groupBy } from '../evals/totals.ts'
import { type Filter, MODES, type Mode } from '../filters/filter.ts'
import type { Host } from '../filters/run.ts'
import { compressStream } from '../filters/stream.ts'
import { sampling } from '../models/tokenizer/estimate.ts'
import { evalHost } from './host.ts'

const ROUNDS = 5
const MIB = 1024 * 1024
/** Characters made for each byte wanted: some take three, and a document of more than 64 MiB would pass. */
const ASCII_SHARE = 0.96
const PLAIN = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() }
/** Texts that can be made in any length, and the filter that is for them. */
const DOCUMENTS: readonly { name: string; kind: string; text(length: number): string }[] = [
  { name: 'crush-json', kind: 'JSON rows', text: jsonText },
  { name: 'log', kind: 'log lines', text: logText },
  { name: 'kompress', kind: 'prose', text: length => repeated(prose(), length) },
]

const { values } = parseArgs({
  options: {
    filter: { type: 'string' },
    folder: { type: 'string' },
    sizes: { type: 'boolean' },
    large: { type: 'boolean' },
  },
})
const world = await evalHost()
// As the command line counts: what is longer than a megabyte is sampled.
const host: Host = {
  ...world,
  tokenizer: sampling(world.tokenizer),
  store: async () => new MemoryStore({ maxBytes: 4096 * MIB }),
  report: line => console.error(line),
}

if (!values.sizes) await byFolder()
await bySize()

async function byFolder(): Promise<void> {
  const table = ['filter mode folder MB MB/s count-MB/s of-a-count% steps/unit'.split(' ')]
  const dirs = ['../../shared/corpora', '../evals/cases'].map(path => fileURLToPath(new URL(path, import.meta.url)))
  const { inputs } = readCorpus(dirs.find(dir => existsSync(dir))!, values.folder?.split(','))
  for (const [folder, some] of groupBy(inputs, input => input.folder)) {
    const texts = some.map(({ bytes }) => bytes)
    for (const filter of await filtersFor({ folder }, values.filter ? { filter: values.filter } : {}, world))
      table.push(...(await rowsOf(filter, folder, texts)))
  }
  console.log(`${columns(table)}\n`)
}

/** A row for each mode. The modes take turns, so that a busy minute is bad for all of them. */
async function rowsOf(filter: Filter, folder: string, texts: readonly Uint8Array[]): Promise<string[][]> {
  const megabytes = texts.reduce((sum, { length }) => sum + length, 0) / 1e6
  const runs = MODES.map(mode => ({ mode, counted: new Counted(filter), ours: [] as number[], counts: [] as number[] }))
  for (let round = 0; round < ROUNDS; round++)
    for (const { mode, counted, ours, counts } of runs) {
      counted.reset()
      ours.push(
        await seconds(async () => {
          for (const bytes of texts) await drain(counted.filter, mode, once(bytes))
        }),
      )
      counts.push(
        await seconds(async () => {
          for (const bytes of texts) countTokens(Buffer.from(bytes).toString(), PLAIN)
        }),
      )
    }
  return runs.map(({ mode, counted, ours, counts }) => {
    const [mine, count] = [Math.min(...ours), Math.min(...counts)]
    const figures = [megabytes.toFixed(2), (megabytes / mine).toFixed(1), (megabytes / count).toFixed(1)]
    return [filter.name, mode, folder, ...figures, ((100 * mine) / count).toFixed(0), counted.rate]
  })
}

/** A filter whose own steps are counted, not those of the filters that it hands texts to. */
class Counted {
  steps = 0
  /** The beginning of the first text, up to a mebibyte: what a count is timed on right after. */
  first = ''
  units = 0
  readonly filter: Filter

  constructor(filter: Filter) {
    const apply: Filter['apply'] = (text, context) => {
      this.units += text.length
      this.first ||= text.slice(0, MIB)
      const throwIfAborted = (steps = 1) => {
        this.steps += steps
        context.signal.throwIfAborted(steps)
      }
      return filter.apply(text, { ...context, signal: { throwIfAborted } })
    }
    const route: Filter['route'] =
      filter.route &&
      (async (text, hint) => (await filter.route!(text, hint)).map(next => (next === filter ? this.filter : next)))
    this.filter = { ...filter, apply, ...(route && { route }) }
  }

  reset(): void {
    this.steps = 0
    this.units = 0
  }

  get rate(): string {
    return this.units === 0 ? '-' : (this.steps / this.units).toFixed(2)
  }
}

/** Time for each size as megabytes a second: linear work stays level. */
async function bySize(): Promise<void> {
  const table = ['filter kind MiB first-s best-s first-MB/s best-MB/s count-MB/s steps/unit'.split(' ')]
  const wanted = (name: string) => !values.filter || values.filter === name
  for (const size of [1, 4, 16, 64])
    for (const { name, kind, text } of DOCUMENTS) {
      const filter = wanted(name) ? await lookUp(name, world) : undefined
      const bytes = filter && Buffer.from(text(size * MIB * ASCII_SHARE))
      if (filter) table.push(await sizeRow(filter, kind, size, () => once(bytes!), ROUNDS))
    }
  const log = wanted('log') ? await lookUp('log', world) : undefined
  const block = Buffer.from(logText(MIB))
  for (const size of values.large && log ? [64, 256, 1024] : [])
    table.push(await sizeRow(log!, 'log lines, streamed', size, () => many(block, size), 1))
  console.log(columns(table))
  console.log(`most memory of all: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`)
}

async function sizeRow(
  filter: Filter,
  kind: string,
  size: number,
  source: () => AsyncIterable<Uint8Array>,
  rounds: number,
): Promise<string[]> {
  const counted = new Counted(filter)
  const took: number[] = []
  for (let round = 0; round < rounds; round++) {
    counted.reset()
    took.push(await seconds(() => drain(counted.filter, 'balanced', source())))
  }
  const count = await seconds(async () => void countTokens(counted.first, PLAIN))
  const times = [took[0]!, Math.min(...took)]
  const rates = [...times.map(time => (size * MIB) / 1e6 / time), counted.first.length / 1e6 / count]
  const figures = [...times.map(time => time.toFixed(2)), ...rates.map(rate => rate.toFixed(1))]
  return [filter.name, kind, String(size), ...figures, counted.rate]
}

function jsonText(length: number): string {
  return JSON.stringify(logSearch(new Random(1), Math.ceil(length / 305)).value, null, 2)
}

function logText(length: number): string {
  const random = new Random(1)
  const lines: string[] = []
  for (let at = 0; at < length; at += lines.at(-1)!.length + 1) {
    const second = lines.length % 60
    const level = random.pick(['INFO', 'INFO', 'INFO', 'WARN', 'ERROR'])
    const what = random.pick(['accepted connection from', 'closed connection to', 'cache miss for'])
    lines.push(
      `2024-01-15 10:00:${String(second).padStart(2, '0')} ${level} worker-${random.int(1, 9)} ${what} 10.0.${random.int(0, 255)}.${random.int(0, 255)}`,
    )
  }
  return `${lines.join('\n')}\n`
}

function prose(): string {
  const { inputs } = readCorpus(fileURLToPath(new URL('../evals/cases', import.meta.url)), ['prose'])
  return inputs.map(({ bytes }) => Buffer.from(bytes).toString()).join('\n')
}

function repeated(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length)
}

async function drain(filter: Filter, mode: Mode, source: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of compressStream(filter, source, { mode }, host));
}

async function* once(bytes: Uint8Array) {
  yield bytes
}

async function* many(block: Uint8Array, times: number) {
  for (let i = 0; i < times; i++) yield block
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1e3
}
