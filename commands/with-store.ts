import { type Store, StoreError } from '../ccr/store.ts'
import type { ExitCode, Io } from './command.ts'
import { openStore } from './host.ts'
import { settingsOf } from './settings.ts'

/** Work on the user's store, closed afterwards. A store that cannot do it is one line and exit code 1. */
export async function withStore(io: Io, work: (store: Store) => Promise<ExitCode>): Promise<ExitCode> {
  const { values } = await settingsOf(io)
  if (values.store === 'off') {
    io.warn('the store is off (HEADROOM_STORE or config.jsonc); nothing is kept')
    return 1
  }
  let store: Store | undefined
  try {
    store = await openStore(io, values)
    return await work(store)
  } catch (cause) {
    if (!(cause instanceof StoreError)) throw cause
    io.warn(cause.message)
    return 1
  } finally {
    await store?.close()
  }
}
