/**
 * Headroom in your own process, under Bun and Node >= 22.15: `import { compress } from 'headroom-ai'`. The three functions share one
 * Headroom with the user's store; createHeadroom makes one of your own.
 */
import { type CompressOptions, createHeadroom, type Headroom } from './headroom.ts'

export type { RetrieveAsk } from '../ccr/retrieve.ts'
export { RetrieveError } from '../ccr/retrieve.ts'
export { type Store, StoreError } from '../ccr/store.ts'
export type { Hint, Lossless, Mode, Why } from '../filters/filter.ts'
export { UsageError } from '../filters/options.ts'
export { BudgetError, type Span } from '../filters/run.ts'
export {
  type CompressedMessages,
  type CompressedText,
  type CompressOptions,
  createHeadroom,
  type Headroom,
  type HeadroomOptions,
} from './headroom.ts'

let shared: Headroom | undefined
const headroom = () => (shared ??= createHeadroom())

/** A text, or the tool results of a history, shortened. */
export const compress = ((input: string, options?: CompressOptions) =>
  headroom().compress(input, options)) as Headroom['compress']

/** The exact text of an original, or of a part of it. */
export const retrieve: Headroom['retrieve'] = (id, ask) => headroom().retrieve(id, ask)

/** Shortened text back to the exact original. */
export const expand: Headroom['expand'] = text => headroom().expand(text)
