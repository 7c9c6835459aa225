import { describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { markersOf } from '../ccr/marker.ts'
import { bytesOf, textOf } from '../ccr/text.ts'
import diff from '../filters/diff/index.ts'
import { expand } from '../filters/expand.ts'
import { type Ask, run } from '../filters/run.ts'
import { models } from '../models/load.ts'
import { testHost } from './host.ts'
import { LARGE_INPUTS, SMALL_INPUTS } from './inputs.ts'
import { holds } from './laws.ts'

const tokenizer = await models.tokenizer('o200k_base')
const filterOf = (name: string) => (name === 'diff' ? diff : undefined)

async function roundTrip(text: string, ask: Ask = {}) {
  const host = testHost({ tokenizer })
  const result = await run(diff, text, ask, host)
  const back = await expand(bytesOf(result.text), filterOf, host.memory)
  expect(textOf(back.bytes)).toBe(text)
  expect(host.reports).toEqual([])
  return result
}

const bodyOf = async (text: string, ask: Ask = { mode: 'lossless' }) => {
  const { text: out } = await roundTrip(text, ask)
  return out.slice(out.indexOf('\n') + 1)
}
const many = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i)).join('')

const header = (path: string, hashes = '631580b..4b88a75') =>
  `diff --git a/${path} b/${path}\nindex ${hashes} 100644\n--- a/${path}\n+++ b/${path}\n`
const context = (count: number, from = 0) =>
  many(count, i => ` const value${from + i} = compute(${from + i}, options)\n`)
/** A hunk with one line changed between three lines of context. */
const hunk = (line: number, text = 'x') =>
  `@@ -${line},7 +${line},7 @@ function f${line}() {\n${context(3, line)}-  old(${text})\n+  new(${text})\n${context(3, line + 4)}`

