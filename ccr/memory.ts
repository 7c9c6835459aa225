import {
  type About,
  DEFAULT_LIMITS,
  type Entry,
  type EntryInfo,
  type Ref,
  refOf,
  type Store,
  StoreError,
  type StoreLimits,
} from './store.ts'

/** A store that lives as long as its process: for tests and for a library caller who wants no file. */
export class MemoryStore implements Store {
  readonly #entries = new Map<string, Entry>()
  readonly #limits: StoreLimits

  constructor(limits: Partial<StoreLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits }
  }

  put(original: Uint8Array, about: About): Ref {
    const ref = refOf(original)
    const known = this.#entries.get(ref.id)
    if (known && known.hash !== ref.hash)
      throw new StoreError(`store: id ${ref.id} is taken by another original; the text is left as it is`)
    this.#makeRoom(known ? 0 : original.length)
    const now = this.#limits.now()
    const entry: Entry = known
      ? { ...known, ...about, created: now, used: now }
      : {
          ...ref,
          ...about,
          original: original.slice(),
          size: original.length,
          stored: original.length,
          created: now,
          used: now,
          fetches: 0,
          pinned: false,
        }
    this.#entries.set(ref.id, entry)
    return ref
  }

  get(id: string): Entry | undefined {
    return this.#update(id, {})
  }

  noteFetch(id: string): void {
    this.#update(id, { fetches: (this.#entries.get(id)?.fetches ?? 0) + 1 })
  }

  list(): readonly EntryInfo[] {
    return [...this.#entries.values()]
      .map(({ original: _, ...info }) => info)
      .sort((a, b) => b.used - a.used || (a.id < b.id ? -1 : 1))
  }

  pin(id: string, pinned: boolean): boolean {
    return this.#update(id, { pinned }) !== undefined
  }

  forget(id: string): boolean {
    return this.#entries.delete(id)
  }

  prune(): number {
    const before = this.#entries.size
    const oldest = this.#limits.now() - this.#limits.maxAge
    for (const { id, used, pinned } of this.list()) if (!pinned && used < oldest) this.#entries.delete(id)
    this.#evict(0)
    return before - this.#entries.size
  }

  clear(): number {
    const count = this.#entries.size
    this.#entries.clear()
    return count
  }

  close(): void {}

  #update(id: string, change: Partial<Entry>): Entry | undefined {
    const entry = this.#entries.get(id)
    if (!entry) return undefined
    const updated = { ...entry, used: this.#limits.now(), ...change }
    this.#entries.set(id, updated)
    return updated
  }

  #makeRoom(wanted: number): void {
    if (!this.#evict(wanted))
      throw new StoreError(
        `store: full (${this.#limits.maxBytes} bytes) of entries too young to evict; headroom store prune or a larger cap helps`,
      )
  }

  /** Drops the least recently used entries that are old enough until `wanted` more bytes fit; false where they do not. */
  #evict(wanted: number): boolean {
    const young = this.#limits.now() - this.#limits.minAge
    let total = wanted
    for (const { stored } of this.#entries.values()) total += stored
    for (const { id, used, pinned, stored } of this.list().toReversed()) {
      if (total <= this.#limits.maxBytes) break
      if (pinned || used >= young) continue
      this.#entries.delete(id)
      total -= stored
    }
    return total <= this.#limits.maxBytes
  }
}
