import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MemoryStore } from '../ccr/memory.ts'
import { createHeadroom } from '../library/index.ts'
import { type } from './io.ts'

const spark = readFileSync(join(import.meta.dir, '../examples/spark.log'), 'utf8')
const open = () => createHeadroom({ store: 'memory' })
const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

describe('a text', () => {
  test('comes out as a pipe prints it, and comes back', async () => {
    const headroom = open()
    for (const mode of ['lossless', 'balanced', 'aggressive'] as const) {
      const { text, tokens } = await headroom.compress(spark, { mode })
      expect(text).toBe((await type(['auto', '--mode', mode], { stdin: spark })).out)
      expect(tokens.after).toBeLessThan(tokens.before)
      expect(await headroom.expand(text)).toBe(spark)
    }
  })
  test('a gap is fetched by its id', async () => {
    const headroom = open()
    const { ref } = await headroom.compress(spark, { mode: 'aggressive' })
    expect(await headroom.retrieve(ref!, { selector: 'L2-3' })).toBe(
      spark
        .split(/(?<=\n)/)
        .slice(1, 3)
        .join(''),
    )
    expect(headroom.retrieve('0123456789')).rejects.toThrow('0123456789')
  })
  test('lone surrogates, empty texts and wrong input', async () => {
    const headroom = open()
    expect((await headroom.compress('\ud800 x')).text).toBe('\ud800 x')
    expect((await headroom.compress('')).text).toBe('')
    expect(headroom.compress(spark, { filter: 'lgo' })).rejects.toThrow('no filter "lgo"')
    expect(headroom.compress(spark, { budget: 70, mode: 'lossless' })).rejects.toThrow('70 tokens')
    expect(headroom.compress(42 as unknown as string)).rejects.toThrow('a text or an array')
  })
  test('stores: off keeps nothing, one of your own is used', async () => {
    const store = new MemoryStore()
    const { ref } = await createHeadroom({ store }).compress(spark, { mode: 'aggressive' })
    expect(store.list().map(({ id }) => id)).toEqual([ref!])
    expect((await createHeadroom({ store: 'off' }).compress(spark, { mode: 'aggressive' })).lossless).toBe('bytes')
  })
})

/** The same history in four dialects; `result` is the tool's text. */
const histories: Record<string, (result: string) => unknown[]> = {
  'OpenAI Chat': result => [
    { role: 'system', content: spark },
    { role: 'user', content: spark, name: 'x' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'c1', type: 'function', function: { name: 'bash', arguments: '{"command":"cat spark.log"}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'c1', content: result, unknown_field: [1] },
    {
      role: 'tool',
      tool_call_id: 'c1',
      content: [
        { type: 'text', text: result },
        { type: 'image_url', image_url: { url: 'data:' } },
      ],
    },
  ],
  'OpenAI Responses': result => [
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: spark }] },
    { type: 'reasoning', id: 'r', encrypted_content: spark },
    { type: 'function_call', call_id: 'c1', name: 'shell', arguments: '{"command":["cat","spark.log"]}' },
    { type: 'function_call_output', call_id: 'c1', output: result },
    { type: 'custom_tool_call_output', call_id: 'c2', output: [{ type: 'input_text', text: result }] },
  ],
  Anthropic: result => [
    { role: 'user', content: spark },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: spark, signature: 's' },
        { type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'cat spark.log' } },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 't1', content: result, cache_control: { type: 'ephemeral' } },
        {
          type: 'tool_result',
          tool_use_id: 't2',
          is_error: false,
          content: [
            { type: 'text', text: result },
            { type: 'image', source: {} },
          ],
        },
        { type: 'text', text: spark },
      ],
    },
  ],
  Gemini: result => [
    { role: 'user', parts: [{ text: spark }] },
    { role: 'model', parts: [{ functionCall: { name: 'run', args: {} } }] },
    {
      role: 'user',
      parts: [{ functionResponse: { id: '1', name: 'run', response: { output: result, exit_code: 0 } } }],
    },
  ],
}

describe('messages', () => {
  for (const [dialect, history] of Object.entries(histories))
    test(`${dialect}: tool results alone, the given objects untouched`, async () => {
      const headroom = open()
      const { text } = await headroom.compress(spark)
      const { messages, tokens, refs } = await headroom.compress(frozen(history(spark)))
      expect(messages).toEqual(history(text))
      expect(tokens.after).toBeLessThan(tokens.before)
      for (const id of refs) expect(await headroom.retrieve(id)).toBe(spark)
    })
  for (const [dialect, history] of Object.entries(histories))
    test(`${dialect}: a longer history gives the same bytes for its old part`, async () => {
      const older = history(spark)
      const longer = [...older, ...history(`${spark}one line more\n`)]
      const [a, b] = [await open().compress(older), await open().compress(longer)]
      expect(JSON.stringify(b.messages.slice(0, older.length))).toBe(JSON.stringify(a.messages))
    })
  test('what headroom retrieve printed stays', async () => {
    const history = (command: string) => [
      { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'Bash', input: { command } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: spark }] },
    ]
    const kept = history('cd x && headroom retrieve 3f9a1c2b7d L1-400')
    expect((await open().compress(kept)).messages).toBe(kept)
    const tool = [
      {
        role: 'assistant',
        tool_calls: [{ id: 'c', function: { name: 'mcp__headroom__headroom_retrieve', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c', content: spark },
    ]
    expect((await open().compress(tool)).messages).toBe(tool)
  })
  test('nothing to do gives the same array: empty, images, unknown roles, cycles, odd shapes', async () => {
    const cyclic: Record<string, unknown> = { role: 'user' }
    cyclic.content = [cyclic]
    const odd = [
      [],
      [{ role: 'user', content: [{ type: 'image', source: {} }] }],
      [{ role: 'alien', content: spark }],
      [cyclic],
      [null, 1, 'x', [], { role: 'tool' }, { role: 'tool', content: 7 }, { parts: [null, { functionResponse: 1 }] }],
    ]
    for (const messages of odd)
      expect((await open().compress(messages as unknown[])).messages).toBe(messages as unknown[])
  })
  test('what it does not know stays as the same objects, what it knows beside it is shortened', async () => {
    const loop: Record<string, unknown> = { type: 'alien' }
    loop.self = loop
    const call = { role: 'assistant', tool_calls: [{ id: 'c', function: { name: 'x', arguments: loop } }] }
    const given = [
      call,
      { role: 'tool', tool_call_id: 'c', content: [loop, null, 7, { type: 'text', text: spark }, { type: 'text' }] },
    ]
    const { messages, refs } = await open().compress(given as unknown[])
    const [same, changed] = messages as [unknown, { content: unknown[] }]
    expect(same).toBe(call)
    expect(changed.content[0]).toBe(loop)
    expect((changed.content[3] as { text: string }).text.length).toBeLessThan(spark.length)
    expect(refs.length).toBeLessThanOrEqual(1)
  })
  test('small results stay', async () => {
    const messages = [{ role: 'tool', tool_call_id: 'c', content: 'ok\n'.repeat(20) }]
    expect((await open().compress(messages)).messages).toBe(messages)
  })
})
