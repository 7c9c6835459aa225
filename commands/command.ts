import type { Options, Values } from '../filters/options.ts'

/** The world of one invocation: bytes in, bytes out, talk. bin/ makes it from the process, tests from arrays. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: AsyncIterable<Uint8Array>
  isTerminal(stream: 'stdin' | 'stdout' | 'stderr'): Promise<boolean>
  /** The words that start this very program, for work in several processes. */
  readonly self: readonly string[]
  /** Where the compiled binary keeps files it embeds, by name; empty in a source checkout. */
  readonly embedded: Readonly<Record<string, string>>
  /** The result. Throws a BrokenPipe where nobody reads any more. */
  write(chunk: Uint8Array | string): Promise<void>
  /** Talk, one line, without its line end. */
  warn(line: string): void
  /** Collects garbage now, where the runtime can be asked to. */
  collect?(): void
  /** The bytes of a file. Throws the system's error (ENOENT, EACCES, EISDIR, …). */
  open(path: string): AsyncIterable<Uint8Array>
}

/** Nobody reads stdout any more: success, without noise. */
export class BrokenPipe extends Error {
  override readonly name = 'BrokenPipe'
}

/** 0 right bytes went out; 1 unreadable operand or unknown id; 2 asked wrongly; 3 budget not to be met. */
export type ExitCode = 0 | 1 | 2 | 3

export interface Input<O extends Options = Options> {
  /** Typed flags, defaults filled in. */
  readonly values: Values<O>
  /** The flags that were typed: the others may come from a setting. */
  readonly typed: ReadonlySet<string>
  readonly operands: readonly string[]
}

/** What is typed: data, and a function that does it. */
export interface Command<O extends Options = Options> {
  readonly name: string
  /** One line. */
  readonly summary: string
  readonly options: O
  /** The operands as usage shows them, such as `[FILE...]`; absent where there are none. */
  readonly operands?: string
  readonly subcommands?: Readonly<Record<string, () => Promise<Command>>>
  /** Absent where only subcommands do something. */
  run?(input: Input<O>, io: Io): Promise<ExitCode>
}

/** Keeps the options' types while a command goes into a table of commands. */
export const defineCommand = <const O extends Options>(command: Command<O>): Command => command as unknown as Command
