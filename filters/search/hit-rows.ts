/**
 * How hits are printed, for those who print and those who read it:
 *
 *   A=const app = express()        a key: text of several rows; the keys end with an empty line
 *
 *   src/auth/                      a folder: what is below it and has no slash stands in it, up to the next path with one
 *   login.ts                       a file, for the rows below it
 *   12: text                       a match in line 12
 *   12,40: text                    two matches with the same text
 *   40=A                           a match with the text of A
 *    text                          a line of context, after one space: its number counts from its neighbours
 *   14- text                       a line of context
 *   ~A                             a line of context with the text of A
 *   14~A
 *   token.ts:4: text               a file and its one match
 *                                  an empty line: `--`
 *   \any other line
 */
export type Line =
  | { readonly kind: 'break' }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'folder' | 'file'; readonly path: string }
  | { readonly kind: 'single'; readonly path: string; readonly row: Row }
  | { readonly kind: 'row'; readonly row: Row }

/** Notes: lines of context have no number; there are keys; paths begin with `./`. Where they do not, `./` before a name says that it is in no folder. */
export const UNNUMBERED = 'unnumbered lines are context'
export const KEYED = 'A=text'
export const DOTTED = './'
export const ROOT = './'

/** One printed row: the line numbers, none where it is counted; `keyed` where `text` names a key. */
export interface Row {
  readonly numbers: readonly number[]
  readonly mark: ':' | '-'
  readonly keyed: boolean
  readonly text: string
}

export function printRow({ numbers, mark, keyed, text }: Row): string {
  const sign = keyed ? (mark === ':' ? '=' : '~') : mark
  if (numbers.length === 0) return keyed ? sign + text : ` ${text}`
  return (numbers.length === 1 ? numbers[0]! : numbers.join(',')) + sign + text
}

const SINGLE = /:(\d{1,9})([:=])/g

/** What a line of a body is. Bounded time but for the numbers of a row. */
export function parseLine(line: string): Line {
  switch (line[0]) {
    case undefined:
      return { kind: 'break' }
    case '\\':
      return { kind: 'literal', text: line.slice(1) }
    case ' ':
      return { kind: 'row', row: { numbers: NONE, mark: '-', keyed: false, text: line.slice(1) } }
    case '~':
      return { kind: 'row', row: { numbers: NONE, mark: '-', keyed: true, text: line.slice(1) } }
  }
  const row = numberedRow(line)
  if (row) return { kind: 'row', row }
  SINGLE.lastIndex = 0
  const single = SINGLE.exec(line)
  if (single) {
    const row = rowOf([Number(single[1])], single[2]!, line.slice(SINGLE.lastIndex))
    return { kind: 'single', path: line.slice(0, single.index), row }
  }
  return { kind: line.endsWith('/') ? 'folder' : 'file', path: line }
}

const NONE: readonly number[] = []

/** `12,40:text`; undefined where a line does not begin so. */
function numberedRow(line: string): Row | undefined {
  const numbers: number[] = []
  for (let at = 0; ; at++) {
    const start = at
    let number = 0
    for (let unit = line.charCodeAt(at); unit >= 48 && unit <= 57; unit = line.charCodeAt(++at))
      number = number * 10 + unit - 48
    if (at === start || at - start > 9) return undefined
    numbers.push(number)
    const sign = line[at]
    if (sign === ',') continue
    return sign === ':' || sign === '-' || sign === '=' || sign === '~'
      ? rowOf(numbers, sign, line.slice(at + 1))
      : undefined
  }
}

function rowOf(numbers: readonly number[], sign: string, text: string): Row {
  return { numbers, mark: sign === ':' || sign === '=' ? ':' : '-', keyed: sign === '=' || sign === '~', text }
}

/** Can a file of this name be a heading? Else its hits are printed as they came. */
export function isHeading(name: string): boolean {
  const line = parseLine(name)
  return line.kind === 'file' && parseLine(`${name}:1:`).kind === 'single'
}
