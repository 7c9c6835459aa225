import { describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { markersOf } from '../ccr/marker.ts'
import { bytesOf, textOf } from '../ccr/text.ts'
import { expand } from '../filters/expand.ts'
import { MODES } from '../filters/filter.ts'
import { type Ask, run } from '../filters/run.ts'
import search from '../filters/search/index.ts'
import { models } from '../models/load.ts'
import { testHost } from './host.ts'
import { LARGE_INPUTS, SMALL_INPUTS } from './inputs.ts'
import { compressed, holds } from './laws.ts'

const tokenizer = await models.tokenizer('o200k_base')
const filterOf = (name: string) => (name === 'search' ? search : undefined)

async function roundTrip(text: string, ask: Ask = {}) {
  const host = testHost({ tokenizer })
  const result = await run(search, text, ask, host)
  const back = await expand(bytesOf(result.text), filterOf, host.memory)
  expect(textOf(back.bytes)).toBe(text)
  expect(host.reports).toEqual([])
  return result
}

const bodyOf = async (text: string, ask: Ask = { mode: 'lossless' }) => {
  const { text: out } = await roundTrip(text, ask)
  return out.slice(out.indexOf('\n') + 1)
}
const many = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i)).join('')

describe('how each layout reads', () => {
  const cases: [name: string, text: string, body: string][] = [
    [
      'hits below their file, equal ones in one row',
      'src/auth/login.ts:12:const a = await open(request)\nsrc/auth/login.ts:88:  return a.user\nsrc/auth/login.ts:99:  return a.user\nsrc/auth/token.ts:4:import { open } from "./a"\nsrc/main.ts:7:x\nsrc/main.ts:8:y\n',
      'src/auth/\nlogin.ts\n12:const a = await open(request)\n88,99:  return a.user\ntoken.ts:4:import { open } from "./a"\nsrc/main.ts\n7:x\n8:y\n',
    ],
    [
      'a line in many files, once at the top',
      many(4, i => `lib/${'abcd'[i]}.ts:${i + 1}:import { describe, expect } from 'bun:test'\n`),
      "A=import { describe, expect } from 'bun:test'\n\nlib/\na.ts:1=A\nb.ts:2=A\nc.ts:3=A\nd.ts:4=A\n",
    ],
    [
      'context without numbers where they can be counted',
      'a/b.py-10-def f():\na/b.py:11:    raise X\na/b.py-12-\n--\na/b.py-40-def g():\na/b.py:41:    raise Y\na/b.py-42-\n',
      'a/b.py\n def f():\n11:    raise X\n \n\n def g():\n41:    raise Y\n \n',
    ],
    [
      'headings of rg --heading',
      'lib/one/alpha.js\n3-// x\n4:use(a)\n5-// y\n\nlib/one/beta.js\n3-// x\n4:use(b)\n5-// y\n\nlib/one/gamma.js\n3-// x\n4:use(c)\n5-// y\n',
      'lib/one/\nalpha.js\n // x\n4:use(a)\n // y\nbeta.js\n // x\n4:use(b)\n // y\ngamma.js\n // x\n4:use(c)\n // y\n',
    ],
    [
      'paths by folder, endings and beginnings once',
      'src/a/one.ts\nsrc/a/two.ts\nsrc/a/three.ts\nsrc/a/four.ts\nsrc/b/test_x.py\nsrc/b/test_y.py\nsrc/b/test_z.py\nsrc/b/test_w.py\nREADME.md\n',
      'src/a/*.ts: one two three four\nsrc/b/test_*.py: x y z w\nREADME.md\n',
    ],
    [
      'folders that are listed before their files',
      './src\n./src/a\n./src/a/one.ts\n./src/a/two.ts\n./src/b\n./src/b/three.ts\n./src/b/four.ts\n',
      './src/a/*: one.ts two.ts\n./src/b/*: three.ts four.ts\n',
    ],
    [
      'a tree',
      '.\n├── docs\n│\u00a0\u00a0 ├── api.rst\n│\u00a0\u00a0 ├── cli.rst\n│\u00a0\u00a0 ├── config.rst\n│\u00a0\u00a0 └── logging.rst\n└── sh -> dash\n\n1 directory, 5 files\n',
      '|.\ndocs/\n *.rst: api cli config logging\nsh->dash\n|\n|1 directory, 5 files\n',
    ],
    [
      'ls -l: a key for mode and owner, a date where it changes',
      'total 12\ndrwxr-xr-x 2 root root 4096 Nov 22 22:00 a\ndrwxr-xr-x 2 root root 4096 Nov 22 22:00 b\n-rw-r--r-- 1 root root   12 Nov 22 22:00 c\n-rw-r--r-- 1 root root    7 Jan  1  2023 d e\n',
      'A=drwxr-xr-x 2 root root\nB=-rw-r--r-- 1 root root\n\ntotal 12\nA 4096 Nov 22 22:00 a\n 4096 b\nB 12 c\n 7 Jan  1  2023 d e\n',
    ],
    [
      'ls -R',
      './src:\na.ts\nb.ts\nc.ts\nd.ts\ne.ts\nf.ts\ng.ts\nh.ts\n\n./src/sub:\nREADME.md\nx.py\n',
      './src:\n *.ts: a b c d e f g h\n./src/sub:\n README.md x.py\n',
    ],
    [
      'grep -r without numbers',
      'src/one.ts:import a\nsrc/one.ts:import b\nsrc/one.ts:import c\nsrc/two.ts:import a\nsrc/two.ts:import d\n',
      'src/one.ts\n import a\n import b\n import c\nsrc/two.ts\n import a\n import d\n',
    ],
  ]
  for (const [name, text, body] of cases) test(name, async () => expect(await bodyOf(text)).toBe(body))
})

