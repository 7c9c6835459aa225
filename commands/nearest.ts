import { closest, distance } from 'fastest-levenshtein'

/** The known name that `word` was probably meant to be, or undefined where none is near. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined
  const prefixed = names.filter(name => word.length > 2 && name.startsWith(word))
  const best = prefixed.length === 1 ? prefixed[0]! : closest(word, [...names])
  return prefixed.length === 1 || distance(word, best) <= Math.max(2, Math.floor(best.length / 3)) ? best : undefined
}
