import { beforeAll, describe, expect, test } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { models } from '../models/load.ts'
import type { Tokenizer } from '../models/models.ts'
import { countSampled } from '../models/tokenizer/estimate.ts'
import { pieceCounter } from '../models/tokenizer/merge.ts'
import { readRanks } from '../models/tokenizer/ranks.ts'

const ENCODINGS = ['o200k_base', 'cl100k_base'] as const
const corpora = join(import.meta.dir, '../../shared/corpora')
const hasCorpora = existsSync(corpora)

const ranks = readRanks('o200k_base', readFileSync(new URL('../models/tokenizer/o200k_base.bin', import.meta.url)))
const [major, minor] = process.versions.unicode!.split('.').map(Number) as [number, number]
const sameUnicode = ranks.unicode === major * 100 + minor

/**
 * Where gpt-tokenizer 4.0.0 is not OpenAI's tiktoken: it drops U+FEFF when it looks tokens up, its `\s` is JavaScript's
 * (with U+FEFF, without U+0085), and it does not take U+017F for an s in contractions. `tiktoken` below pins these.
 */
const DISPUTED = /[\ufeff\u0085\u017f]/gu

/** Made up, one for each branch of the patterns. */
const samples: Record<string, string> = {
  prose: 'The quick brown fox, having jumped, rested. "Why?" asked the dog; nobody knew (not even the fox).',
  code: 'export function getHTTPResponse<T>(url: string): Promise<T> {\n\treturn fetch(`$BASE_URL/$`, {url}).then(r => r.json())\n}\n',
  json: '{\n    "id": 1234567,\n    "ok": true,\n    "path": "/var/log\\\\x.log",\n    "items": [\n        null,\n        -1.5e-7\n    ]\n}\n',
  log: '2024-01-15T10:00:00.123Z ERROR [pool-3] c.e.App - id=3f9a1c2b-7d4e-11ee-b962-0242ac120002 took 1532ms\n',
  base64:
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
  chinese: '人工智能正在改变世界，这句话没有空格。第2章：数据、算力与算法！',
  japanese: 'これはテストです。カタカナとひらがな、漢字ー長音。',
  korean: '안녕하세요. 오늘은 2024년 1월 15일입니다.',
  arabic: 'السَّلامُ عليكم، العدد ١٢٣٤٥ هنا.',
  hindi: 'नमस्ते दुनिया, यह १२३४ है।',
  russian: 'Съешь ещё этих мягких французских булок, да выпей чаю. НДС ИП-42',
  greek: 'Ο Σίσυφος ΣΊΣΥΦΟΣ ǅungla ǈ ʰʷ ªº',
  emoji: '👍👍🏽 👨‍👩‍👧‍👦 🏳️‍🌈x 🇩🇪🇫🇷 ☺️ok',
  marks: 'e\u0301A\u0301B -\u0301 --\u0301 \u0301\u0301 A\u0301BC caf\u00e9 \u0301AB',
  contractions: "I'm you're he'll WE'VE SHE'D it'S don'T I'Ll they'rE 'tis 's'll it's'm can'tx 'sfoo O'Brien's",
  curly: 'it’s don’t WE’LL ‘quoted’ “she’d”',
  numbers: '0 12 123 1234 12345 1234567890 3.14159 1,000,000 0xDEADBEEF ½ Ⅷ x²y³ ১২৩৪ 𝟘𝟙𝟚𝟛',
  lineEnds: 'a\r\nb\r\n\r\nc\rd\n\r\n\n  e \r\n\t\n',
  spaces: 'a  b   c    d     \n      e\t\tf \t g\u00a0\u00a0h\u3000i \u2028 \u2029j   ',
  trailingSpaces: 'end\n   ',
  onlySpaces: '     ',
  punctuation: '// ===== /* --- */ #!/usr/bin/env "[]{}()"!\n//x\n/ ?:/\r\n/\n///a ...!\n\n',
  special: '<|endoftext|> a<|im_start|>b<|fim_prefix|><|endofprompt|>',
  controls: '\0\x01\x02\x1b[31mred\x1b[0m\x7f\u0080\u200b\u00ad',
  unassigned: '\u0378\u0379 \ue000\uf8ff \u{10ffff}\u{e0100}\u{f0000}x',
  surrogates: '\ud800 a\udc00b \udc00\ud800 \ud83d 👍\ud83d\ud83d\ude00',
}

