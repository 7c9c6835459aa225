import type { Sample } from './sample.ts'

/** Sampled lines that repetition needs, and the share of them that are one line but for their numbers. */
const FEWEST = 20
const MOST = 0.6
/** Words of such a line: fewer may be rows of anything. */
const WORDS = 3
/** UTF-16 units of a line that are compared. */
const WIDTH = 200

/** Lines that differ in their numbers alone, whatever prints them: what templates are for. */
export function isRepeated({ lines }: Sample): boolean {
  if (lines.length < FEWEST) return false
  const counts = new Map<string, number>()
  for (const line of lines) {
    const shape = line.slice(0, WIDTH).replace(/\d+/g, '0')
    counts.set(shape, (counts.get(shape) ?? 0) + 1)
  }
  const [shape, count] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))
  return count >= MOST * lines.length && shape.split(/\s+/).filter(word => /[A-Za-z]{2}/.test(word)).length >= WORDS
}
