/**
 * Is each text handed to a filter that is made for it, and does no line go without an address?
 *
 *   bun bench/detect.ts MANIFEST [--mode MODE,..] [--show]
 *
 * MANIFEST has a line for each file, separated by tabs: its path (from the manifest's folder), and the names of the filters that may
 * rewrite it, separated by `|`; a pass is always right, and `pass` says that nothing else is. Printed are how many texts were
 * rewritten by a right filter, passed, or were rewritten by another one, then which filter was taken for which; and for each mode
 * the texts whose bytes do not come back, and the lines that are neither decodable without the store nor named by a marker.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { markersOf, type Part, partsOf } from '../ccr/marker.ts'
import { MemoryStore } from '../ccr/memory.ts'
import { Original } from '../ccr/original.ts'
import { textOf } from '../ccr/text.ts'
import { columns } from '../evals/columns.ts'
import { expand } from '../filters/expand.ts'
import { MODES, type Mode } from '../filters/filter.ts'
import { allFilters, filterOf } from '../filters/index.ts'
import { compressStream } from '../filters/stream.ts'
import { evalHost } from './host.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { mode: { type: 'string' }, show: { type: 'boolean' } },
})
const [manifest] = positionals
if (!manifest) throw new RangeError('bun bench/detect.ts MANIFEST')
const host = await evalHost()
const auto = (await filterOf('auto'))!
await allFilters()

interface Row {
  readonly name: string
  readonly right: readonly string[]
  readonly bytes: Uint8Array
}

const rows: Row[] = readFileSync(manifest, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(line => {
    const [name, right] = line.split('\t')
    return { name: name!, right: right!.split('|'), bytes: readFileSync(join(dirname(manifest), name!)) }
  })
for (const mode of (values.mode?.split(',') as Mode[] | undefined) ?? MODES) await judge(mode)

async function judge(mode: Mode): Promise<void> {
  const outcomes = { right: 0, pass: 0, wrong: 0 }
  const confusion = new Map<string, number>()
  const faults: string[] = []
  for (const row of rows) {
    const { filter, faults: found } = await tried(row, mode)
    const isRight = row.right.includes(filter.split(' ')[0]!) || isRightInParts(filter, row.right)
    const outcome = filter === 'pass' ? 'pass' : isRight ? 'right' : 'wrong'
    outcomes[outcome]++
    if (outcome === 'wrong') faults.push(`${row.name}: by ${filter}, not ${row.right.join(' or ')}`)
    if (values.show) console.log(`${mode} ${outcome} ${row.name} ${filter} (${row.right.join('|')})`)
    const cell = `${row.right[0]} -> ${filter}`
    confusion.set(cell, (confusion.get(cell) ?? 0) + 1)
    faults.push(...found.map(fault => `${row.name}: ${fault}`))
  }
  const share = ((100 * (outcomes.right + outcomes.pass)) / rows.length).toFixed(1)
  console.log(
    `${mode}: ${rows.length} texts, ${outcomes.right} right, ${outcomes.pass} passed, ${outcomes.wrong} wrong: ${share} %`,
  )
  if (!values.mode || values.show)
    console.log(columns([...confusion].sort().map(([cell, count]) => [cell, String(count)])))
  for (const fault of faults) console.log(`  ${fault}`)
}

/** Which filter rewrote the text, `pass` where none did, and what is wrong with what came out. */
async function tried({ name, bytes }: Row, mode: Mode): Promise<{ filter: string; faults: string[] }> {
  const store = new MemoryStore()
  const faults: string[] = []
  const world = { ...host, store: async () => store, report: (line: string) => void faults.push(line) }
  const parts: Uint8Array[] = []
  let filter = 'pass'
  async function* input() {
    yield bytes
  }
  for await (const { bytes: out, result } of compressStream(auto, input(), { mode }, world)) {
    parts.push(out)
    if (result.why === undefined) filter = result.filter
  }
  const output = Buffer.concat(parts)
  if (filter === 'mixed') filter = `mixed ${innerFilters(textOf(output)).join(' ')}`
  if (Buffer.compare((await expand(output, filterOf, store)).bytes, bytes) !== 0) faults.push(`${name}: other bytes`)
  // The gate proves values where a layout is not kept, as that of JSON; all else is compared line by line.
  if (filter !== 'pass' && !(await filterOf(filter))?.normal) {
    const lost = lostLines(textOf(bytes), textOf(output), textOf((await expand(output, filterOf)).bytes))
    if (lost.length) faults.push(`${lost.length} lines lost, the first: ${lost[0]!.slice(0, 80)}`)
  }
  return { filter, faults }
}

/** Filters that read parts of a text of several kinds. */
function innerFilters(output: string): string[] {
  const regions = (text: string) =>
    partsOf(text).filter((part): part is Part & { kind: 'region' } => part.kind === 'region')
  const inner = regions(output).flatMap(({ body }) => regions(body).map(({ head }) => head.filter))
  return [...new Set(inner)].sort()
}

/** A line end for each marker: a line of text may go on behind one. */
function unmarked(text: string): string {
  let rest = ''
  let from = 0
  for (const { start, end } of markersOf(text)) {
    rest += `${text.slice(from, start)}\n`
    from = end
  }
  return rest + text.slice(from)
}

/** A text whose parts went each to a filter that is made for the text had lines around them: a title, a remark. */
function isRightInParts(filter: string, right: readonly string[]): boolean {
  return (
    filter.startsWith('mixed ') &&
    filter
      .slice('mixed '.length)
      .split(' ')
      .every(part => right.includes(part))
  )
}

/** Distinct lines of `text` that neither stand in what the output decodes to nor in what its markers name. */
function lostLines(text: string, output: string, decoded: string): string[] {
  // Markers that the text itself quotes name nothing where nothing is left out.
  if (decoded === text) return []
  const original = new Original(text)
  const shown = new Set(unmarked(decoded).split('\n'))
  const touched = new Set<string>()
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const lines = text.split('\n')
  for (const { where } of markersOf(output))
    for (const { from, to } of original.resolve(where)) {
      const [first, last] = [original.lineAt(from), original.lineAt(Math.max(from, to - 1))]
      for (let at = first; at <= last && at <= starts.length; at++) touched.add(lines[at - 1]!)
    }
  return [...new Set(lines)].filter(line => line !== '' && !shown.has(line) && !touched.has(line))
}
