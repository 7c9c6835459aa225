import { NO_ROLES } from '../subject.ts'
import type { Word } from './guards.ts'
import { isEnglish, type Passage } from './passages.ts'
import type { Plan } from './plan.ts'
import type { Cut } from './repeats.ts'
import { wake } from './roles.ts'
import { heuristic } from './scorer.ts'
import type { Sections } from './sections.ts'
import { sentenceEnd, thinned } from './sentences.ts'
import { terse } from './terse.ts'

/** A passage, lines that leave, a line that stays, or one that says nothing (its number's complement). */
export type Item = Passage | Cut | number

/** Writes a part of the text as the plan says: its words are ranked together. */
export function writePart(part: readonly Item[], plan: Plan, out: Sections): void {
  const passages = part.filter(item => typeof item !== 'number' && 'words' in item)
  const english = mostlyEnglish(passages)
  const prose = passages.filter(({ words }) => isEnglish(words, english))
  // Where only what readers restore goes, nothing needs a score.
  const asks = plan.share > 0 || (plan.drop ?? 0) > 0
  const scores = asks ? scoresOf(prose, plan) : prose.map(({ words }) => new Float32Array(words.length))
  const thin = thinned(prose, plan.thin ?? 0, costOf)
  const limit = threshold(prose, scores, thin, plan.share)
  const dropped = leastTelling(passages, prose, scores, plan)
  const scored = new Map(prose.map((passage, i) => [passage, { scores: scores[i]!, thin: thin[i] }]))
  for (const item of part) {
    if (typeof item === 'number' && item < 0) out.put(~item, ~item + 1, [], 2)
    else if (typeof item === 'number') out.keep(item)
    else if ('what' in item) out.cut(item.from, item.to, item.what, item.rule)
    else if (dropped.has(item)) out.put(item.from, item.to, [], item.words.length)
    else write(item, scored.get(item), limit, out)
  }
}

/** What each word is worth, and what the reader's question adds. */
function scoresOf(prose: readonly Passage[], { scorer = heuristic, steer }: Plan): readonly Float32Array[] {
  if (!steer) return scorer(prose, NO_ROLES)
  const bearing = ({ from }: Passage) => steer.bearing?.[from] ?? 0
  for (const passage of prose) wake(passage.words, steer.roles, bearing(passage) >= BEARING)
  const scores = scorer(prose, steer.roles)
  if (!steer.bearing) return scores
  return prose.map((passage, i) => scores[i]!.map(score => score + BEARS * bearing(passage)))
}

/** From this part of the best bearing on a passage's opening is worth its words; what a bearing of 1 adds to a word's score. */
const BEARING = 0.25
const BEARS = 1.5

/** The passages that go as a whole: those whose words tell least. Passages without scores count as middling. */
function leastTelling(
  passages: readonly Passage[],
  prose: readonly Passage[],
  scores: readonly Float32Array[],
  { drop = 0, steer }: Plan,
): ReadonlySet<Passage> {
  if (drop === 0) return new Set()
  const values = new Map(prose.map((passage, i) => [passage, mean(scores[i]!) + (steer ? most(scores[i]!) : 0)]))
  const order = [...passages].sort((a, b) => (values.get(a) ?? 1) - (values.get(b) ?? 1) || b.from - a.from)
  return new Set(order.slice(0, Math.round(drop * order.length)))
}

function mean(scores: Float32Array): number {
  let sum = 0
  for (const score of scores) sum += score
  return Math.round((1e4 * sum) / Math.max(1, scores.length)) / 1e4
}

const most = (scores: Float32Array) => scores.reduce((best, score) => Math.max(best, score), 0)

function mostlyEnglish(passages: readonly Passage[]): boolean {
  let all = 0
  let english = 0
  for (const { words } of passages) {
    all += words.length
    if (isEnglish(words, false)) english += words.length
  }
  return english > 0.5 * all
}

/** The score below which words must go, so that `share` of the tokens goes. Scores are multiples of 1e-4, so they are counted. */
function threshold(
  passages: readonly Passage[],
  scores: readonly Float32Array[],
  thin: readonly (Uint8Array | undefined)[],
  share: number,
): number {
  if (share === 0) return -1
  const costs = new Uint32Array(HIGHEST)
  let all = 0
  let gone = 0
  for (let i = 0; i < passages.length; i++) {
    const { words } = passages[i]!
    for (let j = 0; j < words.length; j++) {
      if (thin[i]?.[j]) continue
      const word = words[j]!
      const cost = costOf(word)
      if (word.rule !== 'stays') all += cost
      if (word.rule === 'restored') gone += cost
      else if (isScored(word)) costs[stepOf(scores[i]![j]!)]! += cost
    }
  }
  let step = -1
  while (gone < share * all && step + 1 < HIGHEST) gone += costs[++step]!
  return step
}

const HIGHEST = 60_000
const stepOf = (score: number) => Math.min(HIGHEST - 1, Math.max(0, Math.round(score * 1e4) + 10_000))

const isScored = ({ rule }: Word) => rule === 'scored' || rule === 'soft'

/** A sentence that lost nearly all that it says loses the rest too: `not, because of it` would mislead. Names and numbers stay. */
function dropOrphans(words: readonly Word[], goes: boolean[]): void {
  for (let start = 0, end = 0; start < words.length; start = end) {
    let said = 0
    let left = 0
    end = sentenceEnd(words, start)
    for (let i = start; i < end; i++) {
      if (words[i]!.rule !== 'scored') continue
      said++
      if (!goes[i]) left++
    }
    if (said > 1 && left <= said / 5) for (let i = start; i < end; i++) if (words[i]!.rule !== 'stays') goes[i] = true
  }
}

/** Is nothing left of this word, its punctuation neither? */
const isGap = (word: Word | undefined, goes: boolean | undefined) =>
  goes === true && word !== undefined && word.from === 0 && word.to === word.text.length

/** About how many tokens a word takes. */
const costOf = ({ text, from, to, rule }: Word) =>
  (rule === 'stays' ? Math.ceil(text.length / 4) : 1 + Math.floor((to - from) / 9)) + (to < text.length ? 1 : 0)

/** What is known of a passage's words: their scores, and which of them go with their sentence. */
interface Marks {
  readonly scores: Float32Array
  readonly thin: Uint8Array | undefined
}

function write(passage: Passage, marks: Marks | undefined, limit: number, out: Sections): void {
  const { from, to, words } = passage
  if (!marks) {
    for (let line = from; line < to; line++) out.keep(line)
    return
  }
  const { scores, thin } = marks
  if (thin && !thin.includes(0)) {
    out.put(from, to, [], words.length)
    return
  }
  const goes = words.map(
    (word, i) => thin?.[i] === 1 || word.rule === 'restored' || (isScored(word) && stepOf(scores[i]!) <= limit),
  )
  dropOrphans(words, goes)
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
    const text = terse(words, goes, first, end)
    const indent = indents[line]!
    const joins =
      texts.length > 0 && indent.trim() === '' && (open || indent.includes(' ') || isGap(words[first], goes[first]))
    if (text !== '' && joins) texts[texts.length - 1] += ` ${text}`
    else if (text !== '' || indent.trim() !== '') texts.push(indent + text)
    open = text === '' ? open || end - first > 1 : isGap(words[end - 1], goes[end - 1])
    first = end
  }
  return texts
}
