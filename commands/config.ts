import { UsageError } from '../filters/options.ts'
import { defineCommand, type Io } from './command.ts'
import { configPath, parsed, SETTINGS, settingsOf, textOfFile, variableOf } from './settings.ts'

const show = defineCommand({
  name: 'show',
  summary: 'Each setting, its value and where it came from',
  options: { json: { type: 'boolean', default: false, help: 'Print JSON' } },
  async run({ values: { json } }, io) {
    const { values, sources } = await settingsOf(io)
    const rows = Object.entries(SETTINGS).map(([name, { help }]) => ({
      name,
      value: (values as Record<string, unknown>)[name],
      source: sources[name]!,
      help,
    }))
    await io.write(json ? `${JSON.stringify(rows)}\n` : table(rows, io))
    return 0
  },
})

interface Row {
  readonly name: string
  readonly value: unknown
  readonly source: string
  readonly help: string
}

function table(rows: readonly Row[], io: Io): string {
  const origin = ({ name, source }: Row) =>
    source === 'environment' ? variableOf(name) : source === 'config' ? configPath(io.env)! : 'default'
  const lines = rows.map(row => `${row.name.padEnd(16)}  ${String(row.value ?? '-').padEnd(12)}  ${origin(row)}\n`)
  return `${lines.join('')}\nfile: ${configPath(io.env) ?? 'none, since HOME is not set'}\n`
}

const set = defineCommand({
  name: 'set',
  summary: 'Write a setting into config.jsonc; comments stay',
  options: {},
  operands: 'NAME VALUE',
  async run({ operands }, io) {
    const [name, value, extra] = operands
    if (!name || value === undefined || extra !== undefined)
      throw new UsageError('config set takes a name and a value, as in headroom config set mode lossless')
    await edit(io, name, parsed(name, value))
    return 0
  },
})

const unset = defineCommand({
  name: 'unset',
  summary: 'Take a setting out of config.jsonc',
  options: {},
  operands: 'NAME',
  async run({ operands: [name] }, io) {
    if (!name || !Object.hasOwn(SETTINGS, name))
      throw new UsageError(`no setting ${JSON.stringify(name ?? '')}; headroom config lists them`)
    await edit(io, name, undefined)
    return 0
  },
})

/** Changes the bytes of one property only. */
async function edit(io: Io, name: string, value: unknown): Promise<void> {
  const path = configPath(io.env)
  if (!path) throw new UsageError('there is no place for config.jsonc: set HOME or XDG_CONFIG_HOME')
  const [{ applyEdits, modify }, { mkdir, rename, writeFile }, { dirname }] = await Promise.all([
    import('jsonc-parser'),
    import('node:fs/promises'),
    import('node:path'),
  ])
  const before = (await textOfFile(io, path)) || '{}\n'
  const after = applyEdits(
    before,
    modify(before, [name], value, { formattingOptions: { insertSpaces: true, tabSize: 2 } }),
  )
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.new`, after)
  await rename(`${path}.new`, path)
}

export default defineCommand({
  name: 'config',
  summary: 'Settings, their values and where each came from',
  options: show.options,
  subcommands: { show: async () => show, set: async () => set, unset: async () => unset },
  run: (input, io) => show.run!(input as never, io),
})
