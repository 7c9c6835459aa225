import type { Hint } from '../filter.ts'

/**
 * What detection may look at: the head of the text and lines from evenly spaced places behind it. The text may be the
 * first block of a longer stream, so nothing is concluded from its end.
 */
export interface Sample {
  readonly text: string
  readonly hint: Hint
  /** The first HEAD units, a byte order mark left out. */
  readonly head: string
  /** Non-blank lines of the head and of the places behind it, in order, each cut at WIDTH units. */
  readonly lines: readonly string[]
  /** How many of `lines` follow each other, from the first on. */
  readonly together: number
  /** Where each of `lines` begins in the text. */
  readonly starts: readonly number[]
}

const HEAD = 32 * 1024
const HEAD_LINES = 200
const PLACES = 8
const PLACE_LINES = 15
const WIDTH = 1000

/**
 * Bounded work, whatever the length of `text`. A router and the filters that it asks look at one text in turn, so the last sample is
 * kept: it is the same for the same text and hint.
 */
export function sampleOf(text: string, hint: Hint): Sample {
  if (last?.text === text && isSame(last.hint, hint)) return last
  const sample = sampled(text, hint)
  last = text.length <= LARGEST_KEPT ? sample : undefined
  return sample
}

let last: Sample | undefined
/** UTF-16 units of a text that is kept until the next one comes. */
const LARGEST_KEPT = 1024 * 1024

const isSame = (a: Hint, b: Hint) => a.path === b.path && a.tool === b.tool && a.command === b.command

function sampled(text: string, hint: Hint): Sample {
  const starts: number[] = []
  const lines: string[] = []
  const from = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const head = text.slice(from, from + HEAD)
  let next = take(text, from, from + HEAD, HEAD_LINES)
  const together = lines.length
  for (let place = 1; place <= PLACES; place++) {
    const at = Math.floor((text.length * place) / (PLACES + 1))
    if (at <= next) continue
    const start = text.slice(at, at + HEAD).indexOf('\n')
    if (start >= 0) next = take(text, at + start + 1, at + HEAD, PLACE_LINES)
  }
  return { text, hint, head, lines, together, starts }

  /** Takes up to `most` non-blank lines that begin in [start, end); gives the offset behind them. */
  function take(text: string, start: number, end: number, most: number): number {
    const window = text.slice(start, end)
    let at = 0
    for (let taken = 0; taken < most && at < window.length; ) {
      const found = window.indexOf('\n', at)
      const stop = found < 0 ? window.length : found
      const line = window.slice(at, Math.min(stop, at + WIDTH)).replace(/\r$/, '')
      if (/\S/.test(line)) {
        lines.push(line)
        starts.push(start + at)
        taken++
      }
      at = stop + 1
    }
    return start + at
  }
}

/** The share of sampled lines that `pattern` finds, 0..1; 0 where there is no line. */
export function share(lines: readonly string[], pattern: RegExp): number {
  if (lines.length === 0) return 0
  let hits = 0
  for (const line of lines) if (pattern.test(line)) hits++
  return hits / lines.length
}

/** Have at least this share of sampled lines the pattern? Ends as soon as that is settled; false where there is no line. */
export function have(lines: readonly string[], pattern: Pick<RegExp, 'test'>, least: number): boolean {
  const { length } = lines
  let hits = 0
  for (let at = 0; at < length; at++) {
    if (pattern.test(lines[at]!)) hits++
    if (hits / length >= least) return true
    if ((hits + length - 1 - at) / length < least) return false
  }
  return false
}

/** A test of samples that is asked for one sample again and again: answered once. */
export function once(test: (sample: Sample) => boolean): (sample: Sample) => boolean {
  const answers = new WeakMap<Sample, boolean>()
  return function asked(sample) {
    let answer = answers.get(sample)
    if (answer === undefined) answers.set(sample, (answer = test(sample)))
    return answer
  }
}
