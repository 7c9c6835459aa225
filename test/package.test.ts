import { beforeAll, describe, expect, test } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createHeadroom } from '../library/index.ts'
import { freshHome, type } from './io.ts'

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
  test('file, library text and messages give equal bytes under Bun, Node and in the binary, whole corpora', () => {
    const inputs = join(folder, 'inputs')
    mkdirSync(inputs)
    for (const path of inputFiles()) cpSync(path, join(inputs, basename(path)))
    writeFileSync(join(folder, 'outputs.mjs'), OUTPUTS)
    const reference = node('outputs.mjs', 'library')
    expect(reference.stderr).toBe('')
    const doors: [string, string][] = [
      [
        'node',
        node('outputs.mjs', 'files', join(folder, 'node_modules/.bin/node'), 'node_modules/.bin/headroom').stdout,
      ],
      ['bun', node('outputs.mjs', 'files', process.execPath, join(root, 'bin/headroom.ts')).stdout],
    ]
    if (existsSync(built)) doors.push(['binary', node('outputs.mjs', 'files', built).stdout])
    for (const [door, hashes] of doors) expect({ door, hashes }).toEqual({ door, hashes: reference.stdout })
  }, 240_000)
  test('a pipe gives what the library gives without a path', async () => {
    const headroom = createHeadroom({ store: 'memory' })
    for (const path of inputFiles()) {
      const text = readFileSync(path, 'utf8')
      const { out } = await type(['auto'], { stdin: text })
      expect({ path, same: out === (await headroom.compress(text)).text }).toEqual({ path, same: true })
    }
  }, 120_000)
})

/** The files of this checkout's cases, and of the corpora beside it where they are. */
function inputFiles(): string[] {
  const bases = [join(root, 'evals/cases'), join(root, '../shared/corpora')]
  return bases.filter(existsSync).flatMap(base =>
    readdirSync(base, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && entry.parentPath !== base)
      .map(entry => join(entry.parentPath, entry.name)),
  )
}

/** Prints a hash of each input's output, made by the library from texts, and from messages the same, or by a command from files. */
const OUTPUTS = `
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createHeadroom } from 'headroom-ai'
const [door, program, ...first] = process.argv.slice(2)
const out = 'out-' + process.pid
if (door === 'files') spawnSync(program, [...first, 'compress', 'inputs', '--out', out, '--jobs', '2'])
const headroom = createHeadroom({ store: 'memory' })
async function library(path) {
  const text = readFileSync(path, 'utf8')
  const shorter = (await headroom.compress(text, { hint: { path } })).text
  const [message] = (await headroom.compress([{ role: 'tool', content: text }], { minTokens: 0, hint: { path } })).messages
  return message.content === shorter ? shorter : 'other as a message'
}
for (const name of readdirSync('inputs').sort()) {
  const path = 'inputs/' + name
  const text = door === 'files' ? readFileSync(out + '/' + path, 'utf8') : await library(path)
  console.log(name, createHash('sha256').update(text).digest('hex').slice(0, 16))
}
`
