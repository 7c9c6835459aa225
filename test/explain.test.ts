import { describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { explainView } from '../commands/explain-view.ts'
import { freshHome, type } from './io.ts'

interface Told {
  readonly rule: string
  readonly kept: boolean
  readonly from: number
  readonly to: number
}

const example = join(import.meta.dir, '../examples/spark.log')

describe('headroom explain', () => {
  test('every gap with its rule, what it saved and the command that brings it back', async () => {
    const env = freshHome()
    const { out, code } = await type(['explain', example, '--mode', 'aggressive', '--json'], { env })
    expect(code).toBe(0)
    const { ranges, ref } = JSON.parse(out) as {
      ref: string
      ranges: { where: string; kept: boolean; rule: string; command: string; saved: number }[]
    }
    const gaps = ranges.filter(({ kept }) => !kept)
    expect(gaps.length).toBeGreaterThan(0)
    for (const { where, rule, command } of gaps) {
      expect(rule.length).toBeGreaterThan(0)
      expect(command).toBe(`headroom retrieve ${ref} ${where}`)
      expect((await type(['retrieve', ref, where], { env })).code).toBe(0)
    }
  })
  test('each filter: gaps by rules, not by counts; every byte is told of; --explain says the same', async () => {
    const cases = join(import.meta.dir, '../filters')
    const gapped = new Set<string>()
    for (const filter of ['crush-json', 'log', 'search', 'diff', 'table', 'report', 'kompress', 'trim'])
      for (const name of readdirSync(join(cases, filter, 'cases')).filter(name => name.endsWith('.in'))) {
        const file = join(cases, filter, 'cases', name)
        const words = [file, ...(filter === 'trim' ? ['--budget', '300'] : ['--mode', 'aggressive'])]
        const env = freshHome()
        const { out } = await type(['explain', ...words, '--filter', filter, '--json'], { env })
        const { ranges, why } = JSON.parse(out) as { why?: string; ranges: Told[] }
        if (why || ranges.length === 0) continue
        gapped.add(filter)
        for (const { rule } of ranges) expect(rule).toMatch(/^[^\d]/)
        let at = 0
        const text = readFileSync(file)
        for (const { from, to } of ranges) {
          expect({ name, blank: text.subarray(at, Math.max(at, from)).toString().trim() }).toEqual({ name, blank: '' })
          at = Math.max(at, to)
        }
        const { talk } = await type([filter, '--explain', ...words], { env })
        expect(talk.filter(line => line.startsWith('  cut ')).length).toBe(ranges.filter(({ kept }) => !kept).length)
      }
    expect(gapped.size).toBeGreaterThan(6)
  }, 60_000)
  test('on a terminal: two columns of bounded width', async () => {
    const { out } = await type(['explain', example, '--mode', 'aggressive'], { env: { ...freshHome(), COLUMNS: '80' } })
    const rows = out.split('\n').filter(line => / \| (?:cut|keep)/.test(line))
    expect(rows.length).toBeGreaterThan(0)
    for (const line of rows) expect(line.length).toBeLessThanOrEqual(80)
    expect(out).not.toContain('\x1b')
  })
  test('what passes says why; a file that is not there is exit 1', async () => {
    expect((await type(['explain'], { stdin: 'short' })).out).toMatch(/goes out as it came/)
    expect((await type(['explain', '/no/such/file'])).code).toBe(1)
  })
  test("the original's control characters do not reach the terminal", () => {
    const range = {
      where: 'L1',
      kept: false,
      rule: 'x',
      line: 1,
      from: 0,
      to: 9,
      sample: '\x1b[2Jevil\u202e\nx',
      saved: 1,
      command: 'headroom retrieve a L1',
    }
    const result = {
      filter: 'log',
      mode: 'balanced',
      lossless: 'no',
      tokens: { before: 10, after: 5, estimated: false },
    } as never
    expect(explainView(result, [range], { colours: false, width: 80 })).not.toMatch(/[\x1b\u202e]/)
  })
})
