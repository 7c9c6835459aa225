import type { LineRange } from '../../ccr/select.ts'
import type { Signal } from '../filter.ts'

export type Outcome = 'passed' | 'failed' | 'skipped'

/** One test, or one event that stands for one. */
export interface Test {
  readonly name: string
  readonly outcome: Outcome
  /** What went wrong, or why it was skipped; as it stands in the text, one line. */
  readonly message?: string
  /** `file:line` of the failure. */
  readonly place?: string
  /** The lines that speak of this test alone: 1-based, inclusive, ascending. */
  readonly lines: readonly LineRange[]
}

export interface Totals {
  readonly total?: number
  readonly passed?: number
  readonly failed?: number
  readonly skipped?: number
}

/** What one run of one tool printed, as data. */
export interface Report {
  readonly tool: string
  readonly total: number
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly failures: readonly Test[]
  readonly skips: readonly Test[]
  readonly passes: readonly Test[]
  /** What the tool counted itself; absent where it prints no totals. */
  readonly own?: Totals
  /** What the tool says of the whole run; absent where it says nothing. */
  readonly verdict?: 'passed' | 'failed'
  /** Nothing of the text contradicts the report, and it is all there. */
  readonly complete: boolean
}

/** How one tool's output is read: a file in formats/, a line in formats/index.ts. */
export interface Format {
  readonly name: string
  /** How a line of any output of it begins: the signs of all formats are looked for at once, and where none is found, `is` is not asked. */
  readonly sign?: RegExp
  /** Could these lines be its output? Reads a bounded number of them. */
  readonly is: (lines: readonly string[]) => boolean
  /** Undefined where the lines are not its output after all. Linear. */
  readonly parse: (lines: readonly string[], signal: Signal) => Report | undefined
}

/** A report from its tests in order; `complete` is what is left of it once totals and verdict are compared. */
export function reportOf(
  tool: string,
  tests: readonly Test[],
  {
    own,
    verdict,
    complete = true,
  }: { own?: Totals; verdict?: 'passed' | 'failed' | undefined; complete?: boolean } = {},
): Report {
  const of = (outcome: Outcome) => tests.filter(test => test.outcome === outcome)
  const [passes, failures, skips] = [of('passed'), of('failed'), of('skipped')]
  const counts = countsOf(tests)
  const agrees = agree(counts, own) && (verdict === undefined || (verdict === 'failed') === failures.length > 0)
  return {
    tool,
    ...counts,
    failures,
    skips,
    passes,
    ...(own && { own }),
    ...(verdict && { verdict }),
    complete: complete && agrees,
  }
}

export function countsOf(tests: readonly Test[]): Required<Totals> {
  const counts = { total: tests.length, passed: 0, failed: 0, skipped: 0 }
  for (const { outcome } of tests) counts[outcome]++
  return counts
}

/** The tests of a part whose totals do not agree: its passes stay in view, for none of their lines is theirs alone. */
export const unsure = (tests: readonly Test[]): Test[] =>
  tests.map(test => (test.outcome === 'passed' ? { ...test, lines: [] } : test))

/** Is there a pass whose lines may go? */
export const hasFoldable = (tests: readonly Test[]): boolean =>
  tests.some(({ outcome, lines }) => outcome === 'passed' && lines.length > 0)

/** Does each total that the tool printed equal what was counted? */
export function agree(counts: Required<Totals>, own: Totals | undefined): boolean {
  if (!own) return true
  return (['total', 'passed', 'failed', 'skipped'] as const).every(
    key => own[key] === undefined || own[key] === counts[key],
  )
}
