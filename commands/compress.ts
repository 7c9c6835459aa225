import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, parse, relative, resolve } from 'node:path'
import type { Filter } from '../filters/filter.ts'
import { filterOf } from '../filters/index.ts'
import { type Options, UsageError } from '../filters/options.ts'
import { BudgetError, type Host } from '../filters/run.ts'
import { compressStream, type StreamAsk } from '../filters/stream.ts'
import { askOf, type Flags, SHARED, withSettings } from './ask.ts'
import { defineCommand, type Input, type Io } from './command.ts'
import { type FileResult, fileTable, sumOf } from './file-table.ts'
import { filesOf } from './files.ts'
import { openHost } from './host.ts'
import { inChildren } from './jobs.ts'
import { settingsOf } from './settings.ts'

const { follow: _follow, explain: _explain, stats: _stats, json, ...FILTERING } = SHARED
const OPTIONS = {
  out: { type: 'string', value: 'DIR', help: 'Write what comes out below this folder; without it nothing is written' },
  jobs: { type: 'number', min: 1, max: 64, help: 'Processes at work; as many as processors where nothing is said' },
  filter: { type: 'string', value: 'NAME', default: 'auto', help: 'This filter for every file' },
  ...FILTERING,
  json: { ...json, help: 'Print a JSON object a file, as each is done, in place of the table' },
} as const satisfies Options

export default defineCommand({
  name: 'compress',
  summary: 'Many files at once: folders, globs, a table of what was saved',
  options: OPTIONS,
  operands: 'DIR|GLOB|FILE...',
  async run(input, io) {
    if (input.operands.length === 0)
      throw new UsageError('compress needs a folder, a glob or a file, as in headroom compress logs/ --out short/')
    const filter = await filterOf(input.values.filter)
    if (!filter) throw new UsageError(`no filter ${JSON.stringify(input.values.filter)}`)
    const files = await filesOf(input.operands, input.values.out, io)
    const results: FileResult[] = []
    const bar = input.values.json ? undefined : await progressBar(files.length, io)
    for await (const result of worked(files, filter, input, io)) {
      results.push(result)
      bar?.increment()
      if (input.values.json) await io.write(`${JSON.stringify(result)}\n`)
      else if (result.error) io.warn(`compress: ${result.path}: ${result.error}`)
    }
    bar?.stop()
    const inOrder = results.sort((a, b) => (a.path < b.path ? -1 : 1))
    if (!input.values.json) await io.write(fileTable(inOrder, sumOf(inOrder)))
    return inOrder.some(({ error }) => error) ? 1 : 0
  },
})

type Asked = Input<typeof OPTIONS>

/** Each file's result as it is done: here, or in child processes where there is enough to do. */
async function* worked(files: readonly string[], filter: Filter, input: Asked, io: Io): AsyncGenerator<FileResult> {
  const { availableParallelism } = await import('node:os')
  const jobs = Math.min(input.values.jobs ?? availableParallelism(), Math.ceil(files.length / FILES_A_JOB))
  if (jobs > 1) yield* inChildren(files, jobs, input, io)
  else yield* workedHere(files, filter, input, io)
}

/** Fewer files are done before another process has started. */
const FILES_A_JOB = 4

async function* workedHere(
  files: readonly string[],
  filter: Filter,
  { values, typed }: Asked,
  io: Io,
): AsyncGenerator<FileResult> {
  const settings = await settingsOf(io)
  const flags = withSettings({ ...values, follow: false, explain: false, stats: false } as Flags, typed, settings)
  const host = await openHost(io, settings, { store: !flags['no-store'] })
  const ask = await askOf(filter, { ...flags, json: false }, host)
  for (const path of files) yield await oneFile(path, filter, ask, values.out, host, io)
}

/** One file through the filter. Whatever is wrong with it stands in its result: the others go on. */
async function oneFile(
  path: string,
  filter: Filter,
  ask: StreamAsk,
  out: string | undefined,
  host: Host,
  io: Io,
): Promise<FileResult> {
  const chunks: Uint8Array[] = []
  const total = { before: 0, after: 0 }
  let used = { filter: filter.name, why: undefined as string | undefined }
  try {
    for await (const { bytes, result } of compressStream(filter, io.open(path), { ...ask, hint: { path } }, host)) {
      if (out) chunks.push(bytes)
      total.before += result.tokens.before
      total.after += result.tokens.after
      if (!used.why || !result.why) used = { filter: result.filter, why: result.why }
    }
    if (out) await written(join(out, placeOf(path)), chunks)
    return { path, filter: used.filter, ...total, ...(used.why && { why: used.why }) }
  } catch (cause) {
    if (cause instanceof BudgetError) return { path, filter: filter.name, ...total, error: cause.message }
    const { code } = cause as NodeJS.ErrnoException
    if (typeof code !== 'string') throw cause
    return { path, filter: filter.name, ...total, error: `cannot be read or written (${code})` }
  }
}

async function written(path: string, chunks: readonly Uint8Array[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, Buffer.concat(chunks))
}

/** Where a file's output lies below --out: as it lies below the current folder, else by its whole path. */
function placeOf(path: string): string {
  const below = relative('.', path)
  if (!below.startsWith('..') && !isAbsolute(below)) return below
  const whole = resolve(path)
  return relative(parse(whole).root, whole)
}

async function progressBar(total: number, io: Io): Promise<{ increment(): void; stop(): void } | undefined> {
  if (total < 2 || !(await io.isTerminal('stderr'))) return undefined
  const { SingleBar } = (await import('cli-progress')).default
  const bar = new SingleBar({ format: '{bar} {value}/{total} files', clearOnComplete: true })
  bar.start(total, 0)
  return bar
}
