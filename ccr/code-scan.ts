/** A place in source text that was split into lines: both 0-based, the column in UTF-16 code units. */
export interface Place {
  readonly line: number
  readonly column: number
}

/**
 * Calls `visit` for each character of code from `from` on, and for each line end: strings, comments and regular expressions left out, as
 * most languages write them. Ends where `visit` returns true, and says where; undefined at the end of the text. Linear, iterative.
 */
export function scanCode(
  lines: readonly string[],
  from: Place,
  visit: (char: string, place: Place) => boolean,
): Place | undefined {
  const dialect = dialectOf(lines)
  /** What ends a string or comment that goes over lines. */
  let until = ''
  for (let line = from.line; line < lines.length; line++) {
    const text = lines[line]!
    for (let column = line === from.line ? from.column : 0; column < text.length; ) {
      if (until) {
        const end = endOf(text, until, column)
        if (end < 0) break
        column = end
        until = ''
        continue
      }
      const skip = skipAt(text, column, dialect)
      if (skip) {
        column = skip.end
        until = skip.until
        continue
      }
      const place = { line, column }
      if (visit(text[column]!, place)) return place
      column++
    }
    if (!until && visit('\n', { line, column: text.length })) return { line, column: text.length }
  }
  return undefined
}

/** One past the first `until` that no backslash escapes, or -1. */
function endOf(text: string, until: string, from: number): number {
  for (let at = text.indexOf(until, from); at >= 0; at = text.indexOf(until, at + 1)) {
    let slashes = 0
    while (text[at - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0 || until === '*/' || until.startsWith('"#')) return at + until.length
  }
  return -1
}

/** Where code goes on behind what begins at `column`, if that is no code; `until` ends it on a later line. */
function skipAt(text: string, column: number, dialect: Dialect): { end: number; until: string } | undefined {
  const rest = { end: text.length, until: '' }
  const char = text[column]!
  if (dialect === 'hash' && char === '#') return rest
  if (char === '/' && dialect !== 'hash') {
    if (text.startsWith('//', column)) return rest
    if (text.startsWith('/*', column)) return over(text, column + 2, '*/')
    return regexAt(text, column)
  }
  // `# x` is a comment; #include, #[derive] and a private #field are not.
  if (char === '#' && /^(?:[\s#!]|$)/.test(text.slice(column + 1, column + 2)) && !/\S/.test(text[column - 1] ?? ' '))
    return rest
  if (char === '`' && dialect !== 'hash') return over(text, column + 1, '`')
  if (char !== '"' && char !== "'") return undefined
  const triple = char.repeat(3)
  if (text.startsWith(triple, column)) return over(text, column + 3, triple)
  if (dialect === 'rust') return char === '"' ? rustString(text, column) : rustQuote(text, column)
  // In most languages strings end with their line at the latest.
  const end = endOf(text, char, column + 1)
  return { end: end < 0 ? text.length : end, until: '' }
}

/** Rust's strings go over lines; `r#"` and its like end with as many `#` as they have. */
function rustString(text: string, column: number): { end: number; until: string } {
  const raw = /\br(#{0,9})$/.exec(text.slice(Math.max(0, column - 12), column))
  return over(text, column + 1, raw ? `"${raw[1]}` : '"')
}

/** A character, or a lifetime. */
function rustQuote(text: string, column: number): { end: number; until: string } {
  const found = /^'(?:\\.[^']{0,8}|[^\\'])'/u.exec(text.slice(column, column + 14))
  return { end: column + (found?.[0].length ?? 1), until: '' }
}

function over(text: string, from: number, until: string): { end: number; until: string } {
  const end = endOf(text, until, from)
  return end < 0 ? { end: text.length, until } : { end, until: '' }
}

/** A regular expression literal, where a value may begin and a division may not. */
function regexAt(text: string, column: number): { end: number; until: string } | undefined {
  const before = text.slice(Math.max(0, column - 80), column).trimEnd()
  if (before !== '' && !/(?:[=(,:;!&|?{}[]|\breturn)$/.test(before)) return undefined
  const found = /^\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\\\]\n]|\\.){0,200}\]){1,500}\//.exec(
    text.slice(column, column + 1200),
  )
  return found ? { end: column + found[0].length, until: '' } : undefined
}

/** What differs between languages in comments and quotes: hash is Python, Ruby and shell. */
export type Dialect = 'rust' | 'hash' | 'other'

const RUST = /^\s*(?:pub(?:\([^)]{0,40}\))?\s+)?(?:(?:(?:async|unsafe|const)\s+)*fn\s+\w+|impl[\s<])/
const HASH =
  /^\s*(?:(?:async\s+)?def\s+\w.*(?:[:,(]\s*(?:#.*)?|\w|\))$|class\s+\w+(?:\([^()]*\))?:|from\s+\S+\s+import\s|elif\s|fi\s*$|done\s*$)|^#!.*(?:sh|python\d?|ruby)\b/
const dialects = new WeakMap<readonly string[], Dialect>()

/** Told by the first lines that only one of them has; once for each text. */
export function dialectOf(lines: readonly string[]): Dialect {
  let known = dialects.get(lines)
  if (known) return known
  const sample = lines.slice(0, 2000)
  const telling = sample.find(line => line.length < 500 && (RUST.test(line) || HASH.test(line))) ?? ''
  dialects.set(lines, (known = RUST.test(telling) ? 'rust' : HASH.test(telling) ? 'hash' : 'other'))
  return known
}
