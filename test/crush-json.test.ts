import { describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { markersOf } from '../ccr/marker.ts'
import { bytesOf, textOf } from '../ccr/text.ts'
import { UNLIMITED } from '../filters/crush-json/document.ts'
import { identify } from '../filters/crush-json/identity.ts'
import crushJson from '../filters/crush-json/index.ts'
import { parseJson } from '../filters/crush-json/parse.ts'
import { expand } from '../filters/expand.ts'
import { MODES, type Mode } from '../filters/filter.ts'
import { type Ask, run } from '../filters/run.ts'
import { models } from '../models/load.ts'
import { testHost } from './host.ts'

const tokenizer = await models.tokenizer('o200k_base')

/** Through the gate and back; nothing may be reported, and every byte must return. */
async function roundTrip(text: string, ask: Ask = {}) {
  const host = testHost({ tokenizer })
  const result = await run(crushJson, text, ask, host)
  expect(host.reports).toEqual([])
  const back = await expand(bytesOf(result.text), () => crushJson, host.memory)
  expect(back.damaged).toEqual([])
  expect(Buffer.compare(Buffer.from(back.bytes), Buffer.from(bytesOf(text)))).toBe(0)
  return result
}

const json = (value: unknown) => JSON.stringify(value)
const rows = <T>(count: number, row: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => row(i))
const table = rows(12, i => ({ id: 100 + i, name: `n${i * 7}`, on: true, tags: [], at: { x: i * 3, y: null } }))

describe('layouts come back and are named in the head', () => {
  const pretty = (indent: string | number) => JSON.stringify(table, null, indent)
  const cases: [name: string, text: string, note: string][] = [
    ['two blanks', `${pretty(2)}\n`, 'indent=2 eol'],
    ['tabs', pretty('\t'), 'indent=tab'],
    ['CRLF', `${pretty(4)}\n`.replaceAll('\n', '\r\n'), 'indent=4 crlf eol'],
    ['byte-order mark', `\ufeff${json(table)}`, 'bom'],
    ["Python's separators", json(table).replaceAll('":', '": ').replaceAll(',', ', '), 'sep=c_k_'],
    ['NDJSON', `${table.map(json).join('\n')}\n`, 'ndjson eol'],
    [
      'a name before each line',
      table.map(row => `web_1  | ${json(row)}\n`).join(''),
      'ndjson before=web_1%20%20%7C%20 eol',
    ],
    ['rows on lines', JSON.stringify(table).replaceAll('},{"id"', '},\n{"id"'), 'rows=lines'],
    [
      'two levels on lines',
      `{\n  "rows": [\n${table
        .map(
          row =>
            `    ${JSON.stringify({ ...row, name: 'n'.repeat(150) })
              .replaceAll('":', '": ')
              .replaceAll(',"', ', "')}`,
        )
        .join(',\n')}\n  ]\n}\n`,
      'indent=2 levels=2 nopad eol',
    ],
    ['tight colons', pretty(2).replaceAll('": ', '":'), 'indent=2 sep=ck_'],
    ['blank lines at the end', `${json(table)}\n\n `, 'tail=nns'],
    ['escapes', json(table.map(row => ({ ...row, s: 'Grüße 😀' }))).replace(/[^\0-\x7f]/g, escaped), 'ascii'],
    ['one container on a line of its own', pretty(2).replaceAll('"tags": []', '"tags": [1, 2]'), 'indent=2 fit=80a'],
    ['a line indented by hand', pretty(2).replace('\n    "on"', '\n   "on"'), 'indent=2 shift=8x3'],
    ['a few odd containers', `[\n  [1, 2],\n  ${json(table[0])}\n]`, ''],
  ]
  for (const [name, text, note] of cases)
    test(name, async () => {
      const result = await roundTrip(text, { mode: 'lossless' })
      if (note) expect(result.text.split('\n')[0]!.replace(/ - .*\]/, ']')).toBe(`[hr crush-json ${note}]`)
    })
})

