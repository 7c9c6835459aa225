import type { Hint } from '../filter.ts'
import { plainOf } from '../xml/ends.ts'
import { outlineOf } from './outline.ts'

const HEAD = 16 * 1024

/** 1 for what agents' browsers print of a page as an accessibility tree. */
export function fits(text: string, _hint: Hint): number {
  const lines = plainOf(text.slice(0, HEAD)).text.split('\n')
  if (text.length > HEAD) lines.pop()
  return outlineOf(lines, { throwIfAborted() {} }) ? 1 : 0
}
