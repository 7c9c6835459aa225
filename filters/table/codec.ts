import type { Selector } from '../../ccr/select.ts'
import type { Signal } from '../filter.ts'
import { delimiterOf, recordsOf } from './csv.ts'
import { Tables } from './decode.ts'
import { csvLayout, layoutOf } from './layouts.ts'
import { printTable } from './print.ts'
import { tableOf } from './table.ts'

export function encode(text: string, signal: Signal): string | undefined {
  const shape = delimiterOf(text)
  if (!shape) return undefined
  const records = recordsOf(text, shape.delimiter, shape.width, signal)
  const first = records.items.findIndex(item => 'row' in item)
  if (first < 0 || records.columns[0]!.length < 3) return undefined
  const names = records.columns.map(column => column[0]!)
  const columns = records.columns.map(column => column.slice(1))
  const items = records.items.slice(first + 1).map(item => ('row' in item ? { row: item.row - 1 } : item))
  const table = tableOf({ layout: csvLayout(shape.delimiter, records.crlf, true), names, columns, items }, signal)
  const before = records.items.slice(0, first).map(item => ('text' in item ? literal(item.text) : ''))
  return [...before, ...printTable(table, signal), literal(records.rest)].join('\n')
}

const literal = (text: string) => text.split('\n').map(line => (/^(@|\\|\[\.\.\. )/.test(line) ? `\\${line}` : line)).join('\n')

export function decode(body: string, gap: (where: Selector) => string): string {
  return new Tables(body, layoutOf, gap).read().join('\n')
}
