import { describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Filter, MODES, type Mode } from '../filters/filter.ts'
import { allFilters, filterOf } from '../filters/index.ts'
import { models } from '../models/load.ts'
import { compressed, holds } from './laws.ts'

const filters = await allFilters()

/**
 * Every `name.in` of filters/x/cases through x in all modes: the laws hold, and the output is `name.out` (balanced), `name.lossless.out`
 * or `name.aggressive.out` where such a file is; `name.budget-200.out` is what a budget of 200 tokens gives. A case `name.py.in` has
 * the path `name.py`. UPDATE_CASES=1 writes what comes out into those files.
 */
const tokenizer = await models.tokenizer('o200k_base')
const root = join(import.meta.dir, '../filters')
const SUFFIX: Record<Mode, string> = { lossless: '.lossless.out', balanced: '.out', aggressive: '.aggressive.out' }
const SOURCE = /^(.*\.(?:[jt]sx?|py|rs|go|java|c|h|cc|cs|rb|php|sh|vue|md|ipynb))\.in$/

for (const filter of filters)
  describe(`cases: ${filter.name}`, () => {
    const folder = join(root, filter.name, 'cases')
    const inputs = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.in')) : []
    test('there are some', () => {
      expect(inputs.length).toBeGreaterThan(0)
    })
    test('where they come from is said', () => {
      const real = inputs.filter(name => !name.startsWith('made-up'))
      const sources = real.length > 0 ? readFileSync(join(folder, 'SOURCES.md'), 'utf8') : ''
      for (const name of real) expect(sources).toContain(name.replace(/(?:\.[a-z-]+)?\.in$/, ''))
    })
    for (const name of inputs) test(name, () => runCase(filter, folder, name))
  })

async function runCase(filter: Filter, folder: string, name: string): Promise<void> {
  const input = readFileSync(join(folder, name))
  const path = SOURCE.exec(name)?.[1]
  for (const mode of MODES) {
    const { bytes } = await holds(filter, input, mode, filterOf, tokenizer, path)
    check(join(folder, name.replace(/\.in$/, SUFFIX[mode])), bytes)
  }
  for (const file of readdirSync(folder)) {
    const budget = file.startsWith(`${name.slice(0, -3)}.budget-`) && /\.budget-(\d+)\.out$/.exec(file)?.[1]
    if (!budget) continue
    const { bytes, results } = await compressed(
      filter,
      input,
      { budget: Number(budget), ...(path && { hint: { path } }) },
      tokenizer,
    )
    expect(results[0]!.tokens.after).toBeLessThanOrEqual(Number(budget))
    check(join(folder, file), bytes)
  }
}

function check(file: string, bytes: Uint8Array): void {
  if (!existsSync(file)) return
  if (process.env.UPDATE_CASES) writeFileSync(file, bytes)
  expect(Buffer.from(bytes).toString()).toBe(readFileSync(file, 'utf8'))
}
