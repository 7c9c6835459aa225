import type { Hint } from '../filter.ts'
import { endOfName } from './scan.ts'

const HEAD = 8 * 1024

/** 1 for XML that is data: neither a page nor a drawing. */
export function fits(text: string, _hint: Hint): number {
  return rootOf(text.slice(0, HEAD)) === undefined ? 0 : 1
}

export function rootOf(head: string): string | undefined {
  const at = /^\ufeff?\s*(?:<[?!][^<]*\s*)*<(?=[A-Za-z_])/.exec(head)?.[0].length ?? 0
  return at > 0 ? head.slice(at, endOfName(head, at)) : undefined
}
