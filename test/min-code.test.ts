import { describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isOurs } from '../ccr/marker.ts'
import { bytesOf } from '../ccr/text.ts'
import { expand } from '../filters/expand.ts'
import { filterOf } from '../filters/index.ts'
import { languageOf } from '../filters/min-code/detect.ts'
import minCode from '../filters/min-code/index.ts'
import { readCode } from '../filters/min-code/read.ts'
import { type Ask, type Compressed, run } from '../filters/run.ts'
import { models } from '../models/load.ts'
import { testHost } from './host.ts'

const tokenizer = await models.tokenizer('o200k_base')

/** What comes out, brought back and compared. */
async function made(text: string, ask: Ask): Promise<Compressed> {
  const host = testHost({ tokenizer })
  const result = await run(minCode, text, ask, host)
  expect(host.reports).toEqual([])
  const back = await expand(bytesOf(result.text), filterOf, host.memory)
  expect(Buffer.compare(back.bytes, bytesOf(text))).toBe(0)
  return result
}

const aggressive = (text: string, path?: string) => made(text, { mode: 'aggressive', ...(path && { hint: { path } }) })

/** A function of `lines` statements, each of its own. */
const body = (name: string, lines: number) =>
  Array.from(
    { length: lines },
    (_, i) => `  state.${name}${i} = compute(state.${name}${i}, ${i}, 'of ${name}')\n`,
  ).join('')
const script = (count: number, lines = 12) =>
  Array.from({ length: count }, (_, i) => `export function step${i}(state) {\n${body(`s${i}_`, lines)}}\n\n`).join('')

describe('bad input comes back', () => {
  const long = script(40)
  const table: Record<string, readonly [text: string, path: string]> = {
    'half a file': [long.slice(0, long.length / 2), 'a.js'],
    'a file from its middle': [long.slice(777), 'a.js'],
    'another language than its name says': [long, 'a.py'],
    'prose under a name of code': ['It was a dark and stormy night; the rain fell in torrents.\n'.repeat(200), 'a.rs'],
    'line ends of Windows': [long.replaceAll('\n', '\r\n'), 'a.js'],
    'line ends of both kinds': [long.replace(/\n/g, (_, at: number) => (at % 3 ? '\n' : '\r\n')), 'a.js'],
    'a byte-order mark': [`\ufeff${long}`, 'a.js'],
    'tabs and blanks': [long.replace(/^ {2}/gm, (_, at: number) => (at % 2 ? '\t' : '  ')), 'a.js'],
    'no last line end': [long.trimEnd(), 'a.js'],
    'bytes that are no UTF-8': [long.replaceAll("'of", "'\udce9\udcff"), 'a.js'],
    'names in other scripts': [long.replaceAll('state', 'größe_状態'), 'a.js'],
    'brackets of text that look like markers': [long.replace('compute', '/* [... 12 lines L3-14] */ compute'), 'a.js'],
    'two languages in one file': [
      `<?php\nfunction a() {\n${body('$x', 9).replaceAll('state', '$s')}}\n?>\n<b>x</b>\n`.repeat(3),
      'a.php',
    ],
    'brackets alone': ['{'.repeat(20_000), 'a.c'],
    'nesting a thousand deep': [`${'function f() {\n'.repeat(1000)}${'}\n'.repeat(1000)}`, 'a.js'],
    'quotes that never close': [`${long}const a = "\n${long}\`${long}`, 'a.js'],
    'comments that never close': ['/* a\n'.repeat(10_000), 'a.c'],
    'a notebook with lines that are no JSON': [
      `{\n "cells": [\n  {\n   "cell_type": "code",\n   "source": [\n${'    "a\\x(\\n",\n'.repeat(400)}   ]\n  }\n ],\n "nbformat": 4\n}\n`,
      'a.ipynb',
    ],
    'a NUL': [long.replace('compute', 'com\0pute'), 'a.js'],
  }
  test.each(Object.keys(table))('%s', async name => {
    const [text, path] = table[name]!
    await aggressive(text, path)
    await made(text, { mode: 'balanced', hint: { path } })
    // Nothing fits a budget where gaps cannot be told from what the text says.
    if (!name.includes('markers')) await made(text, { budget: 200, hint: { path } })
    await made(text, { mode: 'aggressive', hint: { path }, options: { outline: true } })
  })

  test('20,000 lines', async () => {
    const { tokens } = await aggressive(script(1400), 'a.ts')
    expect(tokens.after).toBeLessThan(tokens.before / 4)
  }, 60_000)

  test('a line of 2 MB is told in one line, truly', async () => {
    const line = 'function f(a){return a.map(function(b){return b*2})};var x=f([1,2,3]);'
    const { text } = await made(line.repeat(30_000), { hint: { path: 'app.js' } })
    expect(text).toMatch(/^\[hr \w+ min-code: .*\]\n\[\.\.\. 1 line L1: minified JavaScript\]$/)
  })
})

