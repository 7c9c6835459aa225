import type { Layout } from './grid.ts'
import { parsePicture } from './picture.ts'

/** `csv`, `tsv`, `dsv ;`, with `crlf` where lines end in CR LF, and `headless` where no line holds the names. */
export function csvLayout(delimiter: string, crlf: boolean, headed: boolean): Layout {
  const kind = delimiter === ',' ? 'csv' : delimiter === '\t' ? 'tsv' : `dsv ${delimiter}`
  const spec = [kind, ...(crlf ? ['crlf'] : []), ...(headed ? [] : ['headless'])].join(' ')
  const end = crlf ? '\r' : ''
  const join = (cells: readonly string[]) => cells.join(delimiter) + end
  return { spec, separator: delimiter, join, ...(headed && { header: join }) }
}

/** The layout that a block line names. Throws a RangeError where there is none of that name. */
export function layoutOf(spec: string): Layout {
  const picture = parsePicture(spec)
  if (picture) return picture
  const words = spec.split(' ')
  const delimiter = words[0] === 'csv' ? ',' : words[0] === 'tsv' ? '\t' : words[0] === 'dsv' ? words[1] : undefined
  if (delimiter === undefined) throw new RangeError(`no layout ${spec}`)
  return csvLayout(delimiter, words.includes('crlf'), !words.includes('headless'))
}
