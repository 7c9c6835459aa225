/**
 * The tables of evals on the console: what the filters save, and what of it a reader still sees.
 *
 *   bun bench/suite.ts [--corpus DIR] [--filter NAME] [--mode NAME,..] [--folder NAME,..] [--files] [--json] [--floor saved=40,facts=92]
 */
import { parseArgs } from 'node:util'
import { parseFloors, shortfalls } from '../evals/floors.ts'
import { printFiles, printSuite } from '../evals/print.ts'
import { printRecorded, printWorkloads } from '../evals/print-published.ts'
import { runRecorded, runWorkloads } from '../evals/published.ts'
import { runSuite } from '../evals/suite.ts'
import { MODES, type Mode } from '../filters/filter.ts'
import { evalHost } from './host.ts'

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    filter: { type: 'string' },
    mode: { type: 'string' },
    folder: { type: 'string' },
    floor: { type: 'string' },
    files: { type: 'boolean' },
    json: { type: 'boolean' },
  },
})
const { corpus, filter } = values
const folders = values.folder?.split(',')
const modes = values.mode ? (values.mode.split(',') as Mode[]) : MODES
const host = await evalHost()

const suite = await runSuite(
  { modes, ...(corpus && { corpus }), ...(filter && { filter }), ...(folders && { folders }) },
  host,
)
const narrow = corpus || filter || folders
const published = narrow ? [] : await runWorkloads({ modes }, host)
const arrays = narrow ? [] : await runRecorded({ modes }, host)
const text = () =>
  [
    printSuite(suite),
    values.files ? printFiles(suite.rows) : '',
    narrow ? '' : `# workloads\n\n${printWorkloads(published)}\n\n# recorded\n\n${printRecorded(arrays)}\n`,
  ].join('\n')
process.stdout.write(values.json ? `${JSON.stringify({ suite, workloads: published, recorded: arrays })}\n` : text())

for (const line of shortfalls(suite.rows, parseFloors(values.floor ?? ''))) {
  process.stderr.write(`${line}\n`)
  process.exitCode = 1
}
