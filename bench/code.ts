/**
 * What min-code does to a folder of sources (one folder deep: a folder a language): saving by mode and outline, definitions in view,
 * whether what is left parses as well as before, whether every byte comes back, and megabytes for a second of the processor.
 *
 *   bun bench/code.ts DIR [--cases 100] [--misses]
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { MemoryStore } from '../ccr/memory.ts'
import { bytesOf } from '../ccr/text.ts'
import { columns, share } from '../evals/columns.ts'
import { Random } from '../evals/random.ts'
import { expand } from '../filters/expand.ts'
import { filterOf } from '../filters/index.ts'
import minCode from '../filters/min-code/index.ts'
import { readCode } from '../filters/min-code/read.ts'
import { type Ask, type Compressed, type Host, run } from '../filters/run.ts'
import trim from '../filters/trim/index.ts'
import { models } from '../models/load.ts'
import { headsOf } from './code-signatures.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cases: { type: 'string', default: '100' }, misses: { type: 'boolean', default: false } },
})
const tokenizer = await models.tokenizer('o200k_base')
const store = new MemoryStore({ maxBytes: 2 ** 31 })
const host: Host = { tokenizer, models, store: async () => store, report: line => console.error(line) }

interface Source {
  readonly language: string
  readonly name: string
  readonly text: string
  readonly tokens: number
}

const root = positionals[0] ?? '.'
const sources: Source[] = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .sort((a, b) => (join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1))
  .map(({ parentPath, name }) => {
    const text = readFileSync(join(parentPath, name), 'utf8')
    return { language: parentPath.split('/').at(-1)!, name, text, tokens: tokenizer.count(text) }
  })

/** One file in one way. */
interface Outcome {
  readonly source: Source
  readonly result: Compressed
  readonly ms: number
  readonly shown: number
  readonly told: number
  readonly parses: boolean
  readonly exact: boolean
}

const WAYS: Readonly<Record<string, Ask>> = {
  balanced: { mode: 'balanced' },
  aggressive: { mode: 'aggressive' },
  outline: { mode: 'aggressive', options: { outline: true } },
}

// The processor's time is that of a process that has seen each language: bench/start.ts has the first file's.
for (const source of sources) await run(minCode, source.text, { hint: { path: source.name } }, host)
for (const [way, ask] of Object.entries(WAYS)) {
  const outcomes: Outcome[] = []
  for (const source of sources) outcomes.push(await measured(source, ask))
  report(way, outcomes)
}
await drawQuestions(Number(values.cases))

async function measured(source: Source, ask: Ask): Promise<Outcome> {
  // Of this process alone: a busy machine makes wall clocks tell of others.
  const started = process.cpuUsage()
  const result = await run(minCode, source.text, { ...ask, hint: { path: source.name } }, host)
  const { user, system } = process.cpuUsage(started)
  const ms = (user + system) / 1000
  const heads = headsOf(source.text, source.name)
  const view = new Set(result.text.split('\n').map(line => line.trim()))
  const seen = (lines: readonly string[]) => lines.filter(line => view.has(line)).length
  if (values.misses && !isMap(result))
    for (const line of heads.shown) if (!view.has(line)) console.log(`${source.name}: ${line}`)
  const back = await expand(bytesOf(result.text), filterOf, store)
  return {
    source,
    result,
    ms,
    shown: heads.shown.length === 0 || isMap(result) ? 1 : seen(heads.shown) / heads.shown.length,
    told: heads.told.length === 0 || isMap(result) ? 1 : seen(heads.told) / heads.told.length,
    parses: result.why !== undefined || isMap(result) || (await parsesAsBefore(source, result)),
    exact: Buffer.compare(back.bytes, bytesOf(source.text)) === 0,
  }
}

/** An outline, or the one line that tells of a generated file: nothing that could parse. */
function isMap({ text, why }: Compressed): boolean {
  return why === undefined && text.split('\n', 2)[1]!.startsWith('[...')
}

/** The body below the head line has no more places that its grammar misses than the original. */
async function parsesAsBefore({ name, text }: Source, result: Compressed): Promise<boolean> {
  const before = await readCode(text, { path: name }, models, () => {})
  const after = before?.grammar.read(result.text.slice(result.text.indexOf('\n') + 1), {}, () => {})
  return after !== undefined && after.errors.length <= before!.code.syntax.errors.length
}

function report(way: string, outcomes: readonly Outcome[]): void {
  const table = [[way, 'files', 'passed', 'tokens', 'saved%', 'parse%', 'exact%', 'shown%', 'told%', 'MB/s']]
  const languages = [...new Set(outcomes.map(({ source }) => source.language))]
  for (const language of [...languages, 'all']) {
    const rows = outcomes.filter(({ source }) => language === 'all' || source.language === language)
    const sum = (pick: (row: Outcome) => number) => rows.reduce((total, row) => total + pick(row), 0)
    const before = sum(row => row.source.tokens)
    table.push([
      language,
      String(rows.length),
      String(sum(row => (row.result.why ? 1 : 0))),
      String(before),
      share((100 * (before - sum(row => (row.result.why ? row.source.tokens : row.result.tokens.after)))) / before),
      share((100 * sum(row => (row.parses ? 1 : 0))) / rows.length),
      share((100 * sum(row => (row.exact ? 1 : 0))) / rows.length),
      share((100 * sum(row => row.shown)) / rows.length),
      share((100 * sum(row => row.told)) / rows.length),
      share(sum(row => row.source.text.length) / 1000 / sum(row => row.ms)),
    ])
  }
  console.log(`${columns(table)}\n`)
}

/** Questions about one function of a file, at a quarter of the file's tokens: is its whole body in view? */
async function drawQuestions(count: number): Promise<void> {
  const random = new Random(7)
  const hits = { minCode: 0, trim: 0, headAndTail: 0 }
  let asked = 0
  while (asked < count) {
    const source = random.pick(sources)
    const reading = await readCode(source.text, { path: source.name }, models, () => {})
    const named = new Map(reading?.code.units.map(({ name }) => [name, 0]))
    for (const { name } of reading?.code.units ?? []) named.set(name, named.get(name)! + 1)
    const units = reading?.code.units.filter(
      ({ name, inside, start, end }) =>
        name.length > 3 &&
        named.get(name) === 1 &&
        inside.last - inside.first >= 5 &&
        (end - start) * 6 < source.text.length,
    )
    if (!reading || !units || units.length < 3) continue
    const unit = random.pick(units)
    const body = reading.code.lines.slice(unit.inside.first, unit.inside.last)
    const query = questionOf(unit.name, asked++)
    const ask: Ask = { query, budget: Math.ceil(source.tokens / 4), hint: { path: source.name } }
    const found = await run(minCode, source.text, ask, host)
    if (found.text.includes(body)) hits.minCode++
    else if (values.misses) console.log(`${source.name}: ${query} (${found.filter})`)
    if ((await run(trim, source.text, ask, host)).text.includes(body)) hits.trim++
    const { query: _, ...bare } = ask
    if ((await run(trim, source.text, bare, host)).text.includes(body)) hits.headAndTail++
  }
  console.log(`${asked} questions at 25 % of the tokens, whole body in view: ${JSON.stringify(hits)}`)
}

/** As people ask: by the name, or by the words that it is made of. */
function questionOf(name: string, turn: number): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_$#~]+/g, ' ')
    .trim()
    .toLowerCase()
  return [
    `what does ${name} do`,
    `where is ${words} handled`,
    `how does ${name} work?`,
    `show me the code to ${words}`,
  ][turn % 4]!
}
