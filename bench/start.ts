/**
 * bun bench/start.ts [BINARY]: how long the compiled binary (dist/headroom without one; `npm run build:binary` makes it) takes from
 * its start to its exit, beside an empty compiled Bun program. Medians and best of 30 rounds, in which all run in turn.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { columns } from '../evals/columns.ts'

const ROUNDS = 30
const LOG_BYTES = 2048

const binary = resolve(process.argv[2] ?? fileURLToPath(new URL('../dist/headroom', import.meta.url)))
if (!existsSync(binary)) throw new Error(`no ${binary}; npm run build:binary makes it`)
const folder = mkdtempSync(join(tmpdir(), 'headroom-start-'))
try {
  report(measured(programs()))
} finally {
  rmSync(folder, { recursive: true })
}

interface Program {
  readonly name: string
  readonly argv: readonly string[]
  /** A new one for each round, so that each stores a text of its own. */
  input?(round: number): string
}

function programs(): Program[] {
  return [
    { name: 'an empty program', argv: [emptyProgram()] },
    { name: 'headroom --version', argv: [binary, '--version'] },
    { name: 'log, 2 KB', argv: [binary, 'log'], input: logOf },
    { name: 'log, 2 KB, cut to 150 tokens and stored', argv: [binary, 'log', '--budget', '150'], input: logOf },
  ]
}

function emptyProgram(): string {
  const [source, outfile] = [join(folder, 'empty.ts'), join(folder, 'empty')]
  writeFileSync(source, '')
  const { status, stderr } = spawnSync(process.execPath, ['build', '--compile', source, '--outfile', outfile])
  if (status !== 0) throw new Error(`bun build --compile ended with ${status}: ${stderr}`)
  return outfile
}

/** Lines that no codec gets below the budget. */
function logOf(round: number): string {
  let log = ''
  for (let i = 0; log.length < LOG_BYTES; i++)
    log += `2024-01-15 10:00:${String(i % 60).padStart(2, '0')} INFO worker-${i % 3} task ${round * 1000 + i} done\n`
  return log
}

/** Milliseconds of each run, by program. */
function measured(all: readonly Program[]): Map<string, number[]> {
  const times = new Map(all.map(({ name }) => [name, [] as number[]]))
  const env = { ...process.env, XDG_DATA_HOME: join(folder, 'data'), XDG_CONFIG_HOME: join(folder, 'config') }
  for (let round = 0; round < ROUNDS; round++)
    for (const { name, argv, input } of all) {
      const text = input?.(round) ?? ''
      const started = performance.now()
      const { status, stderr } = spawnSync(argv[0]!, argv.slice(1), { env, input: text })
      times.get(name)!.push(performance.now() - started)
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`)
    }
  return times
}

function report(times: Map<string, number[]>): void {
  const [empty] = times.values()
  const table = [['from start to exit', 'median ms', 'best ms', 'median beyond the empty one']]
  for (const [name, some] of times) {
    const beyond = median(some) - median(empty!)
    table.push([name, median(some).toFixed(1), Math.min(...some).toFixed(1), beyond.toFixed(1)])
  }
  console.log(columns(table))
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}
