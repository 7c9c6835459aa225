import { describe, expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { markersOf } from '../ccr/marker.ts'
import { MODES } from '../filters/filter.ts'
import table from '../filters/table/index.ts'
import { parseColumns, printColumns } from '../filters/table/rule.ts'
import { models } from '../models/load.ts'
import { compressed, holds } from './laws.ts'

const tokenizer = await models.tokenizer('o200k_base')
const filterOf = (name: string) => (name === 'table' ? table : undefined)
const rows = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${make(i)}\n`).join('')
const day = (i: number) => `2024-0${1 + Math.floor(i / 28)}-${String((i % 28) + 1).padStart(2, '0')}`

async function body(text: string, ask = {}): Promise<string> {
  const { bytes } = await compressed(table, Buffer.from(text), { mode: 'lossless', ...ask }, tokenizer)
  return Buffer.from(bytes).toString().split('\n').slice(1).join('\n')
}

describe('how a column is written', () => {
  const head = 'id,when,temp,city,place,code,full,next\n'
  const cities = ['Oslo North', 'Bergen', 'Trondheim East']
  const make = (i: number) => {
    const city = cities[(i * 7) % 3]!
    return `${i + 100},${day(i)},${(i * 37) % 19}.${i % 10},${city},${['NO-3', 'NO-46', 'NO-50'][(i * 7) % 3]},x${(i * 7919) % 1000},"${city} (x${(i * 7919) % 1000})",${((i * 7919) % 1000) + 5}`
  }
  const text = head + rows(84, make)
  const cases: [name: string, column: string, rule: string][] = [
    ['a count', 'id', 'id?=(+1)'],
    ['dates by their month', 'when', 'when=2024-#-*'],
    ['one decimal', 'temp', 'temp=(/10)'],
    ['what another column tells', 'place', 'place=NO-(by city)'],
  ]
  for (const [name, column, rule] of cases)
    test(name, async () => {
      const [, columns] = (await body(text)).split('\n')
      const shown = columns!.split(/[,|]/).find(field => field.startsWith(column))
      if (column === 'place') expect(shown).toContain('(by ')
      else expect(shown).toBe(rule)
    })
  test('a template of two others', async () => {
    expect((await body(text)).split('\n')[1]).toMatch(/full="\{city\} \\\((?:x)?\{code\}\)"/)
  })
  test('group lines appear when their value changes', async () => {
    const groups = (await body(text)).split('\n').filter(line => line.startsWith('#'))
    expect(groups.length).toBeLessThan(5)
  })
})

describe('layouts', () => {
  const cases: [name: string, text: string][] = [
    ['semicolons, CRLF and a byte-order mark', `\ufeffname;value\r\n${rows(30, i => `"a ${i};";${i * 3},5\r`)}`],
    ['tabs', `name\tvalue\n${rows(30, i => `row ${i}\t${i % 3}`)}`],
    ['no final line end', `a,b,c\n${rows(30, i => `${i},x,${i * 3}`).trimEnd()}`],
    ['line ends in cells', `a,b\n${rows(30, i => `${i},"one\ntwo ""${i}"""`)}`],
    ['a quote that never closes', `a,b,c\n${rows(30, i => (i === 9 ? `${i},"open,1` : `${i},"shut",1`))}`],
    ['rows of other lengths', `a,b,c\n${rows(60, i => (i % 9 ? `${i},x,1` : `${i}`))}`],
    ['no header', rows(40, i => `${i * 7},${i % 5},ok`)],
    ['an empty name and one twice', `,a,a\n${rows(40, i => `${i},${i % 2},${i % 2}`)}`],
    [
      'cells like the notation',
      `a,b,c\n${rows(60, i => `${['#', '!', '=', '~', '\\', '@3 csv', '>B ', '{a}', '(+1)', '*'][i % 10]},${i},~0`)}`,
    ],
    [
      'two group parts in one column, the second the slower',
      `path,n\n${rows(600, i => `app/m${Math.floor(i / 5) % 40}/src/v${Math.floor(i / 150)}/${(i * 7919) % 997}.ts,${(i * 31) % 17}`)}`,
    ],
    ['psql', ` id |  name\n----+--------\n${rows(30, i => ` ${String(i).padStart(2)} | user ${i % 3}`)}(30 rows)\n`],
    [
      'columns of the page',
      `NAME          READY   AGE\n${rows(30, i => `${`pod-${(i * 977) % 1000}`.padEnd(14)}1/1     3d`)}`,
    ],
  ]
  for (const [name, text] of cases)
    for (const mode of MODES)
      test(`${name}, ${mode}`, async () => {
        const { results } = await holds(table, Buffer.from(text), mode, filterOf, tokenizer)
        expect(results[0]!.why).toBeUndefined()
      }, 60_000)

  test('10,000 columns', async () => {
    const text = rows(6, i => Array.from({ length: 10_000 }, (_, column) => (column * i) % 7).join(','))
    await holds(table, Buffer.from(text), 'balanced', filterOf, tokenizer)
  })

  test('text around a table stays, in place', async () => {
    const text = `# Plan\n\nToken ZX-9981.\n\n| a | b |\n|---|---|\n${rows(30, i => `| host-${i}.example.com | up |`)}\nCall Ana.\n`
    const shown = await body(text)
    expect(shown).toStartWith('# Plan\n\nToken ZX-9981.\n\n@')
    expect(shown).toEndWith('\nCall Ana.\n')
  })
})