test('containers on several lines in a root on one are no layout, and no defect', async () => {
  const inner = JSON.stringify(table, null, 2)
  expect((await roundTrip(`{"rows": ${inner}, "more": ${inner}}`)).lossless).toBe('values')
})

describe('gaps stand in every layout as they stood', () => {
  const digest = (i: number) => `${((i + 3) * 0x9e3779b9).toString(16)}abcdef0123456789`.slice(0, 24)
  const list = rows(40, i => ({
    id: i * i,
    at: { sum: digest(i), n: i },
    parts: [{ hash: digest(i * 7) }],
    s: `v${i}`,
  }))
  const lines = (value: readonly unknown[]) => value.map(json).join('\n')
  const layouts: [name: string, text: string][] = [
    ['minified', json({ list })],
    ['two blanks', JSON.stringify({ list }, null, 2)],
    ['tabs and CRLF', JSON.stringify({ list }, null, '\t').replaceAll('\n', '\r\n')],
    ['rows on lines', json(list).replaceAll('},{"id"', '},\n{"id"')],
    ["Python's separators", json({ list }).replaceAll('":', '": ').replaceAll(',"', ', "')],
    [
      'one container on a line of its own',
      JSON.stringify({ list, t: [1, 2] }, null, 2).replace(/\[\s+1,\s+2\s+\]/, '[1, 2]'),
    ],
    ['NDJSON', lines(list)],
    ['a name before each line', list.map(row => `web_1  | ${json(row)}\n`).join('')],
  ]
  for (const [name, text] of layouts)
    test(name, async () => {
      for (const mode of MODES) await roundTrip(text, { mode })
      const { text: out } = await roundTrip(text, { mode: 'aggressive' })
      expect(markersOf(out).length).toBeGreaterThan(0)
    })
})

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

describe('notation', () => {
  const cases: [name: string, value: unknown, body: string][] = [
    [
      'constants, numbers by row, one value made of another',
      rows(9, i => ({ id: 5 + i, who: `u${i * i}`, url: `https://x.org/u${i * i}/repos`, on: true })),
      '@1[9],id#{5+row},who,url:https://x.org/{who}/repos,on=true\nu0\nu1\nu4\nu9\nu16\nu25\nu36\nu49\nu64',
    ],
    [
      'letters',
      rows(8, i => ({ n: i * i, state: i % 2 ? 'waiting for approval' : 'approved by the owner' })),
      '@1[8],n,state{a=approved by the owner;b=waiting for approval}\n0,a\n1,b\n4,a\n9,b\n16,a\n25,b\n36,a\n49,b',
    ],
    [
      'a rule that a row breaks',
      rows(8, i => (i === 3 ? { n: 9, kind: 'other thing' } : { n: i * i, kind: 'usual thing' })),
      '@1[8],n,kind=usual thing\n0\n1\n4\n9,kind=other thing\n16\n25\n36\n49',
    ],
    ['strings that count up', rows(20, i => `event ${i}: at index ${i}`), '@1[20*],@:event {0+row}: at index {0+row}'],
  ]
  for (const [name, value, body] of cases)
    test(name, async () => {
      const { text } = await roundTrip(json(value), { mode: 'lossless' })
      expect(text.slice(text.indexOf('\n') + 1)).toBe(body)
    })
  test('what stands in a row alone is told apart: absent, null, empty, strings that look like marks', async () => {
    const values = [{}, { v: null }, { v: '' }, { v: '~' }, { v: '^' }, { v: '1' }, { v: 1 }, { v: '&1' }, { v: '@1' }]
    await roundTrip(json(rows(60, i => ({ id: i * i, long_name_of_a_column: i, ...values[i % values.length] }))))
  })
})

