import type { Store } from '../ccr/store.ts'
import type { Host } from '../filters/run.ts'
import { fileAt, models } from '../models/load.ts'
import type { Models } from '../models/models.ts'
import { sampling } from '../models/tokenizer/estimate.ts'
import type { Io } from './command.ts'
import type { Settings } from './settings.ts'

const DAY = 24 * 60 * 60 * 1000

/** The models, with the binary's embedded files made known to them. */
export function openModels(io: Io): Models {
  for (const [name, path] of Object.entries(io.embedded)) fileAt(name, path)
  return models
}

/**
 * The composition root: which tokenizer, models and store serve this invocation. Nothing is closed at the end: the process ends, and
 * SQLite's write-ahead log is taken up by the next one, which saves four waits for the disk.
 */
export async function openHost(io: Io, { values }: Settings, ask: { store?: boolean } = {}): Promise<Host> {
  let opened: Promise<Store> | undefined
  const off = ask.store === false || values.store === 'off'
  return {
    tokenizer: sampling(await openModels(io).tokenizer('o200k_base')),
    models,
    async store() {
      if (off) return undefined
      opened ??= openStore(io, values)
      return opened
    },
    report: line => io.warn(line),
    ...(io.collect && { rest: io.collect }),
  }
}

/** Loaded on first use: SQLite costs every start that never stores. */
export async function openStore(io: Io, values: Settings['values']): Promise<Store> {
  const { openSqlite } = await import('../ccr/sqlite.ts')
  const limits = { maxBytes: values['store-max-bytes'], maxAge: values['store-max-age'] * DAY }
  return openSqlite(await storeFile(io, values), limits)
}

/** The path of the store's file. Throws a StoreError where the user has no home. */
export async function storeFile(io: Io, values: Settings['values']): Promise<string> {
  const { storePath } = await import('../ccr/sqlite.ts')
  return values['store-path'] ?? storePath(io.env)
}
