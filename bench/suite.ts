/** The tables of evals on the console: `bun bench/suite.ts [--corpus DIR] [--filter NAME] [--mode NAME,..] [--folder NAME,..]`. */
import { parseArgs } from 'node:util'
import { printSuite } from '../evals/print.ts'
import { runSuite } from '../evals/suite.ts'
import type { Mode } from '../filters/filter.ts'
import { evalHost } from './host.ts'

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    filter: { type: 'string' },
    mode: { type: 'string' },
    folder: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const result = await runSuite(
  {
    ...(values.corpus && { corpus: values.corpus }),
    ...(values.filter && { filter: values.filter }),
    ...(values.mode && { modes: values.mode.split(',') as Mode[] }),
    ...(values.folder && { folders: values.folder.split(',') }),
  },
  await evalHost(),
)
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : printSuite(result))
