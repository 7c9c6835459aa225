import { afterAll, describe, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseFloors, shortfalls } from '../evals/floors.ts'
import { type EvalHost, measure } from '../evals/measure.ts'
import { printFiles, printSuite } from '../evals/print.ts'
import { printRecorded, printWorkloads } from '../evals/print-published.ts'
import { runRecorded, runWorkloads } from '../evals/published.ts'
import { recorded } from '../evals/recorded.ts'
import { runSuite, type SuiteResult } from '../evals/suite.ts'
import { totalsOf } from '../evals/totals.ts'
import { workloads } from '../evals/workloads.ts'
import { models } from '../models/load.ts'
import { testHost } from './host.ts'
import { halve, minify } from './toys.ts'

const toys: EvalHost = {
  ...testHost(),
  filterOf: (name: string) => [halve, minify].find(filter => filter.name === name),
}

/** Forty lines of which every second ten go; what is asked stands in the kept, the cut, and in no part. */
const numbered = Array.from({ length: 40 }, (_, i) => `line ${i + 1} says word${i + 1}x\n`).join('')
const asked = (answer: string, kind = 'salient') => ({ id: answer, kind, question: '?', answer, occurrences: 1 })
const subject = { bytes: Buffer.from(numbered), folder: 'logs', hint: {} }

describe('one text', () => {
  test('facts in view, one retrieval away, lost', async () => {
    const facts = ['word5x', 'word15x', 'word99x'].map(answer => asked(answer))
    const { facts: placed, roundTrip, lossless } = await measure({ ...subject, facts }, halve, 'balanced', toys)
    expect(placed.map(({ reach }) => reach)).toEqual(['view', 'retrievable', 'lost'])
    expect(roundTrip).toBe(true)
    expect(lossless).toBe('no')
    const { gap, grep } = placed[1]!.cost!
    const tenLines = numbered.split(/(?<=\n)/).slice(10, 20)
    expect(gap).toBe(190 + toys.tokenizer.count(tenLines.join('')))
    expect(grep).toBe(190 + toys.tokenizer.count('line 15 says word15x'))
  })
  test('facts that only the decoded text shows', async () => {
    const text = JSON.stringify({ list: Array.from({ length: 30 }, (_, i) => i), note: 'x' }, null, 2)
    const facts = [asked('"note": "x"'), asked('"note"')]
    const found = await measure({ bytes: Buffer.from(text), folder: 'json', hint: {}, facts }, minify, 'balanced', toys)
    expect(found.facts.map(({ reach }) => reach)).toEqual(['decodable', 'view'])
    expect(found.lossless).toBe('bytes')
  })
  test('a codec that does not decode is seen', async () => {
    const broken = { ...halve, decode: () => 'other' }
    const found = await measure({ ...subject, facts: [] }, broken, 'balanced', toys)
    expect(found.after).toBe(found.before)
    expect(found.reports).toHaveLength(1)
  })
})

const dir = mkdtempSync(join(tmpdir(), 'headroom-corpus-'))
writeCorpus()
afterAll(() => rmSync(dir, { recursive: true }))

function writeCorpus(): void {
  mkdirSync(join(dir, 'logs'))
  writeFileSync(join(dir, 'logs', 'a.log'), numbered)
  writeFileSync(join(dir, 'top.txt'), 'small\n')
  writeFileSync(join(dir, 'README.md'), 'about the corpus, no part of it')
  const facts = [asked('word5x'), asked('word15x', 'mundane')].map(fact => ({ file: 'logs/a.log', ...fact }))
  writeFileSync(join(dir, 'FACTS.jsonl'), facts.map(fact => `${JSON.stringify(fact)}\n`).join(''))
}

const timeless = ({ rows, ...rest }: SuiteResult) => ({ ...rest, rows: rows.map(row => ({ ...row, ms: 0 })) })

