import type { Signal } from '../filter.ts'
import type { Encoded } from '../search/form.ts'
import { isWord, namesOf, parseNames, printNames } from '../search/names.ts'
import { shareOf } from '../search/shares.ts'

/** One way in which git lists changed files. */
interface Listing {
  /** The word of the note. */
  readonly name: string
  /** What stands before a path and its folder, then the file. */
  readonly line: RegExp
  /** Is a line one of the list? */
  readonly is: (line: string) => boolean
  /** Is it known by its first line, whatever follows? */
  readonly opened?: RegExp
}

/**
 * `git diff --name-status`, `git status` and `git status --short`, files of one folder and one fate in a line:
 *
 *   M<tab>docs/*.md: guide index           two lines `M`, tab, path
 *   <tab>deleted:    src/*.ts: a b         two lines of git status
 *   \any other line that would be read so
 */
const LISTINGS: readonly Listing[] = [
  {
    name: 'names',
    line: /^([ACDMTUX]\t(?:[^\s*\\]*\/)?)([^\t/]+)$/,
    is: line => /^(?:[ACDMTUX]|[RC]\d{1,3}\t[^\t]+)\t[^\t]+$/.test(line),
  },
  {
    name: 'status',
    line: /^(\t(?:(?:new file|modified|deleted|typechange|both modified|both added): {1,20})?(?:[^\s*\\:]*\/)?)([^\t/]+)$/,
    is: () => true,
    opened: /^(?:On branch |HEAD detached |Not currently on any branch|interactive rebase in progress)/,
  },
  {
    name: 'short',
    line: /^((?:[MTADRCU][ MTADRCU]| [MTADRCU]|\?\?|!!) (?:[^\s*\\:]*\/)?)([^\t/]+)$/,
    is: line => /^(?:[MTADRCU][ MTADRCU]| [MTADRCU]|\?\?|!!|##) \S/.test(line),
  },
]

/** Undefined where the lines are no such list, or nothing of it comes together. */
export function encodeNames(lines: readonly string[], signal: Signal): Encoded | undefined {
  const listing = listingOf(lines)
  if (!listing) return undefined
  const body: string[] = []
  for (let i = 0; i < lines.length; ) {
    signal.throwIfAborted()
    const group = groupOf(lines[i]!, listing)
    if (group === undefined) {
      body.push(escaped(lines[i++]!))
      continue
    }
    const names: string[] = []
    for (; i < lines.length && groupOf(lines[i]!, listing) === group; i++) names.push(lines[i]!.slice(group.length))
    if (names.length === 1) body.push(escaped(group + names[0]))
    else for (const some of namesOf(names)) body.push(printNames(some, group))
  }
  return { lines: body, note: [listing.name] }
}

/** Is a text mostly such a list? */
export const isNames = (lines: readonly string[]): boolean =>
  lines.length > 3 &&
  LISTINGS.some(listing => opens(listing, lines) && shareOf(lines, line => listing.is(line)) >= 0.95)

const opens = ({ opened }: Listing, lines: readonly string[]) => opened === undefined || opened.test(lines[0]!)

/** The listing that all lines are of, where some of them name files. */
const listingOf = (lines: readonly string[]): Listing | undefined =>
  LISTINGS.find(
    listing =>
      opens(listing, lines) && lines.every(line => listing.is(line)) && lines.some(line => listing.line.test(line)),
  )

const escaped = (line: string) => (line.startsWith('\\') || parseNames(line) ? `\\${line}` : line)

/** What stands before the name of a file; undefined where the name is no word. */
function groupOf(line: string, { line: pattern }: Listing): string | undefined {
  const found = pattern.exec(line)
  return found && isWord(found[2]!) ? found[1] : undefined
}

/** Undefined where the note is of another form. */
export function decodeNames(body: readonly string[], note: readonly string[]): string[] | undefined {
  if (!LISTINGS.some(({ name }) => note.includes(name))) return undefined
  return body.flatMap(line => {
    if (line.startsWith('\\')) return [line.slice(1)]
    const names = parseNames(line)
    return names?.words.map(word => names.before + word + names.after) ?? [line]
  })
}
