/** What a filter may ask of a model. Every implementation is loaded on first use by load.ts. */

/** Counts tokens of one vocabulary. */
export interface Tokenizer {
  /** The vocabulary's public name, such as `o200k_base`; an estimate's name begins with `~`. */
  readonly name: string
  /** False where the vocabulary is not public and the count is an estimate. */
  readonly exact: boolean
  /**
   * Tokens in `text`, special tokens read as plain text. Lone surrogates count as U+FFFD. Linear time. A tokenizer that samples long
   * texts samples sooner where the text is a block of a longer one.
   */
  count(text: string, isBlock?: boolean): number
}

/** Reads source text of one language. */
export interface Grammar {
  /**
   * Parses `text` and lists the nodes that `kinds` names, in order of their beginnings, outer ones first. `step` is called as the work
   * goes on, with how much of it was done; what it throws ends the work. Undefined where the parser itself gave up. Linear in
   * the text, but for text in which errors abound.
   */
  read(text: string, kinds: Kinds, step: (steps: number) => void): Syntax | undefined
}

/**
 * By a node's type: the number to list it under, 1 to 63; with LIST added each of its named children is listed, as 0 if not else; with
 * LINES added what is on one line, somewhere in it, is not looked into.
 */
export type Kinds = Readonly<Record<string, number>>
export const LIST = 64
export const LINES = 128

/** Nodes as columns; offsets are UTF-16 code units, the end exclusive. */
export interface Syntax {
  readonly length: number
  readonly kind: ArrayLike<number>
  readonly start: ArrayLike<number>
  readonly end: ArrayLike<number>
  /** The nearest listed ancestor, or -1. */
  readonly parent: ArrayLike<number>
  /** Where the grammar met what it does not know, at most ERRORS_LISTED places; empty where all was understood. */
  readonly errors: readonly number[]
  /**
   * The errors in `text`, which `edits`, in order, make of the one that was read: what they leave alone is not parsed again. Undefined
   * where the parser gave up, and after `close`.
   */
  errorsAfter(text: string, edits: readonly Edit[], step: (steps: number) => void): readonly number[] | undefined
  /** Frees the parser's memory of the text; what is listed here stays. */
  close(): void
}
export const ERRORS_LISTED = 1000

/** Whole lines that give way to one. */
export interface Edit {
  /** The first line, counted from 0, and how many there are. */
  readonly line: number
  readonly count: number
  /** Where they begin and end, and how long that one is, in UTF-16 code units with its line end. */
  readonly start: number
  readonly end: number
  readonly length: number
}

export interface Models {
  /** Throws a RangeError that lists the known names where `name` is not one. */
  tokenizer(name: string): Promise<Tokenizer>
  /** The grammar of a language by its name in models/grammars.ts, such as `python`; undefined where there is none. */
  grammar(language: string): Promise<Grammar | undefined>
}
