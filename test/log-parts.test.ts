import { describe, expect, test } from 'bun:test'
import { scanLines } from '../filters/log/scan.ts'
import { severityOf } from '../filters/log/severity.ts'
import { Sheet } from '../filters/log/sheet.ts'
import { MOST_TRIES, Tally } from '../filters/log/tally.ts'
import { hashOf } from '../filters/ranges.ts'

describe('severity', () => {
  const faults = [
    ...['error: x', 'Errors', 'ERR', 'TypeError: x', 'a fatal one', 'FATAL', 'crit x', 'CRITICAL', 'ALERT', 'EMERG x'],
    ...['SEVERE', 'it panicked', 'PANIC', 'an exception', 'IOException', 'Traceback (most recent call last):'],
    ...['stack trace:', 'Stacktrace', 'Caused by: x', 'it failed', 'FAILURE', 'BuildFailure', 'SegFault', 'not ok 3'],
    ...['aborted', 'ABORTED', 'Segmentation fault', 'segfault at 0', 'Killed', 'OOM', 'Out of memory', '(core dumped)'],
    ...['Permission denied', 'DENIED', 'connection refused', 'Rejected', 'timed out', 'time-out', 'TIMEOUT', 'timeout'],
    ...['host unreachable', 'corrupted', 'Unauthorized', 'forbidden', 'GET / HTTP/1.1" 503 12', '"GET /" 403 7'],
    ...['status=500', 'code: "404"', "status_code': 429", 'exit code 1', 'exited with status 137', 'rc=2', 'rc: 1'],
    ...['returncode = -9', 'exitcode=3', 'exit_code: 12', 'open("x") = -1 ENOENT', 'E0115 10:00', 'F0115 10:00'],
    ...[
      '{"level":50}',
      '{"level": 60}',
      '<3>x',
      'E/Tag: x',
      'a |E x',
      '[E] x',
      ' F x',
      'cannot open',
      'Could not open',
    ],
    ...['unable to open', 'No such file', 'Not found', 'does not exist'],
  ]
  const warnings = [
    ...[
      'warning: x',
      'WARN x',
      'deprecated',
      'Deprecation',
      'retrying',
      'slow query',
      'Degraded',
      'invalid',
      'Missing',
    ],
    ...['skipped', 'Skipping', 'GET /" 404 12', '/" 307 x', 'W0115 10:00', '{"level":40}', '<4>x', '[W] x'],
  ]
  const others = [
    ...['', 'all is well', '0 errors', 'errors=0', 'no failures', 'error: null', 'without warnings', 'status=200 ok'],
    ...['INFO cannot open', 'level=info retrying', '[debug] slow', 'NOTICE invalid', 'VERBOSE missing', 'exit code 0'],
    ...['terror', 'infatuated', 'scripts', 'profiled', 'GET /" 200 5012', '{"level":30}', '<6>x', 'stated'],
  ]
  for (const [severity, lines] of [
    [2, faults],
    [1, warnings],
    [0, others],
  ] as const)
    test(`is ${severity}`, () => expect(lines.filter(line => severityOf(line) !== severity)).toEqual([]))
  test('looks at the beginning of a long line', () => {
    expect(severityOf(`${'x '.repeat(900)}error`)).toBe(2)
    expect(severityOf(`${'x '.repeat(1100)}error`)).toBe(0)
  })
})

test('a tally numbers what it is shown as it comes, and counts it', () => {
  const values = Array.from({ length: 5000 }, (_, i) => String((i * 7919) % 1237))
  const text = values.join('\n')
  const tally = new Tally(text)
  const numbers = new Map<string, number>()
  const counts = new Map<string, number>()
  let from = 0
  for (const value of values) {
    if (!numbers.has(value)) numbers.set(value, numbers.size)
    counts.set(value, (counts.get(value) ?? 0) + 1)
    expect(tally.add(from, from + value.length)).toBe(numbers.get(value)!)
    from += value.length + 1
  }
  expect(tally.size).toBe(1237)
  for (const [value, number] of numbers) {
    expect(text.slice(tally.starts[number], tally.ends[number])).toBe(value)
    expect(tally.counts[number]).toBe(counts.get(value)!)
  }
})

test('values and lines that are made to collide are looked for so many times and no more', () => {
  const values: string[] = []
  for (let i = 0; values.length < 2 * MOST_TRIES; i++)
    if ((hashOf(`value ${i}`, 0, `value ${i}`.length) & 0xfff) === 0) values.push(`value ${i}`)
  const sheet = new Sheet([...values, ...values].join('\n'))
  const tally = new Tally(sheet.text)
  const numbers = [...values, ...values].map((_, line) => tally.add(sheet.starts[line]!, sheet.endOf(line)))
  expect(numbers.slice(0, values.length)).toEqual(values.map((_, at) => at))
  expect(numbers.slice(values.length, values.length + MOST_TRIES)).toEqual(
    values.slice(0, MOST_TRIES).map((_, at) => at),
  )
  expect(tally.size).toBe(3 * MOST_TRIES)
  const { ids } = scanLines(sheet.text, { throwIfAborted() {} })
  for (let line = 0; line < ids.length; line++) expect([line, line % values.length]).toContain(ids[line]!)
})
