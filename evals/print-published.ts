import { columns, share } from './columns.ts'
import type { OutputRow, RecordedRow } from './published.ts'
import { groupBy, percent } from './totals.ts'
import { workloads } from './workloads.ts'

/** The workloads' table: tokens before and after, and which facts are in view (or decodable) by kind. */
export function printWorkloads(rows: readonly OutputRow[]): string {
  const head = 'workload tool mode before after saved% planted extreme error ordinary away lost claimed%'
  const table = [head.split(' ')]
  const claims = new Map(
    workloads().map(({ name, claimed: [before, after] }) => [name, percent(before - after, before)]),
  )
  for (const [name, group] of groupBy(rows, row => row.workload))
    for (const [mode, some] of groupBy(group, row => row.mode)) {
      for (const row of some.length > 1 ? some : []) table.push([name, row.tool, mode, ...figures([row]), ''])
      table.push([name, some.length > 1 ? 'all' : some[0]!.tool, mode, ...figures(some), share(claims.get(name))])
    }
  return columns(table)
}

const KINDS = ['planted', 'extreme', 'error', 'ordinary']

function figures(rows: readonly OutputRow[]): string[] {
  const sum = (pick: (row: OutputRow) => number) => rows.reduce((total, row) => total + pick(row), 0)
  const [before, after] = [sum(row => row.before), sum(row => row.after)]
  const facts = rows.flatMap(row => row.facts)
  const seen = KINDS.map(kind => {
    const some = facts.filter(fact => fact.kind === kind)
    const shown = some.filter(({ reach }) => reach === 'view' || reach === 'decodable').length
    return some.length ? `${shown}/${some.length}` : '-'
  })
  const count = (reach: string) => String(facts.filter(fact => fact.reach === reach).length)
  return [
    String(before),
    String(after),
    share(percent(before - after, before)),
    ...seen,
    count('retrievable'),
    count('lost'),
  ]
}

/** The recorded arrays' table, with the original's own figures for its own files. */
export function printRecorded(rows: readonly RecordedRow[]): string {
  const modes = [...groupBy(rows, row => row.mode).keys()]
  const table = [['recorded (rebuilt)', 'theirs before', 'theirs after', 'before', ...modes, 'filter', 'bytes back']]
  for (const [name, group] of groupBy(rows, row => row.name)) {
    const [first] = group
    const theirs = first!.theirs?.map(String) ?? ['-', '-']
    const back = group.every(row => row.roundTrip) ? 'yes' : 'NO'
    table.push([name, ...theirs, String(first!.before), ...group.map(row => String(row.after)), first!.filter, back])
  }
  return columns(table)
}
