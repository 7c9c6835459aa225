import { describe, expect, test } from 'bun:test'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allFilters } from '../filters/index.ts'
import { freshHome, type } from './io.ts'

const filters = await allFilters()

const spark = readFileSync(join(import.meta.dir, '../examples/spark.log'), 'utf8')
const json = `${JSON.stringify({ items: Array.from({ length: 60 }, (_, id) => ({ id, kind: 'thing', name: `name ${id}` })) }, null, 2)}\n`

describe('a pipe', () => {
  test('bare: JSON and logs go to their filters and come back', async () => {
    const env = freshHome()
    for (const [stdin, filter] of [
      [json, 'crush-json'],
      [spark, 'log'],
    ] as const) {
      const short = await type([], { stdin, env })
      expect(short.out).toMatch(new RegExp(`^\\[hr (?:[0-9a-f]{10} )?${filter}\\b`))
      expect(short.out.length).toBeLessThan(stdin.length)
      const back = await type(['expand'], { stdin: short.bytes, env })
      expect(back).toMatchObject({ code: 0, out: stdin, talk: [] })
    }
  })
  test('a file works like stdin', async () => {
    const env = freshHome()
    const path = join(env.HOME!, 'a file.json')
    writeFileSync(path, json)
    const fromFile = await type(['crush-json', path, '--mode', 'lossless'], { env })
    const fromPipe = await type(['crush-json', '--mode=lossless'], { stdin: json, env })
    expect(fromFile).toMatchObject({ code: 0, out: fromPipe.out })
    expect(await type(['expand', '--no-store'], { stdin: fromFile.bytes, env })).toMatchObject({ code: 0, out: json })
  })
  test('several files come out one after the other and come back so', async () => {
    const env = freshHome()
    const [a, b] = [join(env.HOME!, 'a.json'), join(env.HOME!, 'b.log')]
    writeFileSync(a, json)
    writeFileSync(b, spark)
    const short = await type(['auto', a, b, '-'], { stdin: 'the end', env })
    expect(await type(['expand'], { stdin: short.bytes, env })).toMatchObject({
      code: 0,
      out: `${json}${spark}the end`,
    })
  })
  test('cat log | headroom kompress --stats says what was saved, on stderr', async () => {
    const { out, talk, code } = await type(['kompress', '--stats'], { stdin: spark })
    expect(code).toBe(0)
    expect(out).toMatch(/^\[hr .*log/)
    expect(talk).toHaveLength(1)
    expect(talk[0]).toMatch(/^log, balanced: [\d,]+ -> [\d,]+ tokens, \d+\.\d % saved, /)
  })
  test('--json prints one object', async () => {
    const { out } = await type(['log', '--json'], { stdin: spark })
    const result = JSON.parse(out) as Record<string, unknown>
    expect(Object.keys(result)).toEqual(
      expect.arrayContaining(['text', 'filter', 'mode', 'lossless', 'tokens', 'spans']),
    )
    expect(result.tokens).toMatchObject({ estimated: false })
  })
  test('--budget is kept; one that cannot be is exit 3 with nothing on stdout', async () => {
    const { out, code } = await type(['log', '--budget', '300', '--json'], { stdin: spark })
    expect(code).toBe(0)
    expect((JSON.parse(out) as { tokens: { after: number } }).tokens.after).toBeLessThanOrEqual(300)
    const none = await type(['log', '--budget=100', '--mode=lossless'], { stdin: spark })
    expect(none).toMatchObject({ code: 3, out: '' })
    expect(none.talk).toHaveLength(1)
    expect((await type(['log', '--budget=100', '--no-store'], { stdin: spark })).code).toBe(3)
  })
  test('--min-tokens, --no-store and --tokenizer do what they say', async () => {
    expect((await type(['log', '--min-tokens', '1M'], { stdin: spark })).out).toBe(spark)
    const env = freshHome()
    expect((await type(['log', '--no-store'], { stdin: spark, env })).out).toMatch(/^\[hr log/)
    expect((await type(['store', 'list'], { env })).out).toBe('')
    const counts = await Promise.all(
      ['o200k_base', 'cl100k_base', 'claude'].map(
        async name =>
          (
            JSON.parse((await type(['log', '--json', '--tokenizer', name], { stdin: spark })).out) as {
              tokens: { before: number; estimated: boolean }
            }
          ).tokens,
      ),
    )
    expect(new Set(counts.map(({ before }) => before)).size).toBe(3)
    expect(counts.map(({ estimated }) => estimated)).toEqual([false, false, true])
  })
  test('--explain says which rule cut what', async () => {
    const { talk } = await type(['log', '--explain', '--mode', 'aggressive'], { stdin: spark })
    expect(talk.some(line => /^ {2}cut {2}L\d/.test(line))).toBe(true)
  })
  test('empty input is empty output', async () => {
    for (const { name } of filters) expect(await type([name], { stdin: '' })).toMatchObject({ code: 0, out: '' })
  })
})

describe('asked wrongly: exit 2 and one line', () => {
  for (const [words, line] of [
    [['lgo'], /unknown command "lgo"; did you mean log\?/],
    [['log', '--mod', 'lossless'], /unknown flag --mod; did you mean --mode\?/],
    [['log', '--mode', 'lossles'], /mode is one of lossless, balanced, aggressive, not "lossles"/],
    [['log', '--budget', 'many'], /--budget takes a whole number/],
    [['log', '--budget', '10'], /budget is at least 64/],
    [['log', '--mode'], /--mode needs a value/],
    [['log', '--stats=yes'], /--stats takes no value/],
    [['log', '--tokenizer', 'o300k'], /o300k/],
    [['retrieve'], /retrieve needs an id/],
    [['retrieve', '3f9a1c2b7d', 'L1', 'L2'], /one selector/],
    [['store', 'lsit'], /did you mean store list\?/],
    [['store'], /store needs one of list/],
    [['store', 'list', 'x'], /takes no operand/],
    [['config', 'set', 'mode', 'x'], /mode is one of/],
    [['config', 'set', 'colour', 'x'], /no setting "colour"/],
  ] as const)
    test(words.join(' '), async () => {
      const { code, out, talk } = await type(words, { stdin: 'x' })
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(talk).toHaveLength(1)
      expect(talk[0]).toMatch(line)
    })
})

test('an operand that cannot be read is said, the others go on', async () => {
  const env = freshHome()
  const { code, out, talk } = await type(['auto', join(env.HOME!, 'none'), '-'], { stdin: 'text', env })
  expect({ code, out }).toEqual({ code: 1, out: 'text' })
  expect(talk[0]).toMatch(/none cannot be read \(ENOENT\)/)
})

describe('help', () => {
  test('a terminal on stdin gets it, and so does --help', async () => {
    for (const words of [[], ['--help'], ['help']]) {
      const { out, code } = await type(words)
      expect(code).toBe(0)
      for (const { name, summary } of filters) {
        expect(out).toContain(name)
        expect(out).toContain(summary)
      }
    }
  })
  test('of a command lists its flags', async () => {
    for (const words of [
      ['log', '--help'],
      ['help', 'log'],
    ])
      expect((await type(words)).out).toContain('--min-tokens')
    expect((await type(['help', 'store', 'list'])).out).toContain('--json')
  })
  test('--version', async () => {
    expect((await type(['--version'])).out).toMatch(/^headroom \d+\.\d+\.\d+ \(\w+\)\n$/)
  })
})

describe('retrieve, store, expand', () => {
  test('the exact bytes of a gap', async () => {
    const env = freshHome()
    const { out } = await type(['log', '--mode', 'aggressive', '--json'], { stdin: spark, env })
    const { ref } = JSON.parse(out) as { ref: string }
    const lines = spark.split(/(?<=\n)/)
    const got = async (...words: string[]) => (await type(['retrieve', ref, ...words], { env })).out
    expect(await got()).toBe(spark)
    expect(await got('L40-60')).toBe(lines.slice(39, 60).join(''))
    expect(await got('--lines', '40-60')).toBe(lines.slice(39, 60).join(''))
    expect(await got('--grep', 'Registered signal')).toBe(
      lines.filter(line => line.includes('Registered signal')).join(''),
    )
    expect(await got('--head', '2')).toBe(lines.slice(0, 2).join(''))
    expect(await got('--tail', '2')).toBe(lines.slice(-2).join(''))
    expect(await got('--for', 'which signal handlers were registered')).toContain('Registered signal handlers')
    expect((await type(['store', 'list'], { env })).out).toContain(ref)
    expect((await type(['store', 'show', ref], { env })).out).toContain(`bytes: ${Buffer.byteLength(spark)}`)
    expect((await type(['store', 'list'], { env })).out).not.toContain('signal')
    expect((await type(['store', 'forget', ref], { env })).code).toBe(0)
    expect((await type(['store', 'forget', ref], { env })).code).toBe(1)
  })
  test('an unknown id is exit 1 and says what to do', async () => {
    const { code, out, talk } = await type(['retrieve', '0123456789'])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(talk[0]).toMatch(/store list/)
  })
  test('a path and a symbol', async () => {
    const env = freshHome()
    const { ref } = JSON.parse((await type(['trim', '--budget', '100', '--json'], { stdin: json, env })).out) as {
      ref: string
    }
    expect((await type(['retrieve', ref, '$.items[3].name'], { env })).out).toBe('"name 3"')
    expect((await type(['retrieve', ref, '--path', '$.items[3].name'], { env })).out).toBe('"name 3"')
    const source = `${'# a comment line\n'.repeat(100)}def wanted(x):\n    return x\n\ndef other():\n    pass\n`
    const { ref: code } = JSON.parse(
      (await type(['trim', '--budget', '100', '--json'], { stdin: source, env })).out,
    ) as { ref: string }
    expect((await type(['retrieve', code, '--symbol', 'wanted'], { env })).out).toBe('def wanted(x):\n    return x\n')
  })
  test('a symbol: namesakes are listed, a near name is suggested', async () => {
    const env = freshHome()
    const source = `${'# a comment line\n'.repeat(100)}class A:\n    def close(self):\n        pass\n\nclass B:\n    def close(self):\n        end()\n`
    const made = await type(['trim', '--budget', '100', '--json'], { stdin: source, env })
    const { ref } = JSON.parse(made.out) as { ref: string }
    const first = await type(['retrieve', ref, '--symbol', 'close'], { env })
    expect(first.out).toBe('    def close(self):\n        pass\n')
    expect(first.talk.join()).toContain('close is defined 2 times, L102-103, L106-107')
    for (const name of ['B.close', 'B::close', 'B#close'])
      expect((await type(['retrieve', ref, '--symbol', name], { env })).out).toBe(
        '    def close(self):\n        end()\n',
      )
    const missed = await type(['retrieve', ref, '--symbol', 'closed'], { env })
    expect(missed.code).toBe(1)
    expect(missed.talk.join()).toContain('; close is near')
  })
  test('expand of a damaged region is exit 1, and the text comes out as it came', async () => {
    const text =
      'before\n[hr 0123456789 log: gaps by headroom retrieve 0123456789 L1-2 | --grep RE]\n[... 2 lines L1-2]\n'
    const { code, out, talk } = await type(['expand'], { stdin: text })
    expect(code).toBe(1)
    expect(out).toBe(text)
    expect(talk).toHaveLength(1)
  })
  test('HEADROOM_STORE=off: nothing with gaps, nothing kept', async () => {
    const env = { ...freshHome(), HEADROOM_STORE: 'off' }
    expect((await type(['trim', '--budget', '100'], { stdin: spark, env })).code).toBe(3)
    expect((await type(['store', 'list'], { env })).code).toBe(1)
  })
})

describe('settings', () => {
  test('flags win over the environment, that over the file, whose comments stay', async () => {
    const env = freshHome()
    mkdirSync(join(env.XDG_CONFIG_HOME!, 'headroom'), { recursive: true })
    const path = join(env.XDG_CONFIG_HOME!, 'headroom/config.jsonc')
    writeFileSync(path, '{\n  // mine\n  "stats": true,\n}\n')
    expect((await type(['config', 'set', 'mode', 'lossless'], { env })).code).toBe(0)
    expect(readFileSync(path, 'utf8')).toContain('// mine')
    const mode = async (env: Record<string, string>, ...words: string[]) =>
      (JSON.parse((await type(['log', '--json', ...words], { stdin: spark, env })).out) as { mode: string }).mode
    expect(await mode(env)).toBe('lossless')
    expect(await mode({ ...env, HEADROOM_MODE: 'aggressive' })).toBe('aggressive')
    expect(await mode({ ...env, HEADROOM_MODE: 'lossless' }, '--mode', 'aggressive')).toBe('aggressive')
    const { out } = await type(['config'], { env: { ...env, HEADROOM_MIN_TOKENS: '5' } })
    expect(out).toMatch(/mode\s+lossless\s+\S*config\.jsonc/)
    expect(out).toMatch(/min-tokens\s+5\s+HEADROOM_MIN_TOKENS/)
    expect(out).toMatch(/tokenizer\s+o200k_base\s+default/)
    expect((await type(['config', 'unset', 'mode'], { env })).code).toBe(0)
    expect(readFileSync(path, 'utf8')).not.toContain('lossless')
  })
  test('a file that is no JSON, an unknown setting and a bad value are one line each', async () => {
    for (const content of ['{', '[]', '{"colour": 1}', '{"mode": "x"}', '{"budget": 1}']) {
      const env = freshHome()
      mkdirSync(join(env.XDG_CONFIG_HOME!, 'headroom'), { recursive: true })
      writeFileSync(join(env.XDG_CONFIG_HOME!, 'headroom/config.jsonc'), content)
      const { code, talk } = await type(['log'], { stdin: 'x', env })
      expect(code).toBe(2)
      expect(talk[0]).toContain('config.jsonc')
    }
    expect((await type(['log'], { stdin: 'x', env: { ...freshHome(), HEADROOM_MODE: 'x' } })).talk[0]).toContain(
      'HEADROOM_MODE',
    )
  })
  test('no HOME: the text still goes out', async () => {
    const { code, out } = await type(['log'], { stdin: spark, env: {} })
    expect(code).toBe(0)
    expect(out.length).toBeGreaterThan(0)
  })
})
