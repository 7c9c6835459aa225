import { formats } from './formats/index.ts'

const LOOKED_AT = 128 * 1024

/** 0.9 where a format knows the first lines, or the last, as its own; 0 else. Bounded work. */
export function fits(text: string): number {
  const head = text.slice(0, LOOKED_AT).split('\n')
  const tail = text.length > LOOKED_AT ? text.slice(-LOOKED_AT).split('\n').slice(1) : []
  return formats.some(({ is }) => is(head) || (tail.length > 0 && is(tail))) ? 0.9 : 0
}
