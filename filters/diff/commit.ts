/** What `git log` prints before a commit's message, in its medium or its fuller format. */
export interface Commit {
  /** The hash, and in brackets the names that point to it. */
  readonly id: string
  readonly merge?: string
  readonly author: string
  readonly date: string
  /** Who committed it and when; only the fuller format says so. */
  readonly committed?: { readonly by: string; readonly date: string }
}

/** The commit whose lines begin at `at`, the empty line before its message included; undefined where they are not git's. */
export function readCommit(lines: readonly string[], at: number): { commit: Commit; count: number } | undefined {
  const id = /^commit ([0-9a-f]{40,64}(?: \([^)]*\))?)$/.exec(lines[at]!)?.[1]
  if (id === undefined) return undefined
  const merge = valueAt(lines, at + 1, MERGE)
  const next = at + (merge === undefined ? 1 : 2)
  const read = mediumAt(lines, next) ?? fullerAt(lines, next)
  if (!read || lines[next + read.count] !== '' || SHORT.test(read.who.date)) return undefined
  const commit: Commit = { id, ...(merge !== undefined && { merge }), ...read.who }
  const again = parseCommit(printCommit(commit, commit.author, ''), '')
  const names = [commit.author, commit.committed?.by ?? '']
  return again && writeCommit(again).join('\n') === writeCommit(commit).join('\n') && !names.some(isKeyed)
    ? { commit, count: next + read.count + 1 - at }
    : undefined
}

const isKeyed = (name: string) => name.startsWith('=')

type Who = Pick<Commit, 'author' | 'date' | 'committed'>

function mediumAt(lines: readonly string[], at: number): { who: Who; count: number } | undefined {
  const author = valueAt(lines, at, AUTHOR)
  const date = valueAt(lines, at + 1, DATE)
  return author === undefined || date === undefined ? undefined : { who: { author, date }, count: 2 }
}

function fullerAt(lines: readonly string[], at: number): { who: Who; count: number } | undefined {
  const [author, date, by, committed] = FULLER.map((label, nth) => valueAt(lines, at + nth, label))
  if (author === undefined || date === undefined || by === undefined || committed === undefined) return undefined
  return SHORT.test(committed) ? undefined : { who: { author, date, committed: { by, date: committed } }, count: 4 }
}

const valueAt = (lines: readonly string[], at: number, label: string): string | undefined =>
  lines[at]?.startsWith(label) ? lines[at].slice(label.length) : undefined

/** A date in git's own format without its year and zone. */
const SHORT = /^\w{3} \w{3} \d{1,2} [\d:]{8}$/
const MERGE = 'Merge: '
const AUTHOR = 'Author: '
const DATE = 'Date:   '
const FULLER = ['Author:     ', 'AuthorDate: ', 'Commit:     ', 'CommitDate: '] as const

export function writeCommit({ id, merge, author, date, committed }: Commit): string[] {
  const merged = merge === undefined ? [] : [MERGE + merge]
  const who = committed
    ? [author, date, committed.by, committed.date].map((value, nth) => FULLER[nth]! + value)
    : [AUTHOR + author, DATE + date]
  return [`commit ${id}`, ...merged, ...who, '']
}

/** Between who wrote a commit and who committed it: `; committed by B on D`, what is the same left out. */
const COMMITTED = '; committed'

/**
 * One line; `author` may be a key, and the year and zone are left out where they are those of `before`. `committer` is a key or the
 * committer's name.
 */
export function printCommit(commit: Commit, author: string, before: string, committer = commit.committed?.by): string {
  const { id, merge, date, committed } = commit
  const line = `commit ${id}${merge === undefined ? '' : ` merge ${merge}`} by ${author} on ${shortened(date, before)}`
  if (!committed) return line
  const by = committed.by === commit.author ? '' : ` by ${committer}`
  return line + COMMITTED + by + (committed.date === date ? '' : ` on ${shortened(committed.date, eraOf(date))}`)
}

const shortened = (date: string, before: string): string => {
  const era = eraOf(date)
  return era && era === before ? date.slice(0, -era.length) : date
}

const LINE =
  /^commit ([0-9a-f]+(?: \([^)]*\))?)(?: merge ([0-9a-f ]+))? by (.{0,400}?) on ([^;]{0,99})(; committed(?: by (.{0,400}?))?(?: on ([^;]{0,99}))?)?$/

/** The inverse of printCommit, keyed names left as they are; undefined for any other line. */
export function parseCommit(line: string, before: string): Commit | undefined {
  const found = LINE.exec(line)
  if (!found) return undefined
  const [, id, merge, author, shown, committed, by = author, on] = found
  const date = lengthened(shown!, before)
  return {
    id: id!,
    ...(merge !== undefined && { merge }),
    author: author!,
    date,
    ...(committed !== undefined && {
      committed: { by: by!, date: on === undefined ? date : lengthened(on, eraOf(date)) },
    }),
  }
}

const lengthened = (shown: string, before: string) => (SHORT.test(shown) ? shown + before : shown)

/** ` 2026 -0700` of a date in git's own format, else nothing. */
export const eraOf = (date: string): string => /^\w{3} \w{3} \d{1,2} [\d:]{8}( \d{4} [+-]\d{4})$/.exec(date)?.[1] ?? ''
