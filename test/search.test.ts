import { describe, expect, test } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'
import { lineMatcher } from '../ccr/pattern.ts'
import { anchorsOf, bestUnits, piecesOf, rank } from '../ccr/search.ts'
import { termsOf } from '../ccr/terms.ts'

const RFC = '../shared/corpora/prose/rust-rfc-3537-msrv-resolver.md'

const bestOf = (units: readonly string[], query: string) => {
  const scores = rank(units, query)
  return scores.indexOf(Math.max(...scores))
}

describe('terms', () => {
  const cases: [query: string, terms: string[]][] = [
    ['Why did the connections to it fail?', ['connection', 'fail']],
    ['parseHTTPServer', ['pars', 'http', 'server', 'parsehttpserver']],
    ['user_name $ref', ['user', 'nam', 'user_name', 'ref']],
    ['error42', ['error', '42', 'error42']],
    ['what is it', []],
    ['Größe größen', ['größe', 'größen']],
    ['数据库 connection', ['数', '据', '库', 'connection']],
  ]
  for (const [query, terms] of cases) test(query, () => expect(termsOf(query)).toEqual(terms))

  for (const forms of [
    ['timeout', 'timeouts'],
    ['stop', 'stops', 'stopped', 'stopping'],
    ['name', 'names', 'named', 'naming'],
    ['retry', 'retries', 'retried'],
    ['process', 'processes', 'processed'],
    ['status'],
    ['class', 'classes'],
  ])
    test(`${forms.join(' = ')}`, () => expect(termsOf(forms.join(' '))).toHaveLength(1))
})

