import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3/linux-x64'
import type { Statement } from 'better-sqlite3/linux-x64'
import { loadDatabase } from './sqlite-binding.ts'
import { codeOf } from './sqlite-errors.ts'
import { APPLICATION, STEPS } from './sqlite-schema.ts'
import { StoreError } from './store.ts'

/** Milliseconds to wait for other processes, each of which holds the lock for well under one. */
const PATIENCE = 10_000
/** Bytes that the write-ahead log keeps between two bursts. */
const LOG_KEPT = 16 * 1024 * 1024

/** An open file and its statements, prepared once each. */
export class SqliteFile {
  readonly #db: Database
  readonly #inode: string
  readonly #statements = new Map<string, Statement>()
  /** The key of this process in the file's table of processes, once it is known to be there. */
  self: number | undefined

  private constructor(db: Database, inode: string) {
    this.#db = db
    this.#inode = inode
  }

  /** Makes folder and file where they are missing, readable by their owner alone, and brings the file to today's version. */
  static async open(path: string): Promise<SqliteFile> {
    const Connection = await loadDatabase()
    createFile(path)
    const db = new Connection(path, { timeout: PATIENCE })
    try {
      // In WAL mode NORMAL survives the end of any process; only a power cut may lose the latest puts, and their reader with them.
      db.exec(`PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = ${LOG_KEPT}`)
      await migrate(db, path)
      return new SqliteFile(db, inodeOf(path))
    } catch (cause) {
      db.close()
      throw cause
    }
  }

  /** A copy without a name, to be read and closed. */
  static async openCopy(path: string): Promise<SqliteFile> {
    const folder = mkdtempSync(join(tmpdir(), 'headroom-'))
    try {
      const copy = join(folder, 'store.db')
      copyFileSync(path, copy, constants.COPYFILE_FICLONE)
      return await SqliteFile.open(copy)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  /** Is the file at `path` still this one? Someone may have removed it, and what is written then is lost. */
  isAt(path: string): boolean {
    return inodeOf(path) === this.#inode
  }

  get<Row>(sql: string, ...values: Parameters<Statement['get']>): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined
  }

  all<Row>(sql: string, ...values: Parameters<Statement['all']>): Row[] {
    return this.#statement(sql).all(...values) as Row[]
  }

  /** How many rows changed, and the key of the last one inserted. */
  run(sql: string, ...values: Parameters<Statement['run']>): { changes: number; key: number } {
    const { changes, lastInsertRowid } = this.#statement(sql).run(...values)
    return { changes, key: Number(lastInsertRowid) }
  }

  /** SQL that is run once: several statements, or a PRAGMA that must be stepped to its end. */
  exec(sql: string): void {
    this.#db.exec(sql)
  }

  /** All of `work` or none of it. The lock is taken first, so that a writer waits and never fails half-way. */
  transaction<T>(work: () => T): T {
    return transaction(this.#db, work)
  }

  /** Gives unused pages back to the system and empties the log, as far as other processes' reads allow. */
  shrink(): void {
    this.#db.exec('PRAGMA incremental_vacuum')
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  close(): void {
    this.#db.close()
  }

  #statement(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (!statement) this.#statements.set(sql, (statement = this.#db.prepare(sql)))
    return statement
  }
}

function transaction<T>(db: Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (cause) {
    // SQLite itself has rolled back where the disk was full.
    if (db.inTransaction) db.exec('ROLLBACK')
    throw cause
  }
}

/** SQLite would make it with the umask's mode, and gives its log and shared memory the mode of the file. */
function createFile(path: string): void {
  const known = statSync(path, { throwIfNoEntry: false })
  if (known && !known.isFile()) throw new StoreError(`store: ${path} is no file; move it away or set XDG_DATA_HOME`)
  if (known && known.mode & 0o077) chmodSync(path, 0o600)
  // An existing file is never opened here: closing it would drop the locks that SQLite holds in this process (POSIX).
  if (known) return
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (cause) {
    if (codeOf(cause) !== 'EEXIST') throw cause
  }
}

interface Format {
  readonly version: number
  readonly application: number
  readonly tables: number
}

/** One statement, so that all of it is of one moment. */
const formatOf = (db: Database) =>
  db
    .prepare(
      `SELECT user_version AS version, application_id AS application, (SELECT count(*) FROM sqlite_schema) AS tables
      FROM pragma_user_version, pragma_application_id`,
    )
    .get() as Format

async function migrate(db: Database, path: string): Promise<void> {
  const { version, application, tables } = formatOf(db)
  if (application !== APPLICATION && (version > 0 || tables > 0))
    throw new StoreError(`store: ${path} is another program's database; move it away or set XDG_DATA_HOME`)
  if (version > STEPS.length)
    throw new StoreError(`store: ${path} is of a newer headroom (format ${version}); upgrade this one`)
  if (version === STEPS.length) return
  if (version === 0) await beginLog(db)
  transaction(db, () => {
    // Read again, now that no other process can be at it.
    for (const step of STEPS.slice(formatOf(db).version)) db.exec(step)
    db.exec(`PRAGMA user_version = ${STEPS.length}; PRAGMA application_id = ${APPLICATION}`)
  })
}

/** Turns WAL mode on, which SQLite refuses at once, without waiting, while another process makes the same new file. */
async function beginLog(db: Database): Promise<void> {
  for (let left = PATIENCE; ; left -= 20) {
    try {
      db.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL')
      return
    } catch (cause) {
      if (!codeOf(cause).startsWith('SQLITE_BUSY') || left <= 0) throw cause
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }
}

function inodeOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}` : ''
}

/** Gets a damaged file out of the way: removed where it is a database, moved aside where it may be something else. */
export function clearAway(path: string): void {
  const header = readFileSync(path).subarray(0, 16)
  if (header.toString('latin1') === 'SQLite format 3\0') rmSync(path)
  else renameSync(path, `${path}.damaged`)
  for (const log of ['-wal', '-shm']) rmSync(path + log, { force: true })
}
