/** A line of a snapshot, taken apart. */
export interface Line {
  readonly depth: number
  /** The line is a YAML string, for its name holds what YAML reads otherwise. */
  readonly isQuoted: boolean
  readonly role: string
  /** With its quotes; `` where there is none. */
  readonly name: string
  /** What the line says between its name and its ref, and behind that. */
  readonly pre: string
  readonly ref: string
  readonly post: string
  readonly url: string
  readonly text: string | undefined
  /** aria: a colon ends it, or parts it from its text. */
  readonly hasColon: boolean
}

/** How a tool prints an accessibility tree. */
export interface Dialect {
  readonly name: 'aria' | 'uid'
  parse(line: string): Line | undefined
  print(line: Line): string
}

const ARIA =
  /^((?: {2}){0,200})- ('?)([a-z/][\w-]*)(?: ("(?:[^"\\\n]|\\.)*"))?((?: \[[^\][=]+(?:=[^\][]*)?\])*)(:?)(?:\2| (.+))$/

/**
 * Playwright's ariaSnapshot and browser_snapshot (1.49 and later), agent-browser: `- link "Docs" [ref=e5] [cursor=pointer]:`. Lines
 * are only taken apart where they are put together again as they stood.
 */
export const aria: Dialect = {
  name: 'aria',
  parse(line) {
    const quoted = /^( *- )'((?:[^']|'')*)'(:?(?: .+)?)$/.exec(line)
    const plain = quoted ? `${quoted[1]}${quoted[2]!.replaceAll("''", "'")}${quoted[3]}` : line
    const found = ARIA.exec(plain)
    if (!found || found[2]) return undefined
    const [, indent, , role, name = '', attributes, colon, text] = found
    const at = attributes!.indexOf(' [ref=')
    const end = at < 0 ? -1 : attributes!.indexOf(']', at)
    const parsed: Line = {
      depth: indent!.length / 2,
      isQuoted: quoted !== null,
      role: role!,
      name,
      pre: at < 0 ? attributes! : attributes!.slice(0, at),
      ref: at < 0 ? '' : attributes!.slice(at + 6, end),
      post: at < 0 ? '' : attributes!.slice(end + 1),
      url: '',
      text,
      hasColon: colon === ':',
    }
    return aria.print(parsed) === line && REF.test(parsed.ref) ? parsed : undefined
  },
  print({ depth, isQuoted, role, name, pre, ref, post, hasColon, text }) {
    const key = `${role}${name && ` ${name}`}${pre}${ref && ` [ref=${ref}]`}${post}`
    const shown = isQuoted ? `'${key.replaceAll("'", "''")}'` : key
    return `${'  '.repeat(depth)}- ${shown}${hasColon ? ':' : ''}${text === undefined ? '' : ` ${text}`}`
  },
}

/** Refs as tools make them: e12, f1e12, @e3, 1_57. */
const REF = /^(?:[\w@.-]{0,40}\d)?$/

const UID = /^((?: {2}){0,200})uid=(\w{1,40})(?: ([A-Za-z][\w-]*)(?=[ \n]|$))?(?: ("[^"]*"))?( .+)?$/

/** chrome-devtools-mcp's take_snapshot (0.6 and later): `uid=1_3 link "Home" url="…"`; text is a name without a role. */
export const uid: Dialect = {
  name: 'uid',
  parse(line) {
    const found = UID.exec(line)
    if (!found) return undefined
    const [, indent, ref, role = '', name = '', rest = ''] = found
    const url = /^ url="([^"]*)"(?= |$)/.exec(rest)
    const post = url ? rest.slice(url[0].length) : rest
    if (
      role === 'text' ||
      (role === '' && name === '') ||
      !/\d$/.test(ref!) ||
      /^[/#]/.test(url?.[1] ?? '') ||
      post.includes(' -> ') ||
      name.includes('\\')
    )
      return undefined
    return {
      depth: indent!.length / 2,
      isQuoted: false,
      role: role || 'text',
      name,
      pre: '',
      ref: ref!,
      post,
      url: url?.[1] ?? '',
      text: undefined,
      hasColon: false,
    }
  },
  print({ depth, role, name, ref, post, url }) {
    const shown = `${role === 'text' ? '' : ` ${role}`}${name && ` ${name}`}${url && ` url="${url}"`}${post}`
    return `${'  '.repeat(depth)}uid=${ref}${shown}`
  },
}

export const dialects: readonly Dialect[] = [aria, uid]
