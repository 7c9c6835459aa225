import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import {
  FOOT,
  fillGaps,
  frame,
  type Head,
  isOurs,
  markersOf,
  parseHead,
  partsOf,
  printHead,
  printMarker,
} from '../ccr/marker.ts'
import { bytes, lineRanges, lines, path, symbol } from '../ccr/select.ts'

const heads: [string, Head][] = [
  ['[hr json]', { filter: 'json', note: '', line: 1 }],
  ['[hr json indent=2 crlf]', { filter: 'json', note: 'indent=2 crlf', line: 1 }],
  ['[hr log from line 4001]', { filter: 'log', note: '', line: 4001 }],
  ['[hr 3f9a1c2b7d json]', { id: '3f9a1c2b7d', filter: 'json', note: '', line: 1 }],
  [
    '[hr 3f9a1c2b7d log x=1 from line 9: gaps by headroom retrieve 3f9a1c2b7d L40-251 | --grep RE]',
    { id: '3f9a1c2b7d', filter: 'log', note: 'x=1', line: 9, gap: lines(40, 251) },
  ],
]

describe('heads', () => {
  for (const [line, head] of heads)
    test(line, () => {
      expect(parseHead(line)).toEqual(head)
      expect(printHead(head)).toBe(line)
    })
  for (const line of [
    '[hr]',
    '[hr ]',
    '[hr end]',
    '[hr JSON]',
    'x[hr json]',
    '[hr json',
    '[hr json] ',
    '[hr 3f9a1c2b7d]x',
    '[hr 3f9a1c2b7d log: gaps by headroom retrieve 0000000000 L1 | --grep RE]',
  ])
    test(`${line} is none`, () => {
      expect(parseHead(line)).toBeUndefined()
    })
})

describe('ours', () => {
  for (const [text, ours] of [
    ['[hr json]\n{}', true],
    ['a\n[hr json]\n', true],
    ['a\n[hr end]', true],
    [' [hr json]', false],
    ['a [hr json]', false],
    ['[hr What now?]', false],
    ['', false],
  ] as const)
    test(JSON.stringify(text), () => {
      expect(isOurs(text)).toBe(ours)
    })
})

describe('regions', () => {
  const head: Head = { filter: 'log', note: '', line: 1 }
  test('a body that ends with the text, and one before other text', () => {
    const text = `before\n${frame(head, 'a\nb\n', true)}${frame(head, 'c', false)}`
    expect(partsOf(text)).toEqual([
      { kind: 'text', text: 'before\n' },
      { kind: 'region', head, body: 'a\nb\n' },
      { kind: 'region', head, body: 'c' },
    ])
  })
  test('an inner region belongs to the outer body', () => {
    const inner = frame({ ...head, filter: 'json' }, '{}', true)
    expect(partsOf(frame(head, `a\n${inner}b`, false))).toEqual([{ kind: 'region', head, body: `a\n${inner}b` }])
  })
  test('a foot that closes nothing is plain text', () => {
    expect(partsOf(`a\n${FOOT}\nb`)).toEqual([{ kind: 'text', text: `a\n${FOOT}\nb` }])
  })
  test('whatever the text, its parts hold all of it', () => {
    const word = fc.constantFrom(
      '[hr json]\n',
      '[hr end]\n',
      '\n[hr end]',
      'text',
      '\n',
      '[hr ',
      '[... 3 lines L1-3]',
      ']',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), words => {
        const text = words.join('')
        const held = partsOf(text).reduce(
          (sum, part) => sum + (part.kind === 'text' ? part.text.length : part.body.length),
          0,
        )
        expect(held).toBeLessThanOrEqual(text.length)
        // `[hr `, `text` and `]` make a head, too.
        if (!/^\[hr (?:json|text)/m.test(text)) expect(held).toBe(text.length)
      }),
    )
  })
})

describe('markers', () => {
  for (const [what, where, printed] of [
    ['212 lines', lines(40, 251), '[... 212 lines L40-251]'],
    ['212 lines: no error', lines(40, 251), '[... 212 lines L40-251: no error]'],
    [
      '2 lines',
      lineRanges([
        [1, 1],
        [5, 5],
      ]),
      '[... 2 lines L1,5]',
    ],
    ['84 rows', path('$.items[15:99]'), '[... 84 rows $.items[15:99]]'],
    ['1 value', path('$["a ] b"].c'), '[... 1 value $["a ] b"].c]'],
    ['body', symbol('parseArgs'), '[... body #parseArgs]'],
    ['x [y]\nz', bytes(1, 2), '[... x (y) z B1-2]'],
  ] as const)
    test(printed, () => {
      expect(printMarker(what, where)).toBe(printed)
      expect(markersOf(`a ${printed} b`)).toMatchObject([{ where, start: 2, end: 2 + printed.length }])
    })
  for (const text of ['[...]', '[... x]', '[... x L]', '[... L1]', '[... a\nb L1]', '[... [... x L0]'])
    test(`${JSON.stringify(text)} is none`, () => {
      expect(markersOf(text)).toEqual([])
    })
  test('a marker of whole lines stands for their last line end too', () => {
    expect(fillGaps('a\n[... 2 lines L2-3]\nd', () => 'b\nc\n')).toBe('a\nb\nc\nd')
    expect(fillGaps('a [... 1 word B2-3] d', () => 'x')).toBe('a x d')
  })
})
