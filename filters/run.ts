import type { Store } from '../ccr/store.ts'
import type { Models, Tokenizer } from '../models/models.ts'
import { Draft } from './draft.ts'
import type { Filter, Hint, Lossless, Mode, Why } from './filter.ts'
import { filterOf } from './index.ts'
import { Job } from './job.ts'
import { UsageError, valuesOf } from './options.ts'
import { MIN_BUDGET, type Plan, plansOf, routesOf } from './plan.ts'

/** What the gate needs from the world; the composition root (commands/host.ts) makes it once. */
export interface Host {
  /** o200k_base: what every decision is counted in. */
  readonly tokenizer: Tokenizer
  readonly models: Models
  /** Opened on first use; undefined where the store is off. */
  store(): Promise<Store | undefined>
  /** One line for the user, without its line end. */
  report(line: string): void
  /** Called between the blocks of a stream: a good moment to collect garbage. */
  rest?(): void
}

export interface Ask {
  readonly mode?: Mode
  /** The most tokens that may come out, head and markers included: a guarantee. */
  readonly budget?: number
  /** The reader's question. */
  readonly query?: string
  readonly options?: Readonly<Record<string, unknown>>
  readonly hint?: Hint
  /** Texts of fewer tokens pass. */
  readonly minTokens?: number
  /** Counts figures and budgets in place of the host's tokenizer; decisions stay in o200k_base. */
  readonly tokenizer?: Tokenizer
  readonly abort?: AbortSignal
  readonly place?: Place
}

/** Where a text stands in its stream. */
export interface Place {
  /** Its first line, 1-based. */
  readonly line: number
  /** Does other text follow it? */
  readonly followed: boolean
  /** The text's own bytes, where they are at hand: they are not made anew. */
  readonly bytes?: Uint8Array
  /** It is one of many blocks; for all of them, what filters found in the earlier ones (see FilterContext). */
  readonly found?: Map<string, unknown>
}

/** What came out. `text` is the input where `why` is there. */
export interface Compressed {
  readonly text: string
  /** The filter that did it, or that passed last. */
  readonly filter: string
  readonly mode: Mode
  readonly lossless: Lossless
  /** Tokens in the asked tokenizer; `estimated` where a text beyond 1 MiB was sampled or the vocabulary is not public. */
  readonly tokens: { readonly before: number; readonly after: number; readonly estimated: boolean }
  /** The original's id in the store; absent where nothing needs it. */
  readonly ref?: string
  /** Which rule kept or cut each range of the original. */
  readonly spans: readonly Span[]
  /** Steps that filters took on the text, all attempts together: the same on every machine. */
  readonly steps: number
  readonly why?: Why
}

export interface Span {
  /** A printed selector into the original. */
  readonly where: string
  readonly kept: boolean
  readonly rule: string
}

/** No form of the text fits the budget. Exit code 3. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError'
}

/**
 * The gate: the one way from a filter to the world, for all doors. It tries what `filter` routes to, in the mode asked, or under a
 * budget in ever stricter ones, and lets a rewrite out only when it is proved, is fewer tokens and (where it has gaps) its original
 * is stored. All else goes out as it came. Throws a BudgetError, and a UsageError for options that the filter does not have.
 */
export async function run(filter: Filter, text: string, ask: Ask, host: Host): Promise<Compressed> {
  const job = new Job(text, ask, host)
  valuesOf(filter.options, ask.options)
  if (ask.budget !== undefined && ask.budget < MIN_BUDGET)
    throw new UsageError(`--budget is at least ${MIN_BUDGET} tokens, not ${ask.budget}`)
  let why = job.whyNotAtAll()
  if (why && !(ask.budget !== undefined && job.figure(text) > ask.budget)) return job.unchanged(filter.name, why)
  if (why === 'ours') return job.unchanged(filter.name, why)
  // Loaded where it is needed: a start without a question pays nothing for it.
  const asked = ask.budget === undefined ? undefined : ask.query
  const judge = asked ? (await import('./judge.ts')).judgeOf(asked, text) : undefined
  let fitting: { outcome: Compressed; shown: number } | undefined
  let last = filter.name
  for (const plan of plansOf(ask)) {
    for (const candidate of plan.trim ? await trims() : await routesOf(filter, text, ask.hint ?? {})) {
      last = candidate.name
      const outcome = await attempt(job, candidate, plan, candidate === filter ? ask.options : undefined)
      if (typeof outcome === 'string') why = outcome
      else if (ask.budget === undefined) return outcome
      else if (outcome.tokens.after <= ask.budget) {
        const { shown, of } = (await judge?.(outcome.text, candidate)) ?? NOTHING_ASKED
        if (shown === of) return outcome
        if (!fitting || shown > fitting.shown) fitting = { outcome, shown }
      }
    }
    if (ask.budget !== undefined && job.figure(text) <= ask.budget) break
  }
  if (fitting) return fitting.outcome
  if (ask.budget !== undefined && job.figure(text) > ask.budget) throw noRoom(filter, ask)
  return job.unchanged(last, why ?? 'not-mine')
}

const NOTHING_ASKED = { shown: 0, of: 0 }

/** The last resort, which fits every text. */
const trims = async (): Promise<readonly Filter[]> => [(await filterOf('trim'))!]

function noRoom(filter: Filter, { budget, mode }: Ask): BudgetError {
  const cure = mode === 'lossless' ? 'a lossy mode may' : 'a store (not --no-store) and a larger budget may'
  return new BudgetError(`${filter.name}: no form of the text fits ${budget} tokens; ${cure}`)
}

/** One filter, one plan: what it makes of the text, or why not. A lossy refusal gets a second chance without loss. */
async function attempt(job: Job, filter: Filter, plan: Plan, options: Ask['options']): Promise<Compressed | Why> {
  const mode: Mode = plan.mode !== 'lossless' && (await job.lossyStore()) === undefined ? 'lossless' : plan.mode
  const outcome = await attemptIn(job, filter, { ...plan, mode }, options)
  if (typeof outcome !== 'string' || mode === 'lossless' || !REFUSED.has(outcome)) return outcome
  return attemptIn(job, filter, { ...plan, mode: 'lossless' }, options)
}

const REFUSED: ReadonlySet<Why> = new Set(['not-proved', 'forged-marker', 'no-store'])

async function attemptIn(job: Job, filter: Filter, plan: Plan, options: Ask['options']): Promise<Compressed | Why> {
  const draft = new Draft(job, filter, plan, job.original)
  const verdict = await draft.verdict(options)
  if (verdict.kind === 'pass') return verdict.why
  const proof = draft.prove(verdict)
  if (!proof) return draft.refusal
  if (plan.mode === 'lossless' && proof.lossless !== 'bytes') return 'nothing-to-cut'
  return job.release(filter, plan.mode, verdict, proof, draft.spans)
}
