import { frame, type Head, isOurs, markersOf, partsOf, printHead, printMarker } from '../ccr/marker.ts'
import { Original } from '../ccr/original.ts'
import { isPrivate } from '../ccr/private.ts'
import { printSelector, type Selector, SelectorError } from '../ccr/select.ts'
import { refOf, type Store, StoreError } from '../ccr/store.ts'
import type { Models, Tokenizer } from '../models/models.ts'
import type { Filter, FilterContext, Hint, Lossless, Mode, Verdict, Why } from './filter.ts'
import { UsageError, valuesOf } from './options.ts'
import { Steps, stepLimit, TooSlow } from './steps.ts'
import trim from './trim/index.ts'

/** What the gate needs from the world; the composition root (commands/host.ts) makes it once. */
export interface Host {
  /** o200k_base: what every decision is counted in. */
  readonly tokenizer: Tokenizer
  readonly models: Models
  /** Opened on first use; undefined where the store is off. */
  store(): Promise<Store | undefined>
  /** One line for the user, without its line end. */
  report(line: string): void
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
  /** Where the text stands in its stream: its first line (1-based), and whether other text follows it. */
  readonly place?: { readonly line: number; readonly followed: boolean }
}

/** What came out. `text` is the input where `why` is there. */
export interface Compressed {
  readonly text: string
  /** The filter that did it, or that passed last. */
  readonly filter: string
  readonly mode: Mode
  readonly lossless: Lossless
  /** Tokens in the asked tokenizer; `estimated` where texts beyond 1 MiB were sampled or the vocabulary is not public. */
  readonly tokens: { readonly before: number; readonly after: number; readonly estimated: boolean }
  /** The original's id in the store; absent where nothing needs it. */
  readonly ref?: string
  /** Which rule kept or cut each range of the original. */
  readonly spans: readonly Span[]
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
  let last = filter.name
  for (const plan of plansOf(ask)) {
    for (const candidate of plan.trim ? [trim] : routesOf(filter, text, ask.hint ?? {})) {
      last = candidate.name
      const outcome = await attempt(job, candidate, plan, candidate === filter ? ask.options : undefined)
      if (typeof outcome === 'string') why = outcome
      else if (ask.budget === undefined || outcome.tokens.after <= ask.budget) return outcome
    }
    if (ask.budget !== undefined && job.figure(text) <= ask.budget) break
  }
  if (ask.budget !== undefined && job.figure(text) > ask.budget) throw noRoom(filter, ask)
  return job.unchanged(last, why ?? 'not-mine')
}

/** Below it a head and a marker leave no room for content. */
export const MIN_BUDGET = 64
/** Tokens kept free for the head line, whose id and selector are only known afterwards. */
const HEAD_ROOM = 48

interface Plan {
  readonly mode: Mode
  readonly budget?: number
  /** The last resort under a budget: head and tail. */
  readonly trim?: boolean
}

function plansOf({ mode = 'balanced', budget }: Ask): readonly Plan[] {
  if (budget === undefined) return [{ mode }]
  if (mode === 'lossless') return [{ mode, budget }]
  const room = Math.max(1, budget - HEAD_ROOM)
  return [
    { mode: 'lossless' },
    { mode: 'balanced' },
    { mode: 'balanced', budget: room },
    { mode: 'aggressive' },
    { mode: 'aggressive', budget: room },
    { mode: 'aggressive', budget: room, trim: true },
  ]
}

function noRoom(filter: Filter, { budget, mode }: Ask): BudgetError {
  const cure = mode === 'lossless' ? 'a lossy mode may' : 'a store (not --no-store) and a larger budget may'
  return new BudgetError(`${filter.name}: no form of the text fits ${budget} tokens; ${cure}`)
}