describe('rg --json', () => {
  const event = (type: string, data: object) => `${JSON.stringify({ type, data })}\n`
  const row = (path: string, number: number, text: string, matches: [string, number][], type = 'match') =>
    event(type, {
      path: { text: path },
      lines: { text },
      line_number: number,
      absolute_offset: number * 31,
      submatches: matches.map(([match, start]) => ({
        match: { text: match },
        start,
        end: start + new TextEncoder().encode(match).length,
      })),
    })
  const begin = (path: string) => event('begin', { path: { text: path } })
  const rows = many(4, i =>
    row('src/a.ts', i * 9 + 1, `const config${i} = read(config)\n`, [
      ['config', 6],
      ['config', 21],
    ]),
  )

  test('submatches are found again in the line', async () => {
    expect(await bodyOf(begin('src/a.ts') + rows)).toBe(
      '=config\nsrc/a.ts\n1:const config0 = read(config)\n10:const config1 = read(config)\n19:const config2 = read(config)\n28:const config3 = read(config)\n\\@31,310,589,868\n',
    )
  })
  test('what the rule does not say is told by its bytes, and a line without an end is marked', async () => {
    const odd = row('src/a.ts', 50, 'größe config', [['config', 8]]) + row('src/a.ts', 60, 'config\n', [])
    expect(await bodyOf(begin('src/a.ts') + rows + odd)).toContain('\\@31,310,589,868,1550!,1860/\n')
  })
  test('events in any other spelling, and out of place, stay as they are', async () => {
    const spaced = '{"type": "match", "data": {}}\n'
    const strange = row('src/b.ts', 3, 'a\nb\n', [['a', 0]])
    expect(await bodyOf(begin('src/a.ts') + rows + spaced + strange)).toContain(`\\${spaced}\\${strange}`)
  })
})

