import { type Child, childrenOf } from '../../../ccr/json-scan.ts'
import type { LineRange } from '../../../ccr/select.ts'
import type { Signal } from '../../filter.ts'
import { type Format, type Outcome, type Report, reportOf, type Test, type Totals } from '../report.ts'
import { JSON_LINES, joinedText, startsOf } from '../split.ts'
import { isJsonReport } from './json-sign.ts'

/** The JSON reporters of jest 30, vitest 4, mocha 12, pytest-json-report 1.5 and Playwright 1.5: one document with totals in it. */
export const jsonDocument: Format = {
  name: 'JSON reporter',
  is: lines => isJsonReport(lines.slice(0, 400).join('\n')),
  parse,
}

/** What one reporter's document holds, and where. */
interface Reader {
  readonly is: (document: Document) => boolean
  readonly own: (document: Document) => Totals
  /** The places of its tests, and what one of them says. */
  readonly tests: (walk: Walk) => readonly Child[]
  readonly test: (test: TestObject) => { name: string; outcome: Outcome; message?: string | undefined } | undefined
  /** Arrays that name tests once more; those of passed ones fold with them. */
  readonly again?: (walk: Walk) => readonly Child[]
}

interface Document {
  readonly numTotalTests?: number
  readonly numPassedTests?: number
  readonly numFailedTests?: number
  readonly numPendingTests?: number
  readonly numTodoTests?: number
  readonly stats?: Record<string, number>
  readonly summary?: Record<string, number>
  readonly passes?: unknown
  readonly suites?: unknown
}

interface TestObject {
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

const READERS: readonly Reader[] = [
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
      const skipped = tests.length > 0 && tests.every(({ status }) => status === 'skipped')
      const message = tests.flatMap(({ results = [] }) => results.flatMap(({ error }) => error?.message ?? []))[0]
      return { name: title, outcome: skipped ? 'skipped' : ok ? 'passed' : 'failed', message }
    },
  },
]

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
class Walk {
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

function parse(lines: readonly string[], signal: Signal): Report | undefined {
  const text = joinedText(lines.join('\n'), JSON_LINES.note)
  signal.throwIfAborted(1 + (text.length >> 6))
  const document = parsed(text)
  const reader = document && READERS.find(({ is }) => is(document))
  if (!reader) return undefined
  const walk = new Walk(text, signal)
  const places = new Lines(text, lines)
  const tests = reader.tests(walk).flatMap(child => {
    const said = reader.test(JSON.parse(text.slice(child.value, child.end)) as TestObject)
    return said ? [testOf(said, places.of(child, said.outcome === 'failed'))] : []
  })
  const again =
    reader.again?.(walk).map((child): Test => ({ name: '', outcome: 'passed', lines: places.of(child) })) ?? []
  const report = reportOf('JSON reporter', tests, { own: reader.own(document) })
  return { ...report, passes: [...report.passes, ...again] }
}

function parsed(text: string): Document | undefined {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as Document
  } catch (cause) {
    // A RangeError is nesting too deep for this engine's parser.
    if (cause instanceof SyntaxError || cause instanceof RangeError) return undefined
    throw cause
  }
}

const testOf = (
  { name, outcome, message }: { name: string; outcome: Outcome; message?: string | undefined },
  lines: readonly LineRange[],
): Test => ({ name, outcome, ...(message !== undefined && { message }), lines })

/** Which lines an item has for itself, a comma behind it among them; what failed is shown with what shares its lines. */
class Lines {
  readonly #text: string
  readonly #lines: readonly string[]
  readonly #starts: readonly number[]

  constructor(text: string, lines: readonly string[]) {
    this.#text = text
    this.#lines = lines
    this.#starts = startsOf(text, lines)
  }

  of({ start, end }: Child, shared = false): LineRange[] {
    const first = this.#lineAt(start)
    const last = this.#lineAt(end - 1)
    const before = this.#text.slice(this.#starts[first], start)
    const after = this.#text.slice(end, this.#starts[last]! + this.#lines[last]!.length)
    return shared || (before.trim() === '' && /^\s*,?\s*$/.test(after)) ? [[first + 1, last + 1]] : []
  }

  /** The last line that begins at or before `offset`. */
  #lineAt(offset: number): number {
    let low = 0
    let high = this.#starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (this.#starts[middle]! <= offset) low = middle
      else high = middle
    }
    return low
  }
}
