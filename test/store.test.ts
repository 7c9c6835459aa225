import { Database } from 'bun:sqlite'
import { afterAll, describe, expect, test } from 'bun:test'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MemoryStore } from '../ccr/memory.ts'
import { type Processes, systemProcesses } from '../ccr/processes.ts'
import { openSqlite, storePath } from '../ccr/sqlite.ts'
import { type Store, StoreError } from '../ccr/store.ts'
import { bytesOf } from '../ccr/text.ts'
import { failureOf, storeContract } from './store-contract.ts'

const root = mkdtempSync(join(tmpdir(), 'headroom-store-'))
const opened: Store[] = []
let files = 0
const newFile = () => join(root, String(++files), 'headroom', 'store.db')
const about = { filter: 'log', tokens: { before: 100, after: 10 } }
const text = bytesOf('a line of text, again and again\n'.repeat(1000))

/** Pids of processes that have ended, for stores opened with `processOf`. */
const ended = new Set<number>()
const processOf = (pid: number): Processes => ({
  own: { pid, began: '' },
  isRunning: process => !ended.has(process.pid),
})

function open(path: string, ...rest: [limits?: Parameters<typeof openSqlite>[1], processes?: Processes]): Store {
  const store = openSqlite(path, ...rest)
  opened.push(store)
  return store
}

afterAll(async () => {
  for (const store of opened) await store.close()
  rmSync(root, { recursive: true })
})

storeContract('memory', limits => ({ store: new MemoryStore(limits), endWriters() {} }))

storeContract('sqlite', limits => {
  let running = true
  const all: Processes = { own: { pid: process.pid, began: '' }, isRunning: () => running }
  const endWriters = () => {
    running = false
  }
  return { store: open(newFile(), limits, all), endWriters }
})

describe('one file, many stores', () => {
  test('what one puts another gets, and a later one too', async () => {
    const path = newFile()
    const [one, two] = [open(path), open(path)]
    const { id } = await one.put(text, about)
    expect(Buffer.from((await two.get(id))!.original).equals(text)).toBe(true)
    await one.close()
    await two.close()
    expect((await open(path).list()).map(entry => entry.id)).toEqual([id])
  })
  test('texts are deflated, noise is not', async () => {
    const store = open(newFile())
    await store.put(text, about)
    await store.put(crypto.getRandomValues(new Uint8Array(20_000)), about)
    const [noise, lines] = [...(await store.list())].sort((a, b) => b.stored - a.stored)
    expect(noise).toMatchObject({ size: 20_000, stored: 20_000 })
    expect(lines!.stored).toBeLessThan(text.length / 20)
  })
  test('only the owner may read: the folder is 0700 and the files are 0600', async () => {
    const path = newFile()
    await open(path).put(text, about)
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700)
    for (const name of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(name).mode & 0o777).toBe(0o600)
  })
  test('a mode that lets others read is put right', async () => {
    const path = newFile()
    const store = open(path)
    await store.put(text, about)
    await store.close()
    chmodSync(path, 0o644)
    await open(path).list()
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })
  test('what is forgotten is no longer in the files', async () => {
    const path = newFile()
    const store = open(path)
    await store.put(bytesOf('nothing else'), about)
    const { id } = await store.put(bytesOf('the secret word is xyzzy'), about)
    expect(filesHold(path, 'xyzzy')).toBe(true)
    await store.forget(id)
    expect(filesHold(path, 'xyzzy')).toBe(false)
    expect(await store.list()).toHaveLength(1)
  })
  test('clear gives the disk its space back', async () => {
    const path = newFile()
    const store = open(path)
    for (let i = 0; i < 20; i++) await store.put(crypto.getRandomValues(new Uint8Array(60_000)), about)
    await store.clear()
    expect(statSync(path).size).toBeLessThan(100_000)
    expect(statSync(`${path}-wal`).size).toBe(0)
  })
  test('a file that was removed under a running process is made anew', async () => {
    const path = newFile()
    const store = open(path)
    const { id } = await store.put(text, about)
    rmSync(path)
    expect(await store.get(id)).toBeUndefined()
    await store.put(text, about)
    expect(await open(path).list()).toHaveLength(1)
  })
})

