import type { FilterContext } from '../filter.ts'
import { longBlocks } from './blocks.ts'
import { boilerplate } from './boilerplate.ts'
import { GONE, HELD, LISTENS, layoutOf, PROSE } from './layout.ts'
import { Lexicon } from './lexicon.ts'
import { type Passage, passageAt } from './passages.ts'
import type { Plan } from './plan.ts'
import { type Cut, repeatedRuns, twinBlocks } from './repeats.ts'
import { Sections } from './sections.ts'
import { type Item, writePart } from './write.ts'

/** Passages scored together: bounded memory, and a threshold for each part of a long text. UTF-16 units. */
const PART = 256 * 1024

/** Running text without the words that a reader restores and the least telling others. Undefined where nothing goes. */
export function shorten(lines: readonly string[], plan: Plan, context: FilterContext): string | undefined {
  const kinds = layoutOf(lines, context.signal)
  for (const line of plan.steer?.held ?? []) kinds[line] = HELD
  const cuts = cutsOf(lines, kinds, plan, context)
  const out = new Sections(lines, context)
  for (let at = 0; at < lines.length; ) {
    const part: Item[] = []
    const lexicon = new Lexicon()
    for (let size = 0; at < lines.length && size < PART; ) {
      const item = cuts.get(at) ?? itemAt(lines, kinds, at, lexicon)
      const end: number = typeof item === 'number' ? at + 1 : item.to
      context.signal.throwIfAborted(end - at)
      for (; at < end; at++) size += lines[at]!.length + 1
      part.push(item)
    }
    writePart(part, plan, out)
  }
  const body = out.finish()
  return out.gone ? body : undefined
}

function itemAt(lines: readonly string[], kinds: Uint8Array, at: number, lexicon: Lexicon): Passage | number {
  if (kinds[at] === PROSE) return passageAt(lines, kinds, at, lexicon)
  return kinds[at] === LISTENS ? ~at : at
}

/** The lines that leave as a whole, by their first one; passages end where a cut begins. */
function cutsOf(lines: readonly string[], kinds: Uint8Array, plan: Plan, { signal }: FilterContext): Map<number, Cut> {
  const cuts = new Map<number, Cut>()
  const found = [repeatedRuns(lines, signal), twinBlocks(lines, signal), boilerplate(lines)].flat()
  take(found)
  if (plan.room) take(longBlocks(lines, kinds, plan.room))
  return cuts

  /** Earlier rules win: a cut that meets one that was taken is left. */
  function take(cutsFound: readonly Cut[]): void {
    for (const cut of cutsFound) {
      signal.throwIfAborted(cut.to - cut.from)
      const some = kinds.subarray(cut.from, cut.to)
      if (some.includes(GONE) || some.includes(HELD)) continue
      kinds.fill(GONE, cut.from, cut.to)
      cuts.set(cut.from, cut)
    }
  }
}
