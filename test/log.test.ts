import { describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { markersOf } from '../ccr/marker.ts'
import { bytesOf, textOf } from '../ccr/text.ts'
import { expand } from '../filters/expand.ts'
import { MODES, type Mode } from '../filters/filter.ts'
import log from '../filters/log/index.ts'
import { type Ask, run } from '../filters/run.ts'
import { BLOCK } from '../filters/stream.ts'
import { models } from '../models/load.ts'
import { testHost } from './host.ts'
import { compressed } from './laws.ts'

const tokenizer = await models.tokenizer('o200k_base')
const registry = (name: string) => (name === 'log' ? log : undefined)

async function roundTrip(text: string, ask: Ask = {}) {
  const host = testHost({ tokenizer })
  const result = await run(log, text, ask, host)
  const back = await expand(bytesOf(result.text), registry, host.memory)
  expect(textOf(back.bytes)).toBe(text)
  expect(host.reports).toEqual([])
  return result
}

const lossless = async (text: string) => (await roundTrip(text, { mode: 'lossless' })).text
const many = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i)).join('')
const two = (n: number) => String(n).padStart(2, '0')

describe('what is folded', () => {
  const cases: [name: string, text: string, body: string][] = [
    [
      'lines of a template, their time where it changes',
      many(8, i => `2024-01-15 10:00:0${i >> 1} INFO worker: request ${i * 37} took ${i * 11} ms\n`),
      '@2024-01-15 10:00:\nA00 0|0\nA 37|11\nA01 74|22\nA 111|33\nA02 148|44\nA 185|55\nA03 222|66\nA 259|77\n',
    ],
    ['numbers that count', many(40, i => `line ${i}: INFO processing request\n`), 'A 0..39\n'],
    ['a line again and again', 'connection to the database was lost, trying again\n'.repeat(50), '\n^49\n'],
    ['a block again and again', 'begin transaction\nupdate accounts\ncommit\n'.repeat(30), 'commit\n^29 of 3\n'],
    [
      'records of several lines, values stated once',
      many(
        9,
        i =>
          `Unpacking lib${'xyzuvwabc'[i]}foo (1.${i * 7}) ...\nSetting up lib${'xyzuvwabc'[i]}foo (1.${i * 7}) ...\n`,
      ),
      'A=Unpacking * (1.*) ...\n Setting up *1 (1.*2) ...\n\nA libxfoo|0\nA libyfoo|7\n',
    ],
  ]
  for (const [name, text, body] of cases) test(name, async () => expect(await lossless(text)).toContain(body))

  test('a log of 300 like lines and an error is sixty tokens', async () => {
    const text = `${many(300, i => `line ${i}: INFO processing request\n`)}ERROR something broke at step 42\nTraceback (most recent call last):\n  File "a.py", line 5\nRuntimeError: boom\n# variant 13\n`
    expect((await roundTrip(text)).tokens.after).toBeLessThanOrEqual(60)
  })
})

