import { MemoryStore } from '../ccr/memory.ts'
import { type Store, StoreError } from '../ccr/store.ts'
import type { Host } from '../filters/run.ts'
import { models } from '../models/load.ts'
import { sampling } from '../models/tokenizer/estimate.ts'
import type { HeadroomOptions } from './headroom.ts'

/** The library's composition root. Nothing is loaded before the first call. */
export interface LibraryHost {
  ready(): Promise<Host>
  /** The store, where there is one. Throws a StoreError where it is off. */
  someStore(): Promise<Store>
  close(): Promise<void>
}

export function openHost({ store = 'user', report = () => {} }: HeadroomOptions): LibraryHost {
  let opened: Promise<Store | undefined> | undefined
  const open = () => (opened ??= storeOf(store))
  let host: Promise<Host> | undefined
  const make = async (): Promise<Host> => ({
    tokenizer: sampling(await models.tokenizer('o200k_base')),
    models,
    store: open,
    report,
  })
  return {
    ready: () => (host ??= make()),
    async someStore() {
      const found = await open()
      if (!found) throw new StoreError('store: it is off in createHeadroom; nothing can be retrieved')
      return found
    },
    async close() {
      if (store === 'user' || store === 'memory' || isPath(store)) await (await opened)?.close()
    },
  }
}

const isPath = (store: NonNullable<HeadroomOptions['store']>): store is { readonly path: string } =>
  typeof store === 'object' && 'path' in store

async function storeOf(store: NonNullable<HeadroomOptions['store']>): Promise<Store | undefined> {
  if (store === 'off' || (store === 'user' && process.env.HEADROOM_STORE === 'off')) return undefined
  if (store === 'memory') return new MemoryStore()
  if (store !== 'user' && !isPath(store)) return store
  const { openSqlite, storePath } = await import('../ccr/sqlite.ts')
  return openSqlite(store === 'user' ? (process.env.HEADROOM_STORE_PATH ?? storePath(process.env)) : store.path)
}
