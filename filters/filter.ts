import type { Selector } from '../ccr/select.ts'
import type { Models } from '../models/models.ts'
import type { Options, Values } from './options.ts'

/**
 * A pure function from text to a verdict. It reads `text`, asks its context and answers: no I/O, no clock, no
 * randomness, no locale, no state between calls. The gate (run.ts) counts, proves, stores and decides.
 *
 * `text` holds one UTF-16 code unit U+DC80..U+DCFF for each byte that is not valid UTF-8 (ccr/text.ts), so every
 * input is a string and every string goes back to its bytes.
 */
export interface Filter<O extends Options = Options> {
  /** Subcommand, folder, MCP tool, completion, and the word in the head line: `[a-z][a-z0-9-]*`. */
  readonly name: string
  /** One line, used everywhere. */
  readonly summary: string
  readonly options: O
  /** lines: streams in blocks of at most 1 MiB, cut at line ends; document: needs the whole text (up to 64 MiB). */
  readonly unit: 'lines' | 'document'
  /** 0..1, how surely this filter is the right one; reads a bounded prefix and sample, loads nothing. */
  fits(text: string, hint: Hint): number
  /** A throw is a pass. O(n) in `signal.throwIfAborted()` steps. */
  apply(text: string, context: FilterContext<O>): Verdict | Promise<Verdict>
  /**
   * Undoes a rewrite: from the body (no head line) and the verdict's `note` to the original. `gap` gives the text of a
   * selector that stands in a marker, as it stood in the original; place it unread, since without a store it gives
   * the marker itself. Throws on a body that this filter did not write; undefined where its note says that words are gone from
   the running text, which nothing but the store undoes: then the gate asks only that what stays is a subsequence.
   */
  decode?(text: string, gap: (where: Selector) => string, note: string): string | undefined
  /** One form for all texts of equal values, so that `values` can be proved: normal(decode(y)) === normal(x). */
  normal?(text: string): string
  /** It finds what a question describes in units of its own (blocks of a page, whole definitions): the gate looks for what is named alone. */
  readonly answers?: true
  /** A router: the filters to try, best first; itself where it would do the work. Reads at most the first block. */
  route?(text: string, hint: Hint): readonly Filter[] | Promise<readonly Filter[]>
}

/** How much may go: byte-exact codecs only; what is repeated, derivable or boilerplate; the rest. */
export type Mode = 'lossless' | 'balanced' | 'aggressive'
export const MODES: readonly Mode[] = ['lossless', 'balanced', 'aggressive']

/** bytes: the text alone gives every byte back. values: every value is in the text, its layout is not. no: there are gaps. */
export type Lossless = 'bytes' | 'values' | 'no'

/** A filter never half-succeeds: it rewrote the text, or it says why it left it alone. */
export type Verdict =
  | {
      readonly kind: 'rewrite'
      /** The body: what follows the head line. */
      readonly text: string
      readonly lossless: Lossless
      /** What `decode` and a reader need to know first, printed in the head line: no brackets, colons or line ends. */
      readonly note?: string
    }
  | { readonly kind: 'pass'; readonly why: Why }

/** Why the text went out as it came. The first four are a filter's answers, the others the gate's. */
export type Why =
  | 'not-mine'
  | 'nothing-to-cut'
  | 'not-smaller'
  | 'too-large'
  | 'empty'
  | 'too-small'
  | 'ours'
  | 'forged-marker'
  | 'not-proved'
  | 'no-store'
  | 'too-slow'
  | 'failed'

export const pass = (why: Why): Verdict => ({ kind: 'pass', why })

/** What is known of a text besides the text. It may steer the choice of a filter, never the decoding. */
export interface Hint {
  /** The file's name, as the user wrote it. */
  readonly path?: string
  /** The command that printed the text, as argv. */
  readonly command?: readonly string[]
  /** The agent's tool that read it. */
  readonly tool?: string
}

/** Counts steps, so that a limit is the same on every machine; throws TooSlow when they run out or the call is aborted. */
export interface Signal {
  /** Call it in every long loop: once a line, a row or about a hundred characters; `steps` counts several at once. */
  throwIfAborted(steps?: number): void
}

/** Everything a filter may reach. There is no other door. */
export interface FilterContext<O extends Options = Options> {
  readonly options: Values<O>
  readonly hint: Hint
  readonly mode: Mode
  /** The question that the reader has, if any: steers what is kept. */
  readonly query?: string
  /** The most tokens that the body may take; absent where there is no bound. A miss is not an error: the gate goes on. */
  readonly budget?: number
  readonly signal: Signal
  readonly models: Models
  /** What filters found in the blocks before this one of a stream, by their names, for the block after it; empty at first, and for other texts. */
  readonly found: Map<string, unknown>
  /** Tokens (o200k_base, or the budget's tokenizer) of a candidate. */
  count(text: string): number
  /** The marker to leave in the gap: omit(lines(40, 251), '212 lines') is `[... 212 lines L40-251]`; `rule` says why, for explain. */
  omit(where: Selector, what: string, rule?: string): string
  /** Says for `explain` which rule kept a range. */
  keep(where: Selector, rule: string): void
  /** The byte selector of a part of this text; offsets are UTF-16 code units, the end is exclusive. */
  at(start: number, end: number): Selector
  /**
   * A child filter on a part of this text: its output between a head and a foot of its own, or the part as it is. Its selectors
   * are rebased to this text. A part begins at a line start and ends at a line end or at the end of the text.
   */
  inner(filter: Filter, start: number, end: number): Promise<string>
}
