import { printMarker } from '../ccr/marker.ts'
import { Original } from '../ccr/original.ts'
import type { Filter, FilterContext, Mode, Verdict } from '../filters/filter.ts'
import { testHost } from './host.ts'

/** What a filter says of a text before the gate weighs it: small texts too, whose rewrite is longer. */
export async function verdictOf(filter: Filter, text: string, mode: Mode): Promise<Verdict & { steps?: number }> {
  const original = new Original(text)
  let steps = 0
  const context: FilterContext = {
    options: {},
    hint: {},
    mode,
    signal: { throwIfAborted: (count = 1) => void (steps += count) },
    models: testHost().models,
    found: new Map(),
    count: shown => shown.length >> 2,
    omit: (where, what) => printMarker(what, where),
    keep: () => {},
    at: (start, end) => original.at(start, end),
    inner: () => Promise.reject(new Error('no parts here')),
  }
  const verdict = await filter.apply(text, context)
  return verdict.kind === 'pass' ? verdict : { ...verdict, steps }
}

/** The text that a rewrite decodes to, its gaps filled from `text`. */
export function decodedOf(filter: Filter, verdict: Verdict, text: string): string | undefined {
  if (verdict.kind === 'pass') return text
  const original = new Original(text)
  return filter.decode?.(verdict.text, where => original.slice(where), verdict.note ?? '')
}
