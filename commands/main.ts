import { UsageError, valuesOf } from '../filters/options.ts'
import { BrokenPipe, type Command, type ExitCode, type Io } from './command.ts'
import { commandNames, commandOf } from './index.ts'
import { versionLine } from './version.ts'

/** One invocation, from the words after the program's name to its exit code. Usage errors are one line; defects keep their stack. */
export async function main(words: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(words, io)
  } catch (cause) {
    if (cause instanceof BrokenPipe) return 0
    if (!(cause instanceof UsageError)) throw cause
    io.warn(`${cause.message}; headroom --help shows what there is`)
    return 2
  }
}

async function dispatch(words: readonly string[], io: Io): Promise<ExitCode> {
  const [first] = words
  if (words.length === 1 && (first === '--version' || first === '-V')) {
    await io.write(`${versionLine()}\n`)
    return 0
  }
  if (first === '--help' || first === '-h') return help([], io)
  if (first === 'help') return help(words.slice(1), io)
  if (words.length === 0 && (await io.isTerminal('stdin'))) return help([], io)
  const named = first !== undefined && !first.startsWith('-')
  const command = await commandOf(named ? first : 'auto')
  if (!command) throw await unknown(first!, await commandNames())
  return runCommand(command, named ? words.slice(1) : words, io, named ? first : undefined)
}

async function runCommand(command: Command, words: readonly string[], io: Io, path?: string): Promise<ExitCode> {
  const [first] = words
  const sub =
    first !== undefined && command.subcommands && Object.hasOwn(command.subcommands, first)
      ? command.subcommands[first]
      : undefined
  if (sub) return runCommand(await sub(), words.slice(1), io, `${path} ${first}`)
  const end = words.indexOf('--')
  if (words.slice(0, end < 0 ? undefined : end).some(word => word === '--help' || word === '-h'))
    return usage(command, path, io)
  if (!command.run) throw await unknownSub(command, path, first)
  const { flags, operands } =
    words.length === 0 ? NOTHING : (await import('./args.ts')).parseFlags(words, command.options)
  if (!command.operands && operands.length > 0)
    throw new UsageError(`${path} takes no operand, but there is ${JSON.stringify(operands[0])}`)
  return command.run({ values: valuesOf(command.options, flags), typed: new Set(Object.keys(flags)), operands }, io)
}

/** Most pipes are typed without a flag: they need not wait for the parser. */
const NOTHING = { flags: {}, operands: [] }

async function help(path: readonly string[], io: Io): Promise<ExitCode> {
  const { usageOf, overview } = await import('./help.ts')
  if (path.length === 0) {
    await io.write(await overview(await io.isTerminal('stdout')))
    return 0
  }
  await io.write(await usageOf(await commandAt(path), path.join(' '), await io.isTerminal('stdout')))
  return 0
}

async function commandAt([name, ...below]: readonly string[]): Promise<Command> {
  let command = await commandOf(name!)
  if (!command) throw await unknown(name!, await commandNames())
  for (const word of below) {
    const sub: (() => Promise<Command>) | undefined = command.subcommands?.[word]
    if (!sub) throw await unknownSub(command, name, word)
    command = await sub()
  }
  return command
}

async function usage(command: Command, path: string | undefined, io: Io): Promise<ExitCode> {
  const { usageOf, overview } = await import('./help.ts')
  await io.write(
    path ? await usageOf(command, path, await io.isTerminal('stdout')) : await overview(await io.isTerminal('stdout')),
  )
  return 0
}

async function unknown(word: string, names: readonly string[]): Promise<UsageError> {
  const { nearest } = await import('./nearest.ts')
  const { existsSync } = await import('node:fs')
  const like = nearest(word, names)
  const cure = like
    ? `; did you mean ${like}?`
    : existsSync(word)
      ? `; a file goes to a filter: headroom auto ${word}`
      : ''
  return new UsageError(`unknown command ${JSON.stringify(word)}${cure}`)
}

async function unknownSub(command: Command, path: string | undefined, word: string | undefined): Promise<UsageError> {
  const names = Object.keys(command.subcommands ?? {})
  if (word === undefined || word.startsWith('-')) return new UsageError(`${path} needs one of ${names.join(', ')}`)
  const { nearest } = await import('./nearest.ts')
  const like = nearest(word, names)
  return new UsageError(
    `unknown command ${JSON.stringify(`${path} ${word}`)}${like ? `; did you mean ${path} ${like}?` : `; there are ${names.join(', ')}`}`,
  )
}
