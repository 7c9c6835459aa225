import type { Format, Outcome, Totals } from '../report.ts'
import { lineFormat, type Said } from './lines.ts'

const number = (line: string, pattern: RegExp): number | undefined => {
  const found = pattern.exec(line)?.[1]
  return found === undefined ? undefined : Number(found)
}

const totals = (own: Totals): Said => ({ kind: 'totals', own, ends: false })
/** The totals of the whole run: no test comes after them. */
const end = (own: Totals): Said => ({ kind: 'totals', own, ends: true })

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
    if (ran !== undefined) return totals({ total: ran })
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
    return end({ passed, failed, skipped: number(line, /(\d+) skipped/) ?? 0 })
  },
})

/** Gradle 8 with its test logging on, and what else prints `Class > test PASSED`. */
export const gradle: Format = lineFormat({
  name: 'gradle test',
  sign: /^\S.{0,300} > .{1,300} (?:PASSED|FAILED|SKIPPED)\r?$/,
  ends: /(?:PASSED|FAILED|SKIPPED)\r?$/,
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

/** jest --verbose, vitest --reporter=verbose: the latter leaves out what it skips, so only passes and failures are compared. */
export const jest: Format = lineFormat({
  name: 'jest',
  sign: /^\s*Tests:?\s+\d+ (?:passed|failed|skipped|todo)\b/,
  hasTotals: true,
  said(line) {
    if (!/^\s*Tests:?\s+\d/.test(line)) return marked(line)
    return end({ passed: number(line, /(\d+) passed/) ?? 0, failed: number(line, /(\d+) failed/) ?? 0 })
  },
})

/** mocha (spec reporter): what fails has a number for its mark, and what is pending a dash; totals a line each. */
export const mocha: Format = lineFormat({
  name: 'mocha',
  sign: /^\s+\d+ passing \([\d.]+m?s\)/,
  hasTotals: true,
  said(line) {
    const [, count, word] = /^ {2}(\d+) (passing|failing|pending)\b/.exec(line) ?? []
    if (word) return end({ [MOCHA[word]!]: Number(count) })
    const [, , mark, name] = /^( {4,})(\d{1,5}\)|-) (\S.{0,800})$/.exec(line) ?? []
    if (mark) return { kind: 'test', name: name!, outcome: mark === '-' ? 'skipped' : 'failed' }
    return marked(line)
  },
})

const MOCHA: Readonly<Record<string, keyof Totals>> = { passing: 'passed', failing: 'failed', pending: 'skipped' }

/** Playwright (list reporter): totals a line each, the failed before the passed. */
export const playwright: Format = lineFormat({
  name: 'playwright',
  sign: /^\s+\d+ passed \([\d.]+(?:ms|s|m)\)/,
  hasTotals: true,
  said(line) {
    const [, count, word] = /^ {2}(\d+) (passed|failed|skipped)\b/.exec(line) ?? []
    if (word) return end({ [word]: Number(count) })
    return /^\s*[✓✔√✘✖×-]\s+\d+ /.test(line) ? marked(line.replace('✘', '✖')) : undefined
  },
})
