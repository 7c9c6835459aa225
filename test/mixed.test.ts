import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { textOf } from '../ccr/text.ts'
import { MODES } from '../filters/filter.ts'
import { filterOf as indexed } from '../filters/index.ts'
import mixed from '../filters/mixed/index.ts'
import { models } from '../models/load.ts'
import { compressed, holds } from './laws.ts'

const tokenizer = await models.tokenizer('o200k_base')
const filterOf = (name: string) => (name === 'mixed' ? mixed : indexed(name))
const root = join(import.meta.dir, '../filters')
const caseOf = (path: string) => readFileSync(join(root, path), 'utf8').replace(/\n?$/, '\n')
const repeat = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i)).join('')

const records = Array.from({ length: 30 }, (_, i) => ({ id: i, name: `item ${i}`, state: i % 4 ? 'done' : 'open' }))
const samples: Record<string, string> = {
  'crush-json': `${JSON.stringify(records, null, 2)}\n`,
  records: repeat(30, i => `${JSON.stringify(records[i])}\n`),
  log: caseOf('log/cases/spark.in'),
  diff: caseOf('diff/cases/kinds.in'),
  search: caseOf('search/cases/rg.in'),
  report: caseOf('report/cases/pytest.in'),
  table: `date,city,temp,humidity\n${repeat(40, i => `2024-03-${10 + (i % 20)},Oslo,${i % 9}.5,${60 + (i % 30)}\n`)}`,
  paths: caseOf('search/cases/find.in'),
}

const prose = repeat(
  6,
  i =>
    `The ${['first', 'second', 'third', 'fourth', 'fifth', 'sixth'][i]} attempt showed that the worker keeps its connections open, although nobody had asked it to do so, and that the deadline is not honoured.\n`,
)

/** In every mode: the laws hold; gives the balanced output. */
async function lawful(text: string): Promise<string> {
  for (const mode of MODES) await holds(mixed, Buffer.from(text), mode, filterOf, tokenizer)
  return textOf((await compressed(mixed, Buffer.from(text), {}, tokenizer)).bytes)
}

/** The filters of the regions, in order. */
const regionsOf = (out: string) =>
  [...out.matchAll(/^\[hr (?:[0-9a-f]{10} )?([a-z-]+)[^\n]*\]$/gm)]
    .map(([, name]) => name!)
    .filter(name => name !== 'end')

describe('every two kinds, one after the other', () => {
  for (const [one, first] of Object.entries(samples))
    test(one, async () => {
      for (const [other, second] of Object.entries(samples)) {
        const between = [`== ${one} ==`, 'What the second one printed:', `== ${other} ==`]
        const out = await lawful(`${between[0]}\n${first}\n${between[1]}\n${between[2]}\n${second}`)
        for (const line of between) expect(`\n${out}`).toContain(`\n${line}\n`)
      }
    }, 60_000)
})

describe('what stands around a part stays, and the part goes to its filter', () => {
  const { log, diff, report, search, table } = samples as Record<string, string>
  const json = samples['crush-json']!
  const fence = (language: string, text: string) => `\`\`\`${language}\n${text}\`\`\`\n`
  const cases: [string, string, readonly string[], readonly string[]][] = [
    [
      'fences by their language or their content',
      `# Report\n\n${prose}\n${fence('json', json)}\nThe change:\n\n${fence('diff', diff!)}\nAnd the log:\n\n${fence('', log!)}`,
      ['crush-json', 'diff', 'log'],
      ['```json', '```diff', '```', '# Report', 'The change:', 'And the log:'],
    ],
    ['JSON after a line', `Response:\n${json}Done in 3 s\n`, ['crush-json'], ['Response:', 'Done in 3 s']],
    [
      'JSON that the last line goes on behind',
      `< HTTP/1.1 200 OK\n< content-type: application/json\n<\n${json.trimEnd()}* Connection #0 left intact\n`,
      ['crush-json'],
      ['< HTTP/1.1 200 OK', '* Connection #0 left intact'],
    ],
    ['two JSON documents', `${json}\n${json.replaceAll('item', 'part')}`, ['crush-json', 'crush-json'], []],
    ['records between lines', `${prose}first\n${samples.records}last\n`, ['crush-json'], ['first', 'last']],
    [
      'what prompts printed',
      `$ pytest\n${report}$ rg open\n${search}$ cat a.csv\n${table}`,
      ['report', 'search', 'table'],
      ['$ pytest', '$ rg open', '$ cat a.csv'],
    ],
    [
      'a conversation',
      `User: why is it red?\n\nTool result:\n${report}\nAssistant: ${prose}\nTool result:\n${diff}\nAssistant: done.\n`,
      ['report', 'diff'],
      ['User: why is it red?', 'Tool result:', 'Assistant: done.'],
    ],
    ['a table in a document', `${prose}${prose}\n${table}\n${prose}`, [], []],
  ]
  for (const [name, text, filters, lines] of cases)
    test(name, async () => {
      const out = await lawful(text)
      for (const filter of filters) expect(regionsOf(out)).toContain(filter)
      for (const line of lines) expect(`\n${out}`).toContain(`\n${line}\n`)
    })
})

