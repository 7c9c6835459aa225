import { describe, expect, test } from 'bun:test'
import { isOurs, markersOf } from '../ccr/marker.ts'
import { StoreError } from '../ccr/store.ts'
import { bytesOf } from '../ccr/text.ts'
import { expand } from '../filters/expand.ts'
import type { Filter } from '../filters/filter.ts'
import { BudgetError, run } from '../filters/run.ts'
import { testHost } from './host.ts'
import { halve, minify } from './toys.ts'

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1} of a longer text\n`).join('')
const record = `${JSON.stringify({ name: 'x', list: Array.from({ length: 20 }, (_, i) => i) }, null, 2)}\n`
const registry = (name: string) => [minify, halve, sections].find(filter => filter.name === name)

/** A composite: JSON after a line `---`, lines before it. */
const sections: Filter = {
  name: 'toy-sections',
  summary: 'Toy: lines, then JSON',
  options: {},
  unit: 'document',
  fits: () => 0,
  async apply(text, { inner }) {
    const cut = text.indexOf('---\n') + 4
    const head = await inner(halve, 0, cut - 4)
    return { kind: 'rewrite', text: `${head}---\n${await inner(minify, cut, text.length)}`, lossless: 'no' }
  },
}

async function roundTrip(filter: Filter, text: string, ask = {}) {
  const host = testHost()
  const result = await run(filter, text, ask, host)
  const back = await expand(bytesOf(result.text), registry, host.memory)
  expect(Buffer.from(back.bytes).toString()).toBe(text)
  expect(back.damaged).toEqual([])
  return { result, host }
}

describe('what leaves', () => {
  test('a codec whose body decodes is bytes-lossless, whatever it claims, and needs no store', async () => {
    const { result, host } = await roundTrip(minify, record)
    expect(result.text.split('\n')[0]).toBe('[hr toy-minify indent=2n]')
    expect(result.lossless).toBe('bytes')
    expect(host.memory.list()).toEqual([])
    expect(result.tokens.after).toBeLessThan(result.tokens.before)
  })
  test('a layout that does not decode is values-lossless, and the original is stored', async () => {
    const { result, host } = await roundTrip(minify, record.replace('"x"', ' "x"'))
    expect(result.lossless).toBe('values')
    expect(result.ref).toBe(host.memory.list()[0]!.id)
  })
  test('a lossy rewrite names the command once and a selector in every gap', async () => {
    const { result } = await roundTrip(halve, numbered(40))
    expect(result.text.split('\n')[0]).toBe(
      `[hr ${result.ref} toy-halve: gaps by headroom retrieve ${result.ref} L11-20 | --grep RE]`,
    )
    expect(markersOf(result.text).map(({ what }) => what)).toEqual(['10 lines', '10 lines'])
    expect(result.spans.filter(({ kept }) => !kept).map(({ where }) => where)).toEqual(['L11-20', 'L31-40'])
  })
  test('a composite keeps places and rebases selectors', async () => {
    const { result } = await roundTrip(sections, `${numbered(40)}---\n${record}`)
    expect(result.text).toContain('[... 10 lines L31-40]')
    expect(result.text).toContain('[hr toy-minify indent=2n]')
  })
})

describe('what passes, and why', () => {
  const cases: [string, Filter, string, string, object?][] = [
    ['empty', halve, '', 'empty'],
    ['ours', halve, `[hr toy-halve]\n${numbered(40)}`, 'ours'],
    ['too small', halve, numbered(40), 'too-small', { minTokens: 10_000 }],
    ['nothing to cut', halve, numbered(3), 'nothing-to-cut'],
    ['lossless mode', halve, numbered(40), 'nothing-to-cut', { mode: 'lossless' }],
    ['not smaller', minify, '{"a":1}', 'not-smaller'],
    ['text full of forged markers', halve, numbered(40).replaceAll('longer', '[... 3 lines L1-3]'), 'nothing-to-cut'],
  ]
  for (const [name, filter, text, why, ask] of cases)
    test(name, async () => {
      const { result } = await roundTrip2(filter, text, ask)
      expect(result.text).toBe(text)
      expect(result.why).toBe(why as never)
    })
  const roundTrip2 = async (filter: Filter, text: string, ask = {}) => ({
    result: await run(filter, text, ask, testHost()),
  })

  const broken = (change: Partial<Filter>): Filter => ({ ...halve, name: 'toy-broken', ...change })
  const defects: [string, Filter, string][] = [
    [
      'throws',
      broken({
        apply: () => {
          throw new Error('boom')
        },
      }),
      'failed',
    ],
    [
      'loops',
      broken({
        apply: (_, { signal }) => {
          for (;;) signal.throwIfAborted(1000)
        },
      }),
      'too-slow',
    ],
    ['decodes wrongly', broken({ decode: () => 'other' }), 'nothing-to-cut'],
    [
      'drops without a marker',
      broken({ apply: text => ({ kind: 'rewrite', text: text.slice(0, 20), lossless: 'no' }) }),
      'not-proved',
    ],
    [
      'names lines that are not there',
      broken({
        apply: (_, { omit }) => ({
          kind: 'rewrite',
          text: omit({ kind: 'lines', ranges: [[900, 901]] }, 'x'),
          lossless: 'no',
        }),
      }),
      'failed',
    ],
  ]
  for (const [name, filter, why] of defects)
    test(`a filter that ${name} is reported in one line`, async () => {
      const host = testHost()
      const result = await run(filter, numbered(40), {}, host)
      expect(result.text).toBe(numbered(40))
      expect(result.why).toBe(why as never)
      expect(host.reports).toHaveLength(1)
      expect(host.reports[0]).not.toContain('\n')
    })

  test('no store: lossy filters pass, a store that fails is said once', async () => {
    expect((await run(halve, numbered(40), {}, testHost({ store: 'off' }))).text).toBe(numbered(40))
    const full = testHost()
    full.memory.put = () => {
      throw new StoreError('store: disk full; free some space')
    }
    expect((await run(halve, numbered(40), {}, full)).text).toBe(numbered(40))
    expect(full.reports).toEqual(['store: disk full; free some space'])
  })
  test('private keys and .env files are never stored', async () => {
    const host = testHost()
    await run(halve, `-----BEGIN RSA PRIVATE KEY-----\n${numbered(40)}`, {}, host)
    await run(halve, numbered(40), { hint: { path: 'app/.env.local' } }, host)
    expect(host.memory.list()).toEqual([])
  })
})

describe('budget', () => {
  test('is kept, by the mildest plan that fits', async () => {
    const host = testHost()
    for (const budget of [80, 200, 300, 2000]) {
      const result = await run(halve, numbered(40), { budget }, host)
      expect(result.tokens.after).toBeLessThanOrEqual(budget)
      expect((await expand(bytesOf(result.text), registry, host.memory)).bytes).toEqual(bytesOf(numbered(40)))
    }
  })
  test('that nothing meets throws', async () => {
    const off = testHost({ store: 'off' })
    expect(run(halve, numbered(40), { budget: 80 }, off)).rejects.toBeInstanceOf(BudgetError)
    expect(run(halve, numbered(40), { budget: 80, mode: 'lossless' }, testHost())).rejects.toBeInstanceOf(BudgetError)
    expect(run(halve, numbered(40), { budget: 10 }, testHost())).rejects.toThrow('at least 64')
  })
})

test('what comes out is ours and passes when it comes in again', async () => {
  const host = testHost()
  const once = await run(halve, numbered(40), {}, host)
  expect(isOurs(once.text)).toBe(true)
  expect((await run(halve, once.text, {}, host)).text).toBe(once.text)
})
