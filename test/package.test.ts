import { beforeAll, describe, expect, test } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshHome } from './io.ts'

/** What npm publishes, installed from its tarball into an empty folder, under Node 22: equal bytes everywhere, and the examples. */
const root = join(import.meta.dir, '..')
const folder = mkdtempSync(join(tmpdir(), 'headroom-package-'))
const env = { ...process.env, ...freshHome() }
const run = (command: string, words: readonly string[]) =>
  spawnSync(command, words, { cwd: folder, env, encoding: 'utf8' })
const node = (...words: string[]) => run(join(folder, 'node_modules/.bin/node'), words)
const built = join(root, 'dist/headroom')

beforeAll(() => {
  const packed = spawnSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root, encoding: 'utf8' })
  expect({ status: packed.status, stderr: packed.status ? packed.stderr : '' }).toEqual({ status: 0, stderr: '' })
  writeFileSync(join(folder, 'package.json'), '{"name":"empty","version":"1.0.0"}')
  const installed = run('npm', [
    'install',
    '--no-audit',
    '--no-fund',
    'node@22',
    `./${packed.stdout.trim().split('\n').at(-1)}`,
  ])
  expect({ status: installed.status, stderr: installed.status ? installed.stderr : '' }).toEqual({
    status: 0,
    stderr: '',
  })
  for (const name of ['text.mjs', 'messages.mjs', 'spark.log']) cpSync(join(root, 'examples', name), join(folder, name))
}, 180_000)

describe('the package', () => {
  test('takes at most 60 MB, Node left out', () => {
    const { stdout } = run('du', ['-sm', '--exclude=node', '--exclude=node-bin*', 'node_modules'])
    expect(Number.parseInt(stdout, 10)).toBeLessThanOrEqual(60)
  })
  test('its examples run', () => {
    const text = node('text.mjs')
    expect(text.stderr).toBe('')
    expect(text.stdout).toMatch(/^log: \d+ -> \d+ tokens\n[\s\S]*every byte comes back: true\n$/)
    expect(node('messages.mjs').stdout).toMatch(
      /^tool results: \d+ -> \d+ tokens\nthe question is the same object: true\ncache_control stays: \{"type":"ephemeral"\}\n$/,
    )
  })
  test('its command works', () => {
    const { stdout, status } = node('node_modules/.bin/headroom', 'log', 'spark.log')
    expect(status).toBe(0)
    expect(stdout.startsWith('[hr ')).toBe(true)
  })
  test('pipe, file, library text and messages give equal bytes under Bun, Node and in the binary', () => {
    const inputs = join(folder, 'inputs')
    mkdirSync(inputs)
    for (const path of inputFiles()) cpSync(path, join(inputs, path.replaceAll('/', '_')))
    writeFileSync(join(folder, 'outputs.mjs'), OUTPUTS)
    const reference = node('outputs.mjs', 'library')
    expect(reference.stderr).toBe('')
    const doors: [string, string][] = [
      ['messages', node('outputs.mjs', 'messages').stdout],
      [
        'node',
        node('outputs.mjs', 'files', join(folder, 'node_modules/.bin/node'), 'node_modules/.bin/headroom').stdout,
      ],
      ['bun', node('outputs.mjs', 'files', process.execPath, join(root, 'bin/headroom.ts')).stdout],
      ['pipe', node('outputs.mjs', 'pipe', process.execPath, join(root, 'bin/headroom.ts')).stdout],
    ]
    if (existsSync(built)) doors.push(['binary', node('outputs.mjs', 'files', built).stdout])
    for (const [door, hashes] of doors) expect({ door, hashes }).toEqual({ door, hashes: reference.stdout })
  }, 180_000)
})

/** Small files of this checkout, and of the corpora beside it where they are. */
function inputFiles(): string[] {
  const cases = join(root, 'evals/cases')
  const corpora = join(root, '../shared/corpora')
  const within = (base: string) =>
    existsSync(base)
      ? readdirSync(base, { recursive: true, withFileTypes: true })
          .filter(entry => entry.isFile() && entry.parentPath !== base)
          .map(entry => join(entry.parentPath, entry.name))
      : []
  return [...within(cases), ...within(corpora)].filter(path => readFileSync(path).length < 60_000)
}

/** Prints a hash of each input's output, made by the library from texts or messages, or by a command from files or, for every third, a pipe. */
const OUTPUTS = `
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createHeadroom } from 'headroom-ai'
const [door, program, ...first] = process.argv.slice(2)
const headroom = createHeadroom({ store: 'memory' })
const run = (words, input) => spawnSync(program, [...first, ...words], { encoding: 'utf8', maxBuffer: 1e9, input }).stdout
if (door === 'files') run(['compress', 'inputs', '--out', 'out-' + process.pid, '--jobs', '1'])
const library = async (text, path) => (await headroom.compress(text, { hint: { path } })).text
const shorten = {
  library,
  messages: async (text, path) => (await headroom.compress([{ role: 'tool', content: text }], { minTokens: 0, hint: { path } })).messages[0].content,
  files: async (_, path) => readFileSync('out-' + process.pid + '/' + path, 'utf8'),
  // A pipe has no path, which may steer the choice of a filter: it is held to the library without one.
  pipe: async (text, path, i) => (i % 3 === 0 ? run(['auto'], text) === (await headroom.compress(text)).text ? library(text, path) : 'other' : library(text, path)),
}[door]
for (const [i, name] of readdirSync('inputs').sort().entries()) {
  const path = 'inputs/' + name
  const text = await shorten(readFileSync(path, 'utf8'), path, i)
  console.log(name, createHash('sha256').update(text).digest('hex').slice(0, 16))
}
`
