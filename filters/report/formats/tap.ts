import type { Signal } from '../../filter.ts'
import { agree, countsOf, type Format, type Report, reportOf, type Test, type Totals, unsure } from '../report.ts'

const SIGN = /^TAP version 1\d|^1\.\.\d+\r?$/

/** TAP 13 and 14 (testanything.org): tests by lines, subtests indented, a block of YAML below a test. */
export const tap: Format = {
  name: 'TAP',
  sign: SIGN,
  is: lines => lines.some(line => SIGN.test(line)) && lines.some(line => /^\s*(?:not )?ok\b/.test(line)),
  parse,
}

const POINT = /^( *)(not )?ok\b(?: (\d+))?(?: -? ?(.*?))?\r?$/

function parse(lines: readonly string[], signal: Signal): Report | undefined {
  const tests: Test[] = []
  let planned: number | undefined
  let top = 0
  const own: Record<string, number> = {}
  for (let i = 0; i < lines.length; i++) {
    signal.throwIfAborted()
    const line = lines[i]!
    const plan = /^1\.\.(\d+)\r?$/.exec(line)
    if (plan) planned = Number(plan[1])
    const total = /^# (tests|pass|fail) +(\d+)\r?$/.exec(line)
    if (total) own[total[1]!] = Number(total[2])
    const found = line.length < 2000 ? POINT.exec(line) : null
    if (!found) continue
    const end = blockEnd(lines, i + 1, found[1]!.length)
    if (found[1] === '') top++
    // A suite of node:test is no test; its lines may go with its tests'.
    const isSuite = lines.slice(i + 1, Math.min(end, i + 12)).some(text => /^\s+type: 'suite'/.test(text))
    if (!isSuite) tests.push(testOf(found, subtestLine(lines, i, found[4] ?? ''), end))
  }
  if (tests.length === 0) return undefined
  const totals: Totals = {
    ...(own.pass !== undefined && { passed: own.pass }),
    ...(own.tests !== undefined && { total: own.tests }),
  }
  const sure = planned === top && agree(countsOf(tests), totals)
  const report = reportOf('TAP', sure ? tests : unsure(tests))
  return own.fail !== undefined && own.fail > 0 && report.failed === 0 ? { ...report, complete: false } : report
}

function testOf([, , not, , name = '']: RegExpExecArray, line: number, end: number): Test {
  const skipped = /# (?:skip|todo)\b/i.test(name)
  return { name, outcome: skipped ? 'skipped' : not ? 'failed' : 'passed', lines: [[line, end]] }
}

/** The line, 1-based, at which a test begins: the comment above that announces it, where there is one. */
const subtestLine = (lines: readonly string[], at: number, name: string) =>
  lines[at - 1]?.trim() === `# Subtest: ${name}` ? at : at + 1

/** One past the YAML block that begins on the line `from`, if one does. */
function blockEnd(lines: readonly string[], from: number, indent: number): number {
  const open = lines[from]
  if (open?.trim() !== '---' || open.search(/\S/) <= indent) return from
  for (let i = from + 1; i < lines.length; i++) if (lines[i]!.trim() === '...') return i + 1
  return from
}
