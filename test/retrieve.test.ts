import { describe, expect, test } from 'bun:test'
import { MemoryStore } from '../ccr/memory.ts'
import { type RetrieveAsk, RetrieveError, retrieve } from '../ccr/retrieve.ts'
import { StoreError } from '../ccr/store.ts'
import { bytesOf } from '../ccr/text.ts'
import { failureOf } from './store-contract.ts'

const about = { filter: 'log', tokens: { before: 100, after: 10 } }
const log = 'one\ntwo\r\nthree error\nfour\nfive\nsix error\nseven'
const json = '{"items": [{"name": "a"}, {"name": "b", "n": 1}, 3]}\n'
const code = 'import x\n\ndef first():\n    return 1\n\ndef second():\n    return 2\n'

/** What `ask` brings back of `original`, as text; latin1, so that every byte is seen. */
async function retrieved(original: string | Uint8Array, ask: RetrieveAsk): Promise<string> {
  const store = new MemoryStore()
  const { id } = store.put(typeof original === 'string' ? bytesOf(original) : original, about)
  return Buffer.from(await retrieve(store, id, ask)).toString('latin1')
}

describe('the exact bytes of what is asked for', () => {
  const cases: [name: string, original: string, ask: RetrieveAsk, bytes: string][] = [
    ['the whole', log, {}, log],
    ['a selector', log, { selector: 'L2-3' }, 'two\r\nthree error\n'],
    ['several ranges', log, { selector: 'L1,7' }, 'one\nseven'],
    ['lines', log, { lines: '2-3' }, 'two\r\nthree error\n'],
    ['lines as in a selector', log, { lines: 'L1, 7' }, 'one\nseven'],
    ['lines to beyond the end', log, { lines: '6-900' }, 'six error\nseven'],
    ['bytes', log, { selector: 'B4-8' }, 'two\r'],
    ['a path', json, { path: '$.items[1]' }, '{"name": "b", "n": 1}'],
    ['a path as a selector', json, { selector: '$.items[0].name' }, '"a"'],
    ['a run of elements', json, { path: '$.items[1:9]' }, '{"name": "b", "n": 1}, 3'],
    ['a symbol', code, { symbol: 'second' }, 'def second():\n    return 2\n'],
    ['a symbol as a selector', code, { selector: '#first' }, 'def first():\n    return 1\n'],
    ['a pattern', log, { grep: 'err[a-z]+$' }, 'three error\nsix error\n'],
    ['a pattern before CRLF', log, { grep: '^two$' }, 'two\r\n'],
    ['a pattern with context', log, { grep: 'six', context: 1 }, 'five\nsix error\nseven'],
    ['contexts that meet', log, { grep: 'error', context: 1 }, 'two\r\nthree error\nfour\nfive\nsix error\nseven'],
    ['a pattern within lines', log, { lines: '4-7', grep: 'error' }, 'six error\n'],
    ['head', log, { head: 2 }, 'one\ntwo\r\n'],
    ['tail', log, { tail: 2 }, 'six error\nseven'],
    ['more than there is', log, { tail: 99 }, log],
    ['the head of what matches', log, { grep: 'error', head: 1 }, 'three error\n'],
    ['the tail of what matches', log, { grep: 'error', tail: 1 }, 'six error\n'],
    [
      'a question',
      `${'filler\n'.repeat(50)}the disk is full\n`,
      { query: 'Is the disk full?' },
      'filler\nfiller\nthe disk is full\n',
    ],
    ['an empty original', '', { head: 3 }, ''],
  ]
  for (const [name, original, ask, bytes] of cases)
    test(name, async () => expect(await retrieved(original, ask)).toBe(bytes))

  test('a question to JSON on one line brings back its elements', async () => {
    const minified = JSON.stringify(
      Array.from({ length: 300 }, (_, i) => ({ id: i, state: i === 200 ? 'crashed' : 'fine' })),
    )
    const answer = await retrieved(minified, { query: 'which one crashed?' })
    expect(answer).toContain('{"id":200,"state":"crashed"}')
    expect(answer.length).toBeLessThan(2500)
  })
  test('bytes that are no text', async () => {
    const bytes = Uint8Array.of(0xff, 10, 0x41, 0xfe, 10, 0xc3)
    expect(await retrieved(bytes, { lines: '2' })).toBe('A\xfe\n')
    expect(await retrieved(bytes, { grep: 'A' })).toBe('A\xfe\n')
    expect(await retrieved(bytes, { tail: 1 })).toBe('\xc3')
  })
})

