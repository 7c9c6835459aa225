import type { Signal } from '../../filter.ts'
import { type Format, type Report, reportOf, type Test, unsure } from '../report.ts'

const SIGN = /^\[(?:INFO|ERROR|WARNING)\] (?:.* )?Tests run: \d+, Failures: \d+/

/** Maven Surefire and Failsafe (3): a line a class, and the totals of the module. */
export const maven: Format = {
  name: 'maven',
  sign: SIGN,
  is: lines => lines.some(line => SIGN.test(line.slice(0, 300))),
  parse,
}

const COUNTS = /^\[(?:INFO|ERROR|WARNING)\] Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)(.*)$/

/** A class is one test here, passed where all of its tests did. */
function parse(lines: readonly string[], signal: Signal): Report | undefined {
  const tests: Test[] = []
  let open: Test[] = []
  let sums = [0, 0, 0, 0]
  let verdict: 'passed' | 'failed' | undefined
  for (let i = 0; i < lines.length; i++) {
    signal.throwIfAborted()
    const line = lines[i]!.slice(0, 2000).replace(/\r$/, '')
    if (line === '[INFO] BUILD SUCCESS' || line === '[INFO] BUILD FAILURE')
      verdict = line.endsWith('SUCCESS') ? 'passed' : 'failed'
    const found = COUNTS.exec(line)
    if (!found) continue
    const counts = found.slice(1, 5).map(Number)
    const [, name] = /- in (\S+)$/.exec(found[5]!) ?? []
    if (name) {
      sums = sums.map((sum, at) => sum + counts[at]!)
      open.push(classOf(name, counts, lines, i))
    } else if (found[5] === '') {
      tests.push(...(sums.every((sum, at) => sum === counts[at]) ? open : unsure(open)))
      open = []
      sums = [0, 0, 0, 0]
    }
  }
  tests.push(...unsure(open))
  if (tests.length === 0) return undefined
  const report = reportOf('maven', tests)
  // A build may fail for other reasons than tests: what it says of them stays in view.
  return verdict ? { ...report, verdict } : report
}

/** Its line, and the line above that says it runs. */
function classOf(
  name: string,
  [run, failures, errors, skipped]: readonly number[],
  lines: readonly string[],
  at: number,
): Test {
  const outcome = failures! + errors! > 0 ? 'failed' : skipped! > 0 && skipped === run ? 'skipped' : 'passed'
  const announced = at > 0 && lines[at - 1]!.replace(/\r$/, '') === `[INFO] Running ${name}`
  return { name, outcome, lines: [[announced ? at : at + 1, at + 1]] }
}
