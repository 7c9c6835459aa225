import type { Signal } from './filter.ts'

/** Questions after what stands out by its kind, not by its words. */
export const AFTER_ODD =
  /\b(?:rare(?:st|ly)?|unusual|unique|odd(?:est)?|strange|anomal\w*|outliers?|occurs? once|only once|unexpected)\b/i

/** Lines (0-based) that are alone with their shape: its numbers aside, and, for the oddest (2), its paths, ids and quoted strings aside. Linear. */
export function oddLines(lines: readonly string[], signal?: Signal): Map<number, 1 | 2> {
  const odd = new Map<number, 1 | 2>()
  for (const [shapeOf, level] of [[fineShape, 1] as const, [coarseShape, 2] as const]) {
    const seen = new Map<string, number>()
    lines.forEach((line, at) => {
      signal?.throwIfAborted(1 + (line.length >> 6))
      const shape = shapeOf(line.slice(0, SHAPE))
      seen.set(shape, seen.has(shape) ? SEVERAL : at)
    })
    for (const at of seen.values()) if (at !== SEVERAL && lines[at]!.trim() !== '') odd.set(at, level)
  }
  return odd
}

const SEVERAL = -1
/** UTF-16 units of a line that make its shape. */
const SHAPE = 400

const fineShape = (line: string) => line.replace(/\d+/g, '#')
const coarseShape = (line: string) =>
  line.replace(/"[^"]*"/g, '"').replace(/[^\s()[\]{}<>,;=:]*[\d/][^\s()[\]{}<>,;=:]*/g, '#')
