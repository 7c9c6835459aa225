import { spaced } from './generators/spaced.ts'

/**
 * The arrays and the log on which the original Headroom's own recorded tests rest, REBUILT from their published shapes and sizes: not
 * its files. Its recordings show what it made of them, mostly by dropping rows; a lossless rewrite has to come out smaller than that.
 */
export interface Recorded {
  readonly name: string
  readonly text: string
  /** Tokens of the recording: its input, and what the original made of it; absent where nothing is known but that it is tiny. */
  readonly theirs?: readonly [before: number, after: number]
}

export function recorded(): Recorded[] {
  const row = (i: number, every: number) => ({ id: i, status: i % every === 0 ? 'error' : 'ok', msg: `line ${i}` })
  const rows = (count: number, every = 5) => times(count, i => row(i, every))
  const all: [name: string, value: unknown, theirs?: [number, number]][] = [
    ['dict_array_100_sequential', rows(100, 10), [2002, 238]],
    ['dict_array_30', rows(30), [602, 237]],
    ['dict_array_30 (bias 1.5)', rows(30), [602, 237]],
    ['dict_array_30 (bias 0.7)', rows(30), [602, 237]],
    ['duplicate_dicts_40', times(40, () => ({ event: 'heartbeat', ok: true })), [441, 36]],
    ['nested_3deep', { level1: { level2: { items: rows(14) } } }, [297, 206]],
    ['nested_object', { total: 19, results: rows(19), next: null }, [393, 272]],
    ['time_series_50', times(50, sample), [1152, 853]],
    ['string_array_25', times(25, i => `event ${i}: something happened at index ${i}`), [300, 166]],
    ['number_array_40_changepoint', times(40, i => (i < 20 ? 10 + (i % 3) : 30 + i)), [120, 31]],
    ['mixed_array', ['start', ...times(20, i => i), 'middle', ...times(5, () => 'end')], [81, 27]],
    ['empty_array', []],
    ['empty_object', {}],
    ['one_number', [1]],
    ['one_object', { id: 1, ok: true }],
    ['three_objects', times(3, i => ({ id: i, name: `n${i}` }))],
  ]
  const unicode = times(26, i => ({ id: i, text: `こんにちは世界 🌍 ${i}` }))
  return [
    ...all.map(([name, value, theirs]) => ({ name, text: spaced(value), ...(theirs && { theirs }) })),
    { name: 'unicode', text: spaced(unicode, true), theirs: [1242, 343] },
    { name: 'log of 305 lines', text: log(), theirs: [2435, 103] },
  ]
}

const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))

const sample = (i: number) => ({
  timestamp: 1_700_000_000 + 60 * i,
  cpu: i < 25 ? 10 + (i % 3) : 90 + (i % 5),
  host: 'web-1',
})

function log(): string {
  return [
    ...times(300, i => `line ${i}: INFO processing request`),
    'ERROR something broke at step 42',
    'Traceback (most recent call last):',
    '  File "a.py", line 5',
    'RuntimeError: boom',
    '# variant 13',
  ].join('\n')
}
