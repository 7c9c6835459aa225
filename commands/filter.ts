import type { Filter } from '../filters/filter.ts'
import { BudgetError, type Compressed, type Host } from '../filters/run.ts'
import { compressStream, type StreamAsk } from '../filters/stream.ts'
import { askOf, type Flags, SHARED, withSettings } from './ask.ts'
import { type Command, defineCommand, type ExitCode, type Input, type Io } from './command.ts'
import { openHost } from './host.ts'
import { reportSpans, reportStats, type Totals, totalsOf } from './report.ts'
import { settingsOf } from './settings.ts'

/** Any filter as a command: stdin or files in, the shorter text out. */
export function filterCommand(filter: Filter): Command {
  return defineCommand({
    name: filter.name,
    summary: filter.summary,
    options: { ...filter.options, ...SHARED },
    operands: '[FILE...]',
    run: (input, io) => compressOperands(filter, input as Input, io),
  })
}

async function compressOperands(filter: Filter, { values, typed, operands }: Input, io: Io): Promise<ExitCode> {
  const settings = await settingsOf(io)
  const flags = withSettings(values as Flags, typed, settings)
  const host = await openHost(io, settings, { store: !flags['no-store'] })
  const ask = await askOf(filter, flags, host)
  const paths = operands.length > 0 ? operands : ['-']
  let code: ExitCode = 0
  for (const [i, path] of paths.entries()) {
    const followed = i < paths.length - 1
    const ended = await compressOne(filter, path, { ...ask, followed }, flags, host, io)
    if (ended > code) code = ended
  }
  return code
}

/** One operand through the filter. A file that cannot be read is said and the others go on, as `cat` does. */
async function compressOne(
  filter: Filter,
  path: string,
  ask: StreamAsk,
  flags: Flags,
  host: Host,
  io: Io,
): Promise<ExitCode> {
  const source = path === '-' ? io.stdin : io.open(path)
  const hint = path === '-' ? {} : { path }
  const totals: Totals = totalsOf()
  try {
    for await (const { bytes, result } of compressStream(filter, source, { ...ask, hint }, host)) {
      totals.add(result)
      await io.write(flags.json ? asJson(result, path) : bytes)
      if (flags.explain) reportSpans(result, io)
    }
  } catch (cause) {
    if (cause instanceof BudgetError) {
      io.warn(cause.message)
      return 3
    }
    const code = (cause as NodeJS.ErrnoException).code
    if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) throw cause
    io.warn(`${filter.name}: ${path === '-' ? 'stdin' : path} cannot be read (${code})`)
    return 1
  }
  if (flags.stats) reportStats(totals, path, io)
  return 0
}

function asJson({ text, filter, mode, lossless, tokens, ref, spans, why }: Compressed, path: string): string {
  return `${JSON.stringify({ ...(path !== '-' && { path }), text, filter, mode, lossless, tokens, ref, spans, why })}\n`
}
