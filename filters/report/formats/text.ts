import type { Format, Outcome, Totals } from '../report.ts'
import { lineFormat, type Said } from './lines.ts'

const number = (line: string, pattern: RegExp): number | undefined => {
  const found = pattern.exec(line)?.[1]
  return found === undefined ? undefined : Number(found)
}

const totals = (own: Record<keyof Totals, number | undefined>, last = true): Said => ({
  kind: 'totals',
  own: Object.fromEntries(Object.entries(own).filter(([, count]) => count !== undefined)),
  last,
})

const UNITTEST: Readonly<Record<string, Outcome>> = {
  ok: 'passed',
  'expected failure': 'passed',
  FAIL: 'failed',
  ERROR: 'failed',
  'unexpected success': 'failed',
}

/** `python -m unittest -v` and `python -m test -v` (CPython 3.8 to 3.13). */
export const unittest: Format = lineFormat({
  name: 'unittest',
  sign: /^Ran \d+ tests? in [\d.]+s\r?$/,
  hasTotals: true,
  said(line) {
    const ran = number(line, /^Ran (\d+) tests? in [\d.]+s$/)
    if (ran !== undefined) return totals({ total: ran, passed: undefined, failed: undefined, skipped: undefined })
    if (/^FAILED \(/.test(line)) return { kind: 'verdict', verdict: 'failed' }
    const alone = UNITTEST[line]
    if (alone) return { kind: 'outcome', outcome: alone }
    const found = /^(\S.{0,500}) \.\.\. ?(.*)$/.exec(line)
    if (!found) return undefined
    const [, name, word] = found as unknown as [string, string, string]
    const outcome = UNITTEST[word] ?? (word.startsWith('skipped') ? 'skipped' : undefined)
    return outcome
      ? { kind: 'test', name, outcome, ...(outcome === 'skipped' && { message: word }) }
      : { kind: 'begun', name }
  },
})

const PYTEST: Readonly<Record<string, Outcome>> = {
  PASSED: 'passed',
  XFAIL: 'passed',
  FAILED: 'failed',
  ERROR: 'failed',
  XPASS: 'failed',
  SKIPPED: 'skipped',
}

/** `pytest -v` (8). */
export const pytest: Format = lineFormat({
  name: 'pytest',
  sign: /^=+ .*\b\d+ (?:passed|failed|errors?|skipped)\b.* in [\d.:]+/,
  hasTotals: true,
  said(line) {
    const found =
      /^([^\s:]+::.{1,500}?) (PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)(?: \((.*)\))?(?: +\[ *\d+%\])?$/.exec(line)
    if (found) {
      const [, name, word, message] = found
      return { kind: 'test', name: name!, outcome: PYTEST[word!]!, ...(message && { message }) }
    }
    if (!/^=+ .* in [\d.:]+/.test(line)) return undefined
    const failed =
      (number(line, /(\d+) failed/) ?? 0) +
      (number(line, /(\d+) errors?\b/) ?? 0) +
      (number(line, /(\d+) xpassed/) ?? 0)
    const passed = (number(line, /\b(\d+) passed/) ?? 0) + (number(line, /(\d+) xfailed/) ?? 0)
    return totals({ total: undefined, passed, failed, skipped: number(line, /(\d+) skipped/) ?? 0 })
  },
})

/** Gradle 8 with its test logging on, and what else prints `Class > test PASSED`. */
export const gradle: Format = lineFormat({
  name: 'gradle test',
  sign: /^\S.{0,300} > .{1,300} (?:PASSED|FAILED|SKIPPED)\r?$/,
  hasTotals: false,
  said(line) {
    if (/^BUILD FAILED/.test(line)) return { kind: 'verdict', verdict: 'failed' }
    const found = /^(\S.{0,300} > .{1,300}) (PASSED|FAILED|SKIPPED)$/.exec(line)
    return found ? { kind: 'test', name: found[1]!, outcome: PYTEST[found[2]!]! } : undefined
  },
})

const SYMBOLS: Readonly<Record<string, Outcome>> = {
  '✓': 'passed',
  '✔': 'passed',
  '√': 'passed',
  '✖': 'failed',
  '✕': 'failed',
  '×': 'failed',
  '✗': 'failed',
  '○': 'skipped',
  '↓': 'skipped',
  '﹣': 'skipped',
}

/** The marks of node:test (22), jest 29 --verbose, vitest 1 and 2, mocha 10, Playwright 1.4: a mark, a name, perhaps a time. */
function marked(line: string): Said | undefined {
  const found = /^\s*([✓✔√✖✕×✗○↓﹣])\s+(\S.{0,800})$/.exec(line)
  if (!found) return undefined
  const name = found[2]!.replace(/ \(?[\d.]+ ?m?s\)?$/, '')
  return { kind: 'test', name, outcome: /# SKIP|# TODO/.test(name) ? 'skipped' : SYMBOLS[found[1]!]! }
}

/** jest --verbose and vitest. */
export const jest: Format = lineFormat({
  name: 'jest',
  sign: /^\s*Tests:?\s+(?:\d+ \w+(?:,| \|)? ?)+/,
  hasTotals: true,
  said(line) {
    if (!/^\s*Tests:?\s+\d/.test(line)) return marked(line)
    const sum = number(line, /(\d+) total/) ?? number(line, /\((\d+)\)/)
    const skipped = (number(line, /(\d+) skipped/) ?? 0) + (number(line, /(\d+) todo/) ?? 0)
    return totals({
      total: sum,
      passed: number(line, /(\d+) passed/) ?? 0,
      failed: number(line, /(\d+) failed/) ?? 0,
      skipped,
    })
  },
})

/** mocha (spec reporter): failures are numbered where others have a mark. */
export const mocha: Format = lineFormat({
  name: 'mocha',
  sign: /^\s+\d+ passing \([\d.]+m?s\)/,
  hasTotals: true,
  said(line) {
    const passed = number(line, /^\s+(\d+) passing \(/)
    if (passed !== undefined) return totals({ total: undefined, passed, failed: undefined, skipped: undefined })
    return marked(line)
  },
})

/** Playwright (list reporter): totals a line each. */
export const playwright: Format = lineFormat({
  name: 'playwright',
  sign: /^\s+\d+ passed \([\d.]+(?:ms|s|m)\)/,
  hasTotals: true,
  said(line) {
    const passed = number(line, /^\s+(\d+) passed \(/)
    if (passed !== undefined) return totals({ total: undefined, passed, failed: undefined, skipped: undefined })
    return /^\s*[✓✔√✘✖×-]\s+\d+ /.test(line) ? marked(line) : undefined
  },
})
