import type { Signal } from '../../filter.ts'
import {
  agree,
  countsOf,
  type Format,
  hasFoldable,
  type Outcome,
  type Report,
  reportOf,
  type Test,
  type Totals,
  unsure,
} from '../report.ts'

/** What one line of a tool says. */
export type Said =
  | { readonly kind: 'test'; readonly name: string; readonly outcome: Outcome; readonly message?: string }
  /** A test whose outcome stands on a later line. */
  | { readonly kind: 'begun'; readonly name: string }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  /** Totals of the tests since the last such line; with `ends`, of all tests, and what follows tells of them once more. */
  | { readonly kind: 'totals'; readonly own: Totals; readonly ends: boolean }
  | { readonly kind: 'verdict'; readonly verdict: 'passed' | 'failed' }

/** Output of a line a test, as data: what a line says, and which lines are surely this tool's. */
export interface LineFormat {
  readonly name: string
  readonly sign: RegExp
  /** What a line with the sign ends with, where it is not known by how it begins. */
  readonly ends?: RegExp
  readonly said: (line: string) => Said | undefined
  /** Without totals of its own the tool's word for each test is all there is, and that is enough. */
  readonly hasTotals: boolean
}

/** A Format from what its lines say. */
export function lineFormat(format: LineFormat): Format {
  return {
    name: format.name,
    ...(!format.ends && { sign: format.sign }),
    is: lines =>
      lines.some(line => line.length < 2000 && (format.ends?.test(line.slice(-9)) ?? true) && format.sign.test(line)),
    parse: (lines, signal) => parse(format, lines, signal),
  }
}

function parse({ name, said, hasTotals }: LineFormat, lines: readonly string[], signal: Signal): Report | undefined {
  const tests: Test[] = []
  let open: Test[] = []
  let own: Record<string, number> = {}
  let begun: { name: string; line: number } | undefined
  let hasEnded = false
  let verdict: 'passed' | 'failed' | undefined
  const close = (sure: boolean) => {
    tests.push(...(sure ? open : unsure(open)))
    open = []
    own = {}
  }
  for (let i = 0; i < lines.length; i++) {
    signal.throwIfAborted(1 + (lines[i]!.length >> 7))
    const found = lines[i]!.length < 4000 ? said(lines[i]!.replace(/\r$/, '')) : undefined
    if (hasEnded && found?.kind !== 'totals' && found?.kind !== 'verdict') continue
    if (found?.kind === 'verdict') verdict = verdict === 'failed' ? 'failed' : found.verdict
    else if (found?.kind === 'begun') begun = { name: found.name, line: i + 1 }
    else if (found?.kind === 'test') {
      // The line that announces a test goes with it, if nothing was printed in between.
      const announced = begun?.name === found.name && begun.line === i
      open.push({ ...found, lines: [[announced ? i : i + 1, i + 1]] })
      begun = undefined
    } else if (found?.kind === 'outcome' && begun !== undefined) {
      open.push({ name: begun.name, outcome: found.outcome, lines: [] })
      begun = undefined
    } else if (found?.kind === 'totals') {
      Object.assign(own, found.own)
      if (found.ends) hasEnded = true
      else close(agree(countsOf(open), own))
    }
  }
  close(hasTotals ? Object.keys(own).length > 0 && agree(countsOf(open), own) : true)
  if (tests.length === 0) return undefined
  const report = reportOf(name, tests, { verdict })
  return { ...report, complete: report.complete && hasFoldable(tests) }
}
