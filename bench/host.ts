import type { EvalHost } from '../evals/measure.ts'
import { models } from '../models/load.ts'

/** What the benchmarks measure with: the real tokenizer and the product's own filters. */
export const evalHost = async (): Promise<EvalHost> => ({ tokenizer: await models.tokenizer('o200k_base'), models })
