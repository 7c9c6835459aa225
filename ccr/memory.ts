import {
  type About,
  clashError,
  DEFAULT_LIMITS,
  type Entry,
  type EntryInfo,
  type Fetched,
  fullError,
  type Ref,
  refOf,
  type Store,
  type StoreLimits,
} from './store.ts'

/** A store that lives as long as its process: for tests and for a library caller who wants no file. */
export class MemoryStore implements Store {
  /** The least recently used first. */
  readonly #entries = new Map<string, Entry>()
  readonly #fetches = new Map<string, Map<string, number>>()
  readonly #limits: StoreLimits
  #bytes = 0

  constructor(limits: Partial<StoreLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits }
  }

  put(original: Uint8Array, about: About, ref = refOf(original)): Ref {
    const created = this.#limits.now()
    const known = this.#entries.get(ref.id)
    if (known && known.hash !== ref.hash) throw clashError(ref)
    if (known) this.#update(ref.id, { ...about, created })
    else this.#insert({ ...ref, ...about, ...sizes(original), created, used: created, fetches: 0, pinned: false })
    this.#dropOld()
    return ref
  }

  get(id: string): Entry | undefined {
    return this.#update(id, {})
  }

  noteFetch(id: string, where: string): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    this.#update(id, { fetches: entry.fetches + 1 })
    const counts = this.#fetches.get(id) ?? new Map<string, number>()
    this.#fetches.set(id, counts.set(where, (counts.get(where) ?? 0) + 1))
  }

  list(): readonly EntryInfo[] {
    return [...this.#entries.values()].map(({ original: _, ...info }) => info).sort(byUse)
  }

  fetched(): readonly Fetched[] {
    const all = [...this.#fetches].flatMap(([id, counts]) =>
      [...counts].map(([where, count]) => ({ id, filter: this.#entries.get(id)!.filter, where, count })),
    )
    return all.sort((a, b) => b.count - a.count || compare(a.id, b.id) || compare(a.where, b.where))
  }

  pin(id: string, pinned: boolean): boolean {
    return this.#update(id, { pinned }) !== undefined
  }

  forget(id: string): boolean {
    this.#bytes -= this.#entries.get(id)?.stored ?? 0
    this.#fetches.delete(id)
    return this.#entries.delete(id)
  }

  prune(): number {
    const before = this.#entries.size
    this.#dropOld()
    this.#makeRoom(0)
    return before - this.#entries.size
  }

  clear(): number {
    const count = this.#entries.size
    this.#entries.clear()
    this.#fetches.clear()
    this.#bytes = 0
    return count
  }

  close(): void {}

  #insert(entry: Entry): void {
    if (!this.#makeRoom(entry.stored)) throw fullError(this.#limits)
    this.#entries.set(entry.id, entry)
    this.#bytes += entry.stored
  }

  /** A use: the entry goes to the end of the order. */
  #update(id: string, change: Partial<Entry>): Entry | undefined {
    const entry = this.#entries.get(id)
    if (!entry) return undefined
    const updated = { ...entry, used: this.#limits.now(), ...change }
    this.#entries.delete(id)
    this.#entries.set(id, updated)
    return updated
  }

  /** Drops the least recently used entries until `wanted` more bytes fit; drops none and says false where they never will. */
  #makeRoom(wanted: number): boolean {
    const going: string[] = []
    let over = this.#bytes + wanted - this.#limits.maxBytes
    for (const { id, stored } of this.#unusedFor(this.#limits.minAge)) {
      if (over <= 0) break
      going.push(id)
      over -= stored
    }
    if (over > 0) return false
    for (const id of going) this.forget(id)
    return true
  }

  #dropOld(): void {
    for (const { id } of [...this.#unusedFor(this.#limits.maxAge)]) this.forget(id)
  }

  /** Entries that are not pinned and were not used for `age` milliseconds, the oldest first. */
  *#unusedFor(age: number): Iterable<Entry> {
    const before = this.#limits.now() - age
    for (const entry of this.#entries.values()) {
      if (entry.used >= before) return
      if (!entry.pinned) yield entry
    }
  }
}

const sizes = (original: Uint8Array) => ({
  // Not slice(): that of a Buffer shares the bytes.
  original: new Uint8Array(original),
  size: original.length,
  stored: original.length,
})

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const byUse = (a: EntryInfo, b: EntryInfo) => b.used - a.used || compare(a.id, b.id)
