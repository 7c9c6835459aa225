import type { Signal } from '../../filter.ts'
import { agree, countsOf, type Format, type Report, reportOf, type Test, type Totals, unsure } from '../report.ts'

const SIGN = /^ℹ (?:tests|pass) \d+/

/** node --test (22), its spec reporter: `✔` also closes a suite that `▶` opened; totals one a line at the end. */
export const nodeTest: Format = {
  name: 'node --test',
  sign: SIGN,
  is: lines => lines.some(line => SIGN.test(line)),
  parse,
}

function parse(lines: readonly string[], signal: Signal): Report | undefined {
  const tests: Test[] = []
  const own: Record<string, number> = {}
  const open: string[] = []
  for (let i = 0; i < lines.length; i++) {
    signal.throwIfAborted()
    const line = lines[i]!
    // Below this line the failures are told once more, with their stacks.
    if (line.startsWith('✖ failing tests:')) break
    const total = /^ℹ (tests|pass|fail|skipped|todo|cancelled) (\d+)/.exec(line)
    if (total) own[total[1]!] = Number(total[2])
    const begun = /^(\s*)▶ (.*?)\r?$/.exec(line)
    if (begun) open.push(begun[2]!.replace(TIME, ''))
    const found = /^\s*([✔✖﹣]) (.{1,800}?)\r?$/.exec(line)
    if (!found) continue
    const name = found[2]!.replace(TIME, '')
    // A suite that failed is not a test of its own; its failing tests are told apart.
    if (open.at(-1) === name) open.pop()
    else tests.push(testOf(found[1]!, name, i + 1))
  }
  if (tests.length === 0) return undefined
  const totals: Totals = {
    ...(own.tests !== undefined && { total: own.tests }),
    ...(own.pass !== undefined && { passed: own.pass }),
    ...(own.fail !== undefined && { failed: own.fail + (own.cancelled ?? 0) }),
  }
  const sure = own.pass !== undefined && agree(countsOf(tests), totals)
  return reportOf('node --test', sure ? tests : unsure(tests), { own: totals })
}

const TIME = / \([\d.]+ms\)(?: # .*)?$/

function testOf(mark: string, name: string, line: number): Test {
  const skipped = mark === '﹣' || / # (?:SKIP|TODO)/.test(name)
  const outcome = skipped ? 'skipped' : mark === '✔' ? 'passed' : 'failed'
  return { name, outcome, lines: [[line, line]] }
}
