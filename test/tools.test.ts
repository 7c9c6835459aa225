import { describe, expect, test } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { textOf } from '../ccr/text.ts'
import { expand } from '../filters/expand.ts'
import { MODES } from '../filters/filter.ts'
import { filterOf } from '../filters/index.ts'
import { models } from '../models/load.ts'
import { holds } from './laws.ts'

/**
 * What tools print here and now, through `auto` in all modes: the laws hold, lines that are still in view stand in their order, and JSON
 * that comes out without gaps has every value in its place. A tool that this machine lacks, or that prints nothing, is skipped.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const tokenizer = await models.tokenizer('o200k_base')
const auto = (await filterOf('auto'))!

const NODE = 'node'
const COMMANDS: readonly (readonly string[])[] = [
  [NODE, '--help'],
  [NODE, '--v8-options'],
  [NODE, '-p', 'JSON.stringify(process.report.getReport(), null, 2)'],
  [NODE, '-p', 'JSON.stringify(process.report.getReport().sharedObjects)'],
  [NODE, '-p', 'JSON.stringify(process.config)'],
  [NODE, '-p', 'JSON.stringify(os.constants, null, 2)'],
  [NODE, '-p', 'JSON.stringify(os.cpus())'],
  [NODE, '-p', 'process.report.getReport().javascriptHeap'],
  [NODE, '-p', 'require("module").builtinModules.join("\\n")'],
  [NODE, '-e', 'console.table(Object.entries(process.versions))'],
  [NODE, '-e', 'for (const [k, v] of Object.entries(http.STATUS_CODES)) console.log(JSON.stringify({ k, v }))'],
  [NODE, '-e', 'console.log(util.inspect(globalThis, { depth: 3 }))'],
  [
    NODE,
    '-e',
    'function f(n) { if (n === 0) throw new Error("deep"); f(n - 1) } Error.stackTraceLimit = 60; try { f(80) } catch (e) { console.log(e.stack) }',
  ],
  [
    NODE,
    '-e',
    'for (let i = 0; i < 400; i++) console.log(new Date(1.7e12 + i * 977).toISOString(), ["INFO", "WARN"][i % 9 ? 0 : 1], "worker", i % 4, "took", (i * 37) % 211, "ms")',
  ],
  [
    NODE,
    '-e',
    'const { test } = require("node:test"); for (let i = 0; i < 90; i++) test("case " + i, () => { if (i === 41) throw new Error("no") })',
  ],
  ['npm', 'help', 'install'],
  ['npm', 'ls', '--all', '--offline'],
  ['npm', 'ls', '--all', '--json', '--offline'],
  ['npm', 'ls', '--all', '--parseable', '--offline'],
  ['npm', 'pkg', 'get'],
  ['git', 'log', '-40'],
  ['git', 'log', '--oneline', '-200'],
  ['git', 'log', '--stat', '-12'],
  ['git', 'log', '--graph', '--oneline', '-60'],
  ['git', 'log', '--pretty=fuller', '-15'],
  ['git', 'log', '-p', '-3'],
  ['git', 'log', '--numstat', '-10'],
  ['git', 'show', '--stat', 'HEAD'],
  ['git', 'show', 'HEAD'],
  ['git', 'diff', 'HEAD~3', 'HEAD'],
  ['git', 'diff', '--name-status', 'HEAD~3', 'HEAD'],
  ['git', 'diff', '--word-diff', 'HEAD~1', 'HEAD'],
  ['git', 'format-patch', '--stdout', '-2'],
  ['git', 'blame', 'package.json'],
  ['git', 'ls-files'],
  ['git', 'ls-files', '-s'],
  ['git', 'ls-tree', '-r', '-l', 'HEAD'],
  ['git', 'grep', '-n', 'export function'],
  ['git', 'grep', '-n', '--heading', '--break', 'import type'],
  ['git', 'grep', '-c', 'const'],
  ['git', 'grep', '-n', '--color=always', 'return undefined'],
  ['git', 'help', '-a'],
  ['git', 'help', '-g'],
  ['git', 'count-objects', '-v'],
  ['git', 'cat-file', '-p', 'HEAD^{tree}'],
  ['find', 'filters', '-type', 'f'],
  ['find', 'filters', '-type', 'f', '-ls'],
  ['ls', '-la'],
  ['ls', '-lR', 'commands'],
  ['ls', '-R', 'evals'],
  ['du', '-a', 'filters'],
  ['df', '-h'],
  ['wc', '-l', 'package.json', 'README.md', 'CHANGELOG.md'],
  ['cat', 'package-lock.json'],
  ['cat', 'README.md'],
  ['grep', '-rn', 'signal', 'filters/log'],
  ['grep', '-rnC2', 'throw new', 'ccr'],
  ['od', '-c', 'LICENSE'],
  ['node_modules/.bin/tsc', '--showConfig'],
  ['node_modules/.bin/tsc', '--listFilesOnly'],
  ['node_modules/.bin/tsc', '--help'],
  ['node_modules/.bin/biome', 'rage', '--formatter'],
  ['node_modules/.bin/bun', '--help'],
]

describe('what tools print', () => {
  for (const [program, ...args] of COMMANDS) {
    const name = `${program} ${args.join(' ')}`.slice(0, 80)
    const { stdout } = spawnSync(program!, args, { cwd: root, maxBuffer: 1 << 26, timeout: 30_000 })
    test.skipIf(!stdout?.length)(name, () => check(stdout.subarray(0, 400_000)), 30_000)
  }
  test('there are at least fifty', () => expect(COMMANDS.length).toBeGreaterThanOrEqual(50))
})

async function check(input: Uint8Array): Promise<void> {
  for (const mode of MODES) {
    const { bytes, results } = await holds(auto, input, mode, filterOf, tokenizer)
    const alone = textOf((await expand(bytes, filterOf)).bytes)
    // Prose loses words inside its lines.
    if (results.every(({ filter }) => filter !== 'kompress')) inOrder(textOf(input), alone)
    if (mode === 'lossless') expect(alone).toBe(textOf(input))
  }
}

/** The lines in view that are the original's stand in its order. */
function inOrder(original: string, alone: string): void {
  const lines = original.split('\n')
  let at = 0
  for (const line of alone.split('\n')) {
    if (line.trim() === '') continue
    const next = lines.indexOf(line, at)
    if (next >= 0) at = next + 1
    else if (lines.includes(line)) throw new Error(`out of its order: ${line}`)
  }
}