describe('what is folded', () => {
  const cases: [name: string, text: string, body: string][] = [
    [
      'the header of a file, and the counts of its hunks',
      header('src/a.ts') + hunk(10),
      `diff src/a.ts 631580b..4b88a75 100644\n@@ -10 +10 @@ function f10() {\n${hunk(10).slice(hunk(10).indexOf('\n') + 1)}`,
    ],
    [
      'the signs of a new file',
      'diff --git a/n.py b/n.py\nnew file mode 100644\nindex 0000000..89abcde\n--- /dev/null\n+++ b/n.py\n@@ -0,0 +1,3 @@\n+def f():\n+    return 1\n+\n',
      'diff n.py new 100644 ..89abcde\n@@ +1,3 @@\ndef f():\n    return 1\n\n',
    ],
    [
      'a deleted file without a last line end',
      'diff --git a/n.py b/n.py\ndeleted file mode 100755\nindex 89abcde..0000000\n--- a/n.py\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n\\ No newline at end of file\n',
      'diff n.py deleted 100755 89abcde..\n@@ -1,2 @@\na\nb\n\\ No newline at end of file\n',
    ],
    [
      'renamed, with another mode, binary',
      'diff --git a/old/a.bin b/new/a.bin\nold mode 100644\nnew mode 100755\nsimilarity index 92%\nrename from old/a.bin\nrename to new/a.bin\nindex 1234567..89abcde\nBinary files a/old/a.bin and b/new/a.bin differ\n',
      'diff new/a.bin mode 100644->100755 rename 92% from old/a.bin 1234567..89abcde binary\n',
    ],
    [
      'commits by authors that come often',
      many(
        4,
        i =>
          `${i ? '\n' : ''}commit ${String(i).repeat(40)}\nAuthor: Ann Author <ann@example.com>\nDate:   Mon Jan 1${i} 10:00:00 2024 +0100\n\n    step ${i}\n`,
      ),
      `A=Ann Author <ann@example.com>\n\n${many(4, i => `commit ${String(i).repeat(40)} by =A on Mon Jan 1${i} 10:00:00${i ? '' : ' 2024 +0100'}\n    step ${i}\n`)}`,
    ],
    [
      'a diffstat',
      ' src/auth/login.ts |   5 ++---\n src/auth/token.ts |   2 ++\n docs/big.md       | 250 +++++---\n 3 files changed, 204 insertions(+), 53 deletions(-)\n',
      '|src/auth/*: login.ts=2+3- token.ts=2+\n|docs/big.md=250:+++++---\n|3 files 204+ 53-\n',
    ],
    [
      'names of changed files',
      'M\tdocs/a.md\nM\tdocs/b.md\nM\tdocs/c.md\nM\tdocs/d.md\nA\tdocs/e.md\nR100\told.ts\tnew.ts\nM\tsrc/auth/login.ts\nM\tsrc/auth/page.html\n',
      'M\tdocs/*.md: a b c d\nA\tdocs/e.md\nR100\told.ts\tnew.ts\nM\tsrc/auth/*: login.ts page.html\n',
    ],
    [
      'git status, with names that look like notation',
      'On branch main\nChanges to be committed:\n  (use "git restore --staged <file>..." to unstage)\n\tnew file:   src/a.ts\n\tnew file:   src/b.ts\n\tnew file:   src/c.ts\n\tnew file:   src/d.ts\n\trenamed:    a -> b\n\nUntracked files:\n\tx*y: z\n\ta b.ts\n',
      'On branch main\nChanges to be committed:\n  (use "git restore --staged <file>..." to unstage)\n\tnew file:   src/*.ts: a b c d\n\trenamed:    a -> b\n\nUntracked files:\n\\\tx*y: z\n\ta b.ts\n',
    ],
    [
      'git status --short',
      many(4, i => ` M src/p${i}.ts\n`) + many(4, i => `?? t/q${i}.ts\n`),
      ' M src/*.ts: p0 p1 p2 p3\n?? t/*.ts: q0 q1 q2 q3\n',
    ],
    [
      'a log in the fuller format, its committer once',
      many(
        3,
        i =>
          `${i ? '\n' : ''}commit ${String(i).repeat(40)}\nAuthor:     Ann <ann@example.com>\nAuthorDate: Wed Apr 8 21:04:0${i} 2026 -0700\nCommit:     ${i < 2 ? 'Build machine <build@machine.example.com>' : 'Ann <ann@example.com>'}\nCommitDate: Wed Apr 8 21:04:0${i ? i : 9} 2026 -0700\n\n    subject ${i}\n`,
      ),
      `A=Build machine <build@machine.example.com>\n\ncommit ${'0'.repeat(40)} by Ann <ann@example.com> on Wed Apr 8 21:04:00 2026 -0700; committed by =A on Wed Apr 8 21:04:09\n    subject 0\ncommit ${'1'.repeat(40)} by Ann <ann@example.com> on Wed Apr 8 21:04:01; committed by =A\n    subject 1\ncommit ${'2'.repeat(40)} by Ann <ann@example.com> on Wed Apr 8 21:04:02; committed\n    subject 2\n`,
    ],
    [
      'a graph without forks',
      many(
        4,
        i =>
          `* commit ${String(i).repeat(40)}\n${['Author: Ann <ann@example.com>', `Date:   Wed Apr 8 21:04:0${i} 2026 -0700`, '', `    subject ${i}`, ...(i < 3 ? [''] : [])].map(line => `${i < 3 ? '|' : ' '} ${line}\n`).join('')}`,
      ),
      `A=Ann <ann@example.com>\n\ncommit ${'0'.repeat(40)} by =A on Wed Apr 8 21:04:00 2026 -0700\n    subject 0\n${many(3, i => `commit ${String(i + 1).repeat(40)} by =A on Wed Apr 8 21:04:0${i + 1}\n    subject ${i + 1}\n`)}`,
    ],
    [
      'blame',
      many(
        6,
        i =>
          `${i < 3 ? '44ffe6c6d' : '^3483683b'} (Ann Author 2023-04-20 08:30:45 -0700 ${i + 8 < 10 ? ' ' : ''}${i + 8}) line ${i}\n`,
      ),
      'A=44ffe6c6d (Ann Author 2023-04-20 08:30:45 -0700\nB=^3483683b (Ann Author 2023-04-20 08:30:45 -0700\n\n8A line 0\n line 1\n line 2\n11B line 3\n line 4\n line 5\n',
    ],
  ]
  for (const [name, text, body] of cases) test(name, async () => expect(await bodyOf(text)).toBe(body))
})

