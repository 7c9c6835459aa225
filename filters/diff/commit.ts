/** What `git log` prints before a commit's message, in its medium format. */
export interface Commit {
  /** The hash, and in brackets the names that point to it. */
  readonly id: string
  readonly merge?: string
  readonly author: string
  readonly date: string
}

/** The commit whose lines begin at `at`, the empty line before its message included; undefined where they are not git's. */
export function readCommit(lines: readonly string[], at: number): { commit: Commit; count: number } | undefined {
  const id = /^commit ([0-9a-f]{40,64}(?: \([^)]*\))?)$/.exec(lines[at]!)?.[1]
  if (id === undefined) return undefined
  const merge = lines[at + 1]?.startsWith(MERGE) ? lines[at + 1]!.slice(MERGE.length) : undefined
  const next = at + (merge === undefined ? 1 : 2)
  const [author, date, blank] = lines.slice(next, next + 3)
  if (!author?.startsWith(AUTHOR) || !date?.startsWith(DATE) || blank !== '') return undefined
  if (SHORT.test(date.slice(DATE.length))) return undefined
  const commit: Commit = {
    id,
    ...(merge !== undefined && { merge }),
    author: author.slice(AUTHOR.length),
    date: date.slice(DATE.length),
  }
  const again = parseCommit(printCommit(commit, commit.author, ''), '')
  return again && writeCommit(again).join('\n') === writeCommit(commit).join('\n') && !commit.author.startsWith('=')
    ? { commit, count: next + 3 - at }
    : undefined
}

/** A date in git's own format without its year and zone. */
const SHORT = /^\w{3} \w{3} \d{1,2} [\d:]{8}$/
const MERGE = 'Merge: '
const AUTHOR = 'Author: '
const DATE = 'Date:   '

export function writeCommit({ id, merge, author, date }: Commit): string[] {
  const merged = merge === undefined ? [] : [MERGE + merge]
  return [`commit ${id}`, ...merged, AUTHOR + author, DATE + date, '']
}

/** One line; `author` may be a key, and the year and zone are left out where they are those of `before`. */
export function printCommit({ id, merge, date }: Commit, author: string, before: string): string {
  const era = eraOf(date)
  const shown = era && era === before ? date.slice(0, -era.length) : date
  return `commit ${id}${merge === undefined ? '' : ` merge ${merge}`} by ${author} on ${shown}`
}

/** The inverse of printCommit, a keyed author left as it is; undefined for any other line. */
export function parseCommit(line: string, before: string): Commit | undefined {
  const found = /^commit ([0-9a-f]+(?: \([^)]*\))?)(?: merge ([0-9a-f ]+))? by (.*) on (.*)$/.exec(line)
  if (!found) return undefined
  const [, id, merge, author, shown] = found
  const date = SHORT.test(shown!) ? shown! + before : shown!
  return { id: id!, ...(merge !== undefined && { merge }), author: author!, date }
}

/** ` 2026 -0700` of a date in git's own format, else nothing. */
export const eraOf = (date: string): string => /^\w{3} \w{3} \d{1,2} [\d:]{8}( \d{4} [+-]\d{4})$/.exec(date)?.[1] ?? ''
