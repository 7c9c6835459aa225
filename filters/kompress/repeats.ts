import type { Signal } from '../filter.ts'

/** Lines [from, to), 0-based, that leave the output, what the marker says of them and which rule took them. */
export interface Cut {
  readonly from: number
  readonly to: number
  readonly what: string
  readonly rule: string
}

/** Fewer units are dearer to name than to read: a marker with a remark takes about eighteen tokens. */
const WORTH = 160

export const linesOf = (from: number, to: number) => (to - from === 1 ? '1 line' : `${to - from} lines`)
const placeOf = (from: number, to: number) => (to - from === 1 ? `L${from + 1}` : `L${from + 1}-${to}`)

/** Runs of lines that stood before, word for word: `[... 12 lines L300-311: as L100-111]`. Linear. */
export function repeatedRuns(lines: readonly string[], signal: Signal): Cut[] {
  const first = new Map<string, number>()
  const cuts: Cut[] = []
  for (let i = 0; i < lines.length; ) {
    signal.throwIfAborted()
    const line = lines[i]!
    const seen = line.trim() === '' ? undefined : first.get(line)
    const length = seen === undefined ? 0 : runLength(lines, seen, i, signal)
    if (length === 0) {
      if (!first.has(line)) first.set(line, i)
      i++
      continue
    }
    const what = `${linesOf(i, i + length)}: as ${placeOf(seen!, seen! + length)}`
    cuts.push({ from: i, to: i + length, what, rule: 'repeated lines' })
    i += length
  }
  return cuts
}

/** How many lines from `b` on equal those from `a` on, blank ones at the end left out; 0 where that is not worth a marker. */
function runLength(lines: readonly string[], a: number, b: number, signal: Signal): number {
  let units = 0
  let length = 0
  for (let k = 0; b + k < lines.length && a + k < b && lines[a + k] === lines[b + k]; k++) {
    units += lines[b + k]!.trim().length
    if (lines[b + k]!.trim() !== '') length = k + 1
    signal.throwIfAborted()
    // Short runs are looked at again line by line, so a look must be short too.
    if (k > 20 && units < 4 * k) return 0
  }
  return units >= WORTH ? length : 0
}

/** A fenced block that says the same as the fenced block before it in another notation, as manuals give JSON and then YAML. */
export function twinBlocks(lines: readonly string[], signal: Signal): Cut[] {
  const cuts: Cut[] = []
  let before: Fenced | undefined
  for (const block of fencedBlocks(lines, signal)) {
    const near = before && block.from - before.to <= 12
    if (near && block.units >= WORTH && isTwin(before!.words, block.words)) {
      const what = `${linesOf(block.from, block.to)}: the same values as ${placeOf(before!.from, before!.to)}`
      cuts.push({ from: block.from, to: block.to, what, rule: 'the same in another notation' })
    } else before = block
  }
  return cuts
}

/** A fenced block: its inner lines, and how often each word stands in them. */
interface Fenced {
  readonly from: number
  readonly to: number
  readonly units: number
  readonly words: ReadonlyMap<string, number>
}

function* fencedBlocks(lines: readonly string[], signal: Signal): Generator<Fenced> {
  for (let i = 0; i < lines.length; i++) {
    signal.throwIfAborted()
    const fence = /^\s*(`{3,}|~{3,})/.exec(lines[i]!)?.[1]
    if (!fence) continue
    let end = i + 1
    while (end < lines.length && !lines[end]!.trim().startsWith(fence)) end++
    const text = lines.slice(i + 1, end).join('\n')
    signal.throwIfAborted(Math.ceil(text.length / 20))
    const words = new Map<string, number>()
    for (const word of text.match(/[\p{L}\p{N}_$]+/gu) ?? []) words.set(word, (words.get(word) ?? 0) + 1)
    yield { from: i + 1, to: end, units: text.length, words }
    i = end
  }
}

/** All words but one in fifty stand in both, equally often. */
function isTwin(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  let all = 0
  let other = 0
  for (const [word, count] of a) {
    all += count
    other += Math.abs(count - (b.get(word) ?? 0))
  }
  for (const [word, count] of b) if (!a.has(word)) other += count
  return all >= 12 && other <= all / 50
}
