import { type ArgsDef, type CommandDef, defineCommand, renderUsage } from 'citty'
import type { Option } from '../filters/options.ts'
import type { Command } from './command.ts'
import { commandNames, commandOf } from './index.ts'

/** The whole tree as help shows it: `headroom --help`. */
export async function overview(colours: boolean): Promise<string> {
  const subCommands: Record<string, CommandDef> = {}
  for (const name of await commandNames()) subCommands[name] = cittyOf((await commandOf(name))!, name)
  const meta = { name: 'headroom', description: 'Smaller text for AI agents; every byte left out comes back' }
  const tree = defineCommand({ meta, subCommands })
  return `${plain(await renderUsage(tree), colours)}\n\nWithout a command, piped input goes through auto, which picks the filter by content.\n`
}

/** One command's usage: `headroom log --help`. */
export async function usageOf(command: Command, path: string, colours: boolean): Promise<string> {
  const text = await renderUsage(await cittyTree(command, path), { meta: { name: 'headroom' } })
  return `${plain(text, colours)}\n`
}

async function cittyTree(command: Command, path: string): Promise<CommandDef> {
  const subCommands: Record<string, CommandDef> = {}
  for (const [name, load] of Object.entries(command.subcommands ?? {})) subCommands[name] = cittyOf(await load(), name)
  const def = cittyOf(command, path)
  return Object.keys(subCommands).length > 0 ? { ...def, subCommands } : def
}

function cittyOf({ summary, options, operands }: Command, name: string): CommandDef {
  const args: ArgsDef = {}
  for (const operand of operands?.split(' ') ?? []) {
    const bare = operand.replace(/[[\]]/g, '')
    args[bare.toLowerCase()] = { type: 'positional', required: !operand.startsWith('[') }
  }
  for (const [flag, option] of Object.entries(options)) args[flag] = argOf(option)
  return defineCommand({ meta: { name, description: summary }, args })
}

function argOf(option: Option): ArgsDef[string] {
  const shared = { description: option.help, ...(option.short && { alias: option.short }) }
  if (option.type === 'boolean') return { ...shared, type: 'boolean' }
  const value = option.default === undefined ? {} : { default: String(option.default) }
  if (option.type === 'string' && option.choices)
    return { ...shared, ...value, type: 'enum', options: [...option.choices] }
  return { ...shared, ...value, type: 'string', valueHint: option.type === 'number' ? 'N' : (option.value ?? 'TEXT') }
}

/** citty colours by the environment alone; a pipe gets plain text. */
const plain = (text: string, colours: boolean) => (colours ? text : text.replace(/\x1b\[\d+m/g, ''))
