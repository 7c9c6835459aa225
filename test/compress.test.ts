import { describe, expect, test } from 'bun:test'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { freshHome, type } from './io.ts'

const example = join(import.meta.dir, '../examples/spark.log')
const spark = readFileSync(example, 'utf8')

/** A folder of logs and other files in a home of its own. */
function folderOf(): { env: Record<string, string>; folder: string; out: string } {
  const env = freshHome()
  const folder = join(env.HOME!, 'input')
  mkdirSync(join(folder, 'deep/node_modules'), { recursive: true })
  for (const name of ['a.log', 'b.log', 'deep/c.log']) cpSync(example, join(folder, name))
  writeFileSync(join(folder, 'deep/small.txt'), 'ok\n')
  writeFileSync(join(folder, 'deep/node_modules/ignored.log'), spark)
  return { env, folder, out: join(env.HOME!, 'out') }
}

/** Where `path` lies below `out`: the home is not below the current folder, so by its whole path. */
const placeOf = (out: string, path: string) => join(out, relative('/', path))

describe('headroom compress', () => {
  for (const jobs of ['1', '3'])
    test(`a folder, ${jobs} processes: what a pipe gives for each file, and a table`, async () => {
      const { env, folder, out } = folderOf()
      const { code, out: table } = await type(['compress', folder, '--out', out, '--jobs', jobs], { env })
      expect(code).toBe(0)
      const piped = (await type(['auto', join(folder, 'a.log')], { env })).out
      for (const name of ['a.log', 'deep/c.log'])
        expect(readFileSync(placeOf(out, join(folder, name)), 'utf8')).toBe(piped)
      expect(readFileSync(placeOf(out, join(folder, 'deep/small.txt')), 'utf8')).toBe('ok\n')
      expect(existsSync(placeOf(out, join(folder, 'deep/node_modules/ignored.log')))).toBe(false)
      expect(table.split('\n')[0]).toMatch(/^FILE +FILTER +TOKENS +AFTER +SAVED$/)
      expect(table).toMatch(/4 files, 3 shorter +[\d,]+ +[\d,]+ +\d+\.\d %\n$/)
    }, 30_000)
  test('globs; without --out nothing is written', async () => {
    const { env, folder } = folderOf()
    const { out } = await type(['compress', `${folder}/*.log`, '--json', '--mode', 'lossless'], { env })
    const results = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { path: string; after: number; before: number })
    expect(results).toHaveLength(2)
    for (const { before, after } of results) expect(after).toBeLessThan(before)
  })
  test('one failure does not stop the rest', async () => {
    const { env, folder } = folderOf()
    const { code, out, talk } = await type(
      ['compress', join(folder, 'a.log'), join(folder, 'deep'), join(folder, 'b.log'), '--budget', '64', '--no-store'],
      { env },
    )
    expect(code).toBe(1)
    expect(talk.length).toBeGreaterThan(0)
    expect(out).toMatch(/4 files, 0 shorter, 3 failed/)
  })
  test('what cannot be read is said', async () => {
    const { env, folder } = folderOf()
    chmodSync(join(folder, 'a.log'), 0)
    const { code, out } = await type(['compress', folder, join(folder, 'gone.log')], { env })
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })
  test('nothing named, nothing found, a filter that is not there', async () => {
    const { env, folder } = folderOf()
    expect((await type(['compress'], { env })).code).toBe(2)
    expect(await type(['compress', `${folder}/*.nope`], { env })).toMatchObject({
      code: 0,
      talk: [`compress: no file in ${folder}/*.nope`],
    })
    expect((await type(['compress', folder, '--filter', 'nope'], { env })).code).toBe(2)
  })
})