describe('definitions are literal', () => {
  const kinds = ['waiting for approval by the owner', 'approved by the owner of the account']
  const user = (i: number) => ({
    login: `user-${i}-of-the-company`,
    kind: kinds[i % 2],
    url: `https://api.example.com/users/user-${i}-of-the-company`,
    repos_url: `https://api.example.com/users/user-${i}-of-the-company/repos`,
    site_admin: false,
  })
  const documents: Record<string, unknown> = {
    'records in a dictionary': rows(30, i => ({ n: i * i, by: user(i % 3), seen: [user(i % 5), user((i * 7) % 5)] })),
    'records that all rows share': rows(30, i => ({ n: i * i, by: user(1), team: { lead: user(2), all: [user(1)] } })),
    'one beginning in all': rows(9, i => ({
      n: `https://api.example.com/users/${i * i}`,
      base: user(1).url,
      a: user(i),
    })),
  }
  for (const [name, value] of Object.entries(documents))
    test(name, async () => {
      const { text } = await roundTrip(json(value), { mode: 'lossless' })
      const heads = text.split('\n').filter(line => /^(?:&\d+=|[A-Z],|@\d+[[{])/.test(line))
      expect(heads.length).toBeGreaterThan(0)
      for (const head of heads) expect(head).not.toMatch(/.&\d|^&.*[(,;][a-z][,;)]/)
    })

  test('no list of one record looks empty, and heads of arrays close', async () => {
    const part = { code: 'nothing special here', message: 'all of it is well' }
    const one = await roundTrip(json(rows(9, i => ({ i: i * i, parts: i % 3 ? [part] : [part, part] }))))
    expect(one.text).not.toMatch(/[A-Z]\[\]/)
    const tuples = await roundTrip(
      json(rows(9, i => ({ n: i * i, headers: ['Server', 'demo', 'Length', `${i * 91}`] }))),
    )
    expect(tuples.text).toMatch(/^[A-Z],\[=Server,=demo,=Length,:str\]$/m)
  })
})

describe('strings of JSON', () => {
  const args = (i: number) =>
    json({
      path: `src/file ${i}.ts`,
      note: 'say "no", or \\ (else)',
      lines: [i, i * 3],
      deep: { a: null, s: '' },
      odd: 'json{a:1}',
    })
  const documents: Record<string, [value: unknown, shown?: boolean]> = {
    'one among others': [{ calls: rows(4, i => ({ id: `c${i}`, function: { name: `f${i}`, arguments: args(i) } })) }],
    'with numbers as strings': [rows(9, i => ({ n: i * i, v: i % 2 ? args(i) : `${i * 7}` })), true],
    'in every row, in arrays, as constants': [
      rows(9, i => ({ n: i * i, same: args(1), all: [args(i), args(i * 7)], t: `${i}|, x` })),
      true,
    ],
    'as rows': [rows(9, i => args(i * i))],
    'an array': [{ text: json(rows(40, i => `... ${i * i}`)) }],
    'with blanks': [{ text: args(1).replaceAll(',', ', ') }, false],
    'cut off': [{ text: args(1).slice(0, -1) }, false],
    'in other escapes': [{ text: json({ text: `${'line\n'.repeat(20)}\u001b[0m\u007f` }) }, true],
    'that looks like it': [rows(9, i => ({ v: `json{${i * i}}`, w: i % 2 ? '12' : 'json[1]' })), false],
  }
  for (const [name, [value, shown]] of Object.entries(documents))
    test(name, async () => {
      const { text } = await roundTrip(JSON.stringify(value, null, 2), { mode: 'lossless' })
      if (shown !== undefined) expect(/json\{[a-z]|json\[\.\.|json\["/.test(text.replaceAll('"json', ''))).toBe(shown)
    })
})

describe('input that breaks others', () => {
  const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth)
  const cases: Record<string, string> = {
    'different names in every row': json(rows(3000, i => ({ [`k${i}`]: i, [`m${i * 7}`]: 'x' }))),
    'many columns': json(rows(4, i => Object.fromEntries(rows(2000, j => [`c${j}`, `v${i}`]) as [string, string][]))),
    'a long string': json(rows(3, i => ({ i, text: 'lorem ipsum '.repeat(50_000) + i }))),
    'deep arrays': nested(100_000, '[', ']'),
    'deep objects': `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
    numbers: `[${rows(9, () => '{"a":1e400,"b":-0,"c":1234567890123456789012345,"d":0.10}').join(',')}]`,
    'a name twice': `[${rows(9, i => `{"a":${i},"b":2,"a":3}`).join(',')}]`,
    'lone surrogates': `[${rows(9, () => '{"name":"\\ud800","b":"\\udc00x"}').join(',')}]`,
    'cut off': json(table).slice(0, -4),
    'NUL in a string': '[{"a":"\0"},{"a":"\0"}]',
    'not valid UTF-8': textOf(Uint8Array.from([...bytesOf('[{"name":"'), 0xff, 0x80, ...bytesOf('"},{"name":"x"}]')])),
    'a marker in the data': json(rows(40, i => ({ i: i * i, s: '[... 3 rows $[0:3]]', t: ['... 3 rows L1-3'] }))),
    'lines that are no JSON': rows(40, i => (i % 9 === 4 ? `{oops ${i}` : json({ i, s: `a${i * i}` }))).join('\n'),
  }
  for (const [name, text] of Object.entries(cases))
    test(name, async () => {
      for (const mode of MODES) await roundTrip(text, { mode })
    })
})

describe('what lossy modes keep', () => {
  const events = rows(300, i => ({
    id: 1000 + i,
    level: i === 123 ? 'ERROR' : 'INFO',
    errors: 0,
    code: i === 77 ? 503 : 200,
    ms: i === 211 ? 90_000 : 20 + ((i * 7) % 13),
    note: i === 150 ? 'customer 4711-A called' : `step ${(i * 31) % 17} of the nightly job`,
    digest: `${String(((i + 1) * 0x9e3779b9) >>> 0).padStart(10, '7')}abcdef0123`,
  }))
  const text = json({ items: events })
  test('balanced: every row, but not the hashes', async () => {
    const result = await roundTrip(text)
    expect(result.text).toContain('digest=[... 294 hashes $.items]')
    expect(markersOf(result.text)).toHaveLength(1)
  })
  test('a marker names no more than it stands for', async () => {
    const some = events.map(({ digest, ...event }, i) => (i < 60 || i > 259 ? event : { ...event, digest }))
    expect((await roundTrip(json({ items: some }))).text).toContain('digest=[... 196 hashes $.items[60:260]]')
    const few = events.map(({ digest, ...event }, i) => (i % 40 === 0 ? { ...event, digest } : event))
    expect(markersOf((await roundTrip(json({ items: few }))).text)).toEqual([])
  })
  test('hashes below names that follow a rule, one name apart', async () => {
    const named = (odd: number) =>
      Object.fromEntries(
        events.map(({ digest, ms }, i) => [i === odd ? 'another' : `job${i}`, { out: { digest, ms }, on: true }]),
      )
    for (const value of [named(-1), named(123), { jobs: named(-1), more: [named(3)] }]) {
      const result = await roundTrip(JSON.stringify(value, null, 1))
      expect(result.text).toMatch(/out\.digest=\[\.\.\. \d{3} hashes \$/)
    }
  })
  test('aggressive: errors, outliers, first and last', async () => {
    const { text: out, tokens, spans } = await roundTrip(text, { mode: 'aggressive' })
    for (const value of ['ERROR', '503', '90000']) expect(out).toContain(value)
    expect(tokens.after).toBeLessThan(tokens.before / 10)
    const kept = spans.filter(span => span.kept).map(({ where, rule }) => `${where} ${rule}`)
    expect(kept).toContain('$.items[123:124] error')
    expect(kept).toContain('$.items[1:3] first or last')
  })
  test('what is asked for', async () => {
    const { text: out } = await roundTrip(text, { mode: 'aggressive', query: 'what did customer 4711-A want' })
    expect(out).toContain('customer 4711-A called')
  })
  test('a budget is met', async () => {
    for (const budget of [300, 900]) {
      const { tokens } = await roundTrip(text, { budget })
      expect(tokens.after).toBeLessThanOrEqual(budget)
    }
  })
  test('a blob is named where it stood', async () => {
    const blob = Buffer.from(rows(3000, i => (i * 7919) % 251) as number[]).toString('base64')
    const { text: out } = await roundTrip(json({ name: 'logo.png', data: blob, size: 3000 }))
    expect(out).toContain('data:[... 4000 characters of base64 or hex $.data]')
  })
})

test('equal values have equal numbers, and others have others', () => {
  const value = fc.letrec(tie => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('a', 'b', 'aa', '', 1, 10, true, null),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'aa'), tie('any'), { maxKeys: 3 }),
    ),
  })).any
  fc.assert(
    fc.property(fc.array(value, { maxLength: 60 }), given => {
      const nodes = parseJson(json(given), UNLIMITED)!
      const identity = identify(nodes, UNLIMITED)
      const numbers = new Map<string, number>()
      for (let i = 0; i < nodes.count; i++) {
        const known = numbers.get(nodes.source(i))
        if (known === undefined) numbers.set(nodes.source(i), identity.value[i]!)
        else expect(identity.value[i]!).toBe(known)
      }
      expect(new Set(numbers.values()).size).toBe(numbers.size)
      expect(identity.count).toBe(numbers.size)
    }),
    { seed: 5 },
  )
})

describe('round trips of random JSON', () => {
  const awkward = [
    '',
    '~',
    '^',
    '"',
    '@1',
    '&1',
    'A(',
    'A,b',
    '!x',
    'null',
    '12',
    'a,b',
    'x|y',
    '{}',
    '{row}',
    '{1+row}',
    '=z',
    ' x',
    'x ',
    '\\',
    '@key',
    '...',
  ]
  const text = fc.oneof(
    fc.constantFrom(...awkward),
    fc.string({ maxLength: 6, unit: 'grapheme' }),
    fc.nat(30).map(n => `user_${n}`),
    fc.nat(99).map(n => `https://x.org/z/${n}/end`),
  )
  const leaf = fc.oneof(text, fc.nat(20), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null))
  const name = fc.constantFrom('id', 'name', 'url', 'a.b', 'x y', '', 'type', '@', '@key', 'é', 'a,b', 'row', 'k=1')
  const { value } = fc.letrec(tie => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 4 }),
      tie('rows'),
      tie('rows').map(list => Object.fromEntries((list as unknown[]).map((row, i) => [`k/${i}`, row]))),
    ),
    rows: fc
      .tuple(
        fc.array(fc.tuple(name, fc.array(fc.oneof(leaf, tie('value')), { minLength: 1, maxLength: 3 })), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.nat(16),
        fc.nat(1000),
      )
      .map(([columns, count, seed]) =>
        rows(count, i => {
          const cells = columns.map(([key, values], j) => [
            key,
            j % 3 === 2 ? `p-${i}-x` : values[(i * 7 + seed * j) % values.length],
          ])
          return Object.fromEntries(cells.filter((_, j) => (i * seed + j) % 7 !== 3))
        }),
      ),
  }))
  const layout = fc.constantFrom<(given: unknown) => string>(
    given => json(given),
    given => JSON.stringify(given, null, 2),
    given => `${JSON.stringify(given, null, '\t')}\r\n`,
    given => (Array.isArray(given) && given.length > 1 ? given.map(json).join('\n') : json(given)),
  )
  test('in every layout and mode', async () => {
    await fc.assert(
      fc.asyncProperty(value, layout, fc.constantFrom<Mode>(...MODES), async (given, print, mode) => {
        const printed = print(given)
        if (printed.length < 50_000) await roundTrip(textOf(bytesOf(printed)), { mode })
      }),
      { numRuns: 250, seed: 7 },
    )
  }, 60_000)
})

const corpus = join(import.meta.dir, '../../shared/corpora/json')
describe.skipIf(!existsSync(corpus))('corpus (skipped where it is absent)', () => {
  test('lossless saves 60 % of the tokens', async () => {
    let [before, after] = [0, 0]
    for (const file of readdirSync(corpus)) {
      const { tokens } = await roundTrip(textOf(readFileSync(join(corpus, file))), { mode: 'lossless' })
      before += tokens.before
      after += tokens.after
    }
    expect(1 - after / before).toBeGreaterThan(0.6)
  }, 60_000)
})
