import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { Original } from '../ccr/original.ts'
import { memberPath, parseSelector, printSelector, rangesOf, SelectorError } from '../ccr/select.ts'

const json = '{"items": [ {"name":"a"}, {"name":"ü😀"}, [1, 2,3] ], "a b": {"x": 1, "y": "}"}, "n": -1.5e3}'
const text = 'one\ntwo\r\n\nfour ü\nlast'

describe('what a selector names', () => {
  const cases: [string, string, string][] = [
    [text, 'L1', 'one\n'],
    [text, 'L2-3', 'two\r\n\n'],
    [text, 'L5', 'last'],
    [text, 'L1,4-5', 'one\nfour ü\nlast'],
    [text, 'B0-3', 'one'],
    [text, 'B15-18', 'ü\n'],
    [json, '$', json],
    [json, '$.items[1].name', '"ü😀"'],
    [json, '$.items[0:2]', '{"name":"a"}, {"name":"ü😀"}'],
    [json, '$.items[2][1:]', '2,3'],
    [json, '$["a b"].y', '"}"'],
    [json, '$["a b"][0:1]', '"x": 1'],
    [json, '$.n', '-1.5e3'],
    ['def f(x):\n  return x\n\ndef g():\n  pass\n', '#g', 'def g():\n  pass\n'],
  ]
  for (const [original, selector, expected] of cases)
    test(selector, () => {
      expect(new Original(original).slice(parseSelector(selector)!)).toBe(expected)
    })
})

describe('what a selector does not name is an error of one line', () => {
  for (const [original, selector] of [
    [text, 'L6'],
    [text, 'L4-9'],
    [text, 'B0-99'],
    [json, '$.nope'],
    [json, '$.items[9]'],
    [json, '$.items[3:9]'],
    [json, '$.n[0]'],
    ['{"a": [1, 2', '$.a[1]'],
    [text, '#nothing'],
  ] as const)
    test(selector, () => {
      expect(() => new Original(original).slice(parseSelector(selector)!)).toThrow(SelectorError)
    })
})

test('what is no selector', () => {
  for (const word of ['', 'L', 'L0', 'L5-4', 'L1-', 'B5-4', 'B1', '$.', '$[', '$[1:2].x', '$["x]', '#', 'x', 'L1 '])
    expect(parseSelector(word)).toBeUndefined()
})

test('printing and parsing are inverse', () => {
  for (const word of ['L1', 'L1-2', 'L1,3-4,9', 'B0-0', 'B3-9', '$', '$.a.b[3]', '$["x y"][0:4]', '#parseArgs'])
    expect(printSelector(parseSelector(word)!)).toBe(word)
  fc.assert(
    fc.property(fc.string(), name => {
      const original = JSON.stringify({ other: 1, [name]: 'found' })
      expect(new Original(original).slice(parseSelector(memberPath('$', name))!)).toBe('"found"')
    }),
  )
})

describe('paths find what the text says, however it is looked for', () => {
  const names = Array.from({ length: 90 }, (_, i) => `k${i}`)
  const large = `{${names.map((name, i) => `"${name}":[{"v":${i}},{"v":"${name}"}]`).join()},"k3":0,"a[0]":[7],"\\u0065":8}`
  const cases: [where: string, expected: string][] = [
    ['$.k3[1].v', '"k3"'],
    ['$.k80[0].v', '80'],
    ['$.k80[1].v', '"k80"'],
    ['$.k8[1].v', '"k8"'],
    ['$.k8[0:1]', '{"v":8}'],
    ['$["a[0]"][0]', '7'],
    ['$["a[0]"]', '[7]'],
    ['$.e', '8'],
  ]
  const original = new Original(large)
  for (const [where, expected] of [...cases, ...cases.toReversed()])
    test(`${where} among many`, () => {
      expect(original.slice(parseSelector(where)!)).toBe(expected)
      const [range] = original.resolve(parseSelector(where)!)
      expect(large.slice(range!.from, range!.to)).toBe(expected)
    })
  test('names of few members, with escapes and twice', () => {
    const few = new Original('{"\\u0061b":1,"c\\"d":2,"e":3,"e":4,"a":{}}')
    for (const [where, expected] of [
      ['$.ab', '1'],
      ['$["c\\"d"]', '2'],
      ['$.e', '3'],
      ['$.a', '{}'],
    ] as const)
      expect(few.slice(parseSelector(where)!)).toBe(expected)
    expect(() => few.slice(parseSelector('$.c')!)).toThrow('$.c: no such element or member')
    expect(() => few.slice(parseSelector('$.nope[3].x')!)).toThrow('$.nope[3].x: no such element or member')
  })
})

test('a range of UTF-16 units is the same text as its byte selector', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 700 }), fc.nat(), fc.nat(), (whole, a, b) => {
      const cut = (n: number) =>
        Array.from(whole)
          .slice(0, n % (Array.from(whole).length + 1))
          .join('').length
      const [start, end] = [cut(a), cut(b)].sort((x, y) => x - y) as [number, number]
      const original = new Original(whole)
      expect(original.slice(original.at(start, end))).toBe(whole.slice(start, end))
    }),
  )
})

test('selectors into a part are rebased to the whole', () => {
  const whole = new Original('head ü\nalpha\nbeta\ngamma\n')
  const start = whole.text.indexOf('alpha')
  const part = new Original(whole.text.slice(start))
  for (const selector of ['L2-3', 'B0-5', 'L1']) {
    const where = parseSelector(selector)!
    expect(whole.slice(whole.rebase(where, part, start))).toBe(part.slice(where))
  }
})

test('many paths into one document cost one pass over each container', () => {
  const many = new Original(JSON.stringify(Array.from({ length: 50_000 }, (_, i) => ({ i }))))
  for (let i = 0; i < 50_000; i += 100) expect(many.slice(parseSelector(`$[${i}].i`)!)).toBe(String(i))
})

test('lines to ranges', () => {
  expect(rangesOf([1, 2, 3, 7, 9, 10])).toEqual([
    [1, 3],
    [7, 7],
    [9, 10],
  ])
})
