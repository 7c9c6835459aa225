import type { EntryInfo } from '../ccr/store.ts'
import { UsageError } from '../filters/options.ts'
import { type Command, defineCommand, type ExitCode, type Io } from './command.ts'
import { storeFile } from './host.ts'
import { settingsOf } from './settings.ts'
import { withStore } from './with-store.ts'

const JSON_FLAG = { json: { type: 'boolean', default: false, help: 'Print JSON, one object a line' } } as const

const list = defineCommand({
  name: 'list',
  summary: 'What is kept, the latest used first',
  options: JSON_FLAG,
  run: ({ values }, io) =>
    withStore(io, async store => {
      const entries = await store.list()
      await io.write(values.json ? entries.map(entry => `${JSON.stringify(entry)}\n`).join('') : table(entries))
      return 0
    }),
})

const show = defineCommand({
  name: 'show',
  summary: 'What is known of an entry; headroom retrieve prints it',
  options: JSON_FLAG,
  operands: 'ID',
  run: ({ values, operands }, io) =>
    withStore(io, async store => {
      const id = oneId('show', operands)
      const entry = (await store.list()).find(known => known.id === id)
      if (!entry) return unknownId('show', id, io)
      await io.write(values.json ? `${JSON.stringify(entry)}\n` : card(entry))
      return 0
    }),
})

const forget = defineCommand({
  name: 'forget',
  summary: 'Delete one entry for good',
  options: {},
  operands: 'ID',
  run: ({ operands }, io) =>
    withStore(io, async store => {
      const id = oneId('forget', operands)
      return (await store.forget(id)) ? 0 : unknownId('forget', id, io)
    }),
})

const pin = defineCommand({
  name: 'pin',
  summary: 'Keep an entry whatever its age',
  options: { off: { type: 'boolean', default: false, help: 'Let it go again' } },
  operands: 'ID',
  run: ({ values, operands }, io) =>
    withStore(io, async store => {
      const id = oneId('pin', operands)
      return (await store.pin(id, !values.off)) ? 0 : unknownId('pin', id, io)
    }),
})

const prune = defineCommand({
  name: 'prune',
  summary: 'Delete what is too old, and what is beyond the size cap',
  options: {},
  run: (_, io) => withStore(io, async store => said(io, await store.prune())),
})

const clear = defineCommand({
  name: 'clear',
  summary: 'Delete everything, pinned entries too',
  options: {},
  run: (_, io) => withStore(io, async store => said(io, await store.clear())),
})

const path = defineCommand({
  name: 'path',
  summary: "Where the store's file lies",
  options: {},
  async run(_, io) {
    const { values } = await settingsOf(io)
    await io.write(`${await storeFile(io, values)}\n`)
    return 0
  },
})

const all = { list, show, forget, pin, prune, clear, path }

export default defineCommand({
  name: 'store',
  summary: 'The originals that gaps point to: list, show, forget, pin, prune, clear, path',
  options: {},
  operands: 'COMMAND',
  subcommands: Object.fromEntries(
    Object.entries(all).map(([name, command]) => [name, async (): Promise<Command> => command]),
  ),
})

function oneId(command: string, [id, extra]: readonly string[]): string {
  if (!id || extra !== undefined) throw new UsageError(`store ${command} takes one id, as headroom store list shows it`)
  return id
}

function unknownId(command: string, id: string, io: Io): ExitCode {
  io.warn(`store ${command}: no entry ${id}; headroom store list shows what is kept`)
  return 1
}

function said(io: Io, count: number): ExitCode {
  io.warn(`${count} ${count === 1 ? 'entry' : 'entries'} deleted`)
  return 0
}

const HEADINGS = ['ID', 'FILTER', 'BYTES', 'TOKENS', 'USED', 'FETCHED']

function table(entries: readonly EntryInfo[]): string {
  if (entries.length === 0) return ''
  const cells = entries.map(({ id, filter, size, tokens, used, fetches, pinned }) => [
    id,
    filter,
    String(size),
    `${tokens.before} -> ${tokens.after}`,
    when(used),
    `${fetches}${pinned ? ' pinned' : ''}`,
  ])
  const widths = HEADINGS.map((heading, i) => Math.max(heading.length, ...cells.map(row => row[i]!.length)))
  const line = (row: readonly string[]) =>
    `${row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd()}\n`
  return [HEADINGS, ...cells].map(line).join('')
}

function card({ id, hash, filter, size, stored, tokens, created, used, fetches, pinned }: EntryInfo): string {
  const facts = {
    id,
    sha256: hash,
    filter,
    bytes: size,
    'bytes in the store': stored,
    'tokens before': tokens.before,
    'tokens after': tokens.after,
    created: when(created),
    used: when(used),
    fetched: fetches,
    pinned: pinned ? 'yes' : 'no',
  }
  return Object.entries(facts)
    .map(([name, fact]) => `${name}: ${fact}\n`)
    .join('')
}

/** UTC, to the second. */
const when = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