describe('rank', () => {
  const log = [
    ...Array.from({ length: 50 }, (_, i) => `10:00:${i + 10} INFO request ${i} served in 3 ms`),
    '10:01:03 ERROR connection to db-7 refused after 3 retries',
    '10:01:04 INFO retrying the request',
    '10:01:05 WARN request was slow',
  ]
  const cases: [query: string, line: number][] = [
    ['Why was the connection refused?', 50],
    ['which requests are being retried', 51],
    ['db-7', 50],
    ['"INFO request 33"', 33],
    ['slow requests', 52],
  ]
  for (const [query, line] of cases) test(query, () => expect(bestOf(log, query)).toBe(line))

  test('a rare word tells more than a common one', () => {
    const scores = rank(['common common common', 'common rare', 'common', 'common'], 'common rare')
    expect(scores[1]).toBe(Math.max(...scores))
  })
  test('a short unit that says it wins over a long one', () => {
    expect(bestOf([`needle ${'hay '.repeat(200)}`, 'a needle', 'hay'], 'needle')).toBe(1)
  })
  test('identifiers are found by their parts, and best as a whole', () => {
    const units = ['parse the args', 'function parseArgs(argv)', 'other']
    expect(bestOf(units, 'parse args')).toBe(0)
    expect(bestOf(units, 'parseArgs')).toBe(1)
    expect(rank(units, 'args').map(score => score > 0)).toEqual([true, true, false])
  })
  test('nothing asked, nothing found', () => {
    expect(rank(['a', 'b'], 'what is it')).toEqual([0, 0])
    expect(rank(['a', 'b'], '')).toEqual([0, 0])
    expect(rank([], 'x')).toEqual([])
    expect(rank(['a'], '$(.*[')).toEqual([0])
  })
  test('hostile queries and units take linear time', () => {
    const started = performance.now()
    const units = ['a'.repeat(1_000_000), 'aB'.repeat(300_000), '_'.repeat(1_000_000), 'ies'.repeat(100_000)]
    for (const query of [
      'a'.repeat(10_000),
      'aB_'.repeat(5000),
      'ing ed s '.repeat(500),
      '"\''.repeat(3000),
      '/.'.repeat(3000),
    ])
      rank(units, query)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

test('anchors are what a question names exactly', () => {
  const cases: [query: string, anchors: string[]][] = [
    ['why did "the big one" fail?', ['the big one']],
    ["what's in 'a b' and `c d`, don't guess, it's the user's", ['a b', 'c d']],
    ['see src/main.ts:12 (or ./x, /etc/hosts).', ['src/main.ts:12', './x', '/etc/hosts']],
    ['req-8f3a took 1234 ms on port 80', ['req-8f3a', '1234']],
    ['os.path, e.g. std::io or a@b.c at 10.0.0.1', ['os.path', 'std::io', 'a@b.c', '10.0.0.1']],
    ['parseArgs user_name MAX_SIZE well-known', ['parseArgs', 'user_name', 'MAX_SIZE']],
    ['commit 3f9a1c2b7d, 0xff and #12 with --no-cache', ['3f9a1c2b7d', '0xff', '#12', '--no-cache']],
    ['Is it slow?', []],
  ]
  for (const [query, anchors] of cases) expect(anchorsOf(query)).toEqual(anchors)
})

/** Over lines. */
const excerpts = (text: string, query: string, room: { lines: number; chars?: number }) =>
  bestUnits(text.replace(/\n$/, '').split('\n'), query, room)

describe('the best units', () => {
  const text = Array.from({ length: 200 }, (_, i) => (i === 120 ? 'the pool is exhausted' : `line ${i + 1}`)).join('\n')

  test('a hit comes with its neighbours', () => {
    expect(excerpts(text, 'connection pool exhausted', { lines: 40 })).toEqual([[119, 123]])
  })
  test('a small budget goes to the hits', () => {
    expect(excerpts(text, 'pool', { lines: 1 })).toEqual([[121, 121]])
  })
  test('windows that touch are one, in order', () => {
    const three = 'a\nneedle 1\nb\nc\nneedle 2\nd\n'.concat('x\n'.repeat(50), 'needle 3\n')
    expect(excerpts(three, 'needle', { lines: 40 })).toEqual([
      [1, 7],
      [55, 57],
    ])
  })
  test('a long text is not spent on one hit', () => {
    const long = Array.from({ length: 30 }, (_, i) => `needle ${i} ${'x'.repeat(500)}`).join('\n')
    expect(excerpts(long, 'needle 7', { lines: 40, chars: 1200 })).toEqual([[7, 8]])
  })
  test('pieces are lines, long ones cut behind elements, sentences or words', () => {
    const json = JSON.stringify(Array.from({ length: 100 }, (_, i) => ({ id: i, name: `name ${i}` })))
    for (const text of [
      json,
      'word '.repeat(1000),
      'x'.repeat(3000),
      'x😀'.repeat(1001),
      'a\nb\n',
      `short\n${json}\n`,
      '',
    ]) {
      expect(piecesOf(text).join('')).toBe(text)
      expect(piecesOf(text).every(piece => piece.isWellFormed())).toBe(true)
    }
    for (const piece of piecesOf(json).slice(0, -1)) expect(piece).toEndWith('},')
    expect(piecesOf('a\nb')).toEqual(['a\n', 'b'])
  })
  test('nothing bears on it', () => {
    expect(excerpts(text, 'weather', { lines: 40 })).toEqual([])
    expect(excerpts('', 'weather', { lines: 40 })).toEqual([])
  })
  // The corpora are not in every checkout.
  test.skipIf(!existsSync(RFC))('the answer to a question is in the lines', () => {
    const source = readFileSync(RFC, 'utf8')
    const ranges = excerpts(source, 'Which field controls the dependency resolver?', { lines: 40 })
    const lines = source.split('\n')
    const found = ranges.flatMap(([first, last]) => lines.slice(first - 1, last)).join('\n')
    expect(found).toContain('resolver')
    expect(ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0)).toBeLessThanOrEqual(40)
  })
})

describe('patterns', () => {
  const patterns = [
    'error',
    '^\\d{4}',
    'foo|bar',
    '(a+)+$',
    '\\bfail(ed|ure)?\\b',
    'x{2,3}y',
    '[^a-z]+$',
    'a.*b.*c',
    '(?:ab)*c',
    '\\.ts:\\d+$',
    '^$',
    '^\\s*$',
    'a|b|',
    '\\w+@\\w+\\.com',
    '[a-]',
    '[\\]a]',
    'a{2}',
    '\\$',
    '.',
    '(x|y)?z',
    '\\Bb',
    '[^\\]]',
    'a{1,}?b',
    '(?<n>a)b',
    '[\\d.]+',
    'a{,2}',
    '\\x41',
    '[\\w-]+',
    '$',
    '😀+$',
    'é',
  ]
  const lines = [
    '',
    'error here',
    '2024 x',
    'foo',
    'aaaaab',
    'failure',
    'failed',
    'failing',
    'xxy',
    'xxxy',
    'xy',
    'abc123',
    'aXXbYYc',
    'ababc',
    'src/a.ts:12',
    '  ',
    'ABC',
    'me@x.com',
    ']',
    '-',
    'aa',
    '$',
    'A',
    '😀',
    '😀😀',
    'yz',
    'ab',
    'b',
    'é',
    '1.5',
    'a{,2}',
  ]
  for (const pattern of patterns)
    test(`${pattern} matches what it does in JavaScript`, async () => {
      const [ours, theirs] = [await lineMatcher(pattern), new RegExp(pattern)]
      expect(lines.filter(ours)).toEqual(lines.filter(line => theirs.test(line)))
    })

  test('what grep has besides', async () => {
    expect(lines.filter(await lineMatcher('^[[:upper:]]+$'))).toEqual(['ABC', 'A'])
    expect(lines.filter(await lineMatcher('(?i)^ERROR\\b|abc'))).toEqual(['error here', 'abc123', 'ababc', 'ABC'])
  })
  for (const pattern of [
    '(',
    'a)',
    '[a',
    '*a',
    'a{3,2}',
    '\\1',
    '(?=a)',
    '\\',
    '((a{100}){100}){100}',
    '[b-a]',
    '[[:constructor:]]',
    '\\q',
  ])
    test(`${pattern.slice(0, 20)} is none`, () => expect(lineMatcher(pattern)).rejects.toThrow(/^[^\n]+$/))
})
