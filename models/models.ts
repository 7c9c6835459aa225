/** What a filter may ask of a model. Every implementation is loaded on first use by load.ts. */

/** Counts tokens of one vocabulary. */
export interface Tokenizer {
  /** The vocabulary's public name, such as `o200k_base`; an estimate's name begins with `~`. */
  readonly name: string
  /** False where the vocabulary is not public and the count is an estimate. */
  readonly exact: boolean
  /** Tokens in `text`, special tokens read as plain text. Lone surrogates count as U+FFFD. Linear time. */
  count(text: string): number
}

export interface Models {
  /** Throws a RangeError that lists the known names where `name` is not one. */
  tokenizer(name: string): Promise<Tokenizer>
}