describe('what goes and what stays', () => {
  const text = `id,host,status,ms\n${rows(4000, i => `${i},web-${(i * 31) % 97}.example.com,${i === 2611 ? 'error' : 'ok'},${i === 1402 ? 98765 : 20 + ((i * 7919) % 40)}.${(i * 13) % 7}${i % 10}`)}`
  test('balanced keeps every row of a table below 8,000 tokens', async () => {
    const { results } = await compressed(table, Buffer.from(text.slice(0, 12_000)), {}, tokenizer)
    expect(results[0]!.lossless).toBe('bytes')
  })
  test('aggressive keeps ends, outliers and trouble, and says what went', async () => {
    const shown = await body(text, { mode: 'aggressive' })
    expect(shown).toContain('98765')
    expect(shown).toMatch(/error/)
    const markers = markersOf(shown)
    expect(markers.length).toBeGreaterThan(3)
    for (const { what } of markers) expect(what).toMatch(/^\d+ rows: id \d+ to \d+$/)
    expect(shown.length).toBeLessThan(0.2 * text.length)
  })
  test('what the question names stays', async () => {
    const shown = await body(text, { mode: 'aggressive', query: 'what did web-58.example.com answer in row 1777?' })
    expect(shown).toMatch(/^1777/m)
  })
  test('a budget holds', async () => {
    for (const budget of [300, 1000, 4000]) {
      const { results } = await compressed(table, Buffer.from(text), { budget }, tokenizer)
      expect(tokenizer.count(results[0]!.text)).toBeLessThanOrEqual(budget)
    }
  })
})

describe('fits', () => {
  const log = rows(40, i => `2024-01-15T10:00:${10 + i}Z INFO worker-${i % 3}: request ${i}, took ${i} ms`)
  const cases: [name: string, text: string, fits: boolean][] = [
    ['a CSV of dates', `date,a,b\n${rows(40, i => `${day(i)},${i},${i % 3}`)}`, true],
    ['ls -l', rows(20, i => `-rw-r--r-- 1 root root ${String(i * 977).padStart(6)} Jan  1  2024 file-${i}`), true],
    ['kubectl get', `NAME   READY   AGE\n${rows(9, i => `pod-${i}  1/1     3d`)}`, true],
    ['a log', log, false],
    ['prose', rows(30, () => 'It was late, and nobody, not even Ana, had been told to leave the door open.'), false],
    ['source code', rows(30, i => `  const value${i} = call(first, second, ${i})`), false],
    [
      'git log',
      rows(20, i => `commit ${String(i).repeat(40).slice(0, 40)}\nAuthor: A <a@example.com>\n\n    Subject, ${i}\n`),
      false,
    ],
    [
      'JSON',
      JSON.stringify(
        Array.from({ length: 30 }, (_, id) => ({ id, a: 1 })),
        null,
        1,
      ),
      false,
    ],
  ]
  for (const [name, text, fits] of cases) test(name, () => expect(table.fits(text, {}) >= 0.5).toBe(fits))
})

test('columns are read as they are printed', () => {
  const name = fc.string({ minLength: 0, maxLength: 12 })
  fc.assert(
    fc.property(
      fc.array(name, { minLength: 2, maxLength: 6 }),
      fc.array(fc.string({ minLength: 1 }), { minLength: 6, maxLength: 6 }),
      (names, texts) => {
        const rules = names.map((_, at) => ({
          parts: [
            { kind: 'text' as const, text: texts[at]! },
            ...(at ? [{ kind: 'of' as const, column: 0 }] : [{ kind: 'own' as const }]),
          ],
          optional: at % 2 === 1,
        }))
        const line = printColumns(names, rules, ',')
        expect(line).not.toContain('\n')
        expect(parseColumns(line, ',')).toEqual({ names, rules })
      },
    ),
  )
})

describe('columns of hashes', () => {
  const sha = (i: number) => createHash('sha256').update(String(i)).digest('hex')
  const text = `path,sha256,size,"a\nb"\n${rows(30, i => `src/${i}.ts,${sha(i)},${(i * 37) % 90},"x\n${i % 3}"`)}`
  const gaps = (out: string) => markersOf(out).length

  test('stand behind markers by default, and in the text where nothing may go', async () => {
    expect(gaps(await body(text, { mode: 'balanced' }))).toBe(30)
    expect(await body(text)).toContain(sha(7))
  })
  test('what the question quotes stays', async () => {
    const out = await body(text, { mode: 'balanced', query: `which file has ${sha(7)}?` })
    expect(gaps(out)).toBe(29)
    expect(out).toContain(sha(7))
  })
  const stays: [name: string, text: string][] = [
    ['a column named id', text.replace('sha256', 'id')],
    ['UUIDs, which are hardly longer than a marker', text.replace(/[0-9a-f]{64}/g, hash => hash.slice(0, 32))],
    ['equal ones', text.replace(/[0-9a-f]{64}/g, sha(1))],
    ['cells that look like markers', text.replace('src/3.ts', '[... 3 lines L1-3]')],
  ]
  for (const [name, other] of stays)
    test(`${name} stay`, async () =>
      expect(gaps((await body(other, { mode: 'balanced' })).replace('[... 3 lines L1-3]', ''))).toBe(0))
  for (const [name, other] of [
    ['as they are', text],
    ['CRLF and a byte-order mark', `\ufeff${text.replaceAll('\n', '\r\n')}`],
    ['tabs', text.replaceAll(',', '\t')],
    ['spaces', rows(30, i => `${i} ${sha(i)} ${i % 4}`)],
    ['quotes', text.replace(/[0-9a-f]{64}/g, '"$&"')],
    ['no final line end', text.trimEnd()],
    ['letters of two bytes', text.replaceAll('src', 'übung')],
    ...stays,
  ] as const)
    test(`${name} come back`, async () => {
      for (const mode of MODES) await holds(table, Buffer.from(other), mode, filterOf, tokenizer)
    })
})
