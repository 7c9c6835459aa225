import type { Layout } from './grid.ts'
import { parsePicture } from './picture.ts'

/** By delimiter; others are `dsv ;`. */
const KINDS: ReadonlyMap<string, string> = new Map([
  [',', 'csv'],
  ['\t', 'tsv'],
  [' ', 'ssv'],
])

/** `csv`, `tsv`, `ssv`, `dsv ;`, with `crlf` where lines end in CR LF, and `headless` where no line holds the names. */
export function csvLayout(delimiter: string, crlf: boolean, headed: boolean): Layout {
  const kind = KINDS.get(delimiter) ?? `dsv ${delimiter}`
  const spec = [kind, ...(crlf ? ['crlf'] : []), ...(headed ? [] : ['headless'])].join(' ')
  const end = crlf ? '\r' : ''
  const join = (cells: readonly string[]) => cells.join(delimiter) + end
  // Empty cells between spaces would be hard to see.
  return { spec, separator: delimiter === ' ' ? ',' : delimiter, join, ...(headed && { header: join }) }
}

/** The layout that a block line names. Throws a RangeError where there is none of that name. */
export function layoutOf(spec: string): Layout {
  const picture = parsePicture(spec)
  if (picture) return picture
  const words = spec.split(' ')
  const delimiter = words[0] === 'dsv' ? words[1] : [...KINDS].find(([, kind]) => kind === words[0])?.[0]
  if (delimiter === undefined) throw new RangeError(`no layout ${spec}`)
  return csvLayout(delimiter, words.includes('crlf'), !words.includes('headless'))
}