describe('a budget', () => {
  const text = many(
    300,
    i =>
      `src/part${i % 30}/file${i % 60}.ts:${i + 1}:  ${i === 177 ? 'export function resolveSession(' : 'call('}${(i * 7919) % 1000})\n`,
  )
    .split('\n')
    .sort()
    .join('\n')
    .trimStart()
  test('keeps definitions, and what the question asks for', async () => {
    const { text: out } = await roundTrip(text, { budget: 300 })
    expect(out).toContain('178:  export function resolveSession(')
    expect(await bodyOf(text, { budget: 300, query: 'what is on line 12 of src/part11/file11.ts' })).toContain(
      '12:  call(',
    )
  })
  test('covers every line that is left out', async () => {
    const { text: out } = await roundTrip(text, { budget: 500 })
    const lines = markersOf(out).flatMap(({ where }) => (where.kind === 'lines' ? where.ranges : []))
    const shown = out.split('\n').filter(line => /(?:^|:)[\d,]+[:=]/.test(line))
    const hidden = lines.reduce((sum, [first, last]) => sum + last - first + 1, 0)
    expect(hidden + shown.length).toBeGreaterThanOrEqual(300)
    expect(out).toMatch(/\[\.\.\. \d+ lines L[\d-]+\] src\/part\d+\/file\d+\.ts=\d/)
  })
})

describe('a budget for lists', () => {
  const lists: [name: string, text: string, query: string, shown: string][] = [
    [
      'paths',
      many(400, i => `src/part${i % 20}/module${i}.ts\n`)
        .split('\n')
        .sort()
        .join('\n')
        .trimStart(),
      'where is module177?',
      'src/part17/module177.ts',
    ],
    [
      'a tree',
      `.\n${many(30, i => `├── d${i}\n${many(20, j => `│\u00a0\u00a0 ${j < 19 ? '├' : '└'}── f${i * 20 + j}.c\n`)}`)}└── z\n`,
      'f333.c',
      '├── d16\n',
    ],
    ['ls -R', many(30, i => `${i ? '\n' : ''}./d${i}:\n${many(20, j => `f${i * 20 + j}.c\n`)}`), 'f333.c', './d16:\n'],
  ]
  for (const [name, text, query, shown] of lists)
    test(`${name}: what is asked for, with what it stands in`, async () => {
      const { text: out, tokens } = await roundTrip(text, { budget: 150, query })
      expect(tokens.after).toBeLessThanOrEqual(150)
      expect(out).toContain(shown)
      expect(out).toContain(query.match(/\w*\d[\w.]*/)![0])
    })
})

describe('what is none of it', () => {
  const none: [string, string][] = [
    ['a log with times', many(60, i => `2024-01-15T10:00:${10 + (i % 50)}Z INFO worker: request ${i}\n`)],
    ['times of day', many(60, i => `12:00:${10 + (i % 50)} file.ts:12: message ${i}\n`)],
    ['source with places in its comments', many(30, i => `const a${i} = 1 // see src/a.ts:${i}:1\n`)],
    ['prose', many(30, i => `See section 4.${i}: it says that the door is open, and: nothing else.\n`)],
    ['a table', many(30, i => `a${i},2024-01-${10 + (i % 10)},x/y,${i}\n`)],
    ['settings', many(30, i => `server.port${i}:80${i}\n`)],
    ['a numbered list', many(30, i => `${i}: the next of the things to do\n`)],
    ['base64', many(30, i => `${'ab/cd+ef'.repeat(7)}${i}/x\n`)],
  ]
  for (const [name, text] of none)
    test(name, async () => {
      expect(search.fits(text, {})).toBe(0)
      expect((await roundTrip(text)).why).toBe('not-mine')
    })
})

