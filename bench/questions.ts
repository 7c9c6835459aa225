/**
 * Are answers in view when a question comes with a budget? For each strong fact of a corpus: the share of them that a reader of the
 * output can tell, literally or from what the text alone decodes to, at shares of the file's tokens; asked as the corpus asks, and by
 * the three rarest words of the answer's line that are not the answer's (in a diff: the file's path and two of them; in search hits: the path).
 *
 *   bun bench/questions.ts [--corpus DIR] [--folder NAME,..]
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { MemoryStore } from '../ccr/memory.ts'
import { bytesOf, textOf } from '../ccr/text.ts'
import { columns, share } from '../evals/columns.ts'
import { type Input, readCorpus } from '../evals/corpus.ts'
import { type Fact, isStrong, Page, readable } from '../evals/facts.ts'
import { groupBy } from '../evals/totals.ts'
import { expand } from '../filters/expand.ts'
import { filterOf } from '../filters/index.ts'
import { MIN_BUDGET } from '../filters/plan.ts'
import { run } from '../filters/run.ts'
import { evalHost } from './host.ts'

const SHARES = [0.5, 0.15, 0.05]
const WORDS = 3

const { values } = parseArgs({ options: { corpus: { type: 'string' }, folder: { type: 'string' } } })
const beside = ['../../shared/corpora', '../evals/cases'].map(path => fileURLToPath(new URL(path, import.meta.url)))
const { inputs } = readCorpus(values.corpus ?? beside.find(dir => existsSync(dir))!, values.folder?.split(','))
const world = await evalHost()
const auto = (await filterOf('auto'))!

const table = [['folder', 'strong', ...SHARES.flatMap(part => [`as-given@${100 * part}%`, `by-words@${100 * part}%`])]]
for (const [folder, some] of groupBy(inputs, input => input.folder)) {
  const asked = some.flatMap(input => input.facts.filter(isStrong).map(fact => ({ input, fact })))
  const row = [folder, String(asked.length)]
  for (const part of SHARES)
    for (const ask of [({ question }: Fact) => question, byWords]) {
      let told = 0
      for (const { input, fact } of asked) if (await answers(input, fact, ask(fact, input), part)) told++
      row.push(share(asked.length > 0 ? (100 * told) / asked.length : undefined))
    }
  table.push(row)
}
console.log(columns(table))

async function answers(
  { bytes, folder, name }: Input,
  { answer }: Fact,
  query: string,
  part: number,
): Promise<boolean> {
  const text = textOf(bytes)
  const budget = Math.max(MIN_BUDGET, Math.floor(world.tokenizer.count(text) * part))
  const store = new MemoryStore()
  const host = { ...world, store: async () => store, report: (line: string) => console.error(line) }
  const { text: out } = await run(auto, text, { budget, query, hint: { path: name } }, host)
  const alone = readable((await expand(bytesOf(out), filterOf)).bytes)
  return [readable(bytesOf(out)), alone].some(page => new Page(page, folder).shows(answer))
}

/** The words by which somebody who has seen the line would look for it. */
function byWords({ answer, question }: Fact, { bytes, folder }: Input): string {
  const text = readable(bytes)
  const at = text.indexOf(answer)
  if (at < 0) return question
  const end = text.indexOf('\n', at + answer.length)
  const line = text.slice(text.lastIndexOf('\n', at) + 1, end < 0 ? text.length : end)
  const others = wordsIn(line.replace(answer, ' '))
  const rarest = (others.length < 2 ? wordsIn(line) : others)
    .map(word => ({ word, count: text.split(word).length }))
    .sort((a, b) => a.count - b.count)
    .slice(0, WORDS)
    .map(({ word }) => word)
  const place = placeOf(folder, text.slice(0, at), line)
  return place === undefined ? rarest.join(' ') : [place, ...rarest.slice(0, 2)].join(' ')
}

function wordsIn(line: string): string[] {
  return [...new Set(line.match(/[A-Za-z_][\w-]{3,}/g) ?? [])]
}

/** The path that such a line belongs to, or the key of a row. */
function placeOf(folder: string, before: string, line: string): string | undefined {
  if (folder === 'diffs') return [...before.matchAll(/^diff --git a\/(\S+)/gm)].at(-1)?.[1]
  if (folder === 'code-search') return /^([^\s:]+):\d+:/.exec(line)?.[1]
  return folder === 'csv' ? line.split(',')[0] : undefined
}
