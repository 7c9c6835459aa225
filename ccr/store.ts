/** Where originals wait to be fetched: content-addressed, so equal bytes are one entry and an id never changes its meaning. */
export interface Store {
  /**
   * Keeps `original` under `refOf(original)`, which a caller that has it hands over. Putting the same bytes again refreshes their age. Throws a
   * StoreError where they cannot be kept.
   */
  put(original: Uint8Array, about: About, ref?: Ref): Awaitable<Ref>
  /** The entry of an id, or undefined; counts as a use for the size cap. Throws a StoreError where the store cannot be read. */
  get(id: string): Awaitable<Entry | undefined>
  /** Counts a retrieval by the printed selector, the way it was asked for (grep, for, head, tail), or '' for the whole: never by content. */
  noteFetch(id: string, where: string): Awaitable<void>
  /** All entries, the latest used first, without their bytes. */
  list(): Awaitable<readonly EntryInfo[]>
  /** What was retrieved how often, the most often first. */
  fetched(): Awaitable<readonly Fetched[]>
  /** A pinned entry is never evicted or pruned. False where the id is unknown. */
  pin(id: string, pinned: boolean): Awaitable<boolean>
  /** False where the id is unknown. */
  forget(id: string): Awaitable<boolean>
  /** Drops what is older than the store's maximum age and evicts beyond its size cap; returns how many entries went. */
  prune(): Awaitable<number>
  /** Drops everything, pinned entries too; returns how many entries went. */
  clear(): Awaitable<number>
  close(): Awaitable<void>
}

export type Awaitable<T> = T | Promise<T>

/** The address of an original. */
export interface Ref {
  /** The first 10 hex digits of `hash`: what heads print. */
  readonly id: string
  /** SHA-256 of the original's bytes, 64 hex digits. */
  readonly hash: string
}

/** What is told about an original besides its bytes; nothing of its content. */
export interface About {
  readonly filter: string
  /** Tokens of the original and of its rewrite (o200k_base). */
  readonly tokens: { readonly before: number; readonly after: number }
}

export interface EntryInfo extends Ref, About {
  /** Bytes of the original. */
  readonly size: number
  /** Bytes it takes in the store. */
  readonly stored: number
  /** Milliseconds since 1970, of the last put and of the last put, get or fetch. */
  readonly created: number
  readonly used: number
  /** Retrievals so far. */
  readonly fetches: number
  readonly pinned: boolean
}

export interface Entry extends EntryInfo {
  readonly original: Uint8Array
}

/** How often one selector of one entry was retrieved. */
export interface Fetched {
  readonly id: string
  readonly filter: string
  /** As noteFetch got it. What is fetched often was cut wrongly. */
  readonly where: string
  readonly count: number
}

/** Limits of a store. The clock is a parameter so that tests need not wait. */
export interface StoreLimits {
  /** Bytes of all stored entries together; beyond it the least recently used go first. */
  readonly maxBytes: number
  /** Milliseconds after which an unpinned entry may be pruned. */
  readonly maxAge: number
  /** Milliseconds for which no entry is evicted, however full the store is: an agent may still hold its id. */
  readonly minAge: number
  now(): number
}

const DAY = 24 * 60 * 60 * 1000
export const DEFAULT_LIMITS: StoreLimits = { maxBytes: 512 * 1024 * 1024, maxAge: 30 * DAY, minAge: DAY, now: Date.now }

/** The store could not do it: full, read-only, corrupt, newer, or two originals with one id. One line: part, fact, cure. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
}

/** Nothing may go to make room: all of it is young, pinned, or held by a process that runs. */
export const fullError = ({ maxBytes }: StoreLimits) =>
  new StoreError(
    `store: full (${maxBytes} bytes), and nothing in it is old enough to go; headroom store forget, or a larger cap, helps`,
  )

/** Two originals with one id: never seen, and never to be served for each other. */
export const clashError = ({ id }: Ref) =>
  new StoreError(`store: id ${id} is taken by another original; the text is left as it is`)

export const ID_LENGTH = 10

/** The same address for the same bytes, in every store. */
export function refOf(original: Uint8Array): Ref {
  // Loaded here and not above: the module costs the binary 3 ms, and most runs store nothing.
  const { createHash } = process.getBuiltinModule('node:crypto')
  const hash = createHash('sha256').update(original).digest('hex')
  return { id: hash.slice(0, ID_LENGTH), hash }
}
