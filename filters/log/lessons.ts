import { rowsOfTemplates } from './items.ts'
import type { Template } from './notation.ts'
import type { Plan } from './plan.ts'

/** A block that comes out larger than the one that taught, by this factor, is of other kinds. */
const WORSE = 1.1
/** Mined anew, a block of a stream that is better mined block by block comes out smaller by this factor. */
const BETTER = 0.98

/** What the blocks of a stream taught so far: a pure function of their bytes (docs/decisions/009). */
export class Lessons {
  #templates: readonly Template[] = []
  #blocks = 0
  /** How much of its block the body took, in the block that taught and in the last one. */
  #share = 0
  #lastShare = 0
  /** Trials in a row that the block's own templates won: after two, each block is mined. */
  #won = 0

  /** Those of a stream, found where it keeps them; new ones at its beginning. */
  static of(found: Map<string, unknown>): Lessons {
    let lessons = found.get('log') as Lessons | undefined
    if (!lessons) found.set('log', (lessons = new Lessons()))
    return lessons
  }

  /** The templates to try first in the next block; none where its own are to be mined. */
  get known(): readonly Template[] {
    return this.#won > 1 || this.#lastShare > WORSE * this.#share ? [] : this.#templates
  }

  /** Is the next block to be mined as well, to see what the templates of others cost? The second, the eighth, the 32nd ..., and one after a win. */
  get isTrial(): boolean {
    const block = this.#blocks + 1
    const isDue = (block & (block - 1)) === 0 && Math.clz32(block) % 2 === 0
    return this.known.length > 0 && (isDue || this.#won === 1)
  }

  /** Of a trial: units with the templates that are known, and mined anew. */
  compare(known: number, anew: number): void {
    this.#won = anew < BETTER * known ? this.#won + 1 : 0
  }

  /** A block became a body of so many units for each of its own; `taught` says that its templates were mined in it. */
  add({ items }: Plan, taught: boolean, share: number): void {
    this.#blocks++
    this.#templates = [...rowsOfTemplates(items).keys()]
    if (taught) this.#share = share
    this.#lastShare = share
  }
}
