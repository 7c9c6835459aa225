/**
 * The cells of a printed row:
 *
 *   (empty)  as in the row above; of a column with `?`: its rule holds
 *   ~        empty
 *   \NA      this is the whole cell of the column, whatever its rule says
 *   ~text    text in which ~0 is a tilde, ~1 the separator, ~2 a line end
 */
export const EMPTY = '~'

/** Does a row's first cell begin like another kind of line? */
export const OPENS = '#!=[>'

/** A value as a cell; `first` where it opens its row, `last` where it may hold separators, for nothing follows it. */
export function printCell(value: string, separator: string, first: boolean, last = false): string {
  if (value === '') return EMPTY
  const opens = value.charCodeAt(0) === 126 || (first && OPENS.includes(value[0]!))
  if (!opens && !(value.includes(separator) && !last) && !value.includes('\n')) return value
  return `~${value.replaceAll('~', '~0').replaceAll(separator, '~1').replaceAll('\n', '~2')}`
}

/** The inverse of printCell. */
export function parseCell(cell: string, separator: string): string {
  if (cell.charCodeAt(0) !== 126) return cell
  return cell.slice(1).replaceAll('~2', '\n').replaceAll('~1', separator).replaceAll('~0', '~')
}
