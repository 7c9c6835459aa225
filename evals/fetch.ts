import { markersOf, partsOf } from '../ccr/marker.ts'
import { Original } from '../ccr/original.ts'
import { printSelector, type Selector } from '../ccr/select.ts'
import type { Store } from '../ccr/store.ts'
import { textOf } from '../ccr/text.ts'
import type { Tokenizer } from '../models/models.ts'
import { Page, readable } from './facts.ts'

/** Fetches from the store what an output left out, by the addresses that the output itself prints. */
export class Fetcher {
  readonly #output: Uint8Array
  readonly #store: Store
  readonly #tokenizer: Tokenizer
  #gaps: Promise<readonly Gap[]> | undefined

  constructor(output: Uint8Array, store: Store, tokenizer: Tokenizer) {
    this.#output = output
    this.#store = store
    this.#tokenizer = tokenizer
  }

  /** What it costs to see `answer`; undefined where no address that the output prints leads to it. */
  async costOf(answer: string): Promise<Cost | undefined> {
    this.#gaps ??= gapsOf(this.#output, this.#store)
    const holders = (await this.#gaps).filter(({ page }) => page.holds(answer))
    // The shortest, for nobody would fetch the whole where a gap is named.
    const best = holders.toSorted((a, b) => a.page.text.length - b.page.text.length)[0]
    if (!best) return undefined
    const gap = this.#tokenizer.count(best.page.text)
    return { gap, grep: Math.min(gap, this.#grep(answer, best.original)) }
  }

  #grep(answer: string, original: string): number {
    const found = original.split('\n').filter(line => line.includes(answer))
    return found.length ? this.#tokenizer.count(found.join('\n')) : Number.POSITIVE_INFINITY
  }
}

/** Tokens of what a retrieval prints. */
export interface Cost {
  /** By the selector that stands in the gap; of the whole original where no gap holds the answer. */
  readonly gap: number
  /** By `--grep` for the answer, where that prints less. */
  readonly grep: number
}

interface Gap {
  readonly page: Page
  readonly original: string
}

/** Every gap of every region, fetched, each selector once; and every original as a whole. */
async function gapsOf(output: Uint8Array, store: Store): Promise<readonly Gap[]> {
  const gaps: Gap[] = []
  for (const part of partsOf(textOf(output))) {
    if (part.kind === 'text' || !part.head.id) continue
    const entry = await store.get(part.head.id)
    if (!entry) continue
    const original = Original.of(entry.original)
    const whole = readable(entry.original)
    const selectors = new Map<string, Selector>(markersOf(part.body).map(({ where }) => [printSelector(where), where]))
    const texts = [...selectors.values()].map(where => readable(original.sliceBytes(where)))
    for (const text of [...texts, whole]) gaps.push({ page: new Page(text), original: whole })
  }
  return gaps
}
