import { parseFloors, shortfalls } from '../evals/floors.ts'
import { printFiles, printSuite } from '../evals/print.ts'
import { printRecorded, printWorkloads } from '../evals/print-published.ts'
import { runRecorded, runWorkloads } from '../evals/published.ts'
import { runSuite } from '../evals/suite.ts'
import { MODES } from '../filters/filter.ts'
import { type Options, UsageError } from '../filters/options.ts'
import { defineCommand } from './command.ts'
import { openModels } from './host.ts'

const OPTIONS = {
  tier: { type: 'number', min: 1, max: 1, default: 1, help: '1: offline, deterministic, without a model' },
  corpus: {
    type: 'string',
    value: 'DIR',
    help: 'Your own files: at its top or one folder deep, with FACTS.jsonl if there are facts',
  },
  filter: { type: 'string', value: 'NAME', help: 'This filter for every file' },
  folder: { type: 'string', value: 'NAME,...', help: 'These folders of the corpora alone' },
  mode: { type: 'string', choices: MODES, help: 'This mode alone' },
  files: { type: 'boolean', default: false, help: 'A line for each file too' },
  json: { type: 'boolean', default: false, help: 'Print JSON' },
  floor: {
    type: 'string',
    value: 'saved=40,facts=92',
    help: 'Exit 1 where a figure is below: saved, median, net, facts, telling, in percent',
  },
} as const satisfies Options

const suite = defineCommand({
  name: 'suite',
  summary: 'Tokens saved, with the facts still in view, one retrieval away, or lost',
  options: OPTIONS,
  async run({ values }, io) {
    const floors = floorsOf(values.floor)
    const { corpus, filter, mode } = values
    const folders = values.folder?.split(',')
    const modes = mode ? [mode as (typeof MODES)[number]] : MODES
    const models = openModels(io)
    const host = { tokenizer: await models.tokenizer('o200k_base'), models }
    const result = await runSuite(
      { modes, ...(corpus && { corpus }), ...(filter && { filter }), ...(folders && { folders }) },
      host,
    )
    const published =
      corpus || filter || folders
        ? undefined
        : { workloads: await runWorkloads({ modes }, host), recorded: await runRecorded({ modes }, host) }
    const text = () =>
      [
        printSuite(result),
        values.files ? printFiles(result.rows) : '',
        published
          ? `# workloads\n\n${printWorkloads(published.workloads)}\n\n# recorded\n\n${printRecorded(published.recorded)}\n`
          : '',
      ].join('\n')
    await io.write(values.json ? `${JSON.stringify({ suite: result, ...published })}\n` : text())
    const below = shortfalls(result.rows, floors)
    for (const line of below) io.warn(line)
    return below.length > 0 ? 1 : 0
  },
})

function floorsOf(text = '') {
  try {
    return parseFloors(text)
  } catch (cause) {
    if (cause instanceof RangeError) throw new UsageError(cause.message, { cause })
    throw cause
  }
}

export default defineCommand({
  name: 'evals',
  summary: 'Measure savings and what they cost in facts, on the corpora or on your own files',
  options: {},
  subcommands: { suite: async () => suite },
})
