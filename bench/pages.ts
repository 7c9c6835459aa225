/**
 * bun bench/pages.ts DIR [--mode balanced] [--lost]
 *
 * Every .html file below DIR through the html filter: tokens before and after, megabytes a second of CPU time of the filter alone (the best of three
 * rounds), and, for pages with a reference in evals/pages/references.json, the share of the main text's words that are in what is shown, and the
 * cells of its tables that are not. --lost prints those cells. docs/pages.md says which pages were measured and where they come from.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { printMarker } from '../ccr/marker.ts'
import { MemoryStore } from '../ccr/memory.ts'
import { bytes } from '../ccr/select.ts'
import { textOf } from '../ccr/text.ts'
import { columns } from '../evals/columns.ts'
import { mainText, type Reference, recall, wordsOf } from '../evals/pages/reference.ts'
import type { FilterContext, Mode } from '../filters/filter.ts'
import html from '../filters/html/index.ts'
import { type Host, run } from '../filters/run.ts'
import { decode } from '../filters/table/codec.ts'
import { evalHost } from './host.ts'

const ROUNDS = 3
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { mode: { type: 'string', default: 'balanced' }, lost: { type: 'boolean' } },
})
const dir = positionals[0]
if (!dir) throw new Error('bun bench/pages.ts DIR')
const mode = values.mode as Mode
const references = new Map(
  (
    JSON.parse(readFileSync(new URL('../evals/pages/references.json', import.meta.url), 'utf8')) as readonly Reference[]
  ).map(reference => [reference.page, reference]),
)
const host: Host = {
  ...(await evalHost()),
  store: async () => new MemoryStore(),
  report: line => console.error(line),
}
await report(
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.html'))
    .sort(),
)

async function report(pages: readonly string[]): Promise<void> {
  const table = ['page before after saved% recall% cells lost MB/s'.split(' ')]
  const sums = { before: 0, after: 0, units: 0, seconds: 0, recalls: [] as number[], cells: 0, lost: 0 }
  for (const page of pages) {
    const text = textOf(readFileSync(join(dir!, page)))
    const result = await run(html, text, { mode }, host)
    const { before, after } = result.tokens
    const seconds = secondsOf(text)
    const found = result.why ? undefined : compared(page, text, result.text)
    sums.before += before
    sums.after += after
    sums.units += text.length
    sums.seconds += seconds
    if (found?.recall !== undefined) sums.recalls.push(found.recall)
    sums.cells += found?.cells ?? 0
    sums.lost += found?.lost.length ?? 0
    if (values.lost) for (const cell of found?.lost ?? []) console.log(`${page}: lost cell: ${cell}`)
    for (const fault of found?.faults ?? []) console.log(`${page}: ${fault}`)
    table.push([
      page,
      String(before),
      String(after),
      percent(1 - after / before),
      found?.recall === undefined ? (result.why ?? '') : percent(found.recall),
      String(found?.cells ?? ''),
      String(found?.lost.length ?? ''),
      (text.length / 1e6 / seconds).toFixed(1),
    ])
  }
  const mean = sums.recalls.reduce((sum, value) => sum + value, 0) / sums.recalls.length
  const least = Math.min(...sums.recalls)
  console.log(columns(table))
  console.log(
    `${pages.length} pages: ${sums.before} -> ${sums.after} tokens, ${percent(1 - sums.after / sums.before)} % saved; ` +
      `recall ${percent(mean)} % (least ${percent(least)} %) on ${sums.recalls.length}; ${sums.lost} of ${sums.cells} cells lost; ` +
      `${(sums.units / 1e6 / sums.seconds).toFixed(1)} MB/s`,
  )
}

function percent(share: number): string {
  return (100 * share).toFixed(1)
}

/** CPU seconds of the filter alone, all threads, without counting, storing and proving. */
function secondsOf(text: string): number {
  const context = {
    ...{ options: {}, hint: {}, mode, models: host.models, found: new Map() },
    signal: { throwIfAborted() {} },
    count: () => 0,
    omit: (_where: unknown, what: string) => printMarker(what, bytes(0, 1)),
    keep() {},
    at: bytes,
    inner: async () => '',
  } satisfies FilterContext
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const started = process.cpuUsage()
    html.apply(text, context)
    const { user, system } = process.cpuUsage(started)
    best = Math.min(best, (user + system) / 1e6)
  }
  return best
}

interface Found {
  readonly recall: number | undefined
  readonly cells: number
  readonly lost: readonly string[]
  /** Sentences that are missing, boilerplate that is not. */
  readonly faults: readonly string[]
}

function compared(page: string, source: string, shown: string): Found | undefined {
  const reference = references.get(page)
  const read = plain(shown)
  const words = wordsOf(read)
  const joined = ` ${words.join(' ')} `
  const main = mainText(source, reference ?? { main: 'body', without: [] })
  const isLost = (cell: string) => {
    const inCell = wordsOf(cell)
    return inCell.length > 0 && !joined.includes(` ${inCell.join(' ')} `)
  }
  // Where nobody said what the main content is, tables of navigation would count as lost.
  if (!reference) return undefined
  const faults = [
    ...(reference.has ?? []).filter(some => !joined.includes(wordsOf(some).join(' '))).map(some => `missing: ${some}`),
    ...(reference.hasNot ?? [])
      .filter(some => joined.includes(` ${wordsOf(some).join(' ')} `))
      .map(some => `boilerplate: ${some}`),
  ]
  return {
    recall: recall(wordsOf(main.text), words),
    cells: main.cells.length,
    lost: main.cells.filter(isLost),
    faults,
  }
}

/** What is shown as a reader reads it: addresses aside, tables in a notation of their own decoded. */
function plain(shown: string): string {
  return shown
    .slice(shown.indexOf('\n') + 1)
    .split(/\n\n(?=@\d)/)
    .map((part, i) => (i === 0 && !part.startsWith('@') ? part : decodedFirst(part)))
    .join('\n')
    .replace(/\]\([^()\s]*\)/g, ']')
    .replaceAll('<br>', ' ')
}

function decodedFirst(part: string): string {
  const end = part.indexOf('\n\n')
  const coded = end < 0 ? part : part.slice(0, end)
  return `${decode(coded, () => '')}\n${end < 0 ? '' : part.slice(end)}`
}
