/**
 * Other tools that come from npm, on the same files: tokens saved and strong facts still in view. TOON and minified JSON are in
 * `headroom evals suite`; this runs tokenjuice's reducer as its users do, one process a file.
 *
 *   bun bench/rivals.ts [--corpus DIR]
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { columns, share } from '../evals/columns.ts'
import { type Input, readCorpus } from '../evals/corpus.ts'
import { isStrong, Page, readable } from '../evals/facts.ts'
import { groupBy, percent } from '../evals/totals.ts'
import { models } from '../models/load.ts'

const RIVAL = 'tokenjuice@0.8.5'
/** Milliseconds for one file. */
const PATIENCE = 10_000

const { values } = parseArgs({ options: { corpus: { type: 'string' } } })
const beside = ['../../shared/corpora', '../evals/cases'].map(path => fileURLToPath(new URL(path, import.meta.url)))
const { inputs } = readCorpus(values.corpus ?? beside.find(dir => existsSync(dir))!)
const tokenizer = await models.tokenizer('o200k_base')
const folder = mkdtempSync(join(tmpdir(), 'headroom-rivals-'))
spawnSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', RIVAL], { stdio: 'ignore' })

const table = [[RIVAL, 'files', 'before', 'after', 'saved%', 'strong', 'view%']]
for (const [name, some] of [...groupBy(inputs, input => input.folder), ['all', inputs] as const]) {
  const rows = some.map(measured)
  const sum = (pick: (row: ReturnType<typeof measured>) => number) => rows.reduce((total, row) => total + pick(row), 0)
  const [before, after, strong, seen] = [
    sum(row => row.before),
    sum(row => row.after),
    sum(row => row.strong),
    sum(row => row.seen),
  ]
  table.push([
    name,
    String(rows.length),
    String(before),
    String(after),
    share(percent(before - after, before)),
    String(strong),
    share(percent(seen, strong)),
  ])
}
console.log(columns(table))

function measured({ name, folder: kind, bytes, facts }: Input) {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  const command = join(folder, 'node_modules/.bin/tokenjuice')
  const { stdout: reduced, status } = spawnSync(command, ['reduce', file], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    timeout: PATIENCE,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  if (status !== 0) console.error(`${RIVAL}: ${kind}/${name}: nothing within ${PATIENCE / 1000} s; counted as it is`)
  const stdout = status === 0 ? reduced : readable(bytes)
  const strong = facts.filter(isStrong)
  const page = new Page(stdout, kind)
  const seen = strong.filter(fact => page.shows(fact.answer)).length
  return { before: tokenizer.count(readable(bytes)), after: tokenizer.count(stdout), strong: strong.length, seen }
}