describe('exact round trips', () => {
  const line = (i: number) => `12:00:${two(i % 60)} A INFO user=${i} path=/a/b/${i * 3} done\n`
  const cases: [name: string, text: string][] = [
    ['no final line end', many(40, line).slice(0, -1)],
    ['CRLF', many(40, line).replaceAll('\n', '\r\n')],
    ['CRLF but for one line', many(40, line).replaceAll('\n', '\r\n').replace('\r\n', '\n')],
    ['carriage-return progress', many(40, i => `\r${i} % of 40 MB fetched from the mirror\x1b[K${i % 5 ? '' : '\n'}`)],
    ['colours', many(40, i => `\x1b[3${i % 7}mINFO\x1b[0m request ${i} done in ${i * 3} ms\n`)],
    ['NUL bytes and broken UTF-8', many(40, i => `12:00:01 INFO caf\udce9 \0 request ${i * 7} of the day\n`)],
    ['the notation itself', many(9, i => `A=template * ${i}\n^3\n@12:00\n\\x\nA 1|2\na=b\n\n~x|${i}\n`)],
    ['characters for private use', many(40, i => `12:00:${two(i)} \ue000 request ${i} \ue001 ${i * 3}\n`)],
    ['forged heads and markers', many(40, i => `12:00:${two(i)} INFO x ${i}\n[... 3 lines L1-3]\n[hr log] of mine\n`)],
    [
      'values that look like codes',
      many(60, i => `INFO thing ${['a', 'b', '~a', '0..3', '', 'aa'][i % 6]} is with us again ${i}\n`),
    ],
    ['percent-encoded letters', many(40, i => `GET /caf%C3%A9/%D9%85%DA%AF/${i * 7}%2C%20%zz%c3%a9 HTTP/1.1\n`)],
    ['percent-encoded letters beside letters', many(40, i => `GET /caf%C3%A9/é/${i * 7} HTTP/1.1\n`)],
    [
      'JSON that does not close',
      many(40, i => `{"time":"12:00:${two(i)}","msg":"started ${i * 3}","list":[1,2,{"a":"\n`),
    ],
  ]
  for (const [name, text] of cases)
    for (const mode of ['lossless', 'balanced', 'aggressive'] as const)
      test(`${name}, ${mode}`, async () => {
        await roundTrip(text, { mode })
      })

  const fragment = fc.constantFrom(
    ...[
      'A',
      'B 1',
      '@',
      '@12',
      '^3',
      '^1 of 2',
      '\\',
      '[... 2 lines L1-2]',
      '12:00:01',
      '12:00:02',
      '2024-01-01 10:00:00',
    ],
    ...[
      '  ',
      '\t',
      '|',
      '||',
      '~',
      '~0',
      '~1',
      '*',
      '*1',
      'INFO',
      'a',
      'a=1',
      'x=22',
      'aa',
      '0..3',
      '1',
      '2',
      '3',
      '007',
    ],
    ...[
      '"',
      '"a b"',
      '\\"',
      ',"k":1',
      '{"a":1',
      '}',
      '\r',
      '\0',
      '\x1b[31m',
      '\ue000',
      '\udc80',
      '%D9%85',
      'é',
      '%',
      '',
    ],
    ...['baz qux', '192.168.0.1', '/a/b/c', 'x'.repeat(30), 'Jan  3 10:00:00', '=', 'A=1', ';', '^', '¦'],
  )
  const record = fc.array(fragment, { maxLength: 7 })
  const space = fc.constantFrom(' ', '', '\t')
  test(
    'of lines of a few makes with changed parts',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(record, { minLength: 1, maxLength: 4 }),
          fc.array(fc.tuple(fc.nat(), fc.nat(), fragment, space), { maxLength: 60 }),
          fc.constantFrom('\n', '\r\n'),
          fc.boolean(),
          async (makes, picks, lineEnd, ends) => {
            const lines = picks.map(([make, place, part, by]) => {
              const words = [...makes[make % makes.length]!]
              if (words.length) words[place % words.length] = part
              return words.join(by)
            })
            await roundTrip(lines.join(lineEnd) + (ends ? lineEnd : ''), { mode: 'aggressive' })
          },
        ),
        { numRuns: 300 },
      ),
    60_000,
  )
})

describe('long logs, whose templates come from a sample', () => {
  const digits = (i: number) => (i * 7919) % 100_000
  const line = (i: number) =>
    `2024-01-15T10:${two(Math.floor(i / 60) % 60)}:${two(i % 60)}.${100 + (i % 899)}Z INFO worker-${i % 4} request ${digits(i)} took ${i % 800} ms\n`
  const record = (i: number) =>
    `begin job ${i}\n  input /data/${digits(i)}.bin\n  end of job ${i} with ${digits(i)} rows\n`
  const cases: [name: string, text: string, least: number][] = [
    ['one template', many(9000, line), 0.5],
    [
      'two of them, and rare lines',
      many(9000, i => (i % 3 ? line(i) : `GC pause of ${digits(i)} us\n`) + (i % 977 ? '' : `odd ${i}\n`)),
      0.5,
    ],
    ['records of three lines', many(3000, record), 0.6],
    [
      'lines of a kind that the sample misses',
      many(5000, line) +
        'the disk is full\n' +
        many(60, i => `sync of shard ${digits(i)} is done\n`) +
        many(5000, line),
      0.5,
    ],
    [
      'ever new lines',
      many(5000, i => `${digits(i).toString(36)} ${digits(i * 3).toString(26)}${'abcdefg'.slice(i % 7)} ${i}\n`),
      0,
    ],
  ]
  for (const [name, text, least] of cases)
    test(name, async () => {
      const { tokens } = await roundTrip(text, { mode: 'lossless' })
      expect(1 - tokens.after / tokens.before).toBeGreaterThanOrEqual(least)
      await roundTrip(text, { mode: 'aggressive' })
    })
})

