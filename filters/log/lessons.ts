import { rowsOfTemplates } from './items.ts'
import type { Template } from './notation.ts'
import type { Plan } from './plan.ts'

/** A block that comes out larger than the one that taught, by this factor, is of other kinds. */
const WORSE = 1.1
/** One that is mined anew and comes out smaller than the one before it, by this factor, shows that this stream is better mined block by block. */
const BETTER = 0.98

/** What the blocks of a stream taught so far: a pure function of their bytes (docs/decisions/009). */
export class Lessons {
  #templates: readonly Template[] = []
  #blocks = 0
  /** How much of its block the body took, in the block that taught and in the last one. */
  #share = 0
  #lastShare = 0
  /** Do blocks come out smaller where each is mined? */
  #vary = false

  /** Those of a stream, found where it keeps them; new ones at its beginning. */
  static of(found: Map<string, unknown>): Lessons {
    let lessons = found.get('log') as Lessons | undefined
    if (!lessons) found.set('log', (lessons = new Lessons()))
    return lessons
  }

  /** The templates to try first in the next block; none where its own are to be mined. */
  get known(): readonly Template[] {
    const mines = this.#vary || isTrial(this.#blocks + 1) || this.#lastShare > WORSE * this.#share
    return mines ? [] : this.#templates
  }

  /** A block with the templates `known` became a body of so many units for each of its own. */
  add({ items }: Plan, known: readonly Template[], share: number): void {
    this.#blocks++
    this.#templates = [...rowsOfTemplates(items).keys()]
    if (isTrial(this.#blocks) && share < BETTER * this.#lastShare) this.#vary = true
    if (known.length === 0) this.#share = share
    this.#lastShare = share
  }
}

/** The third block, the sixth, the twelfth ...: mined anew to see what the templates of others cost, and lest an unlucky first block lasts. */
const isTrial = (block: number) => block % 3 === 0 && ((block / 3) & (block / 3 - 1)) === 0
