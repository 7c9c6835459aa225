import { StoreError } from './store.ts'

const OFF = 'HEADROOM_STORE=off works without a store'

/** What SQLite's result codes and the system's error codes mean to a user: the fact, and the cure. The first that fits tells it. */
const MEANINGS: readonly (readonly [code: RegExp, fact: string, cure: string])[] = [
  [/^SQLITE_BUSY/, 'is locked by another process', 'try again once that has ended'],
  [/^SQLITE_FULL|^ENOSPC|^EDQUOT/, 'cannot grow, the disk is full', 'free some space, or headroom store prune'],
  [/^SQLITE_CORRUPT/, 'is damaged', 'headroom store clear removes it and begins a new one'],
  [/^SQLITE_NOTADB/, 'is no store (damaged, or another kind of file)', 'headroom store clear moves it aside'],
  [
    /^SQLITE_(?:READONLY|CANTOPEN|PERM|AUTH)|^E(?:ACCES|PERM|ROFS)$/,
    'cannot be written',
    `set XDG_DATA_HOME to a folder of yours, or ${OFF}`,
  ],
  [/^E(?:NOTDIR|EXIST|ISDIR|LOOP|NAMETOOLONG)$/, 'cannot be made there', 'set XDG_DATA_HOME to another folder'],
  [/^SQLITE_(?:NOMEM|TOOBIG)/, 'cannot take a text this large', OFF],
]

/** `cause`, whatever it was, as the one line that names the file, the fact and the cure. A StoreError stays what it is. */
export function storeError(cause: unknown, file: string): StoreError {
  if (cause instanceof StoreError) return cause
  const code = codeOf(cause)
  const meaning = MEANINGS.find(([pattern]) => pattern.test(code))
  if (meaning) return new StoreError(`store: ${file} ${meaning[1]} (${code}); ${meaning[2]}`, { cause })
  const fact = String(cause instanceof Error ? cause.message : cause).replace(/\s+/g, ' ')
  return new StoreError(`store: ${file} failed (${code}${code && ': '}${fact}); ${OFF}`, { cause })
}

/** Is the file itself the trouble, or is there no room even to delete from it, so that only a new one helps? */
export const helpedByRemoval = ({ cause }: StoreError) => /^SQLITE_(?:CORRUPT|NOTADB|FULL)/.test(codeOf(cause))

/** Is a file that is there not to be read where it is? */
export const helpedByCopy = ({ cause }: StoreError) => /^SQLITE_(?:READONLY_|CANTOPEN)/.test(codeOf(cause))

export function codeOf(cause: unknown): string {
  const code = (cause as { code?: unknown } | undefined)?.code
  return typeof code === 'string' ? code : ''
}
