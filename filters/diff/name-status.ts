import type { Signal } from '../filter.ts'
import type { Encoded } from '../search/form.ts'
import { isWord, namesOf, parseNames, printNames } from '../search/names.ts'

/**
 * `git diff --name-status`, files of one folder and one fate in a line:
 *
 *   M docs/*.md: guide index       two lines `M`, tab, path
 *   R100	a.ts	b.ts                any other line, as it came: it has a tab
 *
 * Undefined where a line has no tab.
 */
export function encodeNames(lines: readonly string[], signal: Signal): Encoded | undefined {
  if (lines.some(line => !line.includes('\t'))) return undefined
  const body: string[] = []
  for (let i = 0; i < lines.length; ) {
    signal.throwIfAborted()
    const group = groupOf(lines[i]!)
    if (group === undefined) {
      body.push(lines[i++]!)
      continue
    }
    const names: string[] = []
    for (; i < lines.length && groupOf(lines[i]!) === group; i++) names.push(lines[i]!.slice(group.length))
    const folder = group.replace('\t', ' ')
    if (names.length === 1) body.push(group + names[0])
    else for (const some of namesOf(names)) body.push(printNames(some, folder))
  }
  return { lines: body, note: [NAMES] }
}

const NAMES = 'names'
const LINE = /^([ACDMTUX]\t(?:[^\s*\\]*\/)?)([^\t/]+)$/

/** The status, the tab and the folder of a line; undefined where its name is no word. */
function groupOf(line: string): string | undefined {
  const found = LINE.exec(line)
  return found && isWord(found[2]!) ? found[1] : undefined
}

export const isNameStatus = (line: string): boolean => /^(?:[ACDMTUX]|[RC]\d{1,3}\t[^\t]+)\t[^\t]+$/.test(line)

/** Undefined where the note is of another form. */
export function decodeNames(body: readonly string[], note: readonly string[]): string[] | undefined {
  if (!note.includes(NAMES)) return undefined
  return body.flatMap(line => {
    const names = line.includes('\t') ? undefined : parseNames(line)
    return names?.words.map(word => names.before.replace(' ', '\t') + word + names.after) ?? [line]
  })
}
