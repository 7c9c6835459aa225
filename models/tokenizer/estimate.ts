import type { Tokenizer } from '../models.ts'

/** UTF-16 units up to which `countSampled` counts every one. */
const COUNTED_WHOLE = 1_048_576
/** Samples taken of a longer text. */
const SAMPLES = 128
/** The same of a block, of which a longer text has many: their errors even out. */
const BLOCK_COUNTED_WHOLE = 131_072
const BLOCK_SAMPLES = 32
/** UTF-16 units of a sample. */
const SAMPLE = 2048

/**
 * A model whose vocabulary is not public, estimated as `permille` tokens per 1,000 of `base`. A count of another vocabulary
 * follows what a text is made of (digits, identifiers, prose, scripts), as characters divided by a constant do not.
 */
export function estimate(name: string, base: Tokenizer, permille: number): Tokenizer {
  return {
    name: `~${name}`,
    exact: false,
    count: text => Math.ceil((base.count(text) * permille) / 1000),
  }
}

/**
 * Tokens of `text`: all counted up to 1,048,576 UTF-16 units, beyond that estimated from 128 samples of 2,048 units at equal
 * distances, within about 2 % on real files. A block of a longer text is counted up to 131,072 units, beyond that by 32 samples.
 * Equal texts give equal estimates. O(1) beyond the limit.
 */
export function countSampled(
  tokenizer: Tokenizer,
  text: string,
  isBlock = false,
): { tokens: number; estimated: boolean } {
  if (text.length <= (isBlock ? BLOCK_COUNTED_WHOLE : COUNTED_WHOLE))
    return { tokens: tokenizer.count(text), estimated: false }
  const samples = isBlock ? BLOCK_SAMPLES : SAMPLES
  let tokens = 0
  let units = 0
  for (let sample = 0; sample < samples; sample++) {
    const from = wholeCharacter(text, Math.floor(((text.length - SAMPLE) * sample) / (samples - 1)))
    const to = wholeCharacter(text, from + SAMPLE)
    tokens += tokenizer.count(text.slice(from, to))
    units += to - from
  }
  return { tokens: Math.round((tokens * text.length) / units), estimated: true }
}

/** `at`, or one further where that is the second half of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at
}

/** The same tokenizer, sampling texts beyond 1,048,576 UTF-16 units: what decisions about long texts are made with. */
export function sampling(tokenizer: Tokenizer): Tokenizer {
  const { name, exact } = tokenizer
  return { name, exact, count: (text, isBlock) => countSampled(tokenizer, text, isBlock).tokens }
}