describe('laws', () => {
  for (const mode of ['lossless', 'balanced', 'aggressive'] as const)
    test(`hold on every bad input, ${mode}`, async () => {
      for (const [, make] of SMALL_INPUTS) await holds(search, make(), mode, filterOf, tokenizer)
    }, 60_000)
  test('hold on large inputs', async () => {
    for (const [, make] of LARGE_INPUTS) {
      const { results } = await holds(search, make(), 'balanced', filterOf, tokenizer)
      for (const { why } of results) expect(why).not.toBe('too-slow')
    }
  }, 120_000)
  test('hold on 10,000 files in counted steps, in every mode', async () => {
    const text = many(30_000, i => `src/d${Math.floor(i / 300)}/f${Math.floor(i / 3)}.ts:${(i % 3) + 1}:  call(${i})\n`)
    for (const ask of [{}, { mode: 'aggressive' }, { budget: 2000, query: 'call(29000)' }] as const)
      expect((await roundTrip(text, ask)).why).toBeUndefined()
  }, 60_000)

  test('hold on random lines', async () => {
    const part = fc.constantFrom(
      ...[
        'a/b.ts:1:x',
        'a/b.ts-2-y',
        'a/c.ts:3:',
        '--',
        '',
        'a/b.ts',
        '12:x',
        '13-y',
        '\\',
        '~A',
        '=A',
        'A=x',
        './a',
        'a/',
        ' ',
        '\r',
      ],
      ...[
        '*: a b',
        'a/*.ts: x',
        '[... 3 lines L1-3]',
        '├── a',
        '│\u00a0\u00a0 └── b',
        '.',
        'total 8',
        '@5',
        '1,2:x',
        '3=A',
        '\u0000',
        '\udc80',
      ],
    )
    const seed = fc.constantFrom(
      many(8, i => `a/b.ts:${i}:xy\n`),
      'a/b.ts\n1:x\n2:y\n3-z\n\nc/d.ts\n4:x\n',
      'a/b\na/c\na/d/e\na/d/f\n',
      '.\n├── a\n│\u00a0\u00a0 ├── b\n│\u00a0\u00a0 └── c\n└── d\n',
    )
    const text = fc
      .tuple(seed, fc.array(fc.tuple(part, fc.boolean()), { maxLength: 12 }), fc.boolean())
      .map(
        ([start, parts, end]) =>
          `${start}${parts.map(([text, ends]) => (ends ? `${text}\n` : text)).join('')}${end ? start : ''}`,
      )
    await fc.assert(
      fc.asyncProperty(text, async text => {
        const valid = textOf(bytesOf(text))
        for (const mode of ['lossless', 'aggressive'] as const) await roundTrip(valid, { mode })
      }),
      { numRuns: 300 },
    )
  }, 60_000)
})

const corpus = join(import.meta.dir, '../../shared/corpora/code-search')
describe.skipIf(!existsSync(corpus))('the corpus (skipped where it is absent)', () => {
  test('search output loses more than half of its tokens and nothing else', async () => {
    let [before, after] = [0, 0]
    for (const name of readdirSync(corpus).filter(name => !name.startsWith('source-'))) {
      const { tokens } = await roundTrip(textOf(readFileSync(join(corpus, name))), { mode: 'lossless' })
      before += tokens.before
      after += tokens.after
    }
    expect(after).toBeLessThan(0.45 * before)
  }, 60_000)
})

describe('colours', () => {
  const red = (text: string) => `\x1b[0m\x1b[1m\x1b[31m${text}\x1b[0m`
  const row = (path: string, number: number, text: string) =>
    `\x1b[0m\x1b[35m${path}\x1b[0m:\x1b[0m\x1b[32m${number}\x1b[0m:${text}\n`
  const text = Array.from({ length: 30 }, (_, i) =>
    row(`src/part${i % 3}.ts`, i + 1, `  const ${red('open')} = ${red('open')}Door(${i})`),
  ).join('')
  const cases: [name: string, text: string][] = [
    ['rg', text],
    ['a match of another text', text.replace(red('open'), red('shut'))],
    ['the text that is searched for, not coloured', text.replace(`${red('open')}Door(7)`, 'openDoor(7)')],
    ['other colours in the text', text.replace('Door(9)', '\x1b[4mDoor\x1b[0m(9)')],
    ['a lone code at the end', `${text}\x1b[0m`],
    ['no final line end', text.trimEnd()],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['lines that look like notation', `=open\n${text}=open\nA=b\n\\x\n\n${text}`],
    ['colours alone', '\x1b[0m\x1b[35m\n'.repeat(40)],
    ['a path with numbers', text.replaceAll('src/part', 'src-12-/part:3:')],
  ]
  for (const [name, coloured] of cases)
    test(`${name}: come back`, async () => {
      for (const mode of MODES) await holds(search, Buffer.from(coloured), mode, filterOf, tokenizer)
    })
  test('stand once', async () => {
    const { results } = await compressed(search, Buffer.from(text), { mode: 'lossless' }, tokenizer)
    expect(results[0]!.text).not.toContain('\x1b')
    expect(results[0]!.text).toContain('=open\n')
  })
})