describe('what is left out by default', () => {
  test('context but for the line next to a change, with the place where the diff goes on', async () => {
    const body = await bodyOf(header('src/a.ts') + hunk(10) + hunk(60), {})
    expect(body).toBe(
      `diff src/a.ts\n[... 6 lines L2-7] @@ -12 +12 @@ function f10() {\n${context(1, 12)}-  old(x)\n+  new(x)\n${context(1, 14)}` +
        `[... 5 lines L12-16] @@ -62 +62 @@ function f60() {\n${context(1, 62)}-  old(x)\n+  new(x)\n${context(1, 64)}[... 2 lines L21-22]\n`,
    )
  })
  test('never a change, and nothing that costs more to tell of', async () => {
    const text = header('src/a.ts') + many(40, i => hunk(10 + 20 * i, `${i}`))
    const { text: out } = await roundTrip(text)
    for (const line of text.split('\n').filter(line => /^[-+] /.test(line))) expect(out).toContain(`\n${line}\n`)
  })
  const changed = (path: string, lines: string) =>
    `${header('src/a.ts')}${hunk(10)}${header(path)}@@ -1,40 +1,40 @@\n${lines}`
  const pairs = (old: (i: number) => string, now: (i: number) => string) =>
    many(40, i => `-${old(i)}\n`) + many(40, i => `+${now(i)}\n`)
  const versions = pairs(
    i => `    "version": "1.${i}.0",`,
    i => `    "version": "2.${i}.0",`,
  )
  const noise: [string, string, string][] = [
    ['web/package-lock.json', versions, 'lock file, +40 -40'],
    ['vendor/github.com/x/y.go', versions, 'vendored, +40 -40'],
    ['dist/app.min.js', versions, 'minified, +40 -40'],
    ['api/user.pb.go', versions, 'generated, +40 -40'],
    [
      'api/user.go',
      versions.replace('+', '+// Code generated by stringer; DO NOT EDIT.\n+').replace('+1,40', '+1,41'),
      'generated',
    ],
    [
      'src/b.py',
      pairs(
        i => `if x${i}: y()`,
        i => `    if x${i}: y()`,
      ),
      'only white space changes, +40 -40',
    ],
  ]
  for (const [path, lines, what] of noise)
    test(`the lines of ${path}: ${what}`, async () => {
      const body = await bodyOf(changed(path, lines), {})
      expect(body).toContain(`diff ${path} 631580b..4b88a75 100644\n[... 8`)
      expect(body).toContain(what)
    })
  test('lines that are removed in another place', async () => {
    const block = (sign: string, indent = '') => many(8, i => `${sign}${indent}  const total${i} = add(total, ${i})\n`)
    const text = `${header('a.ts')}@@ -1,10 +1,2 @@\n${block('-')}${context(2)}${header('b.ts')}@@ -1,2 +1,10 @@\n${block('+', '  ')}${context(2)}`
    expect(await bodyOf(text, {})).toContain('[... 8 added lines L21-28: moved, removed at L6-13, indented anew]\n')
  })
  test('not the words that --word-diff marks', async () => {
    const text = `${header('a.md')}@@ -1,9 +1,9 @@\n${context(4)} a [-b-]{+c+} d\n${context(4, 5)}`
    expect(await bodyOf(text, {})).toContain('\n a [-b-]{+c+} d\n')
  })
})

describe('a budget', () => {
  const text = many(30, f => header(`src/file${f}.ts`) + many(6, i => hunk(10 + 20 * i, `${f * 7}, ${i}`)))
  test('keeps what the question asks for, under its file, with its line', async () => {
    const { text: out, tokens } = await roundTrip(text, { budget: 400, query: 'what became of old(147, 3)?' })
    expect(tokens.after).toBeLessThanOrEqual(400)
    const rest = out.slice(out.indexOf('diff src/file21.ts'))
    expect(rest).toMatch(/\n\[\.\.\. \d+ lines L[\d-]+\] @@ -72 \+72 @@ function f70\(\) \{\n/)
    expect(rest).toContain('-  old(147, 3)\n+  new(147, 3)\n')
  })
  test('names files that are left out, with what was changed in them', async () => {
    const { text: out } = await roundTrip(text, { budget: 1000 })
    expect(out).toMatch(/\] src\/file\d+\.ts=6\+6- src\/file\d+\.ts=6\+6-/)
  })
  test('covers every line', async () => {
    const { text: out } = await roundTrip(text, { mode: 'aggressive' })
    const hidden = markersOf(out).flatMap(({ where }) => (where.kind === 'lines' ? where.ranges : []))
    expect(hidden.length).toBeGreaterThan(0)
  })
  test('thins out blame', async () => {
    const blame = many(
      300,
      i => `44ffe6c6d (Ann Author 2023-04-20 08:30:45 -0700 ${String(i + 1).padStart(3)}) x = call(${i * 7})\n`,
    )
    expect(await bodyOf(blame, { budget: 200, query: 'who wrote call(1400)?' })).toContain('\n201A x = call(1400)\n')
  })
})

