/**
 * A process that puts, for tests and benchmarks that need several:
 *
 *   bun test/store-writer.ts FILE WRITER COUNT [SHARED-EVERY]
 *
 * It prints a line for each original once the store has it. Every SHARED-EVERYth original is the same for all writers.
 */
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
