import { isAbsolute, join } from 'node:path'
import { type Packed, pack, raw, unpack } from './pack.ts'
import { type Processes, systemProcesses } from './processes.ts'
import { INFO, type InfoRow, infoOf, pruneEntries, writeEntry } from './sqlite-entries.ts'
import { helpedByCopy, helpedByRemoval, storeError } from './sqlite-errors.ts'
import { clearAway, SqliteFile } from './sqlite-file.ts'
import {
  type About,
  DEFAULT_LIMITS,
  type Entry,
  type EntryInfo,
  type Fetched,
  type Ref,
  refOf,
  type Store,
  StoreError,
  type StoreLimits,
} from './store.ts'

/**
 * The store in one SQLite file, shared by all processes of a user. Nothing is opened before it is needed; whatever goes wrong is a
 * StoreError, and the next call tries again.
 */
export function openSqlite(
  path: string,
  limits: Partial<StoreLimits> = {},
  processes: Processes = systemProcesses,
): Store {
  return new SqliteStore(path, { ...DEFAULT_LIMITS, ...limits }, processes)
}

/** Where its file is by the XDG base directory specification, on macOS too. Throws a StoreError where there is no such place. */
export function storePath(env: Readonly<Record<string, string | undefined>>): string {
  const { XDG_DATA_HOME: data, HOME: home } = env
  // The specification: a path that is not absolute is ignored.
  if (data && isAbsolute(data)) return join(data, 'headroom', 'store.db')
  if (home && isAbsolute(home)) return join(home, '.local', 'share', 'headroom', 'store.db')
  throw new StoreError('store: no place for it, HOME is not set; set HOME or XDG_DATA_HOME, or HEADROOM_STORE=off')
}

class SqliteStore implements Store {
  readonly #path: string
  readonly #limits: StoreLimits
  readonly #processes: Processes
  #file: Promise<SqliteFile> | undefined

  constructor(path: string, limits: StoreLimits, processes: Processes) {
    this.#path = path
    this.#limits = limits
    this.#processes = processes
  }

  async put(original: Uint8Array, about: About, ref = refOf(original)): Promise<Ref> {
    // Looked up first, so that what is known is not compressed again; stored raw, should it go in between.
    const known = await this.#with(file => file.get('SELECT 1 FROM entries WHERE id = ?', ref.id))
    const packed = known ? raw(original) : await pack(original)
    const row = { ...ref, ...about, size: original.length, ...packed }
    await this.#with(file => writeEntry(file, row, this.#limits, this.#processes))
    return ref
  }

  async get(id: string): Promise<Entry | undefined> {
    const row = await this.#read(file =>
      file.get<InfoRow & Packed>(`SELECT ${INFO}, coding, body FROM entries JOIN bodies USING (key) WHERE id = ?`, id),
    )
    if (!row) return undefined
    const original = await unpack(row)
    if (!original || refOf(original).hash !== row.hash)
      throw new StoreError(`store: entry ${id} in ${this.#path} is damaged; headroom store forget ${id} removes it`)
    return { ...infoOf(row), used: await this.#touch(row), original }
  }

  noteFetch(id: string, where: string): Promise<void> {
    return this.#with(file =>
      file.transaction(() => {
        file.run('UPDATE entries SET fetches = fetches + 1, used = ? WHERE id = ?', this.#limits.now(), id)
        file.run(
          `INSERT INTO fetches SELECT key, ?, 1 FROM entries WHERE id = ?
          ON CONFLICT DO UPDATE SET count = count + 1`,
          where,
          id,
        )
      }),
    )
  }

  list(): Promise<readonly EntryInfo[]> {
    return this.#read(file => file.all<InfoRow>(`SELECT ${INFO} FROM entries ORDER BY used DESC, id`).map(infoOf))
  }

  fetched(): Promise<readonly Fetched[]> {
    return this.#read(file =>
      file.all<Fetched>(
        `SELECT id, filter, selector AS "where", count FROM fetches JOIN entries USING (key)
        ORDER BY count DESC, id, selector`,
      ),
    )
  }

  pin(id: string, pinned: boolean): Promise<boolean> {
    const now = this.#limits.now()
    return this.#with(
      file => file.run('UPDATE entries SET pinned = ?, used = ? WHERE id = ?', Number(pinned), now, id).changes > 0,
    )
  }

  forget(id: string): Promise<boolean> {
    return this.#with(file => {
      // What is forgotten is overwritten, in the file and in its log.
      file.exec('PRAGMA secure_delete = ON')
      const { changes } = file.run('DELETE FROM entries WHERE id = ?', id)
      file.shrink()
      return changes > 0
    })
  }

  prune(): Promise<number> {
    return this.#with(file => {
      const gone = pruneEntries(file, this.#limits, this.#processes)
      file.shrink()
      return gone
    })
  }

  async clear(): Promise<number> {
    try {
      return await this.#with(file => {
        // Pages that go back to the system need no overwriting; those that stay do.
        file.exec('PRAGMA secure_delete = FAST')
        const { changes } = file.run('DELETE FROM entries')
        file.shrink()
        return changes
      })
    } catch (cause) {
      if (!(cause instanceof StoreError && helpedByRemoval(cause))) throw cause
      await this.close()
      clearAway(this.#path)
      return 0
    }
  }

  async close(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    // One that did not open has said so where it was asked for.
    await file?.then(
      open => open.close(),
      () => undefined,
    )
  }

  /** Notes a use. An entry that can be read but not written, in a sandbox say, is served all the same. */
  async #touch({ id, used }: InfoRow): Promise<number> {
    const now = this.#limits.now()
    try {
      await this.#with(file => file.run('UPDATE entries SET used = ? WHERE id = ?', now, id))
      return now
    } catch (cause) {
      if (!(cause instanceof StoreError)) throw cause
      return used
    }
  }

  /** Does `work` on the file, or on a copy where its folder cannot be written: in WAL mode SQLite writes beside what it only reads. */
  async #read<T>(work: (file: SqliteFile) => T): Promise<T> {
    try {
      return await this.#with(work)
    } catch (cause) {
      if (!(cause instanceof StoreError && helpedByCopy(cause))) throw cause
    }
    const copy = await this.#storeErrors(() => SqliteFile.openCopy(this.#path))
    try {
      return work(copy)
    } finally {
      copy.close()
    }
  }

  /** Does `work`, which never waits, on the open file. */
  async #with<T>(work: (file: SqliteFile) => T): Promise<T> {
    return this.#storeErrors(async () => work(await this.#open()))
  }

  async #storeErrors<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (cause) {
      throw storeError(cause, this.#path)
    }
  }

  /** Opens the file where it is not open, or where another one has taken its place. */
  async #open(): Promise<SqliteFile> {
    const known = this.#file
    const file = await known?.catch(() => undefined)
    if (file?.isAt(this.#path)) return file
    // Of several callers that come here at once, the first one opens.
    if (this.#file === known) {
      file?.close()
      this.#file = SqliteFile.open(this.#path)
    }
    return this.#file!
  }
}