describe('what stays', () => {
  test('balanced leaves 299 lines alone, and 300 not', async () => {
    const text = script(21)
    const lines = text.split('\n').length - 1
    expect((await made(text, { options: { 'min-lines': lines + 1 }, hint: { path: 'a.js' } })).why).toBe(
      'nothing-to-cut',
    )
    expect((await made(text, { options: { 'min-lines': lines }, hint: { path: 'a.js' } })).why).toBeUndefined()
  })

  test('balanced keeps what the file itself calls most', async () => {
    const text = `${script(40)}export function all(state) {\n${'  step7(state)\n'.repeat(5)}}\n`
    const { text: out } = await made(text, { hint: { path: 'a.js' } })
    expect(out).toContain(body('s7_', 12))
    expect(out).not.toContain(body('s15_', 12))
  })

  test('signatures, first paragraphs, decorators, constants, guarded imports, raises', async () => {
    const text = `
import os
try:
    import fast
except ImportError:
    fast = None
LIMIT = 3

@cached(size=4)
async def read(path: str, *, limit: int = LIMIT) -> bytes:
    """Reads a file.

    All of it, whatever its length may be, and however long that takes; there is no
    way to stop it.
    """
    if not path:
        raise ValueError("no path")
    with open(path, "rb") as file:
        found = file.read(limit)
    return found
`
    const { text: out } = await aggressive(text, 'a.py')
    for (const kept of [
      '    import fast\n',
      'LIMIT = 3',
      '@cached(size=4)',
      'async def read(path: str, *, limit: int = LIMIT) -> bytes:',
    ])
      expect(out).toContain(kept)
    expect(out).toContain('Reads a file.')
    expect(out).toContain('raise ValueError(]')
    expect(out).not.toContain('whatever')
    expect(out).not.toContain('file.read')
  })

  test('a comment is told by its first sentence, on one line', async () => {
    const rest = 'And this is what follows it, at length, in words that nobody needs to see. '.repeat(4)
    const comments: [text: string, told: string, path: string][] = [
      [
        `/**\n * It opens a file: quickly.\n * ${rest}\n */`,
        '/** It opens a file: quickly. [... 4 lines L1-4] */',
        'a.ts',
      ],
      [
        `/*******\n * __ _ ||\n * It is short\n *\n * ${rest}\n *******/`,
        '/* It is short [... 6 lines L1-6] */',
        'a.c',
      ],
      [`/// It takes an\n/// [Opener].\n/// ${rest}`, '/// It takes an [Opener]. [... 3 lines L1-3]', 'a.rs'],
      [`/// <summary>\n/// It opens.\n/// </summary>\n/// ${rest}`, '/// It opens. [... 4 lines L1-4]', 'a.cs'],
      [`#!/bin/sh\n# It opens\n#\n# ${rest}`, '#!/bin/sh\n# It opens [... 3 lines L2-4]', 'a.sh'],
    ]
    for (const [text, told, path] of comments) {
      const { text: out } = await aggressive(`${text}\n\n`, path)
      expect(out.slice(out.indexOf('\n') + 1)).toBe(`${told}\n\n`)
    }
  })

  test('a thousand declarations are told in one line, in aggressive alone', async () => {
    const table = (count: number) =>
      Array.from({ length: count }, (_, i) => `pub const NAME_${i}: u32 = ${i};\n`).join('')
    const { text: out } = await aggressive(table(1000), 'a.rs')
    expect(out).toContain('[... 1000 lines L1-1000: 1000 times pub const]')
    expect((await aggressive(table(999), 'a.rs')).why).toBe('nothing-to-cut')
    expect((await made(table(1000), { hint: { path: 'a.rs' } })).why).toBe('nothing-to-cut')
  })

  test('runs of fields and insides of conditions go, in aggressive; what others may use stays', async () => {
    const fields = Array.from({ length: 12 }, (_, i) => `    private readonly string field${i} = "${i}";\n`).join('')
    const type = `public class A\n{\n${fields}    public string Open;\n\n    public string Name\n    {\n        get\n        {\n            return field1 + field2 + field3 + field4 + field5 + field6;\n        }\n    }\n}\n`
    const { text: sharp } = await aggressive(type, 'a.cs')
    expect(sharp).toContain('field1 = "1";\n    // [... 10 lines L5-14]\n    public string Open;\n')
    expect(sharp).toContain('public string Name\n    {\n        // [... 4 lines L19-22]\n    }\n')
    const script = `${'echo "made up, and long enough to be worth a gap"\n'.repeat(4)}`
    const { text: shell } = await aggressive(`a=1\nif [ "$a" ]; then\n${script}else\n${script}fi\nb=2\n`, 'a.sh')
    expect(shell).toContain('a=1\nif [ "$a" ]; then\n:  # [... 9 lines L3-11]\nfi\nb=2\n')
  })

  test('a file that is one function stays in balanced, and goes in aggressive', async () => {
    const text = `function all(state) {\n${body('a', 60)}}\n`
    expect((await aggressive(text, 'a.js')).text).toContain('function all(state) {\n  // [... 60 lines L2-61]\n}\n')
    expect((await made(text, { options: { 'min-lines': 1 }, hint: { path: 'a.js' } })).why).toBe('nothing-to-cut')
  })

  test('nested, arrow and anonymous functions alike', async () => {
    const text = `
export const load = async (path) => {
${body('a', 5)}
  function inner(x) {
${body('b', 5)}  }
  return inner
}
app.get('/items', async (request, response) => {
${body('c', 5)}})
export default class {
  close = () => {
${body('d', 5)}  }
}
`
    const { text: out } = await aggressive(text, 'a.js')
    for (const head of [
      'export const load = async (path) => {',
      'function inner(x) {',
      "app.get('/items', ",
      'close = () => {',
    ])
      expect(out).toContain(head)
    expect(out).not.toContain('compute')
  })

  test('a body that the grammar lost its way in goes where the layout tells its end, and no class behind a macro', async () => {
    const c = (name: string) => body(name, 5).replace(/'.*'\)/g, '0);')
    const lost = c('a').replace('compute', 'TRY_EACH(x) compute')
    const text = `API_BEGIN\nnamespace a {\nint first(int state) {\n${lost}\n#if B\n${lost}#endif\n}\n
class API Second {\n public:\n  int third(int state) {\n${c('b')}  }\n  int fourth();\n};\n
#if C\nint fifth(int state) {\n#else\nint sixth(int state) {\n#endif\n${c('c')}}\n}\nAPI_END\n`
    const { text: out } = await aggressive(text, 'a.cc')
    expect(out).toMatch(/int first\(int state\) \{\n\s*\/\/ \[\.\.\./)
    expect(out).toContain('int third(int state) {\n')
    expect(out).toContain('  int fourth();\n')
    expect(out).toContain(c('c'))
    expect(out).not.toContain('TRY_EACH')
  })

  test('a question keeps its function whole, and what that calls', async () => {
    const text = `${script(40)}function closeSession(id) {\n${body('close', 15)}  step3(id)\n}\n`
    const { text: out } = await made(text, { query: 'where are sessions closed', hint: { path: 'a.js' } })
    expect(out).toContain(body('close', 15))
    expect(out).toContain(body('s3_', 12))
    expect(out).not.toContain(body('s9_', 12))
  })

  test('a budget holds, with the answer in it', async () => {
    const text = `${script(60)}function closeSession(id) {\n${body('close', 8)}}\n`
    for (const budget of [300, 600, 2000]) {
      const {
        text: out,
        tokens,
        filter,
      } = await made(text, { budget, query: 'what does closeSession do', hint: { path: 'a.js' } })
      expect(tokens.after).toBeLessThanOrEqual(budget)
      expect(out).toContain(body('close', 8))
      expect(filter).toBe('min-code')
    }
  })
})

describe('forms', () => {
  const numbers: Record<string, (n: number) => string> = {
    'cat -n': n => `${String(n).padStart(6)}\t`,
    tab: n => `${n}\t`,
    colon: n => `${n}: `,
    arrow: n => `${String(n).padStart(6)}→`,
  }
  test.each(Object.keys(numbers))('numbered lines, %s', async form => {
    const text = script(4)
      .split('\n')
      .slice(0, -1)
      .map((line, i) => `${numbers[form]!(i + 120)}${line}\n`)
      .join('')
    const { text: out } = await aggressive(text, 'a.js')
    expect(out).toContain(`${numbers[form]!(120)}export function step0(state) {\n`)
    expect(out).toContain('12 lines L2-13: 121-132]')
  })

  test('a notebook stays JSON, its tracebacks whole, its code and long outputs in place', async () => {
    const source = `%time\ndef load(path):\n${body('a', 40)}    raise ValueError("no \\"path\\"")`.split(/(?<=\n)/)
    const traceback = Array.from({ length: 30 }, (_, i) => `frame ${i}`)
    const outputs = [
      { name: 'stdout', output_type: 'stream', text: Array.from({ length: 400 }, (_, i) => `row ${i}\n`) },
      { data: { 'image/png': 'iVBO'.repeat(500) }, metadata: {}, output_type: 'display_data' },
      { ename: 'KeyError', evalue: 'x', output_type: 'error', traceback },
    ]
    const cell = { cell_type: 'code', execution_count: 1, metadata: {}, outputs, source }
    const text = `${JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`
    for (const mode of ['balanced', 'aggressive'] as const) {
      const { text: out } = await made(text, { mode, hint: { path: 'a.ipynb' } })
      const [kept] = JSON.parse(out.slice(out.indexOf('\n') + 1)).cells
      expect(kept.source.slice(0, 2)).toEqual(['%time\n', 'def load(path):\n'])
      expect(kept.source).toHaveLength(3)
      expect(kept.outputs[0].text.at(-1)).toMatch(/^\[\.\.\. \d+ lines L/)
      expect(kept.outputs[1].data['image/png']).toMatch(/^\[\.\.\. 1 line L\d+: \d+ characters\]$/)
      expect(kept.outputs[2].traceback).toEqual(traceback)
    }
  })

  test('the outline has every definition with its lines', async () => {
    const { text } = await made(script(30), { mode: 'balanced', options: { outline: true }, hint: { path: 'a.js' } })
    expect(text.split('\n')[0]).toContain('min-code outline')
    expect(text).toContain('L1-14 ')
    expect(text).toContain('step29')
    expect(isOurs(text)).toBe(true)
  })

  test.each([
    ['#!/usr/bin/env python3\nx = 1\n', '', 'python'],
    ['#!/bin/sh\necho\n', '', 'bash'],
    ['<?php\necho 1;\n', '', 'php'],
    ['class A {\npublic:\n  int b;\n};\n', 'a.h', 'cpp'],
    ['int a(void);\n', 'a.h', 'c'],
    ['package main\n\nfunc a() {\n\tb := 1\n}\n\nfunc c() {\n}\n', '', 'go'],
    ['use std::io;\npub fn a() {\n    let mut b = 1;\n}\nimpl A {\n}\n', '', 'rust'],
  ])('%j %s is %s', (text, path, expected) => {
    expect(languageOf(text, { path })).toBe(expected as 'c')
  })

  test('what an edit touches is parsed as well as the whole', async () => {
    const folder = join(import.meta.dir, '../filters/min-code/cases')
    for (const file of readdirSync(folder).filter(name => /^[^.]+\.(?:py|rs|go|java|rb|php|c|cs|ts)\.in$/.test(name))) {
      const whole = readFileSync(join(folder, file), 'utf8')
      for (const text of [whole, whole.slice(0, whole.length / 2), `${whole.slice(0, 900)}{(${whole.slice(900)}`]) {
        const reading = await readCode(text, { path: file.slice(0, -3) }, models, () => {})
        if (!reading) continue
        const { lines, syntax } = reading.code
        const [line, count] = [lines.count >> 2, lines.count >> 1]
        const [start, end] = [lines.starts[line]!, lines.end(line + count - 1)]
        const after = `${text.slice(0, start)}\n${text.slice(end)}`
        const edits = [{ line, count, start, end, length: 1 }]
        const anew = reading.grammar.read(after, {}, () => {})
        expect(syntax.errorsAfter(after, edits, () => {})?.length).toBe(anew?.errors.length)
        anew?.close()
        syntax.close()
        expect(syntax.errorsAfter(after, edits, () => {})).toBeUndefined()
      }
    }
  })

  test('what is left parses, in every language', async () => {
    const reading = await readCode(script(5), { path: 'a.ts' }, models, () => {})
    expect(reading?.code.syntax.errors).toEqual([])
    expect(await models.grammar('cobol')).toBeUndefined()
  })
})
