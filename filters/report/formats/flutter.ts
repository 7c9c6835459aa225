import { rangesOf } from '../../../ccr/select.ts'
import type { Signal } from '../../filter.ts'
import { type Format, type Outcome, type Report, reportOf, type Test } from '../report.ts'
import { jsonLine } from './json-line.ts'

/** The events of `dart test --reporter json` and `flutter test --machine` (protocol 0.1.1). */
export const flutter: Format = {
  name: 'dart test',
  is: lines => lines.slice(0, 3).some(line => line.includes('"protocolVersion":"') && line.includes('"type":"start"')),
  parse,
}

interface Event {
  readonly type?: string
  readonly test?: { id: number; name: string; root_url?: string; root_line?: number; metadata?: { skip?: boolean } }
  readonly testID?: number
  readonly result?: string
  readonly skipped?: boolean
  readonly hidden?: boolean
  readonly error?: string
  readonly success?: boolean | null
}

interface Seen {
  readonly name: string
  readonly place?: string
  readonly lines: number[]
  message?: string
  outcome?: Outcome
  hidden?: boolean
}

function parse(lines: readonly string[], signal: Signal): Report | undefined {
  const tests = new Map<number, Seen>()
  let verdict: 'passed' | 'failed' | undefined
  for (let i = 0; i < lines.length; i++) {
    signal.throwIfAborted(1 + (lines[i]!.length >> 6))
    const event = jsonLine<Event>(lines[i]!)
    if (event?.type === 'done') verdict = event.success ? 'passed' : 'failed'
    if (event?.type === 'testStart' && event.test) tests.set(event.test.id, started(event.test))
    const test = tests.get(event?.testID ?? event?.test?.id ?? -1)
    if (!event || !test) continue
    test.lines.push(i + 1)
    if (event.type === 'error') test.message ??= event.error ?? ''
    if (event.type !== 'testDone') continue
    test.outcome = event.skipped ? 'skipped' : event.result === 'success' ? 'passed' : 'failed'
    test.hidden = event.hidden ?? false
  }
  if (tests.size === 0) return undefined
  return reportOf('dart test', [...tests.values()].map(testOf), { verdict })
}

function started({ name, root_url, root_line }: NonNullable<Event['test']>): Seen {
  return { name, ...(root_url !== undefined && { place: `${root_url}:${root_line ?? 0}` }), lines: [] }
}

function testOf({ name, place, lines, message, outcome = 'failed' }: Seen): Test {
  return { name, outcome, ...(message !== undefined && { message }), ...(place && { place }), lines: rangesOf(lines) }
}