describe('what stays in view where lines go', () => {
  const page = (i: number) => `/page/${(i * 7919) % 1000}`
  const clock = (i: number) => `2024-01-15 10:${two(Math.floor(i / 60))}:${two(i % 60)}`
  const w3c = (i: number) => `${clock(i)} GET ${page(i)} 10.0.0.${i % 9} ${i === 777 ? 503 : 200} ${(i * 37) % 900}\n`
  const zeek = (i: number) =>
    `${1_700_000_000 + i}.25\t10.0.0.${i % 9}\t${page(i)}\t${i === 777 ? 403 : 200}\t${(i * 37) % 900}\n`
  const logs: [name: string, header: string, line: (i: number) => string][] = [
    ['W3C', '#Version: 1.0\n#Fields: date time cs-method cs-uri-stem c-ip sc-status time-taken\n', w3c],
    ['Zeek', '#separator \\x09\n#fields\tts\tid.orig_h\turi\tstatus_code\tlen\n', zeek],
  ]
  for (const [name, header, line] of logs)
    test(`a bad HTTP status in a column of a ${name} log`, async () => {
      const result = await roundTrip(header + many(1500, line), { mode: 'aggressive' })
      expect(result.lossless).toBe('no')
      expect(textOf((await expand(bytesOf(result.text), registry)).bytes)).toContain(line(777))
      const lines = header.split('\n').length - 1
      expect(result.spans).toContainEqual({ where: `L${lines + 778}`, kept: true, rule: 'error' })
    })

  test('nothing where one row counts through them all', async () => {
    const result = await roundTrip(many(5000, i => `2024-01-15 10:00:00 INFO processing request ${i} of the batch\n`))
    expect(result.lossless).toBe('bytes')
    expect(result.text).toContain('0..4999\n')
  })

  const common = (i: number) =>
    `2024-01-15 10:${two(Math.floor(i / 60) % 60)}:${two(i % 60)} INFO pool-${i % 7}: request ${(i * 7919) % 100_000} took ${(i * 37) % 900} ms\n`
  const odd = new Map([
    [700, '2024-01-15 10:11:40 ERROR pool-3: request 4711 failed: connection reset by peer\n'],
    [1500, '2024-01-15 10:25:00 WARN pool-1: queue is 91 % full\n'],
    [1900, 'segmentation fault (core dumped)\n'],
    [2100, '2024-01-15 10:35:00 INFO leader is now node-9\n'],
    ...[300, 310, 320, 330].map((at): [number, string] => [at, 'the first pool was lost: out of memory\n']),
    ...[305, 315, 325, 335].map((at): [number, string] => [at, 'the second pool was lost: permission denied\n']),
    [1700, '2024-01-15 10:28:20 INFO pool-3: request 4242 took 987654 ms\n'],
  ])
  const text = many(2400, i => odd.get(i) ?? common(i))

  for (const mode of ['balanced', 'aggressive'] as const)
    test(`faults, rare lines, head and tail; ${mode}`, async () => {
      const result = await roundTrip(text, { mode })
      expect(result.lossless).toBe('no')
      const view = await expand(bytesOf(result.text), registry)
      for (const line of [...odd.values(), common(0), common(1), common(2399)])
        expect(textOf(view.bytes)).toContain(line)
      expect(markersOf(result.text)[0]!.what).toMatch(/^\d+ lines: [A-Z .]+, no error or warning$/)
      const kept = result.spans.filter(span => span.kept)
      expect(kept.length).toBeLessThanOrEqual(200)
      expect(kept).toContainEqual({ where: 'L701', kept: true, rule: 'error' })
      expect(kept).toContainEqual({ where: 'L1-8', kept: true, rule: 'first or last' })
    })
  test('the first and the last state of progress', async () => {
    const bar = Array.from({ length: 60 }, (_, i) => `\rfetched ${i} of 60 MB`).join('')
    const { text: out } = await roundTrip(`begin\n${bar}\ndone\n`)
    expect(out).toContain('fetched 0 of 60 MB')
    expect(out).toContain('fetched 59 of 60 MB')
    expect(out).not.toContain('fetched 30 of 60 MB')
    const { text: whole } = await roundTrip(`begin\n${bar}\rerror: disk full${bar}\ndone\n`)
    expect(whole).toContain('fetched 30 of 60 MB')
  })
  test('what a question asks for', async () => {
    const asked = common(1234)
    const id = /request (\d+)/.exec(asked)![1]!
    const result = await roundTrip(text, { mode: 'aggressive', query: `what happened to request ${id}?` })
    expect(textOf((await expand(bytesOf(result.text), registry)).bytes)).toContain(asked)
  })
  test('a budget', async () => {
    for (const budget of [400, 1000, 4000]) {
      const result = await roundTrip(text, { budget })
      expect(result.tokens.after).toBeLessThanOrEqual(budget)
      expect(result.filter).toBe('log')
      expect(result.text).toContain('request 4711 failed')
    }
  })
})

