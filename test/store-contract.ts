import { describe, expect, test } from 'bun:test'
import { refOf, type Store, StoreError, type StoreLimits } from '../ccr/store.ts'
import { bytesOf } from '../ccr/text.ts'

/** A driver under test: a new and empty store, and the way to let the processes that put into it end. */
export interface Subject {
  readonly store: Store
  /** From now on no process that has put something runs any more. */
  endWriters(): void
}

const DAY = 24 * 60 * 60 * 1000
const about = { filter: 'log', tokens: { before: 100, after: 10 } }
const original = (name: string, size = 1000) => bytesOf(name.repeat(Math.ceil(size / name.length)).slice(0, size))
/** Bytes that no codec makes smaller, so that caps can be told in bytes. */
const noise = (seed: number, size = 1000) =>
  Uint8Array.from({ length: size }, (_, i) => (Math.imul(seed * 1000 + i, 2654435761) >>> 13) & 255)
const ids = async (store: Store) => (await store.list()).map(({ id }) => id)

/** What every driver must do, run over one of them. */
export function storeContract(name: string, open: (limits: Partial<StoreLimits>) => Subject): void {
  /** A store on a clock of its own; `clock.now` is the time in milliseconds. */
  const setUp = (limits: Partial<StoreLimits> = {}) => {
    const clock = { now: 1_800_000_000_000 }
    const subject = open({ now: () => clock.now, ...limits })
    return { ...subject, clock }
  }

  describe(`${name}: keeping`, () => {
    test('what was put comes back, byte for byte', async () => {
      const { store } = setUp()
      const originals = [new Uint8Array(), original('a line\n', 100_000), noise(1, 70_000), Uint8Array.of(0, 255, 10)]
      for (const bytes of originals) {
        const ref = await store.put(bytes, about)
        expect(ref).toEqual(refOf(bytes))
        expect(Buffer.from((await store.get(ref.id))!.original).equals(bytes)).toBe(true)
      }
    })
    test('the caller may go on with its bytes', async () => {
      const { store } = setUp()
      const bytes = original('x')
      const { id } = await store.put(bytes, about)
      bytes.fill(0)
      expect(refOf((await store.get(id))!.original).id).toBe(id)
    })
    test('an unknown id is undefined, and nothing can be done to it', async () => {
      const { store } = setUp()
      expect(await store.get('0123456789')).toBeUndefined()
      expect(await store.pin('0123456789', true)).toBe(false)
      expect(await store.forget('0123456789')).toBe(false)
      await store.noteFetch('0123456789', 'L1')
      expect(await store.fetched()).toEqual([])
    })
    test('equal bytes are one entry, told about as by the last put, and young again', async () => {
      const { store, clock } = setUp()
      const { id } = await store.put(original('a'), about)
      clock.now += 5
      await store.put(original('a'), { filter: 'json', tokens: { before: 7, after: 3 } })
      expect(await store.list()).toMatchObject([
        { id, filter: 'json', tokens: { before: 7, after: 3 }, created: clock.now, used: clock.now, size: 1000 },
      ])
    })
    test('a listing has the latest used first, and no content', async () => {
      const { store, clock } = setUp()
      const refs = []
      for (const letter of ['a', 'b', 'c']) {
        clock.now++
        refs.push(await store.put(original(letter), about))
      }
      clock.now++
      await store.get(refs[0]!.id)
      expect(await ids(store)).toEqual([refs[0]!.id, refs[2]!.id, refs[1]!.id])
      expect(JSON.stringify(await store.list())).not.toContain('aaaa')
    })
    test('fetches are counted by entry and by selector, and go with the entry', async () => {
      const { store } = setUp()
      const [a, b] = [await store.put(original('a'), about), await store.put(original('b'), about)]
      for (const where of ['L1-2', '', 'L1-2']) await store.noteFetch(a.id, where)
      await store.noteFetch(b.id, '#main')
      const fetched = await store.fetched()
      expect(fetched[0]).toEqual({ id: a.id, filter: 'log', where: 'L1-2', count: 2 })
      expect(fetched.map(({ where }) => where).sort()).toEqual(['', '#main', 'L1-2'])
      expect((await store.get(a.id))!.fetches).toBe(3)
      await store.forget(a.id)
      expect((await store.fetched()).map(({ id }) => id)).toEqual([b.id])
    })
    test('forget and clear leave nothing, pinned or not', async () => {
      const { store } = setUp()
      const [a, b] = [await store.put(original('a'), about), await store.put(original('b'), about)]
      await store.pin(b.id, true)
      expect(await store.forget(a.id)).toBe(true)
      expect(await store.get(a.id)).toBeUndefined()
      expect(await store.clear()).toBe(1)
      expect(await store.list()).toEqual([])
      await store.put(original('c'), about)
      expect(await store.list()).toHaveLength(1)
    })
  })

  describe(`${name}: the cap`, () => {
    const cap = { maxBytes: 3500, minAge: DAY, maxAge: 30 * DAY }

    test('the least recently used go first, once they are old', async () => {
      const { store, clock, endWriters } = setUp(cap)
      const refs = []
      for (const seed of [1, 2, 3]) {
        clock.now++
        refs.push(await store.put(noise(seed), about))
      }
      clock.now += 2 * DAY
      endWriters()
      await store.get(refs[0]!.id)
      const next = await store.put(noise(4), about)
      expect((await ids(store)).sort()).toEqual([refs[0]!.id, refs[2]!.id, next.id].sort())
    })
    test('young entries stay: the store is full, says so, and loses nothing', async () => {
      const { store, clock, endWriters } = setUp(cap)
      const refs = []
      for (const seed of [1, 2, 3]) refs.push((await store.put(noise(seed), about)).id)
      endWriters()
      clock.now += DAY / 2
      const failure = await failureOf(() => store.put(noise(4), about))
      expect(failure).toBeInstanceOf(StoreError)
      expect(failure.message).toMatch(/^store: full [^\n]*$/)
      expect((await ids(store)).sort()).toEqual(refs.sort())
      await store.put(noise(1), about) // Known bytes need no room.
    })
    test('pinned entries stay, until they are unpinned', async () => {
      const { store, clock, endWriters } = setUp(cap)
      const refs = []
      for (const seed of [1, 2, 3]) refs.push(await store.put(noise(seed), about))
      for (const { id } of refs) expect(await store.pin(id, true)).toBe(true)
      clock.now += 40 * DAY
      endWriters()
      expect(await store.prune()).toBe(0)
      expect(await failureOf(() => store.put(noise(4), about))).toBeInstanceOf(StoreError)
      await store.pin(refs[1]!.id, false)
      clock.now += 2 * DAY
      const next = await store.put(noise(4), about)
      expect((await ids(store)).sort()).toEqual([refs[0]!.id, refs[2]!.id, next.id].sort())
    })
    test('one text larger than the store is refused', async () => {
      const { store, endWriters } = setUp(cap)
      endWriters()
      expect(await failureOf(() => store.put(noise(1, 5000), about))).toBeInstanceOf(StoreError)
      expect(await store.list()).toEqual([])
    })
    test('what went makes room again', async () => {
      const { store } = setUp(cap)
      for (let round = 0; round < 5; round++) {
        const refs = []
        for (const seed of [1, 2, 3]) refs.push(await store.put(noise(seed * 10 + round), about))
        if (round % 2) await store.clear()
        else for (const { id } of refs) await store.forget(id)
      }
      expect(await store.list()).toEqual([])
    })
  })

  describe(`${name}: age`, () => {
    test('prune drops what is too old, and not what is used or pinned', async () => {
      const { store, clock } = setUp()
      const [old, used, pinned] = [
        await store.put(original('a'), about),
        await store.put(original('b'), about),
        await store.put(original('c'), about),
      ]
      await store.pin(pinned.id, true)
      clock.now += 29 * DAY
      await store.get(used.id)
      clock.now += 2 * DAY
      expect(await store.prune()).toBe(1)
      expect(await store.get(old.id)).toBeUndefined()
      expect((await ids(store)).sort()).toEqual([used.id, pinned.id].sort())
    })
    test('puts prune a little each, so that nothing stays for want of a call', async () => {
      const { store, clock } = setUp()
      for (let seed = 0; seed < 30; seed++) await store.put(noise(seed, 10), about)
      clock.now += 31 * DAY
      for (let seed = 100; seed < 110; seed++) await store.put(noise(seed, 10), about)
      expect(await store.list()).toHaveLength(10)
    })
  })

  test(`${name}: many at once`, async () => {
    const { store } = setUp()
    const all = Array.from({ length: 50 }, (_, seed) => noise(seed, 200))
    const refs = await Promise.all(all.map(async bytes => store.put(bytes, about)))
    const entries = await Promise.all(refs.map(async ({ id }) => store.get(id)))
    expect(entries.map(entry => refOf(entry!.original).hash)).toEqual(refs.map(({ hash }) => hash))
    await store.close()
  })
}

/** What `work` throws, whether a driver answers at once or later. */
export async function failureOf(work: () => unknown): Promise<Error> {
  try {
    await work()
  } catch (cause) {
    return cause as Error
  }
  throw new Error('nothing was thrown')
}