describe('ids', () => {
  const store = new MemoryStore()
  const ref = store.put(bytesOf(log), about)
  for (const id of [
    ref.id,
    ref.id.toUpperCase(),
    ref.hash,
    ref.id.slice(0, 6),
    ref.id.slice(0, 9),
    ref.hash.slice(0, 20),
  ])
    test(`${id.length} digits`, async () => expect(Buffer.from(await retrieve(store, id)).toString()).toBe(log))

  const unknown = [ref.id.slice(0, 5), '0123456789', 'not an id', '', `${ref.id}0000`, 'x'.repeat(1000)]
  for (const id of unknown)
    test(`${JSON.stringify(id.slice(0, 20))} is unknown, and one line says what to do`, async () => {
      const failure = await failureOf(() => retrieve(store, id))
      expect(failure).toBeInstanceOf(RetrieveError)
      expect((failure as RetrieveError).kind).toBe('missing')
      expect(failure.message).toMatch(/^no entry .*again.*headroom store list[^\n]*$/)
      expect(failure.message.length).toBeLessThan(250)
    })
  test('a beginning of two ids is asked back', async () => {
    const many = new MemoryStore()
    const beginnings = new Set<string>()
    for (let i = 0; ; i++) {
      const { id } = many.put(bytesOf(`text ${i}`), about)
      if (!beginnings.has(id.slice(0, 6))) {
        beginnings.add(id.slice(0, 6))
        continue
      }
      const failure = await failureOf(() => retrieve(many, id.slice(0, 6)))
      expect(failure.message).toContain(id)
      break
    }
  })
})

describe('what cannot be had', () => {
  const cases: [name: string, original: string, ask: RetrieveAsk, kind: RetrieveError['kind'], message: RegExp][] = [
    ['lines beyond the end', log, { lines: '8-9' }, 'missing', /L8-9: the original has 7 lines/],
    ['bytes beyond the end', log, { selector: 'B900-901' }, 'missing', /has \d+ bytes/],
    ['no such member', json, { path: '$.nothing' }, 'missing', /no such element or member/],
    ['a path into text', log, { path: '$.a' }, 'missing', /no JSON/],
    ['no such symbol', code, { symbol: 'third' }, 'missing', /no definition of that name/],
    ['no match', log, { grep: 'zzz' }, 'missing', /no line for "zzz"/],
    ['nothing bears on it', log, { query: 'weather' }, 'missing', /no line for "weather"/],
    ['no selector', log, { selector: 'lines 4' }, 'usage', /"lines 4" is no selector; L40-60/],
    ['lines the wrong way round', log, { lines: '9-3' }, 'usage', /no selector/],
    ['two selectors', log, { selector: 'L1', lines: '2' }, 'usage', /one selector, not L1 and L2/],
    ['two searches', log, { grep: 'a', query: 'b' }, 'usage', /not both/],
    ['two ends', log, { head: 1, tail: 1 }, 'usage', /not both/],
    ['no pattern', log, { grep: '(' }, 'usage', /--grep .*missing closing/],
  ]
  for (const [name, original, ask, kind, message] of cases)
    test(name, async () => {
      const failure = await failureOf(() => retrieved(original, ask))
      expect(failure).toBeInstanceOf(RetrieveError)
      expect((failure as RetrieveError).kind).toBe(kind)
      expect(failure.message).toMatch(message)
      expect(failure.message).not.toContain('\n')
    })
  test('a pattern that would hang elsewhere', async () => {
    expect(await retrieved(`${'a'.repeat(50_000)}\nab\n`, { grep: '^(a+)+b$' })).toBe('ab\n')
  })
})

describe('counting', () => {
  test('by selector, and by way of asking, never by what was asked', async () => {
    const store = new MemoryStore()
    const { id } = store.put(bytesOf(log), about)
    for (const ask of [{}, { lines: '1-2' }, { selector: 'L1-2' }, { grep: 'error' }, { query: 'error' }, { head: 1 }])
      await retrieve(store, id, ask)
    expect(store.fetched().map(({ where, count }) => [where, count])).toEqual([
      ['L1-2', 2],
      ['', 1],
      ['for', 1],
      ['grep', 1],
      ['head', 1],
    ])
  })
  test('failures count nothing', async () => {
    const store = new MemoryStore()
    const { id } = store.put(bytesOf(log), about)
    await failureOf(() => retrieve(store, id, { lines: '99' }))
    expect(store.fetched()).toEqual([])
  })
  test('a store that cannot count serves all the same', async () => {
    class ReadOnly extends MemoryStore {
      override noteFetch(): void {
        throw new StoreError('store: read-only')
      }
    }
    const store = new ReadOnly()
    const { id } = store.put(bytesOf(log), about)
    expect(Buffer.from(await retrieve(store, id)).toString()).toBe(log)
  })
})