describe('what is none of it', () => {
  const none: [string, string][] = [
    ['a log', many(60, i => `2024-01-15 10:00:${10 + (i % 50)} INFO worker: request ${i}\n`)],
    ['Markdown with lists and rules', many(30, i => `- item ${i}\n+ other ${i}\n---\n`)],
    ['a table of signs', many(30, i => `| + | - | ${i} |\n`)],
    ['YAML', many(30, i => `---\n- name: x${i}\n  value: ${i}\n`)],
    ['hashes', many(30, i => `${String(i % 10).repeat(40)}  file${i}.txt\n`)],
  ]
  for (const [name, text] of none)
    test(name, async () => {
      expect(diff.fits(text, {})).toBe(0)
      expect((await roundTrip(text)).why).toBeDefined()
    })
})

describe('laws', () => {
  for (const mode of ['lossless', 'balanced', 'aggressive'] as const)
    test(`hold on every bad input, ${mode}`, async () => {
      for (const [, make] of SMALL_INPUTS) await holds(diff, make(), mode, filterOf, tokenizer)
    }, 60_000)
  test('hold on large inputs', async () => {
    for (const [, make] of LARGE_INPUTS) {
      const { results } = await holds(diff, make(), 'balanced', filterOf, tokenizer)
      for (const { why } of results) expect(why).not.toBe('too-slow')
    }
  }, 120_000)
  test('hold on 10,000 files in counted steps, in every mode', async () => {
    const text = many(10_000, i => header(`src/d${i % 100}/f${i}.ts`) + hunk(10 + i, `${i}`))
    for (const ask of [{}, { mode: 'aggressive' }, { budget: 2000, query: 'old(9000)' }] as const)
      expect((await roundTrip(text, ask)).why).toBeUndefined()
  }, 60_000)

  test('hold on diffs with lines put in, left out and cut off', async () => {
    const whole = [
      `commit ${'ab'.repeat(20)}\nAuthor: A B <a@b.c>\nDate:   Mon Jan 1 10:00:00 2024 +0100\n\n    text\n\n`,
      ` a.ts | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n`,
      header('src/a.ts') + hunk(10) + hunk(40),
      'diff --git a/n b/n\nnew file mode 100644\nindex 0000000..89abcde\n--- /dev/null\n+++ b/n\n@@ -0,0 +1,2 @@\n+a\n+b\n',
      header('yarn.lock') + hunk(5),
    ]
      .join('')
      .split('\n')
    const odd = fc.constantFrom(
      ...[
        '',
        ' ',
        '+',
        '-',
        '\\',
        '~',
        '=A',
        '|',
        '|1 files 2+',
        'diff x',
        'diff x ..1',
        'commit x by y on z',
        '@@ -1 +1 @@',
        '@@ +1,2 @@',
      ],
      ...[
        '@@ -1,2 @@',
        '[... 3 lines L1-3]',
        '\r',
        '-- ',
        '--- a',
        '+++ b',
        '\u0000',
        '\udc80',
        '+\u2028',
        'A=x',
        ' a | 1 +',
        whole[0]!,
      ],
    )
    const edit = fc.tuple(fc.nat(whole.length), fc.nat(4), fc.array(odd, { maxLength: 2 }))
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 5 }), fc.boolean(), async (edits, ends) => {
        const lines = [...whole]
        for (const [at, drop, put] of edits) lines.splice(at, drop, ...put)
        const text = textOf(bytesOf(lines.join('\n') + (ends ? '\n' : '')))
        for (const mode of ['lossless', 'balanced', 'aggressive'] as const) await roundTrip(text, { mode })
      }),
      { numRuns: 300 },
    )
  }, 60_000)
})

const corpus = join(import.meta.dir, '../../shared/corpora/diffs')
describe.skipIf(!existsSync(corpus))('the corpus (skipped where it is absent)', () => {
  test('a fifth is saved without loss, a quarter by default', async () => {
    const saved = { lossless: 0, balanced: 0 }
    let before = 0
    for (const name of readdirSync(corpus)) {
      const text = textOf(readFileSync(join(corpus, name)))
      before += tokenizer.count(text)
      for (const mode of ['lossless', 'balanced'] as const) {
        const { tokens } = await roundTrip(text, { mode })
        saved[mode] += tokens.before - tokens.after
      }
    }
    expect(saved.lossless).toBeGreaterThan(0.2 * before)
    expect(saved.balanced).toBeGreaterThan(0.25 * before)
  }, 60_000)
})
