import { describe, expect, test } from 'bun:test'
import { bytesOf, textOf } from '../ccr/text.ts'
import { expand } from '../filters/expand.ts'
import { filterOf } from '../filters/index.ts'
import { oddLines } from '../filters/odd.ts'
import { type Ask, run } from '../filters/run.ts'
import { ownSubjectOf, rolesOf, subjectOf } from '../filters/subject.ts'
import { foundBy, namedBy } from '../filters/wanted.ts'
import { models } from '../models/load.ts'
import { testHost } from './host.ts'

const tokenizer = await models.tokenizer('o200k_base')
const auto = (await filterOf('auto'))!

/** What a reader of the rewrite can tell without the store; the budget and the round trip are checked. */
async function read(text: string, ask: Ask & { budget: number }): Promise<string> {
  const host = testHost({ tokenizer })
  const result = await run(auto, text, ask, host)
  expect(result.tokens.after).toBeLessThanOrEqual(ask.budget)
  expect(textOf((await expand(bytesOf(result.text), filterOf, host.memory)).bytes)).toBe(text)
  return result.text + textOf((await expand(bytesOf(result.text), filterOf)).bytes)
}

const log = Array.from({ length: 400 }, (_, i) => `12:00:${i % 60} INFO job ${i} took ${(i * 37) % 900} ms\n`)
log[250] = '12:00:10 INFO leader moved to node-b\n'
const rows = Array.from({ length: 200 }, (_, i) => ({ id: i, owner: `team-${i % 9}`, note: `row of ${i * 7919}` }))

describe('what a question names', () => {
  const text = 'a\nbb\n\nsrc/x.ts:12:hit\nlast\n'
  const table: [string, string[]][] = [
    ['the last line', ['last']],
    ['the last 2 lines', ['last', 'src/x.ts:12:hit']],
    ['first line and line 2', ['a', 'bb']],
    ['what is at src/x.ts:12?', ['hit']],
    ['line 99', []],
    ['who was it?', []],
  ]
  for (const [query, parts] of table)
    test(query, () => expect(namedBy(query, text).map(({ start, end }) => text.slice(start, end))).toEqual(parts))
  test('a JSON path, in rows too', () => {
    const json = JSON.stringify(rows, null, 1)
    const lines = rows.map(row => JSON.stringify(row)).join('\n')
    for (const one of [json, lines])
      expect(namedBy('value at [150].note', one).map(({ start, end }) => one.slice(start, end))).toEqual([
        `"row of ${150 * 7919}"`,
      ])
  })
})

describe('what a question surely describes', () => {
  const table: [string, number][] = [
    ['Who was made leader, which node moved?', 1],
    ['how long did the jobs take?', 0],
    ['which line occurs once?', 1],
    ['a random line', 0],
  ]
  for (const [query, count] of table) test(query, () => expect(foundBy(query, log.join(''))).toHaveLength(count))
  test('lines alone with their shape', () => {
    expect([...oddLines(['a 1', 'a 2', 'get "x" 3', 'get "y" 4', 'end', ''])]).toEqual([
      [2, 1],
      [3, 1],
      [4, 2],
    ])
  })
})

describe('the kinds that a question asks for', () => {
  const table: [string, string, string][] = [
    ['a decision/requirement sentence', 'decisions', 'sentence'],
    ['which numbers were given?', 'numbers', 'given'],
    ['who was there?', 'names', 'there'],
    ['an inline identifier', 'identifiers', 'inline'],
    ['what of the roof?', '', 'roof'],
  ]
  for (const [query, role, word] of table)
    test(query, () => {
      const roles = Object.entries(rolesOf(query)).flatMap(([name, is]) => (is ? [name] : []))
      expect(roles).toEqual(role ? [role] : [])
      expect(ownSubjectOf(query).includes(word)).toBe(!['sentence', 'inline'].includes(word))
    })
  test('words about texts are no subject', () => {
    expect(subjectOf('the last line that mentions foo').split(/\s+/)).toEqual(['the', 'that', 'foo'])
  })
})

describe('within a budget', () => {
  const text = log.join('')
  test('the named, the described and the rare are in view at a fiftieth of the tokens', async () => {
    const budget = Math.floor(tokenizer.count(text) / 50)
    expect(await read(text, { budget, query: 'the last line' })).toContain(log[399]!.trim())
    expect(await read(text, { budget, query: 'which node did the leader move to?' })).toContain('node-b')
    expect(await read(text, { budget, query: 'a line that occurs once' })).toContain('node-b')
  })
  test('a value by its path at 64 tokens, its head in fewer words', async () => {
    const json = JSON.stringify(rows, null, 2)
    const out = await read(json, { budget: 64, query: 'value at [150].note' })
    expect(out).toContain(`row of ${150 * 7919}`)
    expect(out).toMatch(/^\[hr [0-9a-f]{10} trim gaps by headroom retrieve\]\n/)
  })
  test('a value of a line without end', async () => {
    const out = await read(JSON.stringify({ all: rows }), { budget: 80, query: 'value at .all[123].note' })
    expect(out).toContain(`row of ${123 * 7919}`)
  })
  test('decisions before other sentences', async () => {
    const filler = (i: number) =>
      `The ${['roof', 'lift', 'door'][i % 3]} of the old house was looked at again in the morning of that day, and it was as it had been before. `
    const needle = 'We decided that the caretaker is going to be the one to keep all of the spare keys.'
    const minutes = Array.from({ length: 60 }, (_, i) => `${i === 41 ? `${needle} ` : ''}${filler(i)}\n`).join('')
    const budget = Math.floor(tokenizer.count(minutes) / 3)
    expect(await read(minutes, { budget, query: 'What was decided?' })).toContain(needle)
  })
})
