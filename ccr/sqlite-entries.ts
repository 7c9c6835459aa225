import type { Packed } from './pack.ts'
import type { Processes } from './processes.ts'
import type { SqliteFile } from './sqlite-file.ts'
import { dropOld, makeRoom, register, sweep } from './sqlite-room.ts'
import { type About, clashError, type EntryInfo, fullError, type Ref, type StoreLimits } from './store.ts'

/** The columns of an EntryInfo. */
export const INFO = 'id, hash, filter, before, after, size, stored, created, used, fetches, pinned'

export interface InfoRow extends Omit<EntryInfo, 'tokens' | 'pinned'> {
  readonly before: number
  readonly after: number
  readonly pinned: number
}

export function infoOf({ before, after, pinned, ...row }: InfoRow): EntryInfo {
  const { id, hash, filter, size, stored, created, used, fetches } = row
  const tokens = { before, after }
  return { id, hash, filter, tokens, size, stored, created, used, fetches, pinned: pinned === 1 }
}

export interface NewEntry extends Ref, About, Packed {
  /** Bytes of the original. */
  readonly size: number
}

/** One put, all of it or nothing. Throws a StoreError on a clash of ids, or where there is no room. */
export function writeEntry(file: SqliteFile, entry: NewEntry, limits: StoreLimits, processes: Processes): void {
  // Kept only once the transaction is through.
  file.self = file.transaction(() => {
    const key = refresh(file, entry, limits) ?? insert(file, entry, limits, processes)
    const self = file.self ?? register(file, limits, processes)
    file.run('INSERT OR IGNORE INTO holds SELECT process, ? FROM processes WHERE process = ?', key, self)
    dropOld(file, limits)
    return self
  })
}

/** The key of an entry that was there already, as young again as a new one. */
function refresh(file: SqliteFile, { id, hash, filter, tokens }: NewEntry, { now }: StoreLimits): number | undefined {
  const known = file.get<{ key: number; hash: string }>('SELECT key, hash FROM entries WHERE id = ?', id)
  if (!known) return undefined
  if (known.hash !== hash) throw clashError({ id, hash })
  file.run(
    'UPDATE entries SET filter = ?, before = ?, after = ?, created = ?, used = ? WHERE key = ?',
    filter,
    tokens.before,
    tokens.after,
    now(),
    now(),
    known.key,
  )
  return known.key
}

function insert(file: SqliteFile, entry: NewEntry, limits: StoreLimits, processes: Processes): number {
  const { id, hash, filter, tokens, size, coding, body } = entry
  if (!makeRoom(file, body.length, limits, processes)) throw fullError(limits)
  const now = limits.now()
  const { key } = file.run(
    'INSERT INTO entries (id, hash, filter, before, after, size, stored, created, used) VALUES (?,?,?,?,?,?,?,?,?)',
    ...[id, hash, filter, tokens.before, tokens.after, size, body.length, now, now],
  )
  file.run('INSERT INTO bodies VALUES (?, ?, ?)', key, coding, body)
  return key
}

/** Drops what is too old or beyond the cap; returns how many entries went. */
export function pruneEntries(file: SqliteFile, limits: StoreLimits, processes: Processes): number {
  return file.transaction(() => {
    const before = countOf(file)
    sweep(file, limits, processes, Number.MAX_SAFE_INTEGER)
    dropOld(file, limits, Number.MAX_SAFE_INTEGER)
    makeRoom(file, 0, limits, processes)
    return before - countOf(file)
  })
}

const countOf = (file: SqliteFile) => file.get<{ count: number }>('SELECT count(*) AS count FROM entries')!.count
