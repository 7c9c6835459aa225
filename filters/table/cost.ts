import { weight as cellWeight } from '../log/weight.ts'

export { cellWeight }

/** Tokens of an empty cell with its separator, of a separator before a value, of a code, and of a key entry beyond its value. */
export const EMPTY_CELL = 0.55
export const SEPARATOR = 0.7
export const CODE = 1.1
export const ENTRY = 2.2
/** Of a group line beyond its values. */
export const GROUP_LINE = 1.8

/**
 * About how many tokens a column of cells takes when printed: empty where as above, codes for values that repeat (`coded`), else as
 * they are. Undefined cells print nothing. `scale` is the number of rows that each of these stands for: it makes codes pay.
 */
export function slotCost(texts: readonly (string | undefined)[], scale: number, coded = true): number {
  const counts = new Map<string, number>()
  let cost = 0
  let last: string | undefined
  for (const text of texts) {
    if (text === undefined || text === last) cost += EMPTY_CELL * scale
    else counts.set(text, (counts.get(text) ?? 0) + 1)
    if (text !== undefined) last = text
  }
  for (const [text, seen] of counts) {
    const each = cellWeight(text)
    const plain = seen * scale * (each + SEPARATOR)
    // What a sample shows once may be there once: only what it shows again is taken to repeat.
    const repeats = scale > 1 ? seen >= 2 : seen >= 3
    const withCode = seen * scale * (CODE + SEPARATOR) + each + ENTRY
    cost += coded && repeats && isCodable(text, each) ? Math.min(plain, withCode) : plain
  }
  return cost
}

/** About how many tokens the same cells take as group lines of their own. */
export function groupCost(texts: readonly string[], scale: number): number {
  let cost = 0
  let last: string | undefined
  for (const text of texts) {
    if (text !== last) cost += (cellWeight(text) + GROUP_LINE) * scale
    last = text
  }
  return cost
}

/** Short numbers get no codes (words.ts). */
export const isCodable = (text: string, tokens: number): boolean =>
  text.length > 2 && (tokens >= 2.6 || text.charCodeAt(text.length - 1) > 57)
