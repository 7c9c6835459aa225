import type { Hint } from '../filter.ts'
import { rootOf } from './scan.ts'

/** UTF-16 units that are read. */
const PREFIX = 32 * 1024

/** 1 for XML that is data, as a prefix of it parses: neither a page nor a drawing. */
export function fits(text: string, _hint: Hint): number {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const root = rootOf(text.slice(start, PREFIX), text.length <= PREFIX)?.toLowerCase()
  return root === undefined || root === 'html' || root === 'svg' || root === 'svg:svg' ? 0 : 1
}
