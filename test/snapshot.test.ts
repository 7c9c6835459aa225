import { describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { kindOf } from '../filters/auto/index.ts'
import snapshot from '../filters/snapshot/index.ts'
import { models } from '../models/load.ts'
import { compressed } from './laws.ts'
import { decodedOf, verdictOf } from './verdicts.ts'

const tokenizer = await models.tokenizer('o200k_base')
const cases = join(import.meta.dir, '../filters/snapshot/cases')

const link = (i: number) =>
  `    - listitem [ref=e${2 * i + 3}]:\n      - link "Page ${i}" [ref=e${2 * i + 4}] [cursor=pointer]:\n        - /url: /pages/${i}\n`
const menu = (count: number) =>
  `- generic [active] [ref=e1]:\n  - list [ref=e2]:\n${Array.from({ length: count }, (_, i) => link(i)).join('')}`
const page = (paragraphs: number) =>
  `- main [ref=e1]:\n${Array.from({ length: paragraphs }, (_, i) => `  - heading "Part ${i}" [level=2] [ref=e${5 * i + 2}]\n  - paragraph [ref=e${5 * i + 3}]: Introduction ${i}.\n  - paragraph [ref=e${5 * i + 4}]: ${`Sentence ${(i * 7919) % 1009} of this part says what it says. `.repeat(4 + (i % 5))}end\n  - button "Buy ${i}" [ref=e${5 * i + 6}] [cursor=pointer]\n`).join('')}`

describe('texts that come back byte for byte', () => {
  const texts: [string, string][] = [
    ['a menu', menu(12)],
    ['CRLF and a byte order mark', `\ufeff${menu(5).replaceAll('\n', '\r\n')}`],
    ['mixed line ends', menu(5).replace('\n', '\r\n')],
    ['no line end at the end', menu(5).trimEnd()],
    [
      'quoted lines',
      `${menu(3)}  - 'link "a: b" [ref=e40] [cursor=pointer]':\n    - /url: "#"\n  - 'cell "it''s" [ref=e41]': x\n`,
    ],
    [
      'names with quotes, arrows and colons',
      `${menu(3)}  - button "a \\"b\\" -> c: d" [ref=e40]\n  - link "x" [ref=e41]:\n    - /url: a -> b\n`,
    ],
    ['nodes without refs among others', `${menu(4)}  - button "x"\n  - generic: y\n  - img\n`],
    ['refs that fall back', `${menu(4)}  - generic [ref=e2]\n  - generic [ref=f1e3]\n`],
    ['a depth that is left out', `${menu(3)}      - link "deep" [ref=e50]\n  - text: x\n`],
    ['odd indentation', `${menu(3)}   - link "odd" [ref=e50]\n`],
    ['a colon and nothing below', `${menu(3)}  - list [ref=e50]:\n`],
    ['children without a colon', `${menu(3)}  - list [ref=e50]\n    - listitem [ref=e51]\n`],
    ['a url and more', `${menu(3)}  - link "x" [ref=e50]:\n    - /url: "#"\n    - img "y" [ref=e51]\n    - /url: z\n`],
    ['lines like the notation', `${menu(4)}[... 3 lines L1-3]\n!x\n@3 y\nlink "z" e5\n\0 \n\n  x\n`],
    ['text around', `### Page\n- Page URL: http://x/\n\`\`\`yaml\n${menu(4)}\`\`\`\n`],
  ]
  for (const [name, text] of texts)
    test(name, async () => {
      const verdict = await verdictOf(snapshot, text, 'lossless')
      expect(verdict.kind).toBe('rewrite')
      expect(decodedOf(snapshot, verdict, text)).toBe(text)
    })
})

describe('what an agent clicks', () => {
  const CLICKED = /- '?(?:link|button|textbox|searchbox|checkbox|radio|combobox)\b.*\[ref=([\w@]+)\]/
  for (const file of readdirSync(cases).filter(name => name.endsWith('.in') && !name.startsWith('chrome')))
    test(`stands in ${file.replace('.in', '')} as a ref, or as its number below a prefix`, async () => {
      const text = readFileSync(join(cases, file), 'utf8')
      const { results } = await compressed(snapshot, Buffer.from(text), {}, tokenizer)
      for (const ref of text.split('\n').flatMap(line => CLICKED.exec(line)?.[1] ?? [])) {
        const number = /\d+$/.exec(ref)![0]
        expect(results[0]!.text).toMatch(new RegExp(`(?:^|[ ,|;])(?:${ref}|${number})(?:$|[ ,|;:])`, 'm'))
      }
    })
  test('stays when the text of a long page goes', async () => {
    const text = page(300)
    const { results } = await compressed(snapshot, Buffer.from(text), { mode: 'aggressive' }, tokenizer)
    expect(results[0]!.lossless).toBe('no')
    for (const i of [0, 7, 150, 299]) {
      expect(results[0]!.text).toContain(`button "Buy ${i}" e${5 * i + 6}`)
      expect(results[0]!.text).toContain(`heading "Part ${i}"`)
    }
  })
  test('so does what the question asks for', async () => {
    const text = page(300).replace('Sentence 856 ', 'The warranty ends in May 2031. ')
    const query = 'when does the warranty end?'
    const { results } = await compressed(snapshot, Buffer.from(text), { mode: 'aggressive', query }, tokenizer)
    expect(results[0]!.lossless).toBe('no')
    expect(results[0]!.text).toContain('The warranty ends in May 2031.')
  })
})

test('what it makes of a menu', async () => {
  const { results } = await compressed(snapshot, Buffer.from(menu(12)), {}, tokenizer)
  expect(results[0]!.lossless).toBe('bytes')
  expect(results[0]!.text).toContain('@12   listitem\nlink@ref=e*,link@url=/pages/*,link="Page *"\n4,0,0\n6,1,1\n')
})

describe('auto', () => {
  const kinds: [string, string, string | undefined][] = [
    ['a snapshot', menu(4), 'snapshot'],
    ['what an MCP server prints around it', `### Page\n- Page Title: x\n\`\`\`yaml\n${menu(4)}\`\`\`\n`, 'snapshot'],
    [
      'what Chrome DevTools print',
      'uid=1_0 RootWebArea "x" url="http://x/"\n  uid=1_1 link "a" url="http://x/a"\n  uid=1_2 button "b"\n',
      'snapshot',
    ],
    ['a list in Markdown', '- one\n- two\n- see [ref]\n- three\n', undefined],
    ['a list in YAML', '- name: a\n  run: b\n- name: c\n  uses: "d"\n- name: e\n  run: f\n', undefined],
  ]
  for (const [name, text, kind] of kinds)
    test(name, () => {
      const found = kindOf(text)?.name
      if (kind === undefined) expect(found).not.toBe('snapshot')
      else expect(found).toBe(kind as never)
    })
})

test('steps grow with the length alone', async () => {
  const baits = [
    menu,
    (n: number) => page(n / 20),
    (n: number) => `${menu(4)}${'  '.repeat(n)}- x "\n`,
    (n: number) => `${menu(4)}${'- a\n'.repeat(n)}`,
  ]
  for (const bait of baits) {
    const counts = await Promise.all(
      [2000, 4000].map(async n => {
        const verdict = await verdictOf(snapshot, bait(n), 'balanced')
        return 'steps' in verdict ? verdict.steps! : 0
      }),
    )
    expect(counts[1]!).toBeLessThanOrEqual(2.2 * counts[0]! + 2000)
  }
})

test('random trees come back, in all modes', async () => {
  const role = fc.constantFrom('generic', 'link', 'button', 'listitem', 'cell', 'row', 'text', 'heading')
  const name = fc.constantFrom('', '', ' "a"', ' "b: c"', ' "-> d"', ' "[... 3 lines L1-3]"')
  const tail = fc.constantFrom('', '', ': text', ': "x: y"', ':')
  const ref = fc.constantFrom('', ' [ref=e#]', ' [ref=e#]', ' [ref=e#] [cursor=pointer]', ' [level=2] [ref=e#]')
  const line = fc.tuple(fc.integer({ min: 0, max: 4 }), role, name, ref, tail, fc.integer({ min: 1, max: 30 }))
  const lines = fc.array(line, { minLength: 4, maxLength: 60 }).map(all => {
    let next = 0
    const shown = all.flatMap(([depth, kind, called, marked, end, count]) =>
      Array.from({ length: count > 25 ? count : 1 }, () => {
        next += count % 3 === 0 ? 2 : 1
        return `${'  '.repeat(depth)}- ${kind}${called}${marked.replace('#', String(next))}${end}\n`
      }),
    )
    return `- button "x" [ref=e0]\n${shown.join('')}`
  })
  await fc.assert(
    fc.asyncProperty(lines, fc.constantFrom('lossless' as const, 'aggressive' as const), async (text, mode) => {
      expect(decodedOf(snapshot, await verdictOf(snapshot, text, mode), text)).toBe(text)
    }),
    { numRuns: 400 },
  )
}, 60_000)
