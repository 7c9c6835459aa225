import { describe, expect, test } from 'bun:test'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshHome } from './io.ts'

/** What only a process can show: exit codes, broken pipes, other time zones and locales, the compiled binary from an empty folder. */
const root = join(import.meta.dir, '..')
const example = join(root, 'examples/spark.log')
const spark = readFileSync(example)
const built = join(root, 'dist/headroom')

const source = ['bun', join(root, 'bin/headroom.ts')]
const emptyFolder = mkdtempSync(join(tmpdir(), 'headroom-empty-'))
const binary = [join(emptyFolder, 'headroom')]
if (existsSync(built)) copyFileSync(built, binary[0]!)

interface Ran {
  readonly code: number
  readonly out: Buffer
  readonly err: string
}

async function run(
  command: readonly string[],
  words: readonly string[],
  { stdin = '', env = {} }: { stdin?: string | Uint8Array; env?: Record<string, string | undefined> } = {},
): Promise<Ran> {
  const child = Bun.spawn([...command, ...words], {
    cwd: emptyFolder,
    stdin: Buffer.from(stdin as string),
    stdout: 'pipe',
    stderr: 'pipe',
    env: { PATH: process.env.PATH, ...freshHome(), ...env },
  })
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).arrayBuffer(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { code, out: Buffer.from(out), err }
}

const forms: [string, readonly string[], boolean][] = [
  ['the source', source, true],
  ['the binary', binary, existsSync(built)],
]
for (const [name, command, there] of forms)
  describe.skipIf(!there)(`${name}${there ? '' : ': skipped, since npm run build:binary has not been run'}`, () => {
    test('the row of the README: a pipe in, shorter out, and back', async () => {
      const env = freshHome()
      const short = await run(command, ['kompress', '--stats', '--mode', 'aggressive'], { stdin: spark, env })
      expect(short).toMatchObject({ code: 0 })
      expect(short.err).toMatch(/^headroom: log, aggressive: .* % saved, original in the store as [0-9a-f]{10}\n$/)
      const id = /store as (\w+)/.exec(short.err)![1]!
      expect((await run(command, ['retrieve', id, 'L40-60'], { env })).out.toString()).toBe(
        spark
          .toString()
          .split(/(?<=\n)/)
          .slice(39, 60)
          .join(''),
      )
      const back = await run(command, ['expand'], { stdin: short.out, env })
      expect(Buffer.compare(back.out, spark)).toBe(0)
      expect((await run(command, ['store', 'list'], { env })).out.toString()).toContain(id)
    })
    test('equal bytes in any time zone, locale and process', async () => {
      const outputs = []
      for (const env of [
        { TZ: 'UTC', LC_ALL: 'C' },
        { TZ: 'Asia/Tokyo', LC_ALL: 'tr_TR.UTF-8' },
        { TZ: 'America/St_Johns', LANG: 'de_DE.UTF-8' },
      ])
        outputs.push((await run(command, ['auto', '--mode', 'aggressive'], { stdin: spark, env })).out)
      const reference = (await run(source, ['auto', '--mode', 'aggressive'], { stdin: spark })).out
      for (const out of outputs) expect(Buffer.compare(out, reference)).toBe(0)
    })
    test('exit codes and one line on stderr', async () => {
      for (const [words, code] of [
        [['log', '--nope'], 2],
        [['retrieve', '0123456789'], 1],
        [['log', 'no such file'], 1],
        [['log', '--budget=70', '--mode=lossless'], 3],
      ] as const) {
        const ran = await run(command, words, { stdin: spark })
        expect({ words, code: ran.code, out: ran.out.length, lines: ran.err.split('\n').length }).toEqual({
          words,
          code,
          out: 0,
          lines: 2,
        })
      }
    })
    test('a broken pipe is exit 0 without noise', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'headroom-pipe-'))
      writeFileSync(join(folder, 'big'), Buffer.alloc(8_000_000, 'a line of no great interest to anybody\n'))
      const quoted = [...command, 'auto', join(folder, 'big')].map(word => `'${word}'`).join(' ')
      const shell = Bun.spawn(['bash', '-c', `${quoted} --mode lossless --no-store | true; echo "\${PIPESTATUS[0]}"`], {
        stdout: 'pipe',
        stderr: 'pipe',
        env: { PATH: process.env.PATH, ...freshHome() },
      })
      expect(await new Response(shell.stdout).text()).toBe('0\n')
      expect(await new Response(shell.stderr).text()).toBe('')
    })
    test('no HOME and a read-only home: the text goes out, with at most one line', async () => {
      for (const env of [
        { HOME: undefined, XDG_DATA_HOME: undefined, XDG_CONFIG_HOME: undefined },
        { HOME: '/proc', XDG_DATA_HOME: '/proc/none', XDG_CONFIG_HOME: '/proc/none' },
      ]) {
        const ran = await run(command, ['auto', '--mode', 'aggressive'], { stdin: spark, env })
        expect(ran.code).toBe(0)
        expect(ran.err.split('\n').length).toBeLessThanOrEqual(2)
        const back = await run(command, ['expand', '--no-store'], { stdin: ran.out, env })
        expect(Buffer.compare(back.out, spark)).toBe(0)
      }
    })
    test('--version', async () => {
      expect((await run(command, ['--version'])).out.toString()).toMatch(/^headroom \d+\.\d+\.\d+ \([0-9a-z]+\)\n$/)
    })
  })

test.skipIf(!existsSync(built))('the binary needs no file beside it', () => {
  expect(readdirSync(emptyFolder)).toEqual(['headroom'])
})
