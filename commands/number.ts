import { UsageError } from '../filters/options.ts'

/** A whole number, as a user writes it: 4000, 4_000, 4k, 2M. */
export function numberOf(name: string, text: string): number {
  const found = /^(\d[\d_]*)([kKmM]?)$/.exec(text)
  if (!found) throw new UsageError(`${name} takes a whole number, not ${JSON.stringify(text)}`)
  const scale = { '': 1, k: 1000, m: 1_000_000 }[found[2]!.toLowerCase() as '' | 'k' | 'm']
  return Number(found[1]!.replaceAll('_', '')) * scale
}
