import { existsSync, readdirSync } from 'node:fs'
import type { EvalHost } from '../evals/measure.ts'
import type { Filter } from '../filters/filter.ts'
import { models } from '../models/load.ts'

/** What the benchmarks measure with: the real tokenizer and every filter that has a folder. */
export async function evalHost(): Promise<EvalHost> {
  const folder = new URL('../filters/', import.meta.url)
  const files = readdirSync(folder).map(name => new URL(`${name}/index.ts`, folder))
  const modules = await Promise.all(files.filter(file => existsSync(file)).map(file => import(file.href)))
  const filters = modules.map(({ default: filter }) => filter as Filter)
  return {
    tokenizer: await models.tokenizer('o200k_base'),
    models,
    report: line => console.error(line),
    filterOf: name => filters.find(filter => filter.name === name),
  }
}
