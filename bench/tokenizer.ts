/**
 * bun bench/tokenizer.ts [DIR]: how fast models/tokenizer counts, beside gpt-tokenizer, over the files of DIR and its folders
 * (../shared/corpora without one). Both run in turn in every round; figures are medians.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { models } from '../models/load.ts'

const ROUNDS = 7
const PROCESSES = 30
/** Texts of a kind are counted again until a round has read so many bytes, that a clock can tell. */
const ROUND_BYTES = 4_000_000

const self = fileURLToPath(import.meta.url)

if (process.argv[2] === '--ready') console.log(await readyTime())
else await report(process.argv[2] ?? join(dirname(self), '../../shared/corpora'))

async function report(folder: string): Promise<void> {
  for (const name of ['o200k_base', 'cl100k_base'] as const) {
    const ours = await models.tokenizer(name)
    const theirs = await reference(name)
    console.log(`${name}  MB/s ours  gpt-tokenizer  ratio`)
    for (const [kind, texts] of textsByKind(folder)) compare(kind, texts, ours.count, theirs)
  }
  const times = Array.from({ length: PROCESSES }, startProcess)
  console.log(`ready: ${median(times).toFixed(1)} ms from import to the first count, median of ${PROCESSES} processes`)
}

type Count = (text: string) => number

async function reference(name: 'o200k_base' | 'cl100k_base'): Promise<Count> {
  const { countTokens } =
    name === 'o200k_base'
      ? await import('gpt-tokenizer/encoding/o200k_base')
      : await import('gpt-tokenizer/encoding/cl100k_base')
  const plain = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() }
  return text => countTokens(text, plain)
}

function compare(kind: string, texts: string[], ours: Count, theirs: Count): void {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const repeats = Math.ceil(ROUND_BYTES / bytes)
  const different = texts.filter(text => ours(text) !== theirs(text)).length
  const rates: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    rates[0].push((bytes * repeats) / time(ours, texts, repeats) / 1000)
    rates[1].push(bytes / time(theirs, texts, 1) / 1000)
  }
  const [mine, other] = rates.map(median) as [number, number]
  const figures = [mine.toFixed(1).padStart(11), other.toFixed(1).padStart(15), (mine / other).toFixed(1).padStart(7)]
  console.log(`${kind.padEnd(12)}${figures.join('')}${different > 0 ? `  ${different} COUNTS DIFFER` : ''}`)
}

/** Milliseconds. */
function time(count: Count, texts: string[], repeats: number): number {
  const start = performance.now()
  for (let repeat = 0; repeat < repeats; repeat++) for (const text of texts) count(text)
  return performance.now() - start
}

function textsByKind(folder: string): Map<string, string[]> {
  const kinds = new Map<string, string[]>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const kind = relative(folder, entry.parentPath) || '.'
    kinds.set(kind, [...(kinds.get(kind) ?? []), readFileSync(join(entry.parentPath, entry.name), 'utf8')])
  }
  return kinds
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}

function startProcess(): number {
  const { stdout, status } = spawnSync(process.execPath, [...process.execArgv, self, '--ready'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`bench: a process to time ended with ${status}`)
  return Number(stdout)
}

/** Milliseconds until the tokenizer has counted its first text; models/load.ts itself loads nothing. */
async function readyTime(): Promise<number> {
  const start = performance.now()
  const tokenizer = await models.tokenizer('o200k_base')
  tokenizer.count('ready')
  return performance.now() - start
}