describe('the suite', () => {
  const run = () => runSuite({ corpus: dir, filter: 'toy-halve', modes: ['lossless', 'balanced'] }, toys)

  test('measures each file in each mode', async () => {
    const { rows, others } = await run()
    expect(rows.map(({ file, mode, changed }) => [file, mode, changed])).toEqual([
      ['a.log', 'lossless', false],
      ['a.log', 'balanced', true],
      ['top.txt', 'lossless', false],
      ['top.txt', 'balanced', false],
    ])
    expect(others).toHaveLength(2)
    const totals = totalsOf(rows.filter(({ mode }) => mode === 'balanced'))
    expect(totals.strong).toEqual({ count: 2, view: 50, decodable: 0, retrievable: 50, lost: 0 })
    expect(totals.telling.view).toBe(100)
    expect(totals.net!).toBeLessThan(totals.saved)
    expect(totals.broken).toBe(0)
  })
  test('says the same twice, times aside', async () => {
    expect(timeless(await run())).toEqual(timeless(await run()))
  })
  test('prints', async () => {
    const result = await run()
    expect(printSuite(result)).toContain('toy-halve  balanced')
    expect(printFiles(result.rows)).toContain('retrievable toy-halve balanced word15x mundane')
  })
  test('knows its filters', () => {
    expect(runSuite({ corpus: dir, filter: 'none' }, toys)).rejects.toThrow('no filter none')
  })
})

describe('floors', () => {
  test('are read, or refused', () => {
    expect([...parseFloors('saved=40,facts=92.5')]).toEqual([
      ['saved', 40],
      ['facts', 92.5],
    ])
    for (const wrong of ['saved', 'saved=', 'saved=x', 'speed=3'])
      expect(() => parseFloors(wrong)).toThrow('not NAME=NUMBER')
  })
  test('are kept, or a line says by how much they are missed', async () => {
    const { rows } = await runSuite({ corpus: dir, filter: 'toy-halve' }, toys)
    expect(shortfalls(rows, parseFloors('saved=10,facts=50'))).toEqual([])
    expect(shortfalls(rows, parseFloors('saved=90,facts=92'))).toEqual([
      expect.stringMatching(/toy-halve balanced: saved [\d.]+ % is below 90 %$/),
      expect.stringMatching(/toy-halve balanced: facts 50.0 % is below 92 %$/),
    ])
  })
  test('are not met where nothing was measured', () => {
    expect(shortfalls([], parseFloors('saved=1'))).toHaveLength(1)
    expect(printSuite({ rows: [], others: [], negatives: [] })).toContain('No files')
  })
  test('bytes that do not come back are one, asked or not', async () => {
    const { rows } = await runSuite({ corpus: dir, filter: 'toy-halve' }, toys)
    const broken = rows.map(row => ({ ...row, roundTrip: false }))
    expect(shortfalls(broken, parseFloors(''))).toHaveLength(rows.length)
  })
})

describe('the published workloads', () => {
  test('are the same in every run, and others for another seed', () => {
    expect(workloads(1)).toEqual(workloads(1))
    expect(workloads(2)).not.toEqual(workloads(1))
  })
  test('are of the size that their generators are known for', async () => {
    const tokenizer = await models.tokenizer('o200k_base')
    const sizes = workloads(1).map(({ outputs }) => outputs.reduce((sum, { text }) => sum + tokenizer.count(text), 0))
    // Regenerated from the original scripts (o200k_base): 65.7, 54.3, 55 to 68, 16.1 and 7.3 thousand.
    const known = [65_700, 54_300, 66_000, 16_081, 7_273]
    for (const [i, size] of sizes.entries()) expect(Math.abs(size / known[i]! - 1)).toBeLessThan(0.05)
  })
  test('hold their answers', () => {
    for (const { outputs } of workloads(3))
      for (const { text, facts } of outputs)
        for (const { answer, occurrences } of facts) expect(text.split(answer).length - 1).toBe(occurrences)
  })
  test('the recorded arrays are of the recorded size', async () => {
    const tokenizer = await models.tokenizer('o200k_base')
    const all = recorded()
    expect(all).toHaveLength(18)
    for (const { text, theirs } of all)
      if (theirs) expect(Math.abs(tokenizer.count(text) / theirs[0] - 1)).toBeLessThan(0.1)
  })
  test('are measured and printed', async () => {
    const outputs = await runWorkloads({ modes: ['lossless'], filter: 'toy-minify' }, toys)
    expect(outputs).toHaveLength(11)
    expect(outputs.every(({ roundTrip }) => roundTrip)).toBe(true)
    expect(printWorkloads(outputs)).toContain('SRE incident')
    const arrays = await runRecorded({ modes: ['lossless'], filter: 'toy-minify' }, toys)
    expect(printRecorded(arrays)).toContain('duplicate_dicts_40')
  })
})