describe('a damaged body throws', () => {
  const cases: [string, string, string][] = [
    ['keys without an end', 'A=x *', 'A=template with * values'],
    ['a repeat of nothing', '^3', '^n of k=n more of k lines'],
    ['a repeat without end', 'x\n^99999999 of 1', '^n of k=n more of k lines'],
    ['a range without end', 'A=x *\n\nA 0..999999999999', 'A=template with * values'],
  ]
  for (const [name, body, note] of cases)
    test(name, () => expect(() => log.decode!(body, () => '', note)).toThrow(RangeError))
})

describe('fits', () => {
  const logs: [string, string][] = [
    ['syslog', many(9, i => `Nov  3 09:23:3${i} host app[${i}]: session opened for user x\n`)],
    ['common log', many(9, i => `10.0.0.${i} - - [22/Jan/2019:03:56:1${i} +0330] "GET / HTTP/1.1" 200 ${i}\n`)],
    ['logfmt', many(9, i => `ts=${i} level=info msg="request done" status=200 took=${i}ms\n`)],
    ['logfmt without level', many(9, i => `at=router method=GET path=/x${i} status=200 bytes=${i}\n`)],
    ['logback', many(9, i => `10:00:0${i}.123 [main] INFO c.a.Main - started ${i}\n`)],
    ['strace', many(9, i => `close(${i}) = 0\nread(${i}, "", 1024) = -1 EBADF (Bad file descriptor)\n`)],
    ['kernel', many(9, i => `[   ${i}.123456] usb 1-${i}: new device\n`)],
    ['containers', many(9, i => `web-1  | 2024-01-15T10:00:0${i}Z GET /${i}\n`)],
    ['klog', many(9, i => `I0115 10:00:0${i}.123456       1 main.go:12] synced ${i}\n`)],
    ['logcat', many(9, i => `01-15 10:00:0${i}.123  123  456 I Tag: text ${i}\n`)],
    ['apt', many(9, i => `Setting up lib${i} (1.${i}) ...\n`)],
  ]
  const others: [string, string][] = [
    [
      'minutes',
      '# Minutes 2024-01-15\n\n10:00 Anna opens.\n10:05 Ben: the budget is fine.\n10:20 Error rates discussed.\n',
    ],
    ['a transcript', many(9, i => `[00:12:3${i}] Anna: and so I told them that it would never work\n`)],
    ['subtitles', many(9, i => `${i}\n00:12:3${i},500 --> 00:12:3${i},900\nAnd so it goes.\n\n`)],
    ['CSV of dates', many(9, i => `2024-01-1${i},12.${i},rain\n`)],
    ['CSV of times', many(9, i => `2024-01-1${i} 10:00:00,12.${i},rain\n`)],
    ['Markdown', '# Errors\n\n- [x] an error\n- [ ] 2024-01-15 a date\n\n> WARNING: mind the gap\n'],
    ['YAML', 'on:\n  push:\n    branches: [main]\njobs:\n  test:\n    runs-on: ubuntu\n'],
    ['configuration', many(9, i => `KEY_${i}=value ${i}\n`)],
    ['source', many(9, i => `  log.info("INFO started at 10:00:0${i}")\n`)],
    ['prose', many(9, () => 'It was a dark night, and the error was hers, she said at 10:00:00 sharp.\n')],
    ['brackets', many(9, i => `[${i}] a footnote\n`)],
    ['annotated source', many(9, i => `a1b2c3d4 (Anna 2024-01-15 10:00:0${i} +0100 ${i}) let x = ${i}\n`)],
  ]
  for (const [name, text] of logs)
    test(`${name} is a log`, () => expect(log.fits(text, {})).toBeGreaterThanOrEqual(0.6))
  test('a name or a command may settle it, but not alone', () => {
    const half = many(9, i => `2024-01-15 10:00:0${i} started\nand so on\nand on\n`)
    expect(log.fits(half, {})).toBeLessThan(0.5)
    expect(log.fits(half, { path: 'app.log.1' })).toBeGreaterThanOrEqual(0.6)
    expect(log.fits(half, { command: ['docker', 'logs', 'web'] })).toBeGreaterThanOrEqual(0.6)
    expect(log.fits('# A page\n\nof prose\nand more\n', { path: 'page.log' })).toBeLessThan(0.3)
  })
  for (const [name, text] of others) test(`${name}: no`, () => expect(log.fits(text, {})).toBeLessThan(0.3))
})

