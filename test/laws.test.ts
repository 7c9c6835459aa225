import { describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expand } from '../filters/expand.ts'
import { type Filter, MODES } from '../filters/filter.ts'
import { allFilters } from '../filters/index.ts'
import { models } from '../models/load.ts'
import { LARGE_INPUTS, SMALL_INPUTS } from './inputs.ts'
import { compressed, holds } from './laws.ts'
import { halve, minify } from './toys.ts'

const filters = await allFilters()

const tokenizer = await models.tokenizer('o200k_base')
const all: readonly Filter[] = [...filters, minify, halve]
const filterOf = (name: string) => all.find(filter => filter.name === name)
const root = join(import.meta.dir, '..')

for (const filter of all)
  describe(`laws: ${filter.name}`, () => {
    for (const mode of MODES)
      test(`hold on every bad input, ${mode}`, async () => {
        for (const [name, make] of SMALL_INPUTS)
          await named(name, () => holds(filter, make(), mode, filterOf, tokenizer))
      }, 60_000)

    // Toys work by recursion and are excused from depth.
    test.skipIf(!filters.includes(filter))(
      'hold on large inputs, in counted steps',
      async () => {
        for (const [name, make] of LARGE_INPUTS)
          await named(name, async () => {
            const { results } = await holds(filter, make(), 'balanced', filterOf, tokenizer)
            for (const { why } of results) expect(why).not.toBe('too-slow')
          })
      },
      240_000,
    )

    test.skipIf(!filters.includes(filter))(
      'bring back a line of 50 MB',
      async () => {
        const input = Buffer.alloc(50_000_000, 'x=1 [y] "z", ')
        const { bytes, host } = await compressed(filter, input, {}, tokenizer)
        expect(host.reports).toEqual([])
        expect(Buffer.compare((await expand(bytes, filterOf, host.memory)).bytes, input)).toBe(0)
      },
      60_000,
    )

    test('hold on random text', async () => {
      const word = fc.constantFrom(
        'ERROR ',
        'a=1 ',
        '"',
        '|',
        '\\',
        '\n',
        '\r\n',
        '{"k":',
        '}',
        '[',
        ']',
        ',',
        ':',
        ' ',
        '\t',
        'the ',
        '12',
        '@1 ',
        'A ',
        '~',
        '\u0000',
        'é',
        '😀',
      )
      const lines = fc.array(word, { maxLength: 60 }).map(words => words.join('').repeat(3))
      await fc.assert(
        fc.asyncProperty(lines, fc.constantFrom(...MODES), async (text, mode) => {
          await holds(filter, Buffer.from(text), mode, filterOf, tokenizer)
        }),
        { numRuns: 150 },
      )
    }, 60_000)

    test('steps grow in proportion to the text', async () => {
      for (const make of [
        (n: number) => `line of words ${n % 7} and ${n}\n`,
        (n: number) => `{"id":${n},"name":"row ${n % 9}"}\n`,
      ]) {
        const steps = await Promise.all(
          [2000, 4000, 8000].map(
            async count => await stepsOf(filter, Array.from({ length: count }, (_, i) => make(i)).join('')),
          ),
        )
        expect(steps[2]! - steps[1]!).toBeLessThanOrEqual(2.4 * (steps[1]! - steps[0]!) + 20_000)
      }
    }, 60_000)
  })

async function stepsOf(filter: Filter, text: string): Promise<number> {
  const { results } = await compressed(filter, Buffer.from(text), {}, tokenizer)
  return results.reduce((sum, { steps }) => sum + steps, 0)
}

describe('budgets', () => {
  for (const filter of filters)
    test(`${filter.name} keeps to every budget`, async () => {
      const input = Buffer.from(
        Array.from(
          { length: 400 },
          (_, i) => `2024-01-15 10:00:${i % 60} INFO step ${i} of the long job took ${(i * 37) % 900} ms\n`,
        ).join(''),
      )
      for (const budget of [64, 100, 300, 1000]) {
        const { results } = await compressed(filter, input, { budget, query: 'step 271' }, tokenizer)
        expect(tokenizer.count(results[0]!.text)).toBeLessThanOrEqual(budget)
      }
    })
})

describe('the corpora', () => {
  const corpora = join(root, '../shared/corpora')
  const files = existsSync(corpora)
    ? readdirSync(corpora, { recursive: true, withFileTypes: true }).filter(
        entry =>
          entry.isFile() && /^[a-z-]+$/.test(entry.parentPath.split('/').at(-1)!) && entry.parentPath !== corpora,
      )
    : []
  const auto = filterOf('auto')!
  for (const entry of files)
    test(entry.name, async () => {
      const bytes = readFileSync(join(entry.parentPath, entry.name))
      for (const mode of MODES) await holds(auto, bytes, mode, filterOf, tokenizer)
    }, 60_000)

  test.skipIf(files.length === 0)(
    '500 mutations',
    async () => {
      let seed = 1
      const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below
      for (let i = 0; i < 500; i++) {
        const entry = files[next(files.length)]!
        const whole = readFileSync(join(entry.parentPath, entry.name))
        const bytes = mutated(whole.subarray(0, 2000 + next(20_000)), next)
        await named(`${entry.name}, mutation ${i}`, () => holds(auto, bytes, MODES[i % 3]!, filterOf, tokenizer))
      }
    },
    240_000,
  )
})

/** A few bytes overwritten, doubled, swapped or cut out. */
function mutated(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  let result = Buffer.from(bytes)
  for (let i = 0; i <= next(6); i++) {
    const at = next(result.length)
    const length = next(80)
    const piece = result.subarray(at, at + length)
    const kinds = [
      () => result.fill(next(256), at, at + 1),
      () => Buffer.concat([result.subarray(0, at), piece, result.subarray(at)]),
      () => Buffer.concat([result.subarray(0, at), result.subarray(at + length)]),
      () => Buffer.concat([result.subarray(at), result.subarray(0, at)]),
    ]
    result = Buffer.from(kinds[next(kinds.length)]!())
  }
  return result
}

/** Says which input it was. */
async function named(name: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    throw new Error(`on ${name}: ${(cause as Error).message}`, { cause })
  }
}
