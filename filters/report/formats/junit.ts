import type { LineRange } from '../../../ccr/select.ts'
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
import { attributeOf, decodedText, type Tag, tagsOf } from '../xml.ts'

/** JUnit XML, as Ant, Surefire, pytest, jest-junit, PHPUnit and others write it. */
export const junit: Format = {
  name: 'JUnit XML',
  is: lines => lines.slice(0, 20).some(line => /<testsuites?[\s>]/.test(line.slice(0, 2000))),
  parse,
}

interface Suite {
  readonly parent: Suite | undefined
  readonly own: Totals
  readonly tests: Test[]
  /** Of its own tests and of those of the suites in it. */
  readonly counts: { total: number; passed: number; failed: number; skipped: number }
}

const suiteIn = (parent: Suite | undefined, own: Totals): Suite => ({
  parent,
  own,
  tests: [],
  counts: { total: 0, passed: 0, failed: 0, skipped: 0 },
})

function parse(lines: readonly string[], signal: Signal): Report | undefined {
  const text = lines.join('\n')
  const whole = text.lastIndexOf('>') + 1
  const tags = tagsOf(text.slice(0, whole), () => signal.throwIfAborted())
  if (!tags) return undefined
  const places = new Lines(lines)
  const suites = [suiteIn(undefined, {})]
  const open = [...suites]
  let complete = true
  for (let i = 0; i < tags.length; i++) {
    const tag = tags[i]!
    if (tag.name === 'testsuite' || tag.name === 'testsuites') {
      if (tag.kind === 'close') {
        if (open.length > 1) open.pop()
        else complete = false
        continue
      }
      const suite = suiteIn(open.at(-1), totalsOf(text, tag))
      suites.push(suite)
      if (tag.kind === 'open') open.push(suite)
    } else if (tag.name === 'testcase' && tag.kind !== 'close') {
      const end = caseEnd(tags, i)
      if (end < 0) {
        complete = false
        break
      }
      open.at(-1)!.tests.push(testOf(text, tags, i, end, places))
      i = end
    }
  }
  return summed(suites, complete && open.length === 1)
}

/**
 * Suites that are closed and whose own counts agree lend their passes; the others' tests count, but none of their lines folds. So
 * a report that is cut off keeps what it shows of the suites that are whole.
 */
function summed(suites: readonly Suite[], complete: boolean): Report | undefined {
  for (const { parent, tests, counts } of [...suites].reverse()) {
    add(counts, countsOf(tests))
    if (parent) add(parent.counts, counts)
  }
  const tests = suites.flatMap(suite => (agree(suite.counts, suite.own) ? suite.tests : unsure(suite.tests)))
  if (tests.length === 0) return undefined
  const report = reportOf('JUnit XML', tests)
  return complete ? report : { ...report, complete: hasFoldable(tests) }
}

function add(to: Suite['counts'], counts: Required<Totals>): void {
  to.total += counts.total
  to.passed += counts.passed
  to.failed += counts.failed
  to.skipped += counts.skipped
}

/** Failures and errors together: some tools count a failed assertion as one, some as the other. */
function totalsOf(text: string, tag: Tag): Totals {
  const number = (name: string) => {
    const value = attributeOf(text, tag, name)
    return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined
  }
  const [tests, failures, errors] = [number('tests'), number('failures'), number('errors')]
  const skipped = number('skipped') ?? number('disabled')
  return {
    ...(tests !== undefined && { total: tests }),
    ...(failures !== undefined && { failed: failures + (errors ?? 0) }),
    ...(skipped !== undefined && { skipped }),
  }
}

/** The tag that ends the test case at `from`, or -1. */
function caseEnd(tags: readonly Tag[], from: number): number {
  if (tags[from]!.kind === 'empty') return from
  for (let i = from + 1; i < tags.length; i++) {
    if (tags[i]!.name !== 'testcase') continue
    return tags[i]!.kind === 'close' ? i : -1
  }
  return -1
}

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  failure: 'failed',
  error: 'failed',
  rerunFailure: 'failed',
  skipped: 'skipped',
  disabled: 'skipped',
}

function testOf(text: string, tags: readonly Tag[], from: number, end: number, places: Lines): Test {
  const tag = tags[from]!
  let outcome: Outcome = 'passed'
  let message: string | undefined
  for (let i = from + 1; i < end; i++) {
    const found = tags[i]!.kind === 'close' ? undefined : OUTCOMES[tags[i]!.name]
    if (!found || outcome === 'failed') continue
    outcome = found
    message = attributeOf(text, tags[i]!, 'message')
  }
  const name = decodedText(attributeOf(text, tag, 'name') ?? '')
  const group = attributeOf(text, tag, 'classname')
  const place = attributeOf(text, tag, 'file')
  return {
    name: group ? `${decodedText(group)} ${name}` : name,
    outcome,
    ...(message !== undefined && { message: decodedText(message) }),
    ...(place !== undefined && { place: decodedText(place) }),
    lines: places.within(text, tag.start, tags[end]!.end),
  }
}

/** Which lines an element has for itself. Offsets are asked for in ascending order. */
class Lines {
  readonly #ends: number[] = []
  #line = 0

  constructor(lines: readonly string[]) {
    let at = 0
    for (const line of lines) this.#ends.push((at += line.length + 1))
  }

  /** Its whole lines, if nothing else stands in them. */
  within(text: string, start: number, end: number): LineRange[] {
    while (this.#ends[this.#line]! <= start) this.#line++
    let last = this.#line
    while (this.#ends[last]! < end) last++
    const from = this.#line ? this.#ends[this.#line - 1]! : 0
    const clear = text.slice(from, start).trim() === '' && text.slice(end, this.#ends[last]! - 1).trim() === ''
    return clear ? [[this.#line + 1, last + 1]] : []
  }
}
