/**
 * A process that puts, for tests and benchmarks that need several:
 *
 *   bun test/store-writer.ts FILE WRITER COUNT [SHARED-EVERY]
 *
 * It prints a line for each original once the store has it. Every SHARED-EVERYth original is the same for all writers.
 */
import { spawn } from 'node:child_process'
import { writeSync } from 'node:fs'
import { openSqlite } from '../ccr/sqlite.ts'
import { bytesOf } from '../ccr/text.ts'

/** Some lines of text, the same whenever asked for: 100 bytes to 20 KB. */
export function originalOf(writer: number, index: number): Uint8Array {
  const lines = 1 + ((writer * 31 + index * 17) % 200)
  return bytesOf(`writer ${writer} original ${index}\n`.repeat(lines * 4))
}

/** Which originals a writer of `count` puts, in order. */
export const putBy = (writer: number, count: number, sharedEvery: number): [writer: number, index: number][] =>
  Array.from({ length: count }, (_, i) => (i % sharedEvery === 0 ? [0, i] : [writer, i]))

/** When to kill a writer: milliseconds since it was started, or since the first original that the store had. */
export interface Kill {
  readonly after: number
  readonly since: 'start' | 'first put'
}

/** Starts a writer; the ids that it has acknowledged when it ends, by itself or killed. Rejects where it fails. */
export function write(file: string, writer: number, count: number, kill?: Kill): Promise<string[]> {
  const child = spawn(process.execPath, [import.meta.path, file, String(writer), String(count)])
  const end = () => setTimeout(() => child.kill('SIGKILL'), kill!.after)
  const out: string[] = []
  let said = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    if (out.push(text) === 1 && kill?.since === 'first put') end()
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text
  })
  if (kill?.since === 'start') end()
  return new Promise((resolve, reject) =>
    child.on('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(said))
      // A line that was cut is no acknowledgement.
      resolve(out.join('').split('\n').slice(0, -1))
    }),
  )
}

if (import.meta.main) {
  const [file, ...numbers] = process.argv.slice(2)
  const [writer, count, sharedEvery = 10] = numbers.map(Number)
  const store = openSqlite(file!)
  for (const [by, index] of putBy(writer!, count!, sharedEvery)) {
    const { id } = await store.put(originalOf(by, index), { filter: 'log', tokens: { before: 100, after: 10 } })
    // At once, and not by a stream: what was acknowledged is known even of a process that is killed.
    writeSync(1, `${id}\n`)
  }
  await store.close()
}
