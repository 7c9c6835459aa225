import cl100k from '../models/tokenizer/cl100k_base.bin' with { type: 'file' }
import o200k from '../models/tokenizer/o200k_base.bin' with { type: 'file' }

/** Files that the compiled binary carries, by name: where their bytes are read from. */
export const embedded: Readonly<Record<string, string>> = { o200k_base: o200k, cl100k_base: cl100k }
