import { frame, type Head, markersOf, partsOf, printHead, printMarker } from '../ccr/marker.ts'
import { Original } from '../ccr/original.ts'
import { printSelector, type Selector, SelectorError } from '../ccr/select.ts'
import type { Filter, FilterContext, Lossless, Verdict, Why } from './filter.ts'
import type { Job, Proof, Rewrite } from './job.ts'
import { UsageError, valuesOf } from './options.ts'
import { type Plan, routesOf } from './plan.ts'
import type { Ask, Span } from './run.ts'
import { Steps, stepLimit, TooSlow } from './steps.ts'

/** One filter at work on one text: its context, and the proof of what it wrote. */
export class Draft {
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
  /** Does every inner region's body give its layout back too? */
  #innerLayout = true

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
    } finally {
      this.#job.steps += steps.taken
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
    const gapless = hasGaps ? 'no' : this.#innerLayout ? 'bytes' : 'values'
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

  /** Markers bear selectors into the job's original, for inner filters too; a path that a decoder makes itself is one into its part. */
  #slice(where: Selector): string {
    return (where.kind === 'path' ? this.#original : this.#job.original).slice(where)
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
      found: (this.#original === this.#job.original && ask.place?.found) || new Map(),
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
    for (const candidate of await routesOf(filter, part.text, this.#job.ask.hint ?? {})) {
      const draft = new Draft(this.#job, candidate, this.#plan, part, where =>
        this.#rebased(this.#original.rebase(where, part, start)),
      )
      const framed = await draft.#asInner(part)
      if (framed === undefined) continue
      for (const [key, gap] of draft.#gaps) this.#gaps.set(key, gap)
      this.#kept.push(...draft.#kept)
      this.#inner.set(framed.region, part.text)
      this.#innerLayout &&= framed.lossless !== 'values'
      return framed.text
    }
    return part.text
  }

  /** A proved rewrite of a part between its own head and foot, if that is smaller. */
  async #asInner(part: Original): Promise<{ text: string; region: string; lossless: Lossless } | undefined> {
    const verdict = await this.verdict(undefined)
    if (verdict.kind === 'pass') return undefined
    const proof = this.prove(verdict)
    if (!proof || (this.#plan.mode === 'lossless' && proof.lossless !== 'bytes')) return undefined
    const head: Head = { filter: this.#filter.name, note: verdict.note ?? '', line: 1 }
    const text = frame(head, verdict.text, true)
    if (this.#job.count(text) >= this.#job.count(part.text)) return undefined
    return { text, region: `${printHead(head)}\n${verdict.text}`, lossless: proof.lossless }
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

/** Do the characters of `part` stand in `whole`, in order? Spaces and line ends aside, which a marker's place may add. Linear. */
function isSubsequence(part: string, whole: string): boolean {
  let at = 0
  for (let i = 0; i < part.length; i++) {
    const unit = part.charCodeAt(i)
    if (unit === 0x20 || unit === 0x0a) continue
    // Nearly always the next one.
    if (whole.charCodeAt(at) !== unit) at = whole.indexOf(part[i]!, at)
    if (at < 0) return false
    at++
  }
  return true
}

function oneLine(cause: unknown): string {
  const text = cause instanceof SelectorError ? cause.message : String(cause)
  return text.replace(/\s+/g, ' ').slice(0, 200)
}
