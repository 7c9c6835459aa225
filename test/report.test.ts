import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytes } from '../ccr/select.ts'
import { MODES } from '../filters/filter.ts'
import { formats } from '../filters/report/formats/index.ts'
import report from '../filters/report/index.ts'
import type { Report } from '../filters/report/report.ts'
import { splitText } from '../filters/report/split.ts'
import { attributeOf, decodedText, tagsOf } from '../filters/report/xml.ts'
import { models } from '../models/load.ts'
import { compressed, holds } from './laws.ts'

const tokenizer = await models.tokenizer('o200k_base')
const filterOf = (name: string) => (name === 'report' ? report : undefined)
const folder = join(import.meta.dir, '../filters/report/cases')
const input = (name: string) => readFileSync(join(folder, `${name}.in`), 'utf8')
const signal = { throwIfAborted() {} }
const lines = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${make(i)}\n`).join('')

function parsed(text: string): Report | undefined {
  const all = splitText(text.replaceAll('><', '>\n<'), bytes).lines
  return formats.find(({ is }) => is(all))?.parse(all, signal)
}

async function shown(text: string, ask = {}): Promise<string> {
  const { bytes } = await compressed(report, Buffer.from(text), ask, tokenizer)
  return Buffer.from(bytes).toString()
}

describe('formats count as the tools do', () => {
  const cases: [name: string, passed: number, failed: number, skipped: number][] = [
    ['unittest', 81, 3, 6],
    ['pytest', 81, 3, 6],
    ['pytest-junit', 81, 3, 6],
    ['cargo-fail', 54, 2, 4],
    ['cargo-ok', 56, 0, 4],
    ['go-test', 10, 1, 1],
    ['go-test-json', 10, 1, 1],
    ['go-panic', 1, 1, 0],
    ['node-tap', 52, 2, 1],
    ['node-spec', 52, 2, 1],
    ['mocha', 32, 1, 3],
    ['jest', 32, 1, 3],
    ['vitest', 32, 1, 0],
    ['made-up-googletest', 29, 1, 0],
    ['made-up-ctest', 19, 1, 0],
    ['made-up-xctest', 19, 1, 0],
    ['made-up-dotnet', 19, 1, 0],
    ['made-up-maven', 19, 1, 0],
    ['jest-json', 5, 1, 1],
    ['mocha-json', 5, 1, 1],
    ['pytest-json', 5, 1, 1],
    ['made-up-playwright-json', 2, 1, 1],
  ]
  for (const [name, passed, failed, skipped] of cases)
    test(name, () => {
      const found = parsed(input(name))!
      expect({ passed: found.passed, failed: found.failed, skipped: found.skipped }).toEqual({
        passed,
        failed,
        skipped,
      })
      expect(found.complete).toBe(true)
      expect(found.failures).toHaveLength(failed)
      expect(found.passes.length).toBeGreaterThanOrEqual(passed)
    })
})

describe('truth first', () => {
  const passesFold = async (text: string) =>
    /\d+ passed L\d|\d+ passed B\d/.test(await shown(text, { mode: 'aggressive' }))
  const cargo = input('cargo-ok')
  const cases: [name: string, text: string, folds: boolean][] = [
    ['totals that agree', cargo, true],
    ['a harness without its totals', cargo.replace(/^test result.*$/m, ''), false],
    ['a total that is another', cargo.replace('56 passed', '57 passed'), false],
    ['fewer tests than were to run', cargo.replace('running 60 tests', 'running 61 tests'), false],
    ['a process that was killed', input('made-up-cargo-sigsegv'), false],
    ['no failure claimed, one listed', input('made-up-claims-no-failure'), false],
    ['XML with declared entities', input('made-up-entity-bomb'), false],
    ['XML that does not close', input('made-up-cut-off-junit'), false],
    ['FAILED and no failing test', input('unittest').replace(/ \.\.\. (FAIL|ERROR)$/gm, ' ... ok'), false],
  ]
  for (const [name, text, folds] of cases) test(name, async () => expect(await passesFold(text)).toBe(folds))

  test('what is no pass stays, word for word', async () => {
    for (const name of ['cargo-fail', 'unittest', 'pytest', 'node-spec', 'mocha', 'jest', 'vitest', 'go-test']) {
      const text = input(name)
      const out = await shown(text, { mode: 'aggressive' })
      for (const line of text.split('\n'))
        if (/assert|expected|panicked|Error:|FAILED|^FAIL/.test(line)) expect(out).toContain(line.trim())
    }
  })
  test('a pass whose name speaks of errors stays', async () => {
    const text = cargo.replace('group_1::adds_3_numbers', 'group_1::warns_of_errors')
    expect(await shown(text, { mode: 'aggressive' })).toContain('warns_of_errors')
  })
  test('what the question names stays', async () => {
    const out = await shown(input('pytest'), { mode: 'aggressive', query: 'did TestC4::test_thing_11 pass?' })
    expect(out).toMatch(/TestC\D*4.*11|test_thing_11|^4,11|^11/m)
  })
})

describe('budgets', () => {
  for (const name of ['pytest', 'cargo-fail', 'unittest', 'go-test-json', 'pytest-junit', 'gcc'])
    test(name, async () => {
      for (const budget of [64, 150, 400, 1500]) {
        const { results, host } = await compressed(report, Buffer.from(input(name)), { budget }, tokenizer)
        expect(tokenizer.count(results[0]!.text)).toBeLessThanOrEqual(budget)
        expect(host.reports).toEqual([])
      }
    })
  test('failing tests and totals come first', async () => {
    const out = await shown(input('pytest'), { budget: 260 })
    for (const word of ['TestC1::test_thing_4 FAILED', 'TestC2::test_thing_2 FAILED', '3 failed, 81 passed'])
      expect(out).toContain(word)
  })
})

describe('what a question asks for by its role, within a few tokens', () => {
  const cases: [name: string, query: string, answers: string[]][] = [
    ['pytest', 'summary line', ['3 failed, 81 passed, 6 skipped']],
    ['cargo-fail', 'what is the first failure?', ['FAILED']],
    ['gcc', 'the last warning', ['warning: ']],
    ['go-test', 'how many tests were skipped?', ['SKIP: ']],
  ]
  for (const [name, query, answers] of cases)
    test(`${name}: ${query}`, async () => {
      const out = await shown(input(name), { budget: 200, query })
      for (const answer of answers) expect(out).toContain(answer)
    })
  for (const name of ['jest-json', 'mocha-json', 'pytest-json', 'made-up-playwright-json'])
    test(`${name}: name, message and place of what failed`, async () => {
      const text = input(name)
      const out = await shown(text, { budget: Math.max(200, Math.floor(tokenizer.count(text) / 4)) })
      for (const shape of [/is wrong|test_wrong|wrong password/, /deep|assert|toBeVisible/, /\w\.(?:js|py|ts):\d+/])
        expect(out).toMatch(shape)
    })
  test('documents of other shapes than reporters write come back', async () => {
    const odd = ['null', '5', '"x"', '[]', '[null]', '{}', '[{"status":5,"name":{}}]', '[{"ok":false,"tests":[null]}]']
    for (const value of odd)
      for (const text of [
        `{"numTotalTests":3,"testResults":[{"assertionResults":${value}},${value}],"x":"${'y'.repeat(900)}"}`,
        `{"stats":{"suites":1,"tests":1,"passes":1},"tests":${value},"passes":[${value}],"x":"${'y'.repeat(900)}"}`,
        `{"summary":{"total":1},"tests":[{"nodeid":${value},"outcome":"failed","call":${value}}],"x":"${'y'.repeat(900)}"}`,
        `{"suites":[{"specs":[{"title":${value},"tests":${value}}],"suites":${value}}],"stats":{"expected":1},"x":"${'y'.repeat(900)}"}`,
      ]) {
        const { host } = await compressed(report, Buffer.from(text), { budget: 100 }, tokenizer)
        expect([text.slice(0, 200), ...host.reports]).toEqual([text.slice(0, 200)])
      }
  })
  test('a document without a budget is left to crush-json', async () => {
    for (const mode of ['lossless', 'balanced', 'aggressive'])
      expect(await shown(input('jest-json'), { mode })).toBe(input('jest-json'))
  })
})

describe('bad input comes back', () => {
  const junit = input('pytest-junit')
  const cases: [name: string, text: string][] = [
    ['two reports', input('made-up-two-reports')],
    ['CRLF', input('unittest').replaceAll('\n', '\r\n')],
    ['a byte-order mark', `\ufeff${junit}`],
    ['NUL', input('go-test-json').replaceAll('TestAdd5', 'Test\0')],
    [
      'lines that look like notation',
      lines(
        90,
        i => `${['@3 line x', '>B 1', '#g', '!!2', '!x', '=a: b', '~', '[... 3 lines L1-3]', '\\'][i % 9]}${i}`,
      ),
    ],
    ['XML cut anywhere', junit.slice(0, 1234)],
    ['a tag that does not end', junit.replace('/>', '')],
    [
      'nested suites, 20,000 deep',
      `<testsuites>\n${'<testsuite name="a">\n'.repeat(20_000)}${'</testsuite>\n'.repeat(20_000)}`,
    ],
    ['quotes that do not close', junit.replaceAll('" ', ' ')],
  ]
  for (const [name, text] of cases)
    for (const mode of MODES)
      test(`${name}, ${mode}`, async () => {
        await holds(report, Buffer.from(text), mode, filterOf, tokenizer)
      }, 60_000)
})

describe('fits', () => {
  const cases: [name: string, text: string, fits: boolean][] = [
    ...['unittest', 'pytest', 'cargo-fail', 'go-test-json', 'pytest-junit', 'mocha', 'tsc', 'gcc'].map(
      (name): [string, string, boolean] => [name, input(name), true],
    ),
    ['a log', lines(40, i => `2024-01-15T10:00:${10 + i}Z ERROR worker-${i % 3}: request ${i} failed`), false],
    [
      'prose that quotes a report',
      `# How tests run\n\n${lines(30, () => 'The harness prints what it ran and how long that took, and then the totals.')}\nrunning 1 test\ntest a ... ok\n`,
      false,
    ],
    ['source code', lines(30, i => `  assert.equal(add(${i}, 1), ${i + 1})`), false],
  ]
  for (const [name, text, fits] of cases) test(name, () => expect(report.fits(text, {}) >= 0.5).toBe(fits))
})

describe('the XML scanner', () => {
  const tags = (text: string) => tagsOf(text, () => {})?.map(({ name, kind }) => `${kind} ${name}`)
  const cases: [name: string, text: string, found: string[] | undefined][] = [
    ['tags', '<a><b/></a>', ['open a', 'empty b', 'close a']],
    ['comments, CDATA, instructions', '<?xml version="1.0"?><a><!-- <b> --><![CDATA[<c>]]></a>', ['open a', 'close a']],
    ['> in an attribute', '<a b="1 > 0"/>', ['empty a']],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a/>', undefined],
    ['a tag that does not end', '<a><b', undefined],
  ]
  for (const [name, text, found] of cases) test(name, () => expect(tags(text)).toEqual(found))
  test('entities: the five and numbers, never others', () => {
    expect(decodedText('&lt;&#65;&#x42;&amp;lol;&lol;&#x110000;')).toBe('<AB&lol;&lol;&#x110000;')
  })
  test('attributes', () => {
    const text = `<a name='x"y' data-name="z" n = "1"/>`
    const [tag] = tagsOf(text, () => {})!
    expect(['name', 'n', 'm'].map(name => attributeOf(text, tag!, name))).toEqual(['x"y', '1', undefined])
  })
})
