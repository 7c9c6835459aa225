import { rowsOfTemplates } from './items.ts'
import type { Template } from './notation.ts'
import type { Plan } from './plan.ts'

/** A block that comes out larger than the one that taught, by this factor, is of other kinds. */
const WORSE = 1.25

/** What the blocks of a stream taught so far: a pure function of their bytes (docs/decisions/009). */
export class Lessons {
  #templates: readonly Template[] = []
  #blocks = 0
  /** How much of its block the body took, in the block that taught and in the last one. */
  #share = 0
  #lastShare = 0

  /** Those of a stream, found where it keeps them; new ones at its beginning. */
  static of(found: Map<string, unknown>): Lessons {
    let lessons = found.get('log') as Lessons | undefined
    if (!lessons) found.set('log', (lessons = new Lessons()))
    return lessons
  }

  /** The templates to try first in the next block; none where its own are to be mined. */
  get known(): readonly Template[] {
    return isAnew(this.#blocks + 1) || this.#lastShare > WORSE * this.#share ? [] : this.#templates
  }

  /** A block with the templates `known` became a body of so many units for each of its own. */
  add({ items }: Plan, known: readonly Template[], share: number): void {
    this.#blocks++
    this.#templates = [...rowsOfTemplates(items).keys()]
    if (known.length === 0) this.#share = share
    this.#lastShare = share
  }
}

/** The fourth block, the 16th, the 64th ...: lest an unlucky first block or a slow change lasts. */
const isAnew = (block: number) => (block & (block - 1)) === 0 && Math.clz32(block) % 2 === 1
