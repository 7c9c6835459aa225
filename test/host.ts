import { MemoryStore } from '../ccr/memory.ts'
import type { Store } from '../ccr/store.ts'
import type { Host } from '../filters/run.ts'
import { models as loaded } from '../models/load.ts'
import type { Models, Tokenizer } from '../models/models.ts'

/** A stand-in tokenizer for tests of the gate alone: a token for each run of word characters and for each other character. */
export const wordTokens: Tokenizer = {
  name: '~words',
  exact: true,
  count: text => text.match(/\w{1,6}|\s+|[^\w\s]/g)?.length ?? 0,
}

export interface TestHost extends Host {
  readonly reports: string[]
  readonly memory: MemoryStore
}

/** A host without files: what it reports is kept in `reports`. */
export function testHost({
  store,
  tokenizer = wordTokens,
}: {
  store?: Store | 'off'
  tokenizer?: Tokenizer
} = {}): TestHost {
  const reports: string[] = []
  const memory = new MemoryStore()
  const models: Models = { tokenizer: async () => tokenizer, grammar: loaded.grammar }
  return {
    tokenizer,
    models,
    reports,
    memory,
    store: async () => (store === 'off' ? undefined : (store ?? memory)),
    report: line => void reports.push(line),
  }
}
