import type { Processes } from './processes.ts'
import type { SqliteFile } from './sqlite-file.ts'
import type { StoreLimits } from './store.ts'

/** Old entries that go with each put, and processes looked after with each new one: bounded, and more than come in. */
const AT_ONCE = 8

/**
 * Evicts the least recently used entries until `wanted` more bytes fit; false where they do not, since what remains is young, pinned or
 * held by a running process. Costs one look at the running total where there is room.
 */
export function makeRoom(file: SqliteFile, wanted: number, limits: StoreLimits, processes: Processes): boolean {
  const over = file.get<{ bytes: number }>('SELECT bytes FROM total')!.bytes + wanted - limits.maxBytes
  const left = evict(file, over, limits)
  if (left <= 0) return true
  // Only now every process is asked whether it still runs.
  sweep(file, limits, processes, Number.MAX_SAFE_INTEGER)
  return evict(file, left, limits) <= 0
}

/** Evicts until `over` bytes went, and returns how many are still to go. */
function evict(file: SqliteFile, over: number, { now, minAge }: StoreLimits): number {
  const young = now() - minAge
  while (over > 0) {
    const oldest = file.get<{ key: number; stored: number }>(
      // Named, since SQLite would take the other index, which holds what may not go too.
      'SELECT key, stored FROM entries INDEXED BY evictable WHERE pinned = 0 AND held = 0 AND used < ? ORDER BY used LIMIT 1',
      young,
    )
    if (!oldest) break
    file.run('DELETE FROM entries WHERE key = ?', oldest.key)
    over -= oldest.stored
  }
  return over
}

/** Deletes entries beyond the maximum age, the oldest first, whoever holds them: it is a promise of privacy. */
export function dropOld(file: SqliteFile, { now, maxAge }: StoreLimits, limit = AT_ONCE): void {
  file.run(
    'DELETE FROM entries WHERE key IN (SELECT key FROM entries WHERE pinned = 0 AND used < ? ORDER BY used LIMIT ?)',
    now() - maxAge,
    limit,
  )
}

/** Writes down that this process has entries, and returns its key. */
export function register(file: SqliteFile, limits: StoreLimits, processes: Processes): number {
  sweep(file, limits, processes, AT_ONCE)
  const { pid, began } = processes.own
  return file.run('INSERT INTO processes (pid, began, checked) VALUES (?, ?, ?)', pid, began, limits.now()).key
}

/** Forgets processes that have ended, with what they held; the longest unchecked are asked first. */
export function sweep(file: SqliteFile, { now }: StoreLimits, processes: Processes, limit: number): void {
  const rows = file.all<{ process: number; pid: number; began: string }>(
    'SELECT process, pid, began FROM processes ORDER BY checked LIMIT ?',
    limit,
  )
  for (const row of rows)
    if (processes.isRunning(row)) file.run('UPDATE processes SET checked = ? WHERE process = ?', now(), row.process)
    else file.run('DELETE FROM processes WHERE process = ?', row.process)
}
