import { describe, expect, test } from 'bun:test'
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allFilters } from '../filters/index.ts'
import { freshHome, type } from './io.ts'

const filters = await allFilters()

/** The README's console blocks are run, and what they show is what came out. UPDATE_README=1 writes it anew. */
const root = join(import.meta.dir, '..')
const path = join(root, 'README.md')
const readme = readFileSync(path, 'utf8')

test('every console block shows what its commands print', () => {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-readme-'))
  symlinkSync(join(root, 'examples'), join(folder, 'examples'))
  const env = { ...process.env, ...freshHome() }
  const run = (command: string) => {
    const script = `headroom() { bun ${join(root, 'bin/headroom.ts')} "$@"; }\n${command}`
    const { stdout } = Bun.spawnSync(['bash', '-c', `{ ${script}\n} 2>&1`], { cwd: folder, env })
    return stdout.toString().replace(/\n?$/, '\n')
  }
  const shown = readme.replace(/(```console\n)([\s\S]*?)(```)/g, (_, open: string, body: string, close: string) => {
    const commands = body.split('\n').filter(line => line.startsWith('$ '))
    return open + commands.map(line => `${line}\n${run(line.slice(2)).replace(/^\n$/, '')}`).join('') + close
  })
  if (process.env.UPDATE_README) writeFileSync(path, shown)
  else expect(shown).toBe(readme)
}, 60_000)

describe('what the README names is there', () => {
  const commands = [...readme.matchAll(/(?:^|\| )headroom ([a-z-]+)((?: [a-z]+)?)/gm)].map(
    ([, name, sub]) => [name!, sub!.trim()] as const,
  )
  test('commands', async () => {
    expect(commands.length).toBeGreaterThan(10)
    for (const [name, sub] of commands) {
      const words = name === 'store' || name === 'evals' ? ['help', name, sub] : ['help', name]
      expect({ words, code: (await type(words)).code }).toEqual({ words, code: 0 })
    }
  })
  test('flags', async () => {
    const known = (
      await Promise.all(
        [...filters.map(({ name }) => name), 'retrieve', 'expand', 'compress', 'evals suite', 'explain'].map(
          async name => (await type(['help', ...name.split(' ')])).out,
        ),
      )
    ).join('')
    for (const [flag] of readme.matchAll(/--[a-z][a-z-]+/g))
      if (!['--help', '--version'].includes(flag)) expect(known).toContain(flag)
  })
})
