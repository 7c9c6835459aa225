/**
 * Ours in default mode beside other tools from npm, on the same files: tokens saved (o200k_base) and strong facts in view, by one rule
 * for all (told%: in view, or in what the text alone decodes to). TOON is @toon-format/toon's encoder, for what is JSON; tokenjuice is its command line as its users call it, one process a
 * file. It runs under Bun, since under Node its Intl.Segmenter takes time quadratic in the text: 2 s for 38 kB, minutes for 300 kB.
 *
 *   bun bench/rivals.ts [--corpus DIR]
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { MemoryStore } from '../ccr/memory.ts'
import { bytesOf, textOf } from '../ccr/text.ts'
import { toonOf } from '../evals/baselines.ts'
import { columns, share } from '../evals/columns.ts'
import { type Input, readCorpus } from '../evals/corpus.ts'
import { type Fact, isStrong, Page, readable } from '../evals/facts.ts'
import { groupBy, percent } from '../evals/totals.ts'
import { expand } from '../filters/expand.ts'
import { filterOf } from '../filters/index.ts'
import { run } from '../filters/run.ts'
import { evalHost } from './host.ts'

const RIVAL = 'tokenjuice@0.8.5'
/** Milliseconds for one file. */
const PATIENCE = 10_000

interface Result {
  readonly before: number
  readonly after: number
  readonly strong: number
  readonly seen: number
  /** In view, or in what the text alone decodes to. */
  readonly told: number
}

const { values } = parseArgs({ options: { corpus: { type: 'string' } } })
const beside = ['../../shared/corpora', '../evals/cases'].map(path => fileURLToPath(new URL(path, import.meta.url)))
const { inputs } = readCorpus(values.corpus ?? beside.find(dir => existsSync(dir))!)
const world = await evalHost()
const auto = (await filterOf('auto'))!
const toonVersion = versionOf(fileURLToPath(new URL('../node_modules/@toon-format/toon', import.meta.url)))
const folder = mkdtempSync(join(tmpdir(), 'headroom-rivals-'))
spawnSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', RIVAL], { stdio: 'ignore' })

const rows = []
for (const input of inputs)
  rows.push({ folder: input.folder, ours: await ours(input), toon: toon(input), rival: tokenjuice(input) })
const HEADS = 'folder files before strong saved% view% told% TOON-saved% TOON-view% TOON-told% juice-saved% juice-view%'
const table = [HEADS.split(' ')]
for (const [name, some] of [...groupBy(rows, row => row.folder), ['all', rows] as const]) {
  const [us, theirs, other] = [
    summed(some.map(row => row.ours)),
    summed(some.map(row => row.toon)),
    summed(some.map(row => row.rival)),
  ]
  table.push([
    name,
    String(some.length),
    String(us.before),
    String(us.strong),
    ...[us.saved, us.view, us.told, theirs.saved, theirs.view, theirs.told, other.saved, other.view].map(share),
  ])
}
console.log(`headroom (balanced), @toon-format/toon@${toonVersion}, ${RIVAL}\n\n${columns(table)}`)

async function ours({ name, folder: kind, bytes, facts }: Input): Promise<Result> {
  const text = textOf(bytes)
  const store = new MemoryStore()
  const host = { ...world, store: async () => store, report: (line: string) => console.error(line) }
  const out = (await run(auto, text, { hint: { path: name } }, host)).text
  const alone = await expand(bytesOf(out), filterOf)
  return scored(bytes, readable(bytesOf(out)), kind, facts, readable(alone.bytes))
}

/** TOON says all that its JSON says. */
function toon({ folder: kind, bytes, facts }: Input): Result {
  return scored(bytes, toonOf(readable(bytes)) ?? readable(bytes), kind, facts, readable(bytes))
}

function tokenjuice({ name, folder: kind, bytes, facts }: Input): Result {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  const cli = join(folder, 'node_modules/tokenjuice/dist/cli/main.js')
  const { stdout, status } = spawnSync(process.execPath, [cli, 'reduce', file, '--no-stats'], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    timeout: PATIENCE,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  if (status !== 0) console.error(`${RIVAL}: ${kind}/${name}: nothing within ${PATIENCE / 1000} s; counted as it is`)
  return scored(bytes, status === 0 ? stdout : readable(bytes), kind, facts)
}

function scored(bytes: Uint8Array, out: string, kind: string, facts: readonly Fact[], alone = out): Result {
  const strong = facts.filter(isStrong)
  const pages = [new Page(out, kind), new Page(alone, kind)]
  return {
    before: world.tokenizer.count(readable(bytes)),
    after: world.tokenizer.count(out),
    strong: strong.length,
    seen: strong.filter(({ answer }) => pages[0]!.shows(answer)).length,
    told: strong.filter(({ answer }) => pages.some(page => page.shows(answer))).length,
  }
}

function summed(results: readonly Result[]) {
  const sum = (pick: (result: Result) => number) => results.reduce((total, result) => total + pick(result), 0)
  const [before, strong] = [sum(({ before }) => before), sum(({ strong }) => strong)]
  return {
    before,
    strong,
    saved: percent(before - sum(({ after }) => after), before),
    view: percent(
      sum(({ seen }) => seen),
      strong,
    ),
    told: percent(
      sum(({ told }) => told),
      strong,
    ),
  }
}

function versionOf(dir: string): string {
  return (JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as { version: string }).version
}