const corpus = join(import.meta.dir, '../../shared/corpora/logs')
describe.skipIf(!existsSync(corpus))('the corpus, which stands beside the repository', () => {
  test('is halved without loss', async () => {
    let [before, after] = [0, 0]
    for (const file of readdirSync(corpus)) {
      const { tokens } = await roundTrip(textOf(readFileSync(join(corpus, file))), { mode: 'lossless' })
      before += tokens.before
      after += tokens.after
    }
    expect(after / before).toBeLessThan(0.35)
  }, 30_000)
})

describe('a stream of blocks', () => {
  const requests = (i: number) =>
    `2024-01-15 10:${two(i % 60)}:00 INFO web-${i % 7} GET /api/${i * 31} took ${i % 211} ms\n`
  const jobs = (i: number) =>
    `2024-01-15 11:${two(i % 60)}:00 WARN queue: job ${i * 17} of ${i % 13} waits, ${i % 97} left\n`
  const text = many(24_000, requests) + many(40_000, jobs) + many(24_000, requests)
  const keysOf = (region: string) => [...region.matchAll(/^[A-Z]+=(@.*)$/gm)].map(([, key]) => key!).sort()
  const blocks = async (bytes: Uint8Array, mode: Mode) => {
    const outcome = await compressed(log, bytes, { mode }, tokenizer, 100_000)
    expect(outcome.host.reports).toEqual([])
    expect(textOf((await expand(outcome.bytes, registry, outcome.host.memory)).bytes)).toBe(textOf(bytes))
    return outcome
  }
  for (const mode of MODES)
    test(`comes back, and its kinds may change: ${mode}`, async () => {
      const { results } = await blocks(bytesOf(text), mode)
      expect(results.length).toBeGreaterThan(4)
      for (const { why, lossless, tokens } of results) {
        expect(why).toBeUndefined()
        expect(tokens.after).toBeLessThan(0.5 * tokens.before)
        if (mode === 'lossless') expect(lossless).toBe('bytes')
      }
    })
  test('its later blocks are written in the templates of the first one', async () => {
    const { bytes } = await blocks(bytesOf(many(40_000, requests)), 'lossless')
    const [first, ...others] = textOf(bytes).split('[hr log ').slice(1).map(keysOf)
    expect(others.length).toBeGreaterThan(1)
    for (const keys of others) expect(keys.filter(key => !first!.includes(key))).toEqual([])
  })
  test('its blocks are about as small as they are alone, where it changes its kind, too', async () => {
    const start = bytesOf(
      many(8000, i => `2024-01-15 10:00:00 INFO boot: ${'step by step '.repeat(i % 9)}done ${i * 7}\n`),
    )
    const { results } = await blocks(Buffer.concat([start, bytesOf(many(60_000, jobs))]), 'lossless')
    const alone = await blocks(bytesOf(many(60_000, jobs)).subarray(-BLOCK), 'lossless')
    expect(results.length).toBeGreaterThan(3)
    const [one, last] = [alone.results[0]!.tokens, results.at(-2)!.tokens]
    expect(last.after / last.before).toBeLessThan((1.03 * one.after) / one.before)
  })
  test('a template that no longer pays goes', async () => {
    const rare = 'The quick brown fox of the first block jumps over lazy dog number 17 again\n'
    const { bytes } = await blocks(
      bytesOf(rare.repeat(20).replaceAll('17', () => '18') + many(20_000, requests) + rare + many(200, requests)),
      'lossless',
    )
    expect(textOf(bytes)).toContain(rare)
  })
})