/** Routers replaced by what they route to, depth first; each filter once. */
export function routesOf(filter: Filter, text: string, hint: Hint): readonly Filter[] {
  const routes = filter.route?.(text, hint)
  if (!routes) return [filter]
  const found = new Set<Filter>()
  for (const route of routes)
    for (const end of route === filter ? [filter] : routesOf(route, text, hint)) found.add(end)
  return [...found]
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

/** What a rewrite was found to be, whatever the filter claimed. */
interface Proof {
  readonly lossless: Lossless
  /** The first gap in the body: the head's example. */
  readonly gap?: Selector
}

/** One text on its way through the gate: what all attempts share. */
class Job {
  readonly original: Original
  readonly ask: Ask
  readonly host: Host
  readonly #counts = new Map<string, number>()
  #store: Store | undefined | 'closed'
  #reported = false

  constructor(text: string, ask: Ask, host: Host) {
    this.original = new Original(text)
    this.ask = ask
    this.host = host
  }

  whyNotAtAll(): Why | undefined {
    const { text } = this.original
    if (text === '') return 'empty'
    if (isOurs(text)) return 'ours'
    if (this.ask.minTokens && this.count(text) < this.ask.minTokens) return 'too-small'
    return undefined
  }

  /** Tokens by which the gate decides. Long texts are remembered: a filter has often counted what the gate counts next. */
  count(text: string): number {
    if (text.length < 256) return this.host.tokenizer.count(text)
    const known = this.#counts.get(text)
    if (known !== undefined) return known
    const tokens = this.host.tokenizer.count(text)
    if (this.#counts.size >= 16) this.#counts.delete(this.#counts.keys().next().value!)
    this.#counts.set(text, tokens)
    return tokens
  }

  /** Tokens by which figures and budgets are told. */
  figure(text: string): number {
    return this.ask.tokenizer ? this.ask.tokenizer.count(text) : this.count(text)
  }

  /** The store, where a rewrite with gaps of this text may rest on it. */
  async lossyStore(): Promise<Store | undefined> {
    if (this.#store === undefined)
      this.#store = isPrivate(this.ask.hint?.path, this.original.text) ? 'closed' : ((await this.#open()) ?? 'closed')
    return this.#store === 'closed' ? undefined : this.#store
  }

  async #open(): Promise<Store | undefined> {
    try {
      return await this.host.store()
    } catch (cause) {
      if (!(cause instanceof StoreError)) throw cause
      this.host.report(cause.message)
      return undefined
    }
  }

  /** The last two questions, fewer tokens and stored, then the text goes. Stored before it is shown: a marker must never dangle. */
  async release(
    filter: Filter,
    mode: Mode,
    verdict: Rewrite,
    { lossless, gap }: Proof,
    spans: readonly Span[],
  ): Promise<Compressed | Why> {
    const { line, followed } = this.ask.place ?? { line: 1, followed: false }
    const ref = lossless === 'bytes' ? undefined : refOf(this.original.bytes)
    const head: Head = {
      ...(ref && { id: ref.id }),
      filter: filter.name,
      note: verdict.note ?? '',
      line,
      ...(gap && { gap }),
    }
    const before = this.count(this.original.text)
    const after = this.#framedCount(head, verdict.text, followed)
    if (after >= before) return 'not-smaller'
    if (ref && !(await this.#keep(filter.name, { before, after }))) return 'no-store'
    const text = frame(head, verdict.text, followed)
    return {
      text,
      filter: filter.name,
      mode,
      lossless,
      tokens: this.#figures(text, before, after),
      ...(ref && { ref: ref.id }),
      spans,
    }
  }

  unchanged(filter: string, why: Why): Compressed {
    const { text } = this.original
    const tokens = this.figure(text)
    const figures = { before: tokens, after: tokens, estimated: this.#estimated(text) }
    return { text, filter, mode: this.ask.mode ?? 'balanced', lossless: 'bytes', tokens: figures, spans: [], why }
  }

  /** Says a defect once for each text: on stderr, since the text goes out all the same. */
  report(filter: Filter, fact: string): void {
    if (!this.#reported) this.host.report(`${filter.name}: ${fact}; the text goes out as it came`)
    this.#reported = true
  }

  #figures(text: string, before: number, after: number): Compressed['tokens'] {
    const estimated = this.#estimated(this.original.text)
    if (!this.ask.tokenizer) return { before, after, estimated }
    return { before: this.figure(this.original.text), after: this.figure(text), estimated }
  }

  #estimated(text: string): boolean {
    return text.length > SAMPLED_ABOVE || (this.ask.tokenizer ?? this.host.tokenizer).exact === false
  }

  /** No token spans the head's line end and a body that begins with none of these, so that the body's count can be the filter's own. */
  #framedCount(head: Head, body: string, followed: boolean): number {
    if (followed || /^[\r\n/]/.test(body)) return this.count(frame(head, body, followed))
    return this.count(`${printHead(head)}\n`) + this.count(body)
  }

  async #keep(filter: string, tokens: { before: number; after: number }): Promise<boolean> {
    try {
      const store = await this.lossyStore()
      await store?.put(this.original.bytes, { filter, tokens })
      return store !== undefined
    } catch (cause) {
      if (!(cause instanceof StoreError)) throw cause
      this.host.report(cause.message)
      this.#store = 'closed'
      return false
    }
  }
}

/** UTF-16 code units beyond which tokens are sampled (models/tokenizer). */
const SAMPLED_ABOVE = 1024 * 1024

type Rewrite = Verdict & { kind: 'rewrite' }

/** One filter at work on one text: its context, and the proof of what it wrote. */
class Draft {
  refusal: Why = 'not-proved'
  readonly #job: Job
  readonly #filter: Filter
  readonly #plan: Plan
  readonly #original: Original
  /** Turns a selector into this original into one of the job's. */
  readonly #rebased: (where: Selector) => Selector
  readonly #gaps = new Map<string, { where: Selector; rule: string }>()
  readonly #kept: Span[] = []
  #used: ReadonlySet<string> = new Set()
  /** Framed inner regions, each with the part it stands for. */
  readonly #inner = new Map<string, string>()

  constructor(job: Job, filter: Filter, plan: Plan, original: Original, rebased = (where: Selector) => where) {
    this.#job = job
    this.#filter = filter
    this.#plan = plan
    this.#original = original
    this.#rebased = rebased
  }

  /** What the filter says; a throw is a pass. */
  async verdict(options: Ask['options']): Promise<Verdict> {
    const { text } = this.#original
    const steps = new Steps(stepLimit(text.length), this.#job.ask.abort)
    try {
      return await this.#filter.apply(text, this.#context(options, steps))
    } catch (cause) {
      if (cause instanceof UsageError) throw cause
      const slow = cause instanceof TooSlow
      this.#job.report(this.#filter, slow ? `stopped after ${cause.message}` : `failed (${oneLine(cause)})`)
      return { kind: 'pass', why: slow ? 'too-slow' : 'failed' }
    }
  }

  /** Law L2: decoded and compared before it is printed. Undefined where it does not hold; `refusal` then says why. */
  prove(verdict: Rewrite): Proof | undefined {
    const markers = this.#gaps.size
      ? markersOf(verdict.text).filter(({ where }) => this.#gaps.has(printSelector(where)))
      : []
    if (this.#forged(verdict.text, markers.length)) {
      this.refusal = 'forged-marker'
      return undefined
    }
    this.#used = new Set(markers.map(({ where }) => printSelector(where)))
    const first = markers[0]
    const lossless = this.#decodes(verdict, first !== undefined)
    if (lossless === undefined) {
      this.refusal = 'not-proved'
      this.#job.report(this.#filter, 'its rewrite does not give the text back')
      return undefined
    }
    return { lossless, ...(first && { gap: first.where }) }
  }

  get spans(): readonly Span[] {
    const used = [...this.#gaps].filter(([where]) => this.#used.has(where))
    return [...this.#kept, ...used.map(([where, { rule }]) => ({ where, kept: false, rule }))]
  }

  /** Heads that this draft did not write, or, among gaps, markers that it did not: text that would be taken for ours. */
  #forged(body: string, genuine: number): boolean {
    const parts = partsOf(body)
    if (parts.some(part => part.kind === 'region' && !this.#inner.has(`${printHead(part.head)}\n${part.body}`)))
      return true
    return genuine > 0 && markersOf(body).length !== genuine
  }

  #decodes({ text: body, lossless, note = '' }: Rewrite, hasGaps: boolean): Lossless | undefined {
    const { text } = this.#original
    const flat = partsOf(body)
      .map(part => (part.kind === 'text' ? part.text : this.#inner.get(`${printHead(part.head)}\n${part.body}`)!))
      .join('')
    const gapless = hasGaps ? 'no' : 'bytes'
    try {
      const decoded = this.#undone(flat, note)
      if (decoded === undefined) return hasGaps && isSubsequence(withoutMarkers(flat), text) ? 'no' : undefined
      if (decoded === text) return gapless
      const normal = this.#filter.normal
      if (lossless === 'bytes' || !normal || normal(decoded) !== normal(text)) return undefined
      return hasGaps ? 'no' : 'values'
    } catch (cause) {
      this.#job.report(this.#filter, `its rewrite cannot be decoded (${oneLine(cause)})`)
      return undefined
    }
  }

  /** The body decoded, gaps filled; a composite without a decoder is its parts; undefined where nothing can undo it. */
  #undone(flat: string, note: string): string | undefined {
    const { decode } = this.#filter
    if (!decode) return this.#inner.size ? flat : undefined
    return decode.call(this.#filter, flat, where => this.#slice(where), note)
  }

  /** Markers bear selectors into the job's original, for inner filters too. */
  #slice(where: Selector): string {
    return this.#job.original.slice(where)
  }

  #context(options: Ask['options'], signal: Steps): FilterContext {
    const { ask, host } = this.#job
    return {
      options: valuesOf(this.#filter.options, options),
      hint: ask.hint ?? {},
      mode: this.#plan.mode,
      ...(ask.query !== undefined && { query: ask.query }),
      ...(this.#plan.budget !== undefined && { budget: this.#plan.budget }),
      signal,
      models: host.models,
      count: text => (this.#plan.budget === undefined ? this.#job.count(text) : this.#job.figure(text)),
      omit: (where, what, rule = what) => this.#omit(where, what, rule),
      keep: (where, rule) => void this.#kept.push({ where: printSelector(this.#rebased(where)), kept: true, rule }),
      at: (start, end) => this.#original.at(start, end),
      inner: (filter, start, end) => this.#runInner(filter, start, end),
    }
  }

  /** Every selector must resolve: a SelectorError here is the filter's defect and makes it pass. */
  #omit(where: Selector, what: string, rule: string): string {
    const rebased = this.#rebased(where)
    this.#job.original.resolve(rebased)
    this.#gaps.set(printSelector(rebased), { where: rebased, rule })
    return printMarker(what, rebased)
  }

  async #runInner(filter: Filter, start: number, end: number): Promise<string> {
    const { text } = this.#original
    const part = new Original(text.slice(start, end))
    if (part.text === '' || (start > 0 && text.charCodeAt(start - 1) !== 10)) return part.text
    for (const candidate of routesOf(filter, part.text, this.#job.ask.hint ?? {})) {
      const draft = new Draft(this.#job, candidate, this.#plan, part, where =>
        this.#rebased(this.#original.rebase(where, part, start)),
      )
      const framed = await draft.#asInner(part)
      if (framed === undefined) continue
      for (const [key, gap] of draft.#gaps) this.#gaps.set(key, gap)
      this.#kept.push(...draft.#kept)
      this.#inner.set(framed.region, part.text)
      return framed.text
    }
    return part.text
  }

  /** A proved rewrite of a part between its own head and foot, if that is smaller. */
  async #asInner(part: Original): Promise<{ text: string; region: string } | undefined> {
    const verdict = await this.verdict(undefined)
    if (verdict.kind === 'pass') return undefined
    const proof = this.prove(verdict)
    if (!proof || (this.#plan.mode === 'lossless' && proof.lossless !== 'bytes')) return undefined
    const head: Head = { filter: this.#filter.name, note: verdict.note ?? '', line: 1 }
    const text = frame(head, verdict.text, true)
    if (this.#job.count(text) >= this.#job.count(part.text)) return undefined
    return { text, region: `${printHead(head)}\n${verdict.text}` }
  }
}

function withoutMarkers(body: string): string {
  let rest = ''
  let from = 0
  for (const { start, end } of markersOf(body)) {
    rest += body.slice(from, start)
    from = end
  }
  return rest + body.slice(from)
}

/** Do the characters of `part` stand in `whole`, in order? White space that a marker's place added is not asked for. Linear. */
function isSubsequence(part: string, whole: string): boolean {
  let at = 0
  for (let i = 0; i < part.length; i++) {
    const unit = part.charCodeAt(i)
    const found = whole.indexOf(part[i]!, at)
    if (found >= 0) at = found + 1
    else if (unit !== 0x20 && unit !== 0x0a) return false
  }
  return true
}

function oneLine(cause: unknown): string {
  const text = cause instanceof SelectorError ? cause.message : String(cause)
  return text.replace(/\s+/g, ' ').slice(0, 200)
}
