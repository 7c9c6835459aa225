import { describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { markersOf } from '../ccr/marker.ts'
import { bytesOf, textOf } from '../ccr/text.ts'
import { expand } from '../filters/expand.ts'
import { filterOf } from '../filters/index.ts'
import { wordsOf } from '../filters/kompress/guards.ts'
import kompress from '../filters/kompress/index.ts'
import { Lexicon } from '../filters/kompress/lexicon.ts'
import { terse } from '../filters/kompress/terse.ts'
import { type Ask, run } from '../filters/run.ts'
import { Steps, stepLimit } from '../filters/steps.ts'
import { models } from '../models/load.ts'
import { testHost } from './host.ts'

const tokenizer = await models.tokenizer('o200k_base')

async function compressed(text: string, ask: Ask = {}) {
  const host = testHost({ tokenizer })
  const result = await run(kompress, text, ask, host)
  const back = await expand(bytesOf(result.text), filterOf, host.memory)
  expect(textOf(back.bytes)).toBe(text)
  expect(host.reports).toEqual([])
  return result
}

/** A sentence without the words that readers restore. */
function short(sentence: string): string {
  const words = wordsOf([sentence], new Lexicon())
  return terse(
    words,
    words.map(({ rule }) => rule === 'restored'),
  )
}

describe('what a reader restores goes, what carries a relation stays', () => {
  const table: [string, string][] = [
    ['The key is in the office of the porter.', 'key office porter.'],
    ['The door must not be opened until the alarm is off.', 'door must not opened until alarm off.'],
    ['Bo was told to wait, and Anna told the others.', 'Bo was told wait, Anna told others.'],
    ['The parcel was sent to the neighbour by Dana.', 'parcel was sent to neighbour by Dana.'],
    ['One of nine orders was lost within 3 days of the move.', 'One of nine orders was lost within 3 days move.'],
    ['It rose from 3 to 5 in 10 minutes.', 'rose from 3 to 5 in 10 minutes.'],
    ['They turned on the light and logged in.', 'turned on light and logged in.'],
    ['She has to go because it is late.', 'has to go because late.'],
    [
      'Use `the of and` in "a is the key", or [the list](a/b.md).',
      'Use `the of and` "a is the key", or [the list](a/b.md).',
    ],
    ['The Bank of England and the IT of the US', 'Bank of England and IT US'],
    ['Set --no-cache in the file /etc/a/the.conf at 10:05.', 'Set --no-cache file /etc/a/the.conf 10:05.'],
    ['It is (as it was) a test, is it not?', 'test, not?'],
    ['the file that is theirs: it.', 'file theirs.'],
    ['Bo lives in a house, and Anna works there.', 'Bo lives house, Anna works there.'],
    ['There is a key that your own technician gave to his own son.', 'key your own technician gave his own son.'],
    ['The offer of Firm A is in the file of Firm B.', 'offer Firm A file Firm B.'],
    ['In order to open it, you know, ask the porter.', 'open, ask porter.'],
    ['You know the porter, and I mean the old one.', 'know porter, mean old one.'],
  ]
  for (const [sentence, expected] of table) test(sentence, () => expect(short(sentence)).toBe(expected))
})

const notes = (count: number) =>
  Array.from(
    { length: count },
    (_, i) =>
      `Speaker ${'ABC'[i % 3]}: The ${['roof', 'lift', 'door'][i % 3]} of house ${i} was looked at in the morning, and it was found that the ${['wall', 'lamp', 'lock'][i % 3]} is not as old as it had been said in the report of the year before.\n`,
  ).join('')

describe('texts of other kinds', () => {
  const table: [string, string, string | undefined][] = [
    ['logs go to log', `${'2024-01-15 10:00:00 INFO worker: job done\n'.repeat(40)}`, 'log'],
    [
      'JSON goes to crush-json',
      JSON.stringify(Array.from({ length: 30 }, (_, i) => ({ id: i, name: 'x' }))),
      'crush-json',
    ],
    ['prose stays here', notes(20), 'kompress'],
  ]
  for (const [name, text, filter] of table)
    test(name, async () => expect((await kompress.route!(text, {}))[0]?.name).toBe(filter as never))

  const untouched: [string, string][] = [
    ['nothing but what a reader restores', 'the the the the the the '],
    ['German', 'Die Lampe war in dem alten Haus an der Wand, so hat es der Bericht in dem Jahr gesagt.\n'],
    ['no spaces', 'x'.repeat(5000)],
    ['an ever same word', 'word '.repeat(2000)],
    ['emoji', '😀😃😄 '.repeat(200)],
    ['a table', '| the one | of the two |\n|---|---|\n| it is | a row of the table |\n'],
    ['fenced code', '```\nthe key of the door is in the office of the house\n```\n'],
  ]
  for (const [name, text] of untouched) test(name, async () => expect((await compressed(text)).text).toBe(text))
})

describe('modes and budgets', () => {
  test('lossless leaves single words alone', async () => {
    expect((await compressed(notes(20), { mode: 'lossless' })).lossless).toBe('bytes')
  })
  test('each mode takes more, and every marker resolves', async () => {
    const sizes = []
    for (const mode of ['lossless', 'balanced', 'aggressive'] as const) {
      const { text, tokens } = await compressed(notes(150), { mode })
      sizes.push(tokens.after / tokens.before)
      if (mode !== 'lossless') expect(markersOf(text).length).toBeGreaterThan(2)
    }
    expect(sizes[1]!).toBeLessThan(0.75)
    expect(sizes[2]!).toBeLessThan(0.6)
  })
  for (const share of [0.6, 0.4, 0.2, 0.1])
    test(`a budget of ${share} of the tokens is kept, by words before passages`, async () => {
      const { tokens } = await compressed(notes(150))
      const budget = Math.floor(tokens.before * share)
      const { tokens: within, filter } = await compressed(notes(150), { budget })
      expect(within.after).toBeLessThanOrEqual(budget)
      if (share > 0.15) expect(filter).toBe('kompress')
    })
  test('a reader of the aggressive form still finds verbs, objects, agents and causes', async () => {
    const text =
      'The treasurer recommended the second offer, because the statutes do not allow the board to borrow. ' +
      'The very careful caretaker had quite clearly set the old valve wrongly after the January service. ' +
      'If the driver has not come by nine, call the caretaker and not the teacher. '
    const { text: out } = await compressed(`${text}\n${notes(6)}`, { mode: 'aggressive' })
    for (const clause of [
      'treasurer recommended',
      'because statutes not allow board borrow',
      'call caretaker and not teacher',
    ])
      expect(out).toContain(clause)
  })
  test('of a text of some length, sentences that tell nothing go whole, answers and numbers never', async () => {
    const talk = 'A: That was that thing, and the thing was that.\n'.repeat(3)
    const { text: out } = await compressed(`${notes(40)}B: Is the lift safe?\nC: Yes.\n${talk}A: It cost 12 euros.\n`, {
      mode: 'aggressive',
    })
    expect(out).toContain('C: Yes.')
    expect(out).toContain('12 euros.')
    expect(out).not.toContain('thing')
  })
  test('what the question asks for stays whole', async () => {
    const needle = 'Speaker B: The spare key of the cellar is with the porter of the house in Mill Lane.\n'
    const text = notes(60) + needle + notes(60)
    const { text: out } = await compressed(text, { budget: 1500, query: 'Who has the spare key of the cellar?' })
    expect(out).toContain(needle.trim())
  })
})

describe('whatever comes', () => {
  test('every rewrite is proved', async () => {
    const words =
      'the,The,(the,of),of,"a,it",is.,a,key;,door,—,-,*it*,`x,x`,[a](b),10,3.5,not,Bo,,,   ,\t,\r,I,{pause},"—",and,Was?'.split(
        ',',
      )
    const line = fc.array(fc.constantFrom(...words), { minLength: 3, maxLength: 14 }).map(all => all.join(' '))
    const text = fc.array(fc.oneof(line, fc.constantFrom('', '```', '> the of it', '- the a', '  ', '# The', '@A')), {
      maxLength: 30,
    })
    const proved = fc.asyncProperty(
      text,
      fc.constantFrom('balanced' as const, 'aggressive' as const),
      async (all, mode) => {
        await compressed(all.join('\n'), { mode })
      },
    )
    await fc.assert(proved, { numRuns: 400, seed: 11 })
  })

  test('10 MB of one word, with spaces and without', async () => {
    for (const unit of ['word ', 'word', 'the ', 'of\n']) {
      const { tokens } = await compressed(unit.repeat(Math.ceil(10_000_000 / unit.length)), { mode: 'aggressive' })
      expect(tokens.after).toBeLessThanOrEqual(tokens.before)
    }
  }, 60_000)

  test('work is linear in steps, and quick', async () => {
    // A beginning of running text, or else no word goes.
    const baits = [
      'the of a ',
      '\n',
      '` ',
      '*a ',
      '"a of ',
      ', ',
      '```\nthe of\n',
      '> the of a key\n',
      '- [a](#a)\n',
      'Aa ',
      'x\n\n\n\n',
      'Permission is hereby granted, free of charge\n',
      'PhD A: Yeah .\n',
      '[ ',
      'a.\n',
    ]
    for (const bait of baits) {
      const text = notes(60) + bait.repeat(Math.ceil(1_000_000 / bait.length))
      const signal = new Steps(stepLimit(text.length))
      const context = {
        mode: 'aggressive',
        hint: {},
        signal,
        count: (part: string) => part.length / 4,
        omit: () => '[... x L1]',
      }
      const started = performance.now()
      await kompress.apply(text, context as never)
      expect(performance.now() - started).toBeLessThan(5000)
    }
  })
})

const corpus = join(import.meta.dir, '../../shared/corpora/prose')
describe.skipIf(!existsSync(corpus))('real documents (skipped where the corpora are absent)', () => {
  test('balanced saves a quarter, aggressive two fifths', async () => {
    const total = { before: 0, balanced: 0, aggressive: 0 }
    for (const file of readdirSync(corpus)) {
      const text = textOf(readFileSync(join(corpus, file)))
      for (const mode of ['balanced', 'aggressive'] as const) {
        const { tokens } = await compressed(text, { mode })
        total[mode] += tokens.after
        if (mode === 'balanced') total.before += tokens.before
      }
    }
    expect(total.balanced / total.before).toBeLessThan(0.75)
    expect(total.aggressive / total.before).toBeLessThan(0.58)
  }, 60_000)
})
