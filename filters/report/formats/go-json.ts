import type { LineRange } from '../../../ccr/select.ts'
import { rangesOf } from '../../../ccr/select.ts'
import type { Signal } from '../../filter.ts'
import { type Format, type Outcome, type Report, reportOf, type Test } from '../report.ts'
import { jsonLine } from './json-line.ts'

/** The events of `go test -json` (go 1.22, cmd/test2json). */
export const goJson: Format = {
  name: 'go test -json',
  is: lines => {
    const events = lines.slice(0, 20).filter(line => line.startsWith('{'))
    return events.length > 0 && events.every(line => line.includes('"Action":"') && !line.includes('"type":"'))
  },
  parse,
}

interface Event {
  readonly Action?: string
  readonly Package?: string
  readonly Test?: string
  readonly Output?: string
}

interface Seen {
  readonly name: string
  readonly lines: number[]
  readonly output: string[]
  outcome?: Outcome
}

const OUTCOMES: Readonly<Record<string, Outcome>> = { pass: 'passed', fail: 'failed', skip: 'skipped' }

function parse(lines: readonly string[], signal: Signal): Report | undefined {
  const tests = new Map<string, Seen>()
  const failedPackages = new Set<string>()
  let events = 0
  for (let i = 0; i < lines.length; i++) {
    signal.throwIfAborted(1 + (lines[i]!.length >> 6))
    const event = jsonLine<Event>(lines[i]!)
    if (!event) continue
    events++
    if (event.Test === undefined) {
      if (event.Action === 'fail') failedPackages.add(event.Package ?? '')
      continue
    }
    const key = `${event.Package ?? ''}\0${event.Test}`
    let test = tests.get(key)
    if (!test) tests.set(key, (test = { name: event.Test, lines: [], output: [] }))
    test.lines.push(i + 1)
    if (event.Output !== undefined) test.output.push(event.Output)
    const outcome = OUTCOMES[event.Action ?? '']
    // A second run of one test (-count=2) is not told apart: then its lines all stay.
    if (outcome) test.outcome = test.outcome && test.outcome !== outcome ? 'failed' : outcome
  }
  if (events === 0) return undefined
  const failing = [...tests].filter(([, { outcome }]) => outcome === 'failed').map(([key]) => key.split('\0')[0]!)
  // A package that fails without a failing test failed to build or in its main: no test speaks for it.
  const unexplained = [...failedPackages].filter(name => !failing.includes(name))
  const complete = [...tests.values()].every(({ outcome }) => outcome !== undefined) || failedPackages.size > 0
  const report = reportOf('go test -json', [...tests.values()].map(testOf), { complete })
  return unexplained.length ? { ...report, verdict: 'failed' } : report
}

function testOf({ name, lines, output, outcome = 'failed' }: Seen): Test {
  const place = output.map(text => /^\s*([\w./-]+\.go:\d+)/.exec(text)?.[1]).find(found => found !== undefined)
  const message = outcome === 'passed' ? undefined : output.find(text => /^\s+\S/.test(text))?.trim()
  const ranges: LineRange[] = rangesOf(lines)
  return { name, outcome, ...(message && { message }), ...(place && { place }), lines: ranges }
}
