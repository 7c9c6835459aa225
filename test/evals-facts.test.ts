import { describe, expect, test } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { headAndTail, randomLines } from '../evals/baselines.ts'
import { readCorpus } from '../evals/corpus.ts'
import { isStrong, Page, readable } from '../evals/facts.ts'
import { normal } from '../evals/normal.ts'

const root = join(import.meta.dir, '..')

describe('the normal form drops dress alone', () => {
  const cases: [string, string, string][] = [
    ['colours', '\x1b[31mred\x1b[0m \\u001b[1mbold', 'red bold'],
    ['JSON escapes', 'a\\n\\"b\\"\\u00e9', 'a "b"é'],
    ['JSON in JSON', '{\\"a\\":\\"x\\\\ny\\"}', '{"a":"x y"}'],
    ['CSV quotes', 'say ""hi""', 'say "hi"'],
    ['entities', '&lt;a&gt; &amp; &#233;&#xe9; &eacute;&nbsp;&mdash; &unknown;', '<a> & éé é — &unknown;'],
    ['white space', '  a\t\tb\r\n c ', 'a b c'],
  ]
  for (const [name, text, form] of cases) test(name, () => expect(normal(text)).toBe(form))
})

describe('a fact is in view', () => {
  const cases: [name: string, folder: string, text: string, answer: string, shown: boolean][] = [
    ['literally', 'logs', 'one two three', 'two', true],
    ['in another dress', 'json', '{"a":"x\\ny"}', 'x\ny', true],
    ['not at all', 'logs', 'one two three', 'four', false],
    ['a hit below its path', 'code-search', 'src/a.ts\n  12: let x = 1\n', 'src/a.ts:12:let x = 1', true],
    ['a hit below folder and name', 'code-search', 'src/\n  a.ts\n    12: let x\n', 'src/a.ts:12:let x', true],
    ['a hit by name below its folder', 'code-search', 'src/\na.ts:12: let x\n', 'src/a.ts:12:let x', true],
    ['a path below its folder', 'code-search', 'src/lib/\n  a.ts\n', 'src/lib/a.ts', true],
    ['another line of that path', 'code-search', 'src/a.ts\n  13: let x = 1\n', 'src/a.ts:12:let x = 1', false],
    ['a hit below another path', 'code-search', 'src/b.ts\n  12: let x = 1\n', 'src/a.ts:12:let x = 1', false],
    ['grouped, in a log', 'logs', 'src/a.ts\n  12: let x = 1\n', 'src/a.ts:12:let x = 1', false],
    [
      'without function words',
      'prose',
      'committee voted not reject plan',
      'The committee has voted not to reject the plan',
      true,
    ],
    [
      'with the negation gone',
      'prose',
      'committee voted reject plan',
      'The committee has voted not to reject the plan',
      false,
    ],
    [
      'in another order',
      'prose',
      'plan voted committee not reject',
      'The committee has voted not to reject the plan',
      false,
    ],
    ['scattered', 'prose', `committee ${'x '.repeat(30)}voted`, 'the committee voted', false],
  ]
  for (const [name, folder, text, answer, shown] of cases)
    test(`${name}: ${shown}`, () => expect(new Page(text, folder).shows(answer)).toBe(shown))
})

test('strong: at most five places and at least four characters', () => {
  const fact = { id: '', kind: 'salient', question: '' }
  expect(isStrong({ ...fact, answer: 'four', occurrences: 5 })).toBe(true)
  expect(isStrong({ ...fact, answer: 'four', occurrences: 6 })).toBe(false)
  expect(isStrong({ ...fact, answer: 'two', occurrences: 1 })).toBe(false)
})

describe('our own corpus', () => {
  const { inputs } = readCorpus(join(root, 'evals/cases'))
  for (const { folder, name, bytes, facts } of inputs)
    test(`${folder}/${name} is small and holds its answers`, () => {
      const text = readable(bytes)
      expect(bytes.length).toBeLessThanOrEqual(30 * 1024)
      expect(facts.length).toBeGreaterThan(0)
      for (const { answer, occurrences } of facts)
        expect([answer, text.split(answer).length - 1]).toEqual([answer, occurrences])
    })
})

const scorer = join(root, '../shared/tools/score.py')
const corpora = join(root, '../shared/corpora')
const missing = [scorer, corpora].find(path => !existsSync(path))
const why = missing ? 'no ../shared here' : spawnSync('python3', ['--version']).status === 0 ? '' : 'no python3 here'

/** Made-up rewrites, each of which loses other facts. */
const REWRITES: Record<string, (text: string) => string> = {
  'head and tail': text => headAndTail(text, 0.4),
  'random lines': text => randomLines(text, 0.5),
  'inside a JSON string': text => JSON.stringify(randomLines(text, 0.7)),
  'without some words': text => text.replace(/ (?:the|of|to|a|is|are) /g, ' ').replace(/[ \t]+/g, ' '),
  'every ninth word gone': text =>
    text
      .split(/\s+/)
      .filter((_, i) => i % 9)
      .join(' '),
  'under headings': underHeadings,
}

function underHeadings(text: string): string {
  let heading = ''
  const lines = text.split('\n').flatMap(line => {
    const [, path = '', rest = ''] = /^([^\s:]+):(\d+:.*)$/.exec(line) ?? /^(\S*\/)([^/\s]+)$/.exec(line) ?? []
    if (!path) return [line]
    const above = path === heading ? [] : [path]
    heading = path
    return [...above, `  ${rest}`]
  })
  return lines.join('\n')
}

describe('facts agree with the scoring script beside the corpora', () => {
  for (const [name, rewrite] of Object.entries(REWRITES))
    test.skipIf(why !== '')(
      why ? `${name} (${why})` : name,
      () => {
        const folder = mkdtempSync(join(tmpdir(), 'headroom-facts-'))
        const ours: Record<string, boolean> = {}
        for (const input of readCorpus(corpora).inputs) {
          const out = rewrite(readable(input.bytes))
          const page = new Page(out, input.folder)
          for (const { id, answer } of input.facts) ours[id] = page.shows(answer)
          const path = join(folder, 'out', input.folder, input.name)
          mkdirSync(dirname(path), { recursive: true })
          writeFileSync(path, out)
        }
        expect(ours).toEqual(scored(join(folder, 'out'), join(folder, 'score.json')))
        rmSync(folder, { recursive: true })
      },
      60_000,
    )
})

function scored(out: string, json: string): Record<string, boolean> {
  const env = { ...process.env, TOKENIZER_DIR: root }
  const { status, stderr } = spawnSync('python3', [scorer, corpora, out, '--json', json], { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const rows = JSON.parse(readFileSync(json, 'utf8')) as { facts: { id: string; view: boolean }[] }[]
  return Object.fromEntries(rows.flatMap(({ facts }) => facts.map(({ id, view }) => [id, view])))
}
