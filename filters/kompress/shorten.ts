import type { FilterContext } from '../filter.ts'
import { longBlocks, type Room } from './blocks.ts'
import { boilerplate } from './boilerplate.ts'
import type { Word } from './guards.ts'
import { GONE, LISTENS, layoutOf, PROSE } from './layout.ts'
import { isEnglish, type Passage, passageAt } from './passages.ts'
import { type Cut, repeatedRuns, twinBlocks } from './repeats.ts'
import { heuristic, type Scorer } from './scorer.ts'
import { Sections } from './sections.ts'
import { terse } from './terse.ts'

/** What share of the tokens of running text should go; the words that a reader restores go in any case. */
export interface Plan {
  readonly share: number
  readonly query: ReadonlySet<string>
  /** What stays of long blocks of code and of tables; all of them where absent. */
  readonly room?: Room
  readonly scorer?: Scorer
}

/** Passages scored together: bounded memory, and a threshold for each part of a long text. UTF-16 units. */
const PART = 256 * 1024

/** A passage, lines that leave, a line that stays, or one that says nothing (its number's complement). */
type Item = Passage | Cut | number

/** Running text without the words that a reader restores and the least telling others. Undefined where nothing goes. */
export function shorten(text: string, plan: Plan, context: FilterContext): string | undefined {
  const lines = text.split('\n')
  const kinds = layoutOf(lines, context.signal)
  const cuts = cutsOf(lines, kinds, plan, context)
  const out = new Sections(lines, context)
  for (let at = 0; at < lines.length; ) {
    const part: Item[] = []
    for (let size = 0; at < lines.length && size < PART; ) {
      const item = cuts.get(at) ?? itemAt(lines, kinds, at)
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

function itemAt(lines: readonly string[], kinds: Uint8Array, at: number): Passage | number {
  if (kinds[at] === PROSE) return passageAt(lines, kinds, at)
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
  function take(some: readonly Cut[]): void {
    for (const cut of some) {
      signal.throwIfAborted(cut.to - cut.from)
      if (kinds.subarray(cut.from, cut.to).includes(GONE)) continue
      kinds.fill(GONE, cut.from, cut.to)
      cuts.set(cut.from, cut)
    }
  }
}

function writePart(part: readonly Item[], plan: Plan, out: Sections): void {
  const passages = part.filter(item => typeof item !== 'number' && 'words' in item)
  const english = mostlyEnglish(passages)
  const prose = passages.filter(({ words }) => isEnglish(words, english))
  const scores = (plan.scorer ?? heuristic)(prose, plan.query)
  const limit = threshold(prose, scores, plan.share)
  const scored = new Map(prose.map((passage, i) => [passage, scores[i]!]))
  for (const item of part) {
    if (typeof item === 'number' && item < 0) out.put(~item, ~item + 1, [], 2)
    else if (typeof item === 'number') out.keep(item)
    else if ('what' in item) out.cut(item.from, item.to, item.what, item.rule)
    else write(item, scored.get(item), limit, out)
  }
}

function mostlyEnglish(passages: readonly Passage[]): boolean {
  let all = 0
  let english = 0
  for (const { words } of passages) {
    all += words.length
    if (isEnglish(words, false)) english += words.length
  }
  return english > 0.5 * all
}

/** The score below which words must go, so that `share` of the tokens goes. */
function threshold(passages: readonly Passage[], scores: readonly Float32Array[], share: number): number {
  const candidates: { score: number; cost: number }[] = []
  let all = 0
  let gone = 0
  passages.forEach(({ words }, i) => {
    words.forEach((word, j) => {
      const cost = costOf(word)
      all += cost
      if (word.rule === 'restored') gone += cost
      else if (word.rule !== 'stays') candidates.push({ score: scores[i]![j]!, cost })
    })
  })
  candidates.sort((a, b) => a.score - b.score)
  let limit = Number.NEGATIVE_INFINITY
  for (const { score, cost } of candidates) {
    if (gone >= share * all) break
    gone += cost
    limit = score
  }
  return limit
}

/** Is nothing left of this word, its punctuation neither? */
const isGap = (word: Word | undefined, goes: boolean | undefined) =>
  goes === true && word !== undefined && word.from === 0 && word.to === word.text.length

/** About how many tokens a word takes. */
const costOf = ({ text, from, to, rule }: Word) =>
  (rule === 'stays' ? Math.ceil(text.length / 4) : 1 + Math.floor((to - from) / 9)) + (to < text.length ? 1 : 0)

function write(passage: Passage, scores: Float32Array | undefined, limit: number, out: Sections): void {
  const { from, to, words } = passage
  if (!scores) {
    for (let line = from; line < to; line++) out.keep(line)
    return
  }
  const goes = words.map(({ rule }, i) => rule === 'restored' || (rule !== 'stays' && scores[i]! <= limit))
  const gone = goes.filter(Boolean).length
  if (gone === 0) for (let line = from; line < to; line++) out.keep(line)
  else out.put(from, to, linesOf(passage, goes), gone)
}

/**
 * The lines that stay of a passage. Two lines of a filled paragraph become one where a word is gone between them: there the
 * original has a space to part them.
 */
function linesOf({ from, to, indents, words }: Passage, goes: readonly boolean[]): string[] {
  const texts: string[] = []
  let open = false
  for (let line = 0, first = 0; line < to - from; line++) {
    let end = first
    while (end < words.length && words[end]!.line === line) end++
    const some = words.slice(first, end)
    const text = terse(
      some,
      some.map((_, i) => goes[first + i]!),
    )
    const indent = indents[line]!
    const joins =
      texts.length > 0 && indent.trim() === '' && (open || indent !== '' || isGap(words[first], goes[first]))
    if (text !== '' && joins) texts[texts.length - 1] += ` ${text}`
    else if (text !== '' || indent.trim() !== '') texts.push(indent + text)
    open = text === '' ? open || some.length > 1 : isGap(words[end - 1], goes[end - 1])
    first = end
  }
  return texts
}
