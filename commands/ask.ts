import type { Filter } from '../filters/filter.ts'
import { type Options, UsageError } from '../filters/options.ts'
import type { Host } from '../filters/run.ts'
import type { StreamAsk } from '../filters/stream.ts'
import type { Tokenizer } from '../models/models.ts'
import { sampling } from '../models/tokenizer/estimate.ts'
import type { Input } from './command.ts'
import { SETTINGS, type Settings } from './settings.ts'

/** The flags that every filter has. A setting of the same name gives the default. */
export const SHARED = {
  mode: SETTINGS.mode,
  budget: SETTINGS.budget,
  for: { type: 'string', value: 'QUESTION', help: "The reader's question: steers what is kept" },
  explain: { type: 'boolean', default: false, help: 'Say on stderr which rule kept or cut what' },
  stats: SETTINGS.stats,
  json: {
    type: 'boolean',
    default: false,
    help: 'Print one JSON object: text, filter, mode, lossless, tokens, ref, spans, why',
  },
  'no-store': { type: 'boolean', default: false, help: 'Keep no original: nothing with gaps comes out' },
  tokenizer: SETTINGS.tokenizer,
  'min-tokens': SETTINGS['min-tokens'],
  follow: { type: 'boolean', default: false, help: 'Pass on what is there after half a second of silence too' },
} as const satisfies Options

export type Flags = Input<typeof SHARED>['values']

/** Typed flags win over settings, which win over the flags' defaults. */
export function withSettings(values: Flags, typed: ReadonlySet<string>, settings: Settings): Flags {
  const set = Object.entries(settings.values).filter(([name]) => !typed.has(name))
  return { ...values, ...Object.fromEntries(set) }
}

/** What the gate is asked, by the flags. Throws a UsageError for a tokenizer that is not there. */
export async function askOf(filter: Filter, flags: Flags, host: Host): Promise<StreamAsk> {
  const own = Object.fromEntries(
    Object.keys(filter.options).map(name => [name, (flags as Record<string, unknown>)[name]]),
  )
  return {
    mode: flags.mode as NonNullable<StreamAsk['mode']>,
    ...(flags.budget !== undefined && { budget: flags.budget }),
    ...(flags.for !== undefined && { query: flags.for }),
    ...(flags.tokenizer !== 'o200k_base' && { tokenizer: await tokenizerOf(flags.tokenizer, host) }),
    options: own,
    minTokens: flags['min-tokens'],
    follow: flags.follow,
    whole: flags.json,
  }
}

async function tokenizerOf(name: string, host: Host): Promise<Tokenizer> {
  try {
    return sampling(await host.models.tokenizer(name))
  } catch (cause) {
    if (cause instanceof RangeError) throw new UsageError(cause.message, { cause })
    throw cause
  }
}
