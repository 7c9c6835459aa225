import { columns, share } from './columns.ts'
import type { Placed } from './measure.ts'
import type { Other, Row, SuiteResult } from './suite.ts'
import { groupBy, inView, percent, sharesOf, totalsOf } from './totals.ts'

/** The suite's tables as text: nothing in them depends on the clock but the last one. */
export function printSuite(result: SuiteResult): string {
  const parts = [...groupBy(result.rows, row => row.corpus)].map(([corpus, rows]) => {
    const others = result.others.filter(other => other.corpus === corpus)
    return [`# ${corpus}`, LEGEND, savings(rows), kinds(rows), beside(rows, others), troubles(rows)]
  })
  if (parts.length === 0) return `No files to measure on here; name some with --corpus.\n\n${passed(result)}\n`
  return `${[...parts.flat(), passed(result), speeds(result.rows)].filter(Boolean).join('\n\n')}\n`
}

const LEGEND = `Tokens are o200k_base. Strong facts: in view, decodable from the text alone, one retrieval away, lost; tell%: errors, outliers and
the like, in view or decodable. net%: over files with strong facts, what is left of the saving when one of each file is asked for
and a miss is fetched by its gap's own selector (net-grep%: or by --grep), 190 tokens for the call.`

const SAVINGS =
  'filter mode folder files chg before after saved% median% net% net-grep% strong view% dec% away% lost% tell%'

function savings(rows: readonly Row[]): string {
  const table = [SAVINGS.split(' ')]
  for (const [name, group] of groupBy(rows, row => `${row.asked} ${row.mode}`))
    for (const [folder, some] of withAll(group)) table.push([...name.split(' '), folder, ...figures(some)])
  return columns(table)
}

function withAll<T extends { readonly folder: string }>(rows: readonly T[]): Map<string, readonly T[]> {
  const folders = new Map<string, readonly T[]>(groupBy(rows, row => row.folder))
  return folders.size > 1 ? folders.set('all', rows) : folders
}

function figures(rows: readonly Row[]): string[] {
  const t = totalsOf(rows)
  const { strong } = t
  return [
    ...[t.files, t.changed, t.before, t.after].map(String),
    ...[t.saved, t.median, t.net, t.netGrep].map(share),
    String(strong.count),
    ...[strong.view, strong.decodable, strong.retrievable, strong.lost, inView(t.telling)].map(share),
  ]
}

/** How each kind of fact fares under the filter that was asked for first. */
function kinds(rows: readonly Row[]): string {
  const facts = (mode: readonly Row[]) => mode.flatMap(row => row.facts)
  const table = ['kind mode facts view% dec% away% lost%'.split(' ')]
  for (const [mode, group] of groupBy(ofFirst(rows), row => row.mode))
    for (const [kind, some] of groupBy(facts(group), fact => fact.kind)) table.push([kind, mode, ...reaches(some)])
  return table.length > 1 ? columns(table) : ''
}

const ofFirst = (rows: readonly Row[]) => rows.filter(row => row.asked === rows[0]!.asked)

function reaches(facts: readonly Placed[]): string[] {
  const { count, view, decodable, retrievable, lost } = sharesOf(facts)
  return [String(count), ...[view, decodable, retrievable, lost].map(share)]
}

/** Beside each folder: minified JSON, TOON, gzip, and the strong facts that a cut to the same size would leave in view. */
function beside(rows: readonly Row[], others: readonly Other[]): string {
  const modes = [...groupBy(rows, row => row.mode).keys()]
  const cut = modes.flatMap(mode => [`ours(${mode})%`, 'head+tail%', 'random%'])
  const table = [['folder', 'minified%', 'TOON%', 'gzip%', ...cut]]
  const asked = withAll(ofFirst(rows))
  for (const [folder, some] of withAll(others)) {
    const sum = (pick: (other: Other) => number) => some.reduce((total, other) => total + pick(other), 0)
    const before = sum(other => other.before)
    const savedBy = (after: number) => share(percent(before - after, before))
    const gzip = share(100 - (100 * sum(other => other.gzip)) / some.length)
    const facts = modes.flatMap(mode => cuts(asked.get(folder)!.filter(row => row.mode === mode)))
    table.push([folder, savedBy(sum(other => other.minified)), savedBy(sum(other => other.toon)), gzip, ...facts])
  }
  return `Others: tokens saved; gzip: bytes; then strong facts in view, ours and after cuts to the same size\n${columns(table)}`
}

function cuts(rows: readonly Row[]): string[] {
  const t = totalsOf(rows)
  return [inView(t.strong), t.headTail, t.random].map(share)
}

function troubles(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ folder, file, asked, mode, roundTrip, reports }) => {
    const where = `${folder}/${file} ${asked} ${mode}`
    return [...(roundTrip ? [] : [`ROUND TRIP FAILED ${where}`]), ...reports.map(line => `report ${where}: ${line}`)]
  })
  return lines.length ? lines.join('\n') : 'Round trips: all bytes came back, and nothing was reported.'
}

function passed({ negatives }: SuiteResult): string {
  if (negatives.length === 0) return ''
  const wrong = negatives.filter(({ passed }) => !passed).map(({ name }) => name)
  return `Must pass unchanged: ${negatives.length - wrong.length} of ${negatives.length}${wrong.length ? `; changed: ${wrong.join(', ')}` : ''}`
}

/** Megabytes a second through the gate, counting and proof included. */
function speeds(rows: readonly Row[]): string {
  const table = ['filter mode folder MB MB/s'.split(' ')]
  for (const [name, group] of groupBy(rows, row => `${row.asked} ${row.mode}`))
    for (const [folder, some] of withAll(group)) {
      const megabytes = some.reduce((sum, row) => sum + row.bytes, 0) / 1e6
      const seconds = some.reduce((sum, row) => sum + row.ms, 0) / 1e3
      table.push([...name.split(' '), folder, megabytes.toFixed(2), (megabytes / seconds).toFixed(1)])
    }
  return columns(table)
}

/** A line for each file, filter and mode, and the strong facts that are not in view. */
export function printFiles(rows: readonly Row[]): string {
  const table = ['file filter mode by lossless before after saved% strong in-view why'.split(' ')]
  for (const row of rows) {
    const strong = row.facts.filter(fact => fact.strong)
    const saved = share(percent(row.before - row.after, row.before))
    const tokens = [row.before, row.after].map(String)
    const seen = strong.filter(isSeen).length
    const how = [`${row.folder}/${row.file}`, row.asked, row.mode, row.filter, row.lossless]
    table.push([...how, ...tokens, saved, String(strong.length), String(seen), row.why ?? ''])
  }
  return `${columns(table)}\n\n${outOfView(rows)}\n`
}

function outOfView(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ asked, mode, facts }) =>
    facts
      .filter(fact => fact.strong && !isSeen(fact))
      .map(
        ({ id, kind, reach, cost }) =>
          `${reach} ${asked} ${mode} ${id} ${kind}${cost ? ` ${cost.gap} tokens away` : ''}`,
      ),
  )
  return lines.length ? `Strong facts that are not in view:\n${lines.join('\n')}` : 'All strong facts are in view.'
}

const isSeen = ({ reach }: Placed) => reach === 'view' || reach === 'decodable'