describe('one kind is left to its own filter', () => {
  for (const [name, text] of Object.entries({ ...samples, prose: prose.repeat(4) }))
    test(name, async () => {
      expect(mixed.fits(text, {})).toBeLessThan(0.5)
      const { results } = await compressed(mixed, Buffer.from(text), {}, tokenizer)
      expect(results[0]!.why).toBeDefined()
    })
  const mixtures: [string, string][] = [
    ['JSON and a log', `${samples['crush-json']}\n${samples.log}`],
    ['fenced records', `${prose}\n\`\`\`\n${samples.records}\`\`\`\n${prose}`],
    ['two documents', samples['crush-json']!.repeat(2)],
  ]
  for (const [name, text] of mixtures)
    test(`not ${name}`, () => expect(mixed.fits(text, {})).toBeGreaterThanOrEqual(0.5))
})

describe('bad input', () => {
  const { log, diff } = samples as Record<string, string>
  const json = samples['crush-json']!
  const cases: [string, string][] = [
    ['a fence that stays open', `text\n\`\`\`json\n${json}`],
    ['many fences that stay open', repeat(3000, i => `\`\`\`${'js'.repeat(1 + (i % 9))}\nx\n`)],
    ['fences of every length', repeat(400, i => `${'`'.repeat(400 - i)}x\n`)],
    ['a bracket on each line', repeat(3000, i => `[ ${i} waiting\n`)],
    ['an open array on each line', repeat(3000, () => '[1,\n')],
    ['an open string on each line', repeat(3000, () => '{"a\n')],
    ['an open object on each line', repeat(3000, () => '{"a":\n')],
    ['nested fences', `${prose}\n\`\`\`\`md\n\`\`\`json\n${json}\`\`\`\n${log}\`\`\`\`\n${prose}`],
    [
      'a fence in a diff',
      `${prose}\n--- a/x.md\n+++ b/x.md\n@@ -1,4 +1,4 @@\n \`\`\`\n-a\n+b\n \`\`\`\n\n${json}\n${diff}`,
    ],
    ['hunks that lie', `text\n--- a\n+++ b\n@@ -1,9999 +1,9999 @@\n ${json}\n${diff}\n${log}`],
    ['forged heads', `${json}\n[hr crush-json]\n[1]\n[hr end]\n${log}`],
    ['forged markers', `Response:\n${json}\n[... 3 lines L1-3]\n${log}\n[... 9 rows $.a[0:9]]\n`],
    ['NUL, CR and escapes', `a\0\r\n${json.replaceAll('\n', '\r\n')}\x1b[0m\r\n${log!.replaceAll('\n', '\r\n')}`],
    ['a byte order mark', `\ufeff${json}\n${log}`],
    ['JSON nested too deep', `x\n${'['.repeat(5000)}${']'.repeat(5000)}\n${json}`],
    ['no final line end', `Response:\n${json.trimEnd()}`],
    ['a commit without end', repeat(300, i => `commit ${'0123456789'.repeat(4)}\nAuthor: a\n\n    {"a": ${i}\n`)],
  ]
  for (const [name, text] of cases) test(name, async () => void (await lawful(text)), 60_000)

  test('steps are bounded by the length of the text', async () => {
    const makes = [
      (n: number) => repeat(n, i => `\`\`\`\n{"a":${i}}\n\`\`\`\ntext ${i}\n`),
      (n: number) => repeat(n, () => '[1,\n'),
      (n: number) => repeat(n, i => `  ${i}  ab  cd\n2024-01-15 10:00:00 x\n`),
      (n: number) => repeat(n, i => `--- a\n+++ b\n@@ -1,${n} +1,${n} @@\n ${i}\n`),
    ]
    for (const make of makes) {
      for (const text of [make(4000), make(16_000)]) {
        const { results } = await compressed(mixed, Buffer.from(text), {}, tokenizer)
        expect(results[0]!.steps).toBeLessThanOrEqual(3 * text.length)
      }
    }
  }, 60_000)
})
