import { type Child, childrenOf } from '../../../ccr/json-scan.ts'
import type { Signal } from '../../filter.ts'
import type { Outcome, Totals } from '../report.ts'

/** What one reporter's document holds, and where. */
export interface Reader {
  readonly is: (document: ReportDocument) => boolean
  readonly own: (document: ReportDocument) => Totals
  /** The places of its tests, and what one of them says. */
  readonly tests: (walk: Walk) => readonly Child[]
  readonly test: (test: TestObject) => { name: string; outcome: Outcome; message?: string | undefined } | undefined
  /** Arrays that name tests once more; those of passed ones fold with them. */
  readonly again?: (walk: Walk) => readonly Child[]
}

/** What readers look at at the top of a document; nobody promised that it is so. */
export interface ReportDocument {
  readonly numTotalTests?: number
  readonly numPassedTests?: number
  readonly numFailedTests?: number
  readonly stats?: Record<string, number>
  readonly summary?: Record<string, number>
  readonly passes?: unknown
  readonly suites?: unknown
}

/** What they look at in a test. */
export interface TestObject {
  readonly title?: string
  readonly fullName?: string
  readonly fullTitle?: string
  readonly nodeid?: string
  readonly status?: string
  readonly outcome?: string
  readonly ok?: boolean
  readonly duration?: number
  readonly failureMessages?: readonly string[]
  readonly err?: { readonly message?: string }
  readonly call?: { readonly crash?: { readonly message?: string } }
  readonly tests?: readonly {
    readonly status?: string
    readonly results?: readonly { readonly error?: { readonly message?: string } }[]
  }[]
}

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  passed: 'passed',
  xfailed: 'passed',
  failed: 'failed',
  error: 'failed',
  xpassed: 'failed',
  pending: 'skipped',
  skipped: 'skipped',
  todo: 'skipped',
  disabled: 'skipped',
}

/** All of them. A new one is an entry here, and a sign in json-sign.ts. */
export const readers: readonly Reader[] = [
  {
    is: ({ numTotalTests }) => numTotalTests !== undefined,
    own: ({ numTotalTests, numPassedTests, numFailedTests }) => ({
      ...(numTotalTests !== undefined && { total: numTotalTests }),
      ...(numPassedTests !== undefined && { passed: numPassedTests }),
      ...(numFailedTests !== undefined && { failed: numFailedTests }),
    }),
    tests: walk => walk.items('testResults').flatMap(file => walk.items('assertionResults', file)),
    test: ({ fullName, status = '', failureMessages }) =>
      OUTCOMES[status] && { name: fullName ?? '', outcome: OUTCOMES[status], message: failureMessages?.[0] },
  },
  {
    is: ({ stats, passes }) => stats?.passes !== undefined && Array.isArray(passes),
    own: ({ stats = {} }) => ({
      total: stats.tests!,
      passed: stats.passes!,
      failed: stats.failures!,
      skipped: stats.pending!,
    }),
    tests: walk => walk.items('tests'),
    // What is pending was not run, and has no duration.
    test: ({ fullTitle = '', err, duration }) => {
      const message = err?.message
      return {
        name: fullTitle,
        outcome: message !== undefined ? 'failed' : duration === undefined ? 'skipped' : 'passed',
        message,
      }
    },
    again: walk => walk.items('passes'),
  },
  {
    is: ({ summary }) => summary?.total !== undefined,
    own: ({ summary = {} }) => ({
      total: summary.total!,
      passed: (summary.passed ?? 0) + (summary.xfailed ?? 0),
      failed: (summary.failed ?? 0) + (summary.error ?? 0) + (summary.xpassed ?? 0),
      skipped: summary.skipped ?? 0,
    }),
    tests: walk => walk.items('tests'),
    test: ({ nodeid = '', outcome = '', call }) =>
      OUTCOMES[outcome] && { name: nodeid, outcome: OUTCOMES[outcome], message: call?.crash?.message },
  },
  {
    is: ({ suites, stats }) => Array.isArray(suites) && stats?.expected !== undefined,
    own: ({ stats = {} }) => ({
      passed: stats.expected! + (stats.flaky ?? 0),
      failed: stats.unexpected!,
      skipped: stats.skipped!,
    }),
    tests: specsOf,
    test: ({ title = '', ok, tests = [] }) => {
      const runs = listOf(tests)
      const skipped = runs.length > 0 && runs.every(run => run?.status === 'skipped')
      const message = runs.flatMap(run => listOf(run?.results).flatMap(result => result?.error?.message ?? []))[0]
      return { name: title, outcome: skipped ? 'skipped' : ok ? 'passed' : 'failed', message }
    },
  },
]

const listOf = <T>(value: readonly T[] | undefined): readonly (T | undefined)[] => (Array.isArray(value) ? value : [])

/** Suites stand in suites; deeper ones than any runner has are not followed. */
const DEEPEST = 12

function specsOf(walk: Walk): Child[] {
  const specs: Child[] = []
  let level: readonly Child[] = walk.items('suites')
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    for (const suite of level) specs.push(...walk.items('specs', suite))
    level = level.flatMap(suite => walk.items('suites', suite))
  }
  return specs
}

/** Finds the items of arrays in a text that is known to be JSON. */
export class Walk {
  readonly text: string
  readonly #signal: Signal

  constructor(text: string, signal: Signal) {
    this.text = text
    this.#signal = signal
  }

  /** The items of the array `name` of an object, by default the document; none where it has no such array. */
  items(name: string, { value } = { value: this.text.indexOf('{') }): readonly Child[] {
    if (this.text[value] !== '{') return []
    const member = this.#children(value).find(child => child.name === name)
    return member && this.text[member.value] === '[' ? this.#children(member.value) : []
  }

  #children(start: number): readonly Child[] {
    const children = childrenOf(this.text, start)
    this.#signal.throwIfAborted(1 + (((children.at(-1)?.end ?? start) - start) >> 6))
    return children
  }
}
