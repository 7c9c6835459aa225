import { describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOf, textOf } from '../ccr/text.ts'
import auto, { kindOf, kinds } from '../filters/auto/index.ts'
import { readsAsJson } from '../filters/auto/json.ts'
import { expand } from '../filters/expand.ts'
import { type FilterContext, MODES, pass } from '../filters/filter.ts'
import { filterOf } from '../filters/index.ts'
import { run } from '../filters/run.ts'
import { testHost } from './host.ts'

const cases = join(import.meta.dir, '../filters/auto/cases')

/** The first filter that the text is handed to, or `pass`. */
/** The filter that has the last word: mixed is asked first where parts may differ, and leaves a text of one kind to that kind's own. */
const goesTo = async (text: string, path?: string) => {
  const names = (await auto.route!(text, path === undefined ? {} : { path })).map(({ name }) => name)
  return names.find(name => name !== 'mixed') ?? names[0] ?? 'pass'
}

describe('the filter that each text goes to', () => {
  for (const file of readdirSync(cases).filter(name => name.endsWith('.in'))) {
    const expected = file.split('.').at(-2)!
    const text = textOf(readFileSync(join(cases, file)))
    test(file, async () => {
      expect(await goesTo(text)).toBe(expected)
      // A byte order mark and CRLF change nothing.
      expect(await goesTo(`\ufeff${text.replaceAll('\n', '\r\n')}`)).toBe(expected)
    })
  }
})

describe('the filter of made-up texts', () => {
  const lines = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join('\n')
  const table: [string, string, string][] = [
    ['one number', 'pass', '17\n'],
    ['blank lines', 'pass', '\n\n\n'],
    ['a JSON string', 'pass', '"only words"\n'],
    ['an array', 'crush-json', '[{"a":1,"b":[2,3]},{"a":2,"b":[]}]'],
    ['a large array, cut', 'crush-json', `[${'{"a":1,"b":[2,3]},'.repeat(100_000)}`],
    ['a bracket on each line', 'pass', lines(3000, () => '[')],
    ['a large text of opening brackets', 'pass', '['.repeat(2_000_000)],
    ['records', 'crush-json', lines(30, i => `{"n":${i}}`)],
    ['records, one line of five broken', 'pass', lines(30, i => (i % 5 ? `{"n":${i}}` : `{"n":`))],
    ['numbers, one a line', 'pass', lines(50, i => String(i))],
    ['a list of words', 'pass', lines(500, i => `word${i}`)],
    ['a list of paths', 'mixed', lines(100, i => `./src/part${i}/index.ts`)],
    ['lines that count', 'log', lines(100, i => `line ${i}: INFO processing request`)],
    ['imports of many files', 'pass', lines(150, i => `import { part${i} } from './part${i}.ts'`)],
    [
      'the heads of many files',
      'pass',
      lines(60, i => `==> part${i}.ts <==\nexport function f${i}(): number {\n  return ${i}\n}`),
    ],
    ['one long word', 'pass', 'x'.repeat(5_000_000)],
    ['Chinese', 'kompress', lines(20, () => '这个工具把日志变短，读者仍然可以找到答案。它不会丢失任何内容。')],
    [
      'numbered sentences',
      'kompress',
      lines(20, i => `${i}. The parser reads the file, and it stops at the first error that it finds.`),
    ],
  ]
  for (const [name, expected, text] of table) test(name, async () => expect(await goesTo(text)).toBe(expected))

  test('a path steers: prose in a source file is a comment', async () => {
    const text = 'The parser reads the file, and it stops at the first error that it finds.\n'.repeat(20)
    expect(await goesTo(text, 'notes.txt')).toBe('kompress')
    expect(await goesTo(text, 'notes.py')).toBe('min-code')
  })
  test('names are unique', () => expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length))
})

describe('the beginning of a JSON value', () => {
  const table: [string, boolean][] = [
    ['{"a":[1,2,{"b":"c"}],"d":nu', true],
    ['{"a":[1,2,{"b":"c"}],"d":"cut in the mid', true],
    ['{"a":[1,2,{"b":"c"}],"d":1} ', true],
    ['{"a":[1,2,{"b":"c"}],"d":1} x', false],
    ['{"a":[1,2,{"b":"c"}},"d":1', false],
    ['{"a":[1,2,{"b","c"}],"d":1', false],
    ['{a:[1,2,{b:"c"}],d:1', false],
    ['[2024-01-15 10:00:00] INFO started, 3 of 4', false],
    ['[1', false],
  ]
  for (const [prefix, reads] of table) test(prefix, () => expect(readsAsJson(prefix)).toBe(reads))
})

test('detection reads a bounded part of any text', () => {
  const baits = ['(', '[', '{"', 'a:1:', '\t', '<a ', '```\n', '- ', 'a,', '"', '# ', '\\', ' =', '0 ', '\n']
  for (const bait of baits) {
    const started = performance.now()
    kindOf(bait.repeat(4_000_000 / bait.length))
    expect(performance.now() - started).toBeLessThan(500)
  }
})

test('a router works through its routes, and what has none passes', async () => {
  expect(await auto.apply('some text', {} as FilterContext)).toEqual(pass('not-mine'))
  expect((await run(auto, '{{{{', {}, testHost())).why).toBe('not-mine')
})

describe('a file that lies about its extension is read for what it is, and comes back', () => {
  const texts: readonly [file: string, expected: string][] = [
    ['changes.diff.in', 'diff'],
    ['made-up-records.crush-json.in', 'crush-json'],
    ['made-up-reviews.table.in', 'table'],
    ['strace.log.in', 'log'],
    ['hits.search.in', 'search'],
    ['made-up-changelog.kompress.in', 'kompress'],
    ['made-up-binary.pass.in', 'pass'],
  ]
  const names = ['a.json', 'a.csv', 'a.log', 'a.diff', 'a.xml', 'a.md', 'a.png', 'a', '.csv', 'a.csv.py']
  for (const [file, expected] of texts)
    test(file, async () => {
      const bytes = readFileSync(join(cases, file))
      for (const path of names) {
        // A name of source code is believed: comments are prose, and tables of numbers are code there.
        if (!path.endsWith('.py')) expect([path, await goesTo(textOf(bytes), path)]).toEqual([path, expected])
        for (const mode of MODES) {
          const host = testHost()
          const { text } = await run(auto, textOf(bytes), { mode, hint: { path } }, host)
          const back = await expand(bytesOf(text), filterOf, host.memory)
          expect(Buffer.compare(Buffer.from(back.bytes), bytes)).toBe(0)
          expect(host.reports).toEqual([])
        }
      }
    })
})
