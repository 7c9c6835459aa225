import { rangesOf } from '../../../ccr/select.ts'
import type { Signal } from '../../filter.ts'
import { type Format, type Outcome, type Report, reportOf, type Test } from '../report.ts'

const SIGN = /^(?:=== RUN {3}|\s*--- (?:PASS|FAIL|SKIP): )/

/** `go test -v` (1.22): a test is begun, perhaps paused, and told of when it ends. */
export const goText: Format = {
  name: 'go test',
  sign: SIGN,
  is: lines => lines.some(line => SIGN.test(line)),
  parse,
}

const OUTCOMES: Readonly<Record<string, Outcome>> = { PASS: 'passed', FAIL: 'failed', SKIP: 'skipped' }

interface Seen {
  readonly name: string
  readonly lines: number[]
  outcome?: Outcome
}

function parse(lines: readonly string[], signal: Signal): Report | undefined {
  const done: Seen[] = []
  let tests = new Map<string, Seen>()
  let verdict: 'passed' | 'failed' | undefined
  for (let i = 0; i < lines.length; i++) {
    signal.throwIfAborted()
    const line = lines[i]!
    // The line of a package ends its tests; the next package may have tests of the same names.
    if (/^(?:ok {2}\t|FAIL\t|PASS\r?$|FAIL\r?$)/.test(line)) {
      if (line.startsWith('FAIL')) verdict = 'failed'
      if (!/^(?:PASS|FAIL)\r?$/.test(line)) {
        done.push(...tests.values())
        tests = new Map()
      }
    }
    const found =
      line.length < 1000 ? /^\s*(?:=== (?:RUN|PAUSE|CONT|NAME) +|--- (PASS|FAIL|SKIP): )(\S+)/.exec(line) : null
    if (!found) continue
    const name = found[2]!
    const test = tests.get(name) ?? { name, lines: [] }
    tests.set(name, test)
    test.lines.push(i + 1)
    if (found[1]) test.outcome = OUTCOMES[found[1]]!
  }
  done.push(...tests.values())
  if (done.length === 0) return undefined
  return reportOf('go test', done.map(testOf), { verdict })
}

/** A test that never ended panicked, or its run was cut off. */
const testOf = ({ name, lines, outcome = 'failed' }: Seen): Test => ({ name, outcome, lines: rangesOf(lines) })
