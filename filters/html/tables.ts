import type { Extent } from './extent.ts'
import { attribute, type Page, textIn } from './page.ts'
import { type Block, blocksIn, type Source } from './print.ts'

/** Signs of text in a cell, on the average, beyond which a table is not read by rows. */
const LONG_CELL = 600
/** Cells printed for each cell of the source: what spans of rows and columns may add. */
const MOST_SPANNED = 4

/** Does a table hold data, and not the layout of a page? No other tables, headings or listings stand in its cells, nor whole chapters. */
export function isData(page: Page, extent: Extent, at: number): boolean {
  const role = attribute(page[at]!, 'role')
  if (role === 'presentation' || role === 'none') return false
  const [rows, cells] = [extent.of('rows', at), extent.of('cells', at)]
  if (rows < 2 || cells < 1.3 * rows) return false
  if (extent.of('tables', at) > 1 || extent.of('code', at) > 0) return false
  if (extent.of('headings', at) > 0.5 * rows) return false
  return extent.of('text', at) <= LONG_CELL * cells
}

/** A table in Markdown, and before it its caption and what stands in it outside of cells. */
export function printTable(source: Source, at: number): Pick<Block, 'kind' | 'text' | 'rows'>[] {
  const { rows, others, isHeaded } = readTable(source, at)
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0)
  const cells = rows.reduce((sum, row) => sum + row.length, 0)
  const isEven = width * rows.length <= MOST_SPANNED * cells
  const full = isEven ? rows.map(row => [...row, ...Array<string>(width - row.length).fill('')]) : rows
  // As in GFM, empty cells at the end of a row need not stand.
  const lines = full.map((row, i) => `| ${(isHeaded && i === 0 ? row : filled(row)).join(' | ')} |`)
  if (isHeaded) lines.splice(1, 0, `|${'---|'.repeat(width)}`)
  return [
    ...others.map(text => ({ kind: 'text' as const, text })),
    ...(width > 0
      ? [{ kind: 'table' as const, text: lines.join('\n'), ...(isHeaded && isEven && { rows: full }) }]
      : []),
  ]
}

function filled(row: readonly string[]): readonly string[] {
  const last = row.findLastIndex(cell => cell !== '')
  return row.slice(0, last + 1)
}

interface Rows {
  readonly rows: readonly (readonly string[])[]
  readonly others: readonly string[]
  /** Does the first row hold the names of the columns? */
  readonly isHeaded: boolean
}

function readTable(source: Source, at: number): Rows {
  const { page, extent, isLeft, signal } = source
  const grid = new Grid(MOST_SPANNED * extent.of('cells', at))
  const others: string[] = []
  let isHeaded = false
  let named = 0
  for (let i = at + 1; i <= page[at]!.last; i++) {
    signal.throwIfAborted()
    const node = page[i]!
    if (extent.isUnseen(i) || (node.name !== '' && node.name !== 'tr' && isLeft(i))) i = node.last
    else if (node.name === 'tr') {
      grid.addRow()
      named = 0
    } else if (node.name === 'td' || node.name === 'th') {
      if (node.name === 'th') named++
      grid.addCell(cellText(source, i), span(attribute(node, 'colspan')), span(attribute(node, 'rowspan')))
      if (grid.rows.length === 1)
        isHeaded = named === grid.rows[0]!.length || (named > 1 && named >= grid.rows[0]!.length - 1)
      i = node.last
    } else if (node.name === 'caption') {
      const words = textIn(page, i)
      if (words !== '') others.push(words)
      i = node.last
    } else if (node.text.trim() !== '') others.push(node.text.trim())
  }
  const rows = grid.rows.filter(row => row.some(cell => cell !== ''))
  return { rows, others, isHeaded: isHeaded && rows[0] === grid.rows[0] }
}

const span = (value: string) => Math.max(1, Math.min(1000, Number.parseInt(value, 10) || 1))

/** Rows as they are filled: a cell of several rows stands in each of them, the rest of one of several columns is empty. */
class Grid {
  readonly rows: string[][] = []
  /** By column: what stands there in the next rows, and in how many. */
  readonly #below: { text: string; left: number }[] = []
  #room: number

  constructor(room: number) {
    this.#room = room
  }

  addRow(): void {
    this.rows.push([])
    this.#fill()
  }

  addCell(text: string, columns: number, rows: number): void {
    if (this.rows.length === 0) this.addRow()
    const row = this.rows.at(-1)!
    for (let i = 0; i < columns && (i === 0 || this.#room > 0); i++) {
      if (rows > 1) this.#below[row.length] = { text: i === 0 ? text : '', left: rows - 1 }
      row.push(i === 0 ? text : '')
      this.#room--
    }
    this.#fill()
  }

  /** What cells above reach down to. */
  #fill(): void {
    const row = this.rows.at(-1)!
    for (
      let above = this.#below[row.length];
      above && above.left > 0 && this.#room > 0;
      above = this.#below[row.length]
    ) {
      above.left--
      this.#room--
      row.push(above.text)
    }
  }
}

/** A cell on one line. */
function cellText(source: Source, at: number): string {
  const { page, extent } = source
  if (extent.of('blocks', at) <= 1 && extent.of('links', at) === 0 && page[at]!.last === at + 1)
    return oneLine(textIn(page, at))
  return oneLine(
    blocksIn(source, at + 1, page[at]!.last)
      .map(({ text }) => text)
      .join('\n'),
  )
}

const oneLine = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', '<br>')
