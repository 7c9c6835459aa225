/** A node in the notation of index.ts, without its indentation. */
export interface Shown {
  /** The role; `'` in front for a quoted line, `!` behind where it has not what most of its role have. */
  readonly key: string
  /** With their quotes: several stand for as many nodes. */
  readonly names: readonly string[]
  /** ` [level=2]` and the like. */
  readonly pre: string
  /** `` where it is one more than the ref above; `_` where there is none. */
  readonly ref: string
  readonly post: string
  readonly url: string
  readonly text: string | undefined
}

export function printShown({ key, names, pre, ref, post, url, text }: Shown): string {
  let line = key
  for (const name of names) line += ` ${name}`
  line += pre
  if (ref) line += ` ${ref}${post}`
  if (url) line += ` -> ${url}`
  return text === undefined ? line : `${line}: ${text}`
}

/** Roles that stand above the node of a line, each with the next as its only child: `list>listitem>`. */
const ABOVE = /^((?:'?[a-z/A-Z][\w-]*!?>)*)('?[a-z/A-Z][\w-]*!?)/
const NAMES = /(?: "(?:[^"\\\n]|\\.)*")*/y
const PRE = /(?: \[[^\][]*\])*/y
const REF = /(?: (?!->)([\w@.-]+))?/y
const POST = /(?: \[[^\][]*\])*/y
/** uid: what follows the ref, up to the url. */
const WORDS = /(?: (?!-> )[^\n ]*)*/y

/** The inverse of printShown, the roles above included. Throws a RangeError on what is no such line. */
export function parseShown(line: string, isAria: boolean): { above: readonly string[]; shown: Shown } {
  const found = ABOVE.exec(line)
  if (!found) throw new RangeError('a line that this filter did not write')
  let at = found[0].length
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const part = pattern.exec(line)!
    at = pattern.lastIndex
    return part
  }
  const names = take(NAMES)[0]
  const pre = isAria ? take(PRE)[0] : ''
  const ref = take(REF)[1] ?? ''
  const post = ref ? take(isAria ? POST : WORDS)[0] : ''
  const url = line.startsWith(' -> ', at) ? line.slice(at + 4) : ''
  const text = !url && line.startsWith(': ', at) ? line.slice(at + 2) : undefined
  if (!url && text === undefined && at < line.length) throw new RangeError('a line that this filter did not write')
  const above = found[1]!.split('>').slice(0, -1)
  return { above, shown: { key: found[2]!, names: namesOf(names), pre, ref, post, url, text } }
}

const namesOf = (names: string): string[] => names.match(/"(?:[^"\\\n]|\\.)*"/g) ?? []

/** The ref that follows `ref` in the order of the page: e13 behind e12; `` where it ends in no number. */
export function nextRef(ref: string): string {
  const found = /^(.*?)(0|[1-9]\d{0,8})$/.exec(ref)
  return found ? `${found[1]}${Number(found[2]) + 1}` : ''
}
