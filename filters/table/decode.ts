import { markerAt } from '../../ccr/marker.ts'
import type { Selector } from '../../ccr/select.ts'
import { parseCell } from './cell.ts'
import type { Layout } from './grid.ts'
import { filledCell } from './offload.ts'
import { RowReader } from './row-reader.ts'
import { parseColumns } from './rule.ts'

type Gap = (where: Selector) => string

/** Reads the tables of a body; `layoutOf` gives the layout that a block line names. Throws a RangeError on other bodies. */
export class Tables {
  readonly #lines: readonly string[]
  readonly #layoutOf: (spec: string) => Layout
  readonly #gap: Gap
  readonly #fill: ((cell: string) => string) | undefined
  #at = 0

  /** `gapped` says that cells may be markers. */
  constructor(body: string, layoutOf: (spec: string) => Layout, gap: Gap, gapped = false) {
    this.#fill = gapped ? cell => filledCell(cell, gap) : undefined
    this.#lines = body.split('\n')
    this.#layoutOf = layoutOf
    this.#gap = gap
  }

  /** The lines of the original. A line of several, and a gap, is one of them. */
  read(): string[] {
    const out: string[] = []
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at++]!
      if (line.startsWith('@')) this.#readBlock(line, out)
      else if (line.startsWith('\\')) out.push(line.slice(1))
      else out.push(gapAt(line, this.#gap) ?? line)
    }
    return out
  }

  #readBlock(line: string, out: string[]): void {
    const { name, reader } = this.#readHead(line, out)
    const readers = new Map([['', reader]])
    for (let next = this.#lines[this.#at]; next && /^@[A-Z] /.test(next); next = this.#lines[this.#at]) {
      const more = this.#readHead(this.#next(), out)
      readers.set(more.name, more.reader)
    }
    for (let left = Number(name); left > 0; ) left -= this.#readItem(readers, out)
  }

  /** A table's line, its columns and keys. */
  #readHead(line: string, out: string[]): { name: string; reader: RowReader } {
    const found = /^@(\d{1,15}|[A-Z])(?: by (tab|.))? (.*)$/s.exec(line)
    if (!found) throw new RangeError('a line that this filter did not write')
    const layout = this.#layoutOf(found[3]!)
    const by = found[2] === undefined ? layout.separator : found[2] === 'tab' ? '\t' : found[2]
    const { names, rules } = parseColumns(this.#next(), by)
    const reader = new RowReader(layout, names, rules, by, this.#fill)
    while (this.#lines[this.#at]?.startsWith('=')) reader.readKeys(this.#next())
    if (layout.header) out.push(layout.header(names))
    return { name: found[1]!, reader }
  }

  /** One line of a block's rows; answers how many items it was. */
  #readItem(readers: ReadonlyMap<string, RowReader>, out: string[]): number {
    const line = this.#next()
    if (line.startsWith('!!')) {
      const count = Number(line.slice(2))
      for (let i = 0; i < count; i++) out.push(this.#next())
      return count
    }
    if (line.startsWith('!')) out.push(parseCell(line.slice(1), '\n'))
    else {
      const isOther = line.startsWith('>')
      const reader = readers.get(isOther ? line.slice(1, 2) : '')
      if (!reader) throw new RangeError('a row of no table')
      const row = isOther ? line.slice(line[2] === ' ' ? 3 : 2) : line
      const isGroup = isOther ? line[2] === '#' : line.startsWith('#')
      if (isGroup) {
        reader.readGroup(row)
        return 0
      }
      out.push(gapAt(line, this.#gap) ?? reader.readRow(row))
    }
    return 1
  }

  #next(): string {
    const line = this.#lines[this.#at++]
    if (line === undefined) throw new RangeError('a table that does not end')
    return line
  }
}

/** What a line that is a marker stands for, without its last line end; undefined for other lines. */
function gapAt(line: string, gap: Gap): string | undefined {
  if (!line.startsWith('[... ')) return undefined
  const marker = markerAt(line, 0)
  if (marker?.end !== line.length) return undefined
  const missing = gap(marker.where)
  return missing.endsWith('\n') ? missing.slice(0, -1) : missing
}
