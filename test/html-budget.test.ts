import { describe, expect, test } from 'bun:test'
import { markersOf } from '../ccr/marker.ts'
import { textOf } from '../ccr/text.ts'
import { expand } from '../filters/expand.ts'
import html from '../filters/html/index.ts'
import { filterOf } from '../filters/index.ts'
import { run } from '../filters/run.ts'
import { models } from '../models/load.ts'
import { testHost } from './host.ts'

const tokenizer = await models.tokenizer('o200k_base')
const WORDS = 'The quick brown fox jumps over the lazy dog near the river bank.'
const body = (inner: string) => `<!doctype html><html><body>${inner}<p>${WORDS}</p></body></html>`

describe('budgets and questions', () => {
  const sections = Array.from(
    { length: 30 },
    (_, i) => `<h2>Part ${i}</h2><p>${WORDS} It costs ${i * 17} coins in ${2000 + i}.</p><pre>run --part ${i}</pre>`,
  )
  const page = body(`<h1>Manual</h1>${sections.join('')}`)

  test('keep to every budget, the answer in view and gaps that resolve', async () => {
    for (const budget of [150, 300, 600, 1200]) {
      const { text, tokens, filter } = await run(
        html,
        page,
        { budget, query: 'what does it cost in 2023' },
        testHost({ tokenizer }),
      )
      expect(tokens.after).toBeLessThanOrEqual(budget)
      expect(filter).toBe('html')
      expect(text).toContain('391 coins in 2023')
      expect(markersOf(text).length).toBeGreaterThan(1)
    }
  })

  test('names what is missing by its headings', async () => {
    const { text } = await run(html, page, { budget: 300 }, testHost({ tokenizer }))
    expect(text).toMatch(/\[\.\.\. \d+ blocks B\d+-\d+: Part \d+, Part \d+, Part \d+ and \d+ more headings\]/)
  })
})

test('without a store the Markdown is what there is', async () => {
  const host = testHost({ tokenizer })
  const { text } = await run(html, body(`<h1>Title</h1>${'<p class="text-body">a</p>'.repeat(50)}`), {}, host)
  const alone = textOf((await expand(Buffer.from(text), filterOf)).bytes)
  expect(alone).toContain('# Title')
  expect(alone).toContain(WORDS)
})
