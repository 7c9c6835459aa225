import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ioOf } from '../bin/io-node.ts'
import type { Io } from '../commands/command.ts'
import { main } from '../commands/main.ts'

export interface Typed {
  readonly code: number
  readonly out: string
  readonly bytes: Uint8Array
  readonly talk: readonly string[]
}

/** A home of its own, so that no test sees the user's settings or store. */
export function freshHome(): Record<string, string> {
  const home = mkdtempSync(join(tmpdir(), 'headroom-home-'))
  return { HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') }
}

/** `headroom ...words` in this process: stdin from a string or bytes, or a terminal where there is none. */
export async function type(
  words: readonly string[],
  { stdin, env = freshHome() }: { stdin?: string | Uint8Array; env?: Io['env'] } = {},
): Promise<Typed> {
  const out: Uint8Array[] = []
  const talk: string[] = []
  async function* source() {
    if (stdin !== undefined && stdin.length > 0) yield Buffer.from(stdin as string)
  }
  const io: Io = {
    env,
    embedded: {},
    stdin: source(),
    self: [process.execPath, join(import.meta.dir, '../bin/headroom.ts')],
    isTerminal: async stream => stream === 'stdin' && stdin === undefined,
    write: async chunk => void out.push(Buffer.from(chunk as string)),
    warn: line => void talk.push(line),
    open: ioOf({}).open,
  }
  const code = await main(words, io)
  const bytes = Buffer.concat(out)
  return { code, out: bytes.toString('utf8'), bytes, talk }
}
