import type { Compressed } from '../filters/run.ts'
import type { Io } from './command.ts'

/** The figures of one operand, summed over its blocks. */
export interface Totals {
  readonly results: readonly Pick<Compressed, 'filter' | 'mode' | 'lossless' | 'ref' | 'why' | 'tokens'>[]
  add(result: Compressed): void
}

export function totalsOf(): Totals {
  const results: Pick<Compressed, 'filter' | 'mode' | 'lossless' | 'ref' | 'why' | 'tokens'>[] = []
  // Without the texts: a stream of 2 GB has 500 blocks.
  const add = ({ filter, mode, lossless, ref, why, tokens }: Compressed) =>
    void results.push({ filter, mode, lossless, tokens, ...(ref && { ref }), ...(why && { why }) })
  return { results, add }
}

/** `app.log: log, balanced: 5,809 -> 2,975 tokens, 48.8 % saved, gaps in 3f9a1c2b7d`. */
export function reportStats({ results }: Totals, path: string, io: Io): void {
  const before = sum(results.map(({ tokens }) => tokens.before))
  const after = sum(results.map(({ tokens }) => tokens.after))
  const about = results.some(({ tokens }) => tokens.estimated) ? '~' : ''
  const used = results.find(({ why }) => !why) ?? results[0]
  if (!used) return
  const saved = before === 0 ? '0.0' : (100 * (1 - after / before)).toFixed(1)
  const end = used.why ? `passed as it is: ${used.why}` : `${saved} % saved, ${kept(results)}`
  io.warn(
    `${path === '-' ? '' : `${path}: `}${used.filter}, ${used.mode}: ${about}${grouped(before)} -> ${about}${grouped(after)} tokens, ${end}`,
  )
}

function kept(results: Totals['results']): string {
  const refs = results.flatMap(({ ref }) => (ref ? [ref] : []))
  if (refs.length === 0) return 'every byte is in the text'
  const more = refs.length > 1 ? ` and ${refs.length - 1} more` : ''
  return `original in the store as ${refs[0]}${more}`
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)

/** Thousands by commas, in every locale. */
export const grouped = (n: number) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** Which rule kept or cut each range, a line each. */
export function reportSpans({ filter, mode, spans, why, ref }: Compressed, io: Io): void {
  if (why) io.warn(`${filter}: the text went out as it came: ${why}`)
  else io.warn(`${filter}, ${mode}: ${spans.filter(({ kept }) => !kept).length} gaps`)
  for (const { where, kept, rule } of spans)
    io.warn(kept ? `  keep ${where}: ${rule}` : `  cut  ${where}: ${rule} (headroom retrieve ${ref} ${where})`)
}
