import type { Command } from './command.ts'

/**
 * What is typed and is not a filter. A new command is a file and a line here; a filter becomes a command by itself.
 * Literal specifiers: the compiled binary holds nothing else.
 */
const commands: Readonly<Record<string, () => Promise<{ default: Command }>>> = {
  retrieve: () => import('./retrieve.ts'),
  expand: () => import('./expand.ts'),
  compress: () => import('./compress.ts'),
  explain: () => import('./explain.ts'),
  store: () => import('./store.ts'),
  config: () => import('./config.ts'),
  evals: () => import('./evals.ts'),
}

/** The command of a name, filters included, or undefined. */
export async function commandOf(name: string): Promise<Command | undefined> {
  if (Object.hasOwn(commands, name)) return (await commands[name]!()).default
  const [{ filterOf }, { filterCommand }] = await Promise.all([import('../filters/index.ts'), import('./filter.ts')])
  const filter = await filterOf(name)
  return filter && filterCommand(filter)
}

/** All names, filters first, in the order in which help shows them. */
export async function commandNames(): Promise<readonly string[]> {
  const { filterNames } = await import('../filters/index.ts')
  return [...filterNames, ...Object.keys(commands)]
}