/** Pieces that random texts are put together from, so that branches meet in all orders. */
const fragments = [
  ...'aAbB zZ 09\'sStTlLvVeErRdDmM\r\n\t\v\f/-.,{}"_ \u00a0\u0301\u0300éÉßǅʰªעבαΑ中文字ー\u200d٣৩½\u2028\u3000Kİ',
]
fragments.push('👍', '🏽', '\ud800', '\udc00', "'ll", "'VE", '    ', '\n\n', '\r\n', 'the', ' the', 'HTTP', '123')

const references: Record<string, (text: string) => number> = {}

/** gpt-tokenizer takes seconds to load under Bun: once here, and nowhere else. */
beforeAll(async () => {
  const plain = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() }
  const { countTokens: o200k } = await import('gpt-tokenizer/encoding/o200k_base')
  const { countTokens: cl100k } = await import('gpt-tokenizer/encoding/cl100k_base')
  references.o200k_base = text => o200k(text, plain)
  references.cl100k_base = text => cl100k(text, plain)
}, 120_000)

describe.each(ENCODINGS)('%s', name => {
  test.each(Object.entries(samples))('counts as gpt-tokenizer: %s', async (_, text) => {
    const { count } = await models.tokenizer(name)
    expect(count(text)).toBe(references[name]!(text))
  })

  test('counts as gpt-tokenizer: 2,000 texts of fragments', async () => {
    await agree(
      name,
      fc.array(fc.constantFrom(...fragments), { maxLength: 24 }).map(parts => parts.join('')),
    )
  })

  test.skipIf(!sameUnicode)(
    'counts as gpt-tokenizer: 2,000 texts of any code points (needs the Unicode version of the ranks)',
    async () => {
      const unit = fc.oneof(fc.integer({ min: 0, max: 0x10ffff }), fc.integer({ min: 0, max: 0x2fff }))
      await agree(
        name,
        fc.array(unit, { maxLength: 40 }).map(units => String.fromCodePoint(...units)),
      )
    },
  )

  test('counts as gpt-tokenizer: a text of many chunks', async () => {
    const { count } = await models.tokenizer(name)
    const text = Array.from(
      { length: 4000 },
      (_, i) => fragments[((i * i) % 97) % fragments.length]! + Object.values(samples)[i % 26],
    ).join('')
    expect(text.length).toBeGreaterThan(100_000)
    expect(count(text)).toBe(references[name]!(text))
  })

  test.skipIf(!hasCorpora)(
    'counts as gpt-tokenizer: the corpora (needs ../shared/corpora)',
    async () => {
      const { count } = await models.tokenizer(name)
      const files = readdirSync(corpora, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
      const counts = files.map(file => {
        const text = readFileSync(join(file.parentPath, file.name), 'utf8').replace(DISPUTED, '?')
        return { file: file.name, ours: count(text), theirs: references[name]!(text) }
      })
      expect(counts.filter(({ ours, theirs }) => ours !== theirs)).toEqual([])
    },
    120_000,
  )

  // Counted by tiktoken 0.14.0.
  test.each([
    ['', 0, 0],
    ['Hello, world!', 4, 4],
    ['<|endoftext|>', 7, 7],
    ['\ufeff', 1, 1],
    ['\ufeffusing System;', 3, 3],
    ['\ufeff{"a": 1}', 7, 7],
    ['\ufeff# Title\r\n', 3, 3],
    ['a\ufeffb \ufeff', 4, 4],
    ['line\u0085\u0085next \u0085 x', 9, 9],
    ['\u0085 \u0085', 4, 4],
    ["it'\u017f I'\u017fx '\u017f", 8, 12],
  ])('counts as tiktoken: %j', async (text, o200k, cl100k) => {
    const { count } = await models.tokenizer(name)
    expect(count(text)).toBe(name === 'o200k_base' ? o200k : cl100k)
  })

  test('a lone surrogate counts as U+FFFD', async () => {
    const { count } = await models.tokenizer(name)
    for (const around of ['', 'a', ' ', '中', '\n', '\ufffd'])
      for (const half of ['\ud83d', '\ude00'])
        expect(count(around + half + around)).toBe(count(`${around}\ufffd${around}`))
  })

  test('what was counted before changes no count', async () => {
    const { count } = await models.tokenizer(name)
    const texts = Object.values(samples)
    const before = texts.map(text => count(text))
    for (let i = 0; i < 50_000; i++) count(` w${i.toString(36)}x${(i * 7919).toString(36)}`)
    expect(texts.map(text => count(text))).toEqual(before)
    expect(texts.toReversed().map(text => count(text))).toEqual(before.toReversed())
  })

  test.each([
    ['letters', 'a', 8, 8],
    ['spaces', ' ', 128, 128],
    ['line ends', '\n', 16, 32],
    ['apostrophes', "'", 4, 2],
    ['emoji', '👍', 1, 1 / 3],
  ])('a megabyte of %s', async (_, unit, o200k, cl100k) => {
    const { count } = await models.tokenizer(name)
    expect(count(unit.repeat(2 ** 20))).toBe(2 ** 20 / (name === 'o200k_base' ? o200k : cl100k))
  })
})

describe('merging', () => {
  const alphabets = ['ab', 'a', 'abcdefghijklmnopqrstuvwxyz', '的一是不了人', '-=', 'the ', '\n ', ' ', 'aAb1.', '👍😀']

  test('windows of any width count alike', () => {
    const whole = pieceCounter(ranks, { window: Number.POSITIVE_INFINITY })
    const narrow = [16, 24, 200].map(window => pieceCounter(ranks, { window }))
    const stretch = fc.tuple(fc.nat(25), fc.integer({ min: 1, max: 30 }))
    const piece = fc.tuple(fc.constantFrom(...alphabets), fc.array(stretch, { minLength: 20, maxLength: 60 }))
    fc.assert(
      fc.property(piece, ([alphabet, stretches]) => {
        const letters = [...alphabet]
        const bytes = Buffer.from(
          stretches.map(([letter, times]) => letters[letter % letters.length]!.repeat(times)).join(''),
        )
        const tokens = whole(bytes, 0, bytes.length)
        for (const count of narrow) expect(count(bytes, 0, bytes.length)).toBe(tokens)
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  test.each(['a', ' ', 'ab', 'qzxjkvwp', '👍', '的一是不了人'])('steps grow with the length: %j', unit => {
    const steps = (bytes: number) => {
      let merges = 0
      pieceCounter(ranks, { onMerge: () => merges++ })(Buffer.alloc(bytes, unit), 0, bytes)
      return merges
    }
    // A merge takes one part away; windows overlap by an eighth.
    for (const bytes of [40, 4000, 64_000, 512_000]) expect(steps(bytes)).toBeLessThan(bytes * 1.2)
  })
})

describe('estimates', () => {
  test.each(['claude', 'gemini'])('%s says that it is one', async name => {
    const tokenizer = await models.tokenizer(name)
    expect(tokenizer.name).toBe(`~${name}`)
    expect(tokenizer.exact).toBe(false)
    expect(tokenizer.count('')).toBe(0)
    expect(tokenizer.count('a')).toBeGreaterThan(0)
    const prose = samples.prose!.repeat(20)
    expect(prose.length / tokenizer.count(prose)).toBeWithin(3, 4.5)
  })

  test('sampling is exact up to 1 MiB', async () => {
    const o200k = await models.tokenizer('o200k_base')
    const text = rows(2 ** 20)
    expect(countSampled(o200k, text)).toEqual({ tokens: o200k.count(text), estimated: false })
  })

  test('sampling is within 2 % above, reads about 256 KiB and says the same again', async () => {
    const o200k = await models.tokenizer('o200k_base')
    const text = rows(3_000_000) + samples.chinese!.repeat(10_000)
    let read = 0
    const readAndCount = (part: string) => {
      read += part.length
      return o200k.count(part)
    }
    const counting: Tokenizer = { ...o200k, count: readAndCount }
    const { tokens, estimated } = countSampled(counting, text)
    expect(estimated).toBe(true)
    expect(read).toBeLessThan(300_000)
    expect(tokens / o200k.count(text)).toBeWithin(0.98, 1.02)
    expect(countSampled(o200k, text).tokens).toBe(tokens)
  })

  test('a block of a longer text is sampled from 128 KiB on', async () => {
    const o200k = await models.tokenizer('o200k_base')
    const block = rows(2 ** 20)
    const { tokens, estimated } = countSampled(o200k, block, true)
    expect(estimated).toBe(true)
    expect(tokens / o200k.count(block)).toBeWithin(0.97, 1.03)
    expect(countSampled(o200k, rows(2 ** 17), true).estimated).toBe(false)
  })

  test('sampling cuts no character in two', async () => {
    const o200k = await models.tokenizer('o200k_base')
    const { tokens } = countSampled(o200k, `x${'👍'.repeat(2 ** 20)}`)
    // Each half would count as one token or more.
    expect(tokens).toBeWithin(2 ** 20, 2 ** 20 + 100)
  })

  /** Made-up log rows up to `units` in all. */
  function rows(units: number): string {
    let text = ''
    for (let row = 0; text.length < units; row++)
      text += `2024-01-15 10:${row % 60}:00 INFO request ${(row * 2654435761) >>> 0} from 10.0.${row % 7}.${row % 251} took ${(row * row) % 997} ms\n`
    return text.slice(0, units)
  }
})

describe('loading', () => {
  test('keeps what it loaded, under every name', async () => {
    const o200k = await models.tokenizer('o200k_base')
    expect(o200k).toMatchObject({ name: 'o200k_base', exact: true })
    expect(await models.tokenizer('gpt-4o')).toBe(o200k)
  })

  test.each(['nope', 'constructor', ''])('an unknown name lists the known ones: %j', async name => {
    const error = await models.tokenizer(name).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(RangeError)
    expect((error as RangeError).message).toContain('o200k_base')
  })

  test('missing ranks name the part, the fact and the cure', () => {
    // A process of its own: here the ranks are loaded.
    const script = `import { fileAt, models } from './models/load.ts'
      fileAt('o200k_base', 'no-such.bin')
      await models.tokenizer('claude').catch(error => console.log(error.message))`
    const { stdout } = spawnSync(process.execPath, ['-e', script], {
      cwd: join(import.meta.dir, '..'),
      encoding: 'utf8',
    })
    expect(stdout).toBe('models: no file of o200k_base at no-such.bin; npm run prepare builds it\n')
  })

  test('damaged ranks are refused', () => {
    const file = readFileSync(new URL('../models/tokenizer/cl100k_base.bin', import.meta.url))
    for (const damaged of [file.subarray(0, -4), file.subarray(4), file.subarray(0, 8), new Uint8Array(0)])
      expect(() => readRanks('cl100k_base', damaged)).toThrow('npm run prepare')
  })
})

async function agree(name: string, texts: fc.Arbitrary<string>): Promise<void> {
  const { count } = await models.tokenizer(name)
  fc.assert(
    fc.property(texts, text => {
      const plain = text.replace(DISPUTED, '?')
      return count(plain) === references[name]!(plain)
    }),
    { numRuns: 2000, seed: 1 },
  )
}
