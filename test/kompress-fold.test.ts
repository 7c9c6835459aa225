import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { fold, unfold } from '../filters/kompress/fold.ts'

const signal = { throwIfAborted() {} }
const notice = 'This page was printed from the intranet; the copy on the wall is not kept up to date.'
const paragraph = 'The door is locked at ten.\nThe key hangs in the office, and only there.'

describe('repeated lines and paragraphs', () => {
  const table: [string, string, string | undefined][] = [
    ['nothing stands twice', `${notice}\n${paragraph}\n`, undefined],
    ['too short to pay', 'yes\nno\nyes\nno\n', undefined],
    ['a line', `a\n${notice}\nb\n${notice}\nc\n${notice}\n`, `@A=${notice}\na\n@A\nb\n@A\nc\n@A\n`],
    ['a line in a row', `${notice}\n`.repeat(5), `@A=${notice}\n@A x5\n`],
    [
      'a paragraph',
      `${paragraph}\n\nOnce.\n\n${paragraph}\n\n@home\n\n${paragraph}`,
      `@A 2 lines\n${paragraph}\n@A\n\nOnce.\n\n@A\n\n@@home\n\n@A`,
    ],
  ]
  for (const [name, text, body] of table)
    test(name, () => {
      const folded = fold(text, signal)
      expect(folded?.body).toBe(body as never)
      if (folded) expect(unfold(folded.body, folded.note)).toBe(text)
    })

  test('whatever the lines are, they come back', () => {
    const line = fc.constantFrom(
      notice,
      `${notice}\r`,
      ` ${paragraph}`,
      '',
      '@A',
      '@A=x',
      '@@',
      '@B 2 lines',
      'x2',
      '\udc80\0',
    )
    const folds = fc.property(fc.array(line, { maxLength: 40 }), all => {
      const text = all.join('\n')
      const folded = fold(text, signal)
      return !folded || unfold(folded.body, folded.note) === text
    })
    fc.assert(folds, { numRuns: 500, seed: 7 })
  })

  test('a body that was not folded is refused', () => {
    for (const [body, note] of [
      ['@A', 'folded 0'],
      ['@A=x\n@B', 'folded 1'],
      ['@A=xxxx\n@A x999999999999', 'folded 1'],
      ['', 'folded 2'],
      ['x', ''],
    ])
      expect(() => unfold(body!, note!)).toThrow(RangeError)
  })
})
