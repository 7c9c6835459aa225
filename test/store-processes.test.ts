import { afterAll, describe, expect, test } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '../ccr/sqlite.ts'
import { refOf } from '../ccr/store.ts'
import { originalOf, putBy, write } from './store-writer.ts'

/**
 * These spawn: only processes can write at once, be killed in the middle, run as another user, or fill a disk.
 */
const root = mkdtempSync(join(tmpdir(), 'headroom-processes-'))
chmodSync(root, 0o755)
let files = 0
const newFile = () => join(root, String(++files), 'store.db')
const isRoot = process.getuid?.() === 0
const about = { filter: 'log', tokens: { before: 100, after: 10 } }

afterAll(() => rmSync(root, { recursive: true }))

describe('processes', () => {
  test('eight writers at once lose nothing', async () => {
    const file = newFile()
    const [writers, count] = [8, 100]
    const acknowledged = await Promise.all(Array.from({ length: writers }, (_, i) => write(file, i + 1, count)))
    expect(acknowledged.map(ids => ids.length)).toEqual(Array.from({ length: writers }, () => count))
    const store = openSqlite(file)
    const kept = new Set((await store.list()).map(({ id }) => id))
    const wanted = new Set<string>()
    for (let writer = 1; writer <= writers; writer++)
      for (const [by, index] of putBy(writer, count, 10)) wanted.add(refOf(originalOf(by, index)).id)
    expect(kept).toEqual(wanted)
    for (const id of kept) expect(refOf((await store.get(id))!.original).id).toBe(id)
    await store.close()
  }, 60_000)

  test('killed at any moment, what was acknowledged is there, and the file is free', async () => {
    const file = newFile()
    let sum = 0
    for (let round = 0; round < 20; round++) {
      const killed = await Promise.all([
        write(file, round + 1, 1e6, { after: 3 * round, since: 'first put' }),
        write(file, 99, 1e6, { after: 10 + 10 * round, since: 'start' }),
      ])
      const store = openSqlite(file)
      const started = performance.now()
      await store.put(originalOf(50, round), about)
      expect(performance.now() - started).toBeLessThan(5000)
      for (const id of killed.flat().slice(-20)) expect(refOf((await store.get(id))!.original).id).toBe(id)
      const kept = new Set((await store.list()).map(entry => entry.id))
      for (const id of killed.flat()) expect(kept.has(id)).toBe(true)
      sum += killed.flat().length
      await store.close()
    }
    expect(sum).toBeGreaterThan(20)
  }, 120_000)
})

/** Runs `body`, the inside of an async function of `store` and `file`, in a process of its own, and gives what it prints. */
function inProcess(file: string, body: string, user?: number): string {
  const script = `
    import { openSqlite } from ${JSON.stringify(join(import.meta.dir, '../ccr/sqlite.ts'))}
    const about = ${JSON.stringify(about)}
    const file = ${JSON.stringify(file)}
    const store = openSqlite(file)
    const said = work => work.then(value => String(value), cause => cause.name + ' ' + cause.message)
    ${body}
    await store.close()`
  const as = user === undefined ? {} : { uid: user, gid: user }
  const done = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', cwd: root, ...as })
  if (done.status !== 0) throw new Error(done.stderr)
  return done.stdout
}

describe('places that cannot be written', () => {
  const NOBODY = 65534

  test.skipIf(!isRoot)(
    'a read-only folder: reads go on, writes are one line (needs root, to be someone else)',
    async () => {
      const file = newFile()
      const store = openSqlite(file)
      const { id } = await store.put(originalOf(1, 1), about)
      await store.close()
      for (const path of [file, join(file, '..')]) {
        chownSync(path, NOBODY, NOBODY)
        chmodSync(path, path === file ? 0o400 : 0o500)
      }
      const printed = inProcess(
        file,
        `console.log(await said(store.get('${id}').then(entry => entry.original.length)))
       console.log(await said(store.list().then(entries => entries.length)))
       console.log(await said(store.put(new Uint8Array(10), about)))
       console.log(await said(store.noteFetch('${id}', '')))`,
        NOBODY,
      )
      const [got, listed, put, noted] = printed.split('\n')
      expect([got, listed]).toEqual([String(originalOf(1, 1).length), '1'])
      for (const failure of [put, noted])
        expect(failure).toMatch(/^StoreError store: .* cannot be written .*XDG_DATA_HOME/)
    },
  )

  test.skipIf(!isRoot)('a home of someone else (needs root, to be someone else)', () => {
    const home = join(root, 'home')
    mkdirSync(home, { mode: 0o700 })
    const printed = inProcess(
      join(home, 'headroom', 'store.db'),
      `console.log(await said(store.put(new Uint8Array(10), about)))`,
      NOBODY,
    )
    expect(printed).toMatch(/^StoreError store: .* cannot be written \(EACCES\); set XDG_DATA_HOME/)
  })

  const disk = join(root, 'disk')
  const mounted = isRoot && mount(disk)
  afterAll(() => {
    if (mounted) spawnSync('umount', [disk])
  })
  test.skipIf(!mounted)(
    'a full disk: one line, what was there stays, and clear helps (needs root, to mount one)',
    async () => {
      const store = openSqlite(join(disk, 'headroom', 'store.db'))
      const kept: string[] = []
      let failure = new Error()
      for (let i = 0; kept.length === i && i < 1000; i++)
        await Promise.resolve(store.put(crypto.getRandomValues(new Uint8Array(50_000)), about)).then(
          ({ id }) => kept.push(id),
          cause => {
            failure = cause
          },
        )
      expect(kept.length).toBeGreaterThan(5)
      expect(failure.message).toMatch(/^store: .* cannot grow, the disk is full \(\w+\); free some space/)
      for (const id of kept) expect(refOf((await store.get(id))!.original).id).toBe(id)
      await store.clear()
      await store.put(originalOf(1, 1), about)
      expect(await store.list()).toHaveLength(1)
      await store.close()
    },
  )
})

/** A disk of 2 MB, where the system allows it. */
function mount(folder: string): boolean {
  mkdirSync(folder)
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]).status === 0
}