describe('entries of running processes', () => {
  const DAY = 24 * 60 * 60 * 1000
  const noise = () => crypto.getRandomValues(new Uint8Array(1000))

  test('stay while one of those that put them runs', async () => {
    const path = newFile()
    let now = 0
    const limits = { maxBytes: 2500, now: () => now }
    const [one, two, three] = [101, 102, 103].map(pid => open(path, limits, processOf(pid)))
    const shared = noise()
    const { id } = await one!.put(shared, about)
    await two!.put(shared, about)
    const other = await two!.put(noise(), about)
    now += 2 * DAY
    ended.add(101)
    expect(three!.put(noise(), about)).rejects.toThrow('full')
    ended.add(102)
    await three!.put(noise(), about)
    const left = (await three!.list()).map(entry => entry.id)
    expect(left).toHaveLength(2)
    expect(left.includes(id) && left.includes(other.id)).toBe(false)
  })
  test('a process is told by its pid and its beginning', () => {
    const { own } = systemProcesses
    expect(own.pid).toBe(process.pid)
    expect(systemProcesses.isRunning(own)).toBe(true)
    expect(systemProcesses.isRunning({ pid: 2 ** 30, began: '' })).toBe(false)
    // Where the system does not say when a process began, a pid in use is believed.
    const used = { pid: own.pid, began: 'another boot/1' }
    expect(systemProcesses.isRunning(used)).toBe(own.began === '')
  })
})

describe('files that cannot be used', () => {
  /** Each with the fact and the cure that its one line names. */
  const cases: [name: string, make: (path: string) => void, message: RegExp][] = [
    ['text', path => writeFileSync(path, 'my diary\n'.repeat(1000)), /is no store.*headroom store clear/],
    [
      'a newer format',
      path => sql(path, 'PRAGMA application_id = 0x6864726d; PRAGMA user_version = 99'),
      /newer headroom \(format 99\); upgrade/,
    ],
    [
      "another program's database",
      path => sql(path, 'CREATE TABLE bookmarks (url)'),
      /another program's.*XDG_DATA_HOME/,
    ],
    ['one with versions', path => sql(path, 'PRAGMA user_version = 1'), /another program's.*XDG_DATA_HOME/],
    ['a folder', path => mkdirSync(path), /is no file.*XDG_DATA_HOME/],
    ['a file in place of the folder', path => asFile(join(path, '..')), /cannot be made there.*XDG_DATA_HOME/],
  ]
  for (const [name, make, message] of cases)
    test(`${name}: one line with the fact and the cure, and nothing is touched`, async () => {
      const path = newFile()
      mkdirSync(join(path, '..'), { recursive: true })
      make(path)
      const before = existsSync(path) && statSync(path).isFile() ? readFileSync(path) : undefined
      for (const work of [() => open(path).put(text, about), () => open(path).get('0123456789')]) {
        const failure = await failureOf(work)
        expect(failure).toBeInstanceOf(StoreError)
        expect(failure.message).toMatch(message)
        expect(failure.message).toStartWith(`store: ${path} `)
        expect(failure.message).not.toContain('\n')
      }
      if (before) expect(readFileSync(path).equals(before)).toBe(true)
    })

  test('clear moves text aside, and a new store begins', async () => {
    const path = newFile()
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, 'my diary\n')
    const store = open(path)
    await store.clear()
    expect(readFileSync(`${path}.damaged`, 'utf8')).toBe('my diary\n')
    await store.put(text, about)
    expect(await store.list()).toHaveLength(1)
  })
  test('a damaged database says so; clear removes it, and a new store begins', async () => {
    const path = newFile()
    const store = open(path)
    for (let i = 0; i < 50; i++) await store.put(crypto.getRandomValues(new Uint8Array(5000)), about)
    await store.close()
    writeFileSync(path, readFileSync(path).fill(0x5a, 4096))
    const failure = await failureOf(() => open(path).put(text, about))
    expect(failure).toBeInstanceOf(StoreError)
    expect(failure.message).toMatch(/ is damaged .*headroom store clear removes it/)
    await store.clear()
    expect(existsSync(`${path}.damaged`)).toBe(false)
    await store.put(text, about)
    expect(await store.list()).toHaveLength(1)
  })
  test('an entry whose bytes have changed is not served', async () => {
    const path = newFile()
    const store = open(path)
    const { id } = await store.put(text, about)
    const small = await store.put(bytesOf('small'), about)
    sql(path, "UPDATE bodies SET body = x'00ff00'")
    for (const damaged of [id, small.id])
      expect((await failureOf(() => store.get(damaged))).message).toContain(`headroom store forget ${damaged}`)
  })
  test('no home: the path itself is the error', () => {
    expect(() => storePath({})).toThrow(StoreError)
    expect(() => storePath({ HOME: '', XDG_DATA_HOME: 'relative' })).toThrow(/HOME is not set/)
    expect(storePath({ HOME: '/home/me' })).toBe('/home/me/.local/share/headroom/store.db')
    expect(storePath({ HOME: '/home/me', XDG_DATA_HOME: '/data' })).toBe('/data/headroom/store.db')
  })
})

const filesHold = (path: string, word: string) =>
  [path, `${path}-wal`].some(file => existsSync(file) && readFileSync(file).includes(word))

function sql(path: string, statements: string): void {
  const database = new Database(path)
  database.exec(statements)
  database.close()
}

function asFile(folder: string): void {
  rmSync(folder, { recursive: true })
  writeFileSync(folder, '')
}
