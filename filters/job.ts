import { frame, type Head, isOurs, printHead } from '../ccr/marker.ts'
import { Original } from '../ccr/original.ts'
import { isPrivate } from '../ccr/private.ts'
import type { Selector } from '../ccr/select.ts'
import { type Ref, refOf, type Store, StoreError } from '../ccr/store.ts'
import type { Filter, Lossless, Mode, Verdict, Why } from './filter.ts'
import { FETCH_NOTE } from './plan.ts'
import type { Ask, Compressed, Host, Span } from './run.ts'

export type Rewrite = Verdict & { kind: 'rewrite' }

/** What a rewrite was found to be, whatever the filter claimed. */
export interface Proof {
  readonly lossless: Lossless
  /** The first gap in the body: the head's example. */
  readonly gap?: Selector
}

/** One text on its way through the gate: what all attempts share. */
export class Job {
  readonly original: Original
  readonly ask: Ask
  readonly host: Host
  steps = 0
  readonly #counts = new Map<string, number>()
  #store: Store | undefined | 'closed'
  #reported = false

  constructor(text: string, ask: Ask, host: Host) {
    this.original = new Original(text, ask.place?.bytes)
    this.ask = ask
    this.host = host
  }

  get #isBlock(): boolean {
    return this.ask.place?.found !== undefined
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
    const tokens = this.host.tokenizer.count(text, this.#isBlock)
    if (this.#counts.size >= 16) this.#counts.delete(this.#counts.keys().next().value!)
    this.#counts.set(text, tokens)
    return tokens
  }

  /** Tokens by which figures and budgets are told. */
  figure(text: string): number {
    return this.ask.tokenizer ? this.ask.tokenizer.count(text, this.#isBlock) : this.count(text)
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
      ...(gap && verdict.note !== FETCH_NOTE && { gap }),
    }
    const before = this.count(this.original.text)
    const after = this.#framedCount(head, verdict.text, followed)
    if (after >= before) return 'not-smaller'
    if (ref && !(await this.#keep(ref, filter.name, { before, after }))) return 'no-store'
    const text = frame(head, verdict.text, followed)
    return {
      text,
      filter: filter.name,
      mode,
      lossless,
      tokens: this.#figures(text, before, after),
      ...(ref && { ref: ref.id }),
      spans,
      steps: this.steps,
    }
  }

  unchanged(filter: string, why: Why): Compressed {
    const { text } = this.original
    const tokens = this.figure(text)
    const figures = { before: tokens, after: tokens, estimated: this.#estimated(text) }
    return {
      text,
      filter,
      mode: this.ask.mode ?? 'balanced',
      lossless: 'bytes',
      tokens: figures,
      spans: [],
      steps: this.steps,
      why,
    }
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
    return this.#isBlock || text.length > SAMPLED_ABOVE || (this.ask.tokenizer ?? this.host.tokenizer).exact === false
  }

  /** No token spans the head's line end and a body that begins with none of these, so that the body's count can be the filter's own. */
  #framedCount(head: Head, body: string, followed: boolean): number {
    if (followed || /^[\r\n/]/.test(body)) return this.count(frame(head, body, followed))
    return this.count(`${printHead(head)}\n`) + this.count(body)
  }

  async #keep(ref: Ref, filter: string, tokens: { before: number; after: number }): Promise<boolean> {
    try {
      const store = await this.lossyStore()
      await store?.put(this.original.bytes, { filter, tokens }, ref)
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
