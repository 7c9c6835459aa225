import { spawn } from 'node:child_process'
import type { Input, Io } from './command.ts'
import type { FileResult } from './file-table.ts'

/**
 * The files dealt out to `jobs` processes of this very program, one for each share; results come as they are done. A process that
 * dies is an error of the files that it left undone.
 */
export async function* inChildren(
  files: readonly string[],
  jobs: number,
  input: Input,
  io: Io,
): AsyncGenerator<FileResult> {
  const shares = Array.from({ length: jobs }, (_, job) => files.filter((_, i) => i % jobs === job))
  const running = new Map(shares.map((share, job) => [job, childResults(share, input, io)] as const))
  const waiting = new Map([...running].map(([job, results]) => [job, nextOf(job, results)] as const))
  while (waiting.size > 0) {
    const { job, next } = await Promise.race(waiting.values())
    if (next.done) waiting.delete(job)
    else {
      waiting.set(job, nextOf(job, running.get(job)!))
      yield next.value
    }
  }
}

const nextOf = async (job: number, results: AsyncGenerator<FileResult>) => ({ job, next: await results.next() })

async function* childResults(share: readonly string[], { values, typed }: Input, io: Io): AsyncGenerator<FileResult> {
  const flags = [...typed]
    .filter(name => name !== 'jobs' && name !== 'json')
    .map(name => (values[name] === true ? `--${name}` : `--${name}=${values[name]}`))
  const [program, ...first] = io.self
  const child = spawn(program!, [...first, 'compress', '--jobs=1', '--json', ...flags, '--', ...share], {
    env: io.env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const left = new Set(share)
  let rest = ''
  for await (const chunk of child.stdout) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()!
    for (const line of lines) {
      const result = JSON.parse(line) as FileResult
      left.delete(result.path)
      yield result
    }
  }
  for (const path of left) yield { path, filter: 'auto', before: 0, after: 0, error: 'its process ended early' }
}
