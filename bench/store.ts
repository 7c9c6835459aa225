/**
 * The store under load: puts and gets of one process, many writers at once, and writers that are killed. Ends with exit code 1 where
 * anything acknowledged is lost.
 *
 *   bun bench/store.ts [--writers 8] [--puts 10000] [--kills 100]
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openSqlite } from '../ccr/sqlite.ts'
import { refOf } from '../ccr/store.ts'
import { originalOf, write } from '../test/store-writer.ts'

const { values } = parseArgs({
  options: {
    writers: { type: 'string', default: '8' },
    puts: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '100' },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'headroom-bench-'))
const say = (line: string) => process.stdout.write(`${line}\n`)

const LOG = Array.from(
  { length: 1000 },
  (_, i) => `2026-01-02T03:04:${String(i % 60).padStart(2, '0')}Z INFO request ${(i * 7919) % 10_007} served\n`,
).join('')

try {
  await oneProcess()
  await manyWriters(Number(values.writers), Number(values.puts))
  await killedWriters(Number(values.kills))
} finally {
  rmSync(folder, { recursive: true })
}

/** Puts and gets of logs of 40 KB, one after another. */
async function oneProcess(): Promise<void> {
  const store = openSqlite(join(folder, 'one', 'store.db'))
  const originals = Array.from({ length: 500 }, (_, i) => Buffer.from(`${i} ${LOG.slice(0, 40_000)}`))
  const about = { filter: 'log', tokens: { before: 100, after: 10 } }
  const puts = await timed(originals, bytes => store.put(bytes, about))
  const gets = await timed(originals, bytes => store.get(refOf(bytes).id))
  say(`put of 40 KB: median ${puts.median} ms, 99 % in ${puts.late} ms`)
  say(`get of 40 KB: median ${gets.median} ms, 99 % in ${gets.late} ms`)
  await store.close()
}

async function timed<T>(items: readonly T[], work: (item: T) => unknown): Promise<{ median: string; late: string }> {
  const times: number[] = []
  for (const item of items) {
    const started = performance.now()
    await work(item)
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  const at = (part: number) => times[Math.floor(times.length * part)]!.toFixed(2)
  return { median: at(0.5), late: at(0.99) }
}

async function manyWriters(writers: number, puts: number): Promise<void> {
  const file = join(folder, 'many', 'store.db')
  const started = performance.now()
  const acknowledged = (await Promise.all(Array.from({ length: writers }, (_, i) => write(file, i + 1, puts)))).flat()
  const seconds = (performance.now() - started) / 1000
  const lost = await missing(file, acknowledged)
  const size = Math.round(statSync(file).size / 1e6)
  say(
    `${writers} writers, ${acknowledged.length} puts in ${seconds.toFixed(1)} s: ${lost} lost; the file has ${size} MB`,
  )
  if (lost > 0 || acknowledged.length !== writers * puts) process.exitCode = 1
}

async function killedWriters(kills: number): Promise<void> {
  const file = join(folder, 'killed', 'store.db')
  let [sum, lost] = [0, 0]
  for (let round = 0; round < kills; round++) {
    const random = Math.random() * 200
    const pair = [
      write(file, round + 1, 1e6, { after: random / 4, since: 'first put' }),
      write(file, 1e6 + round, 1e6, { after: random, since: 'start' }),
    ]
    const acknowledged = (await Promise.all(pair)).flat()
    sum += acknowledged.length
    lost += await missing(file, acknowledged)
  }
  say(`${kills} rounds of two writers killed, ${sum} puts acknowledged: ${lost} lost`)
  if (lost > 0) process.exitCode = 1
}

/** How many of these ids are not served with their own bytes. Fails where the file is locked or damaged. */
async function missing(file: string, ids: readonly string[]): Promise<number> {
  const store = openSqlite(file)
  let lost = 0
  for (const id of new Set(ids)) {
    const entry = await store.get(id)
    if (!entry || refOf(entry.original).id !== id) lost++
  }
  await store.put(originalOf(0, lost), { filter: 'log', tokens: { before: 100, after: 10 } })
  await store.close()
  return lost
}
