import { attribute, type Node } from './page.ts'

/** Inline elements, and what stands around their words. */
const AROUND: Readonly<Record<string, string>> = {
  __proto__: null as never,
  b: '**',
  strong: '**',
  code: '`',
  tt: '`',
  samp: '`',
  kbd: '`',
  del: '~~',
  s: '~~',
  strike: '~~',
  q: '"',
}
const OTHERS = new Set(['a', 'sup', 'sub', 'button'])

/** Does Markdown have something for an inline element? */
export const isMarked = (name: string): boolean => name in AROUND || OTHERS.has(name)

/** What stands around the words of an element; empty for those that are written in other ways. */
export const markOf = (name: string): string => AROUND[name] ?? ''

/** The words of an inline element with what Markdown has for it. `before` is the character in front of them. */
export function marked(node: Node, words: string, before: string): string {
  const { name } = node
  if (name === 'button') return attribute(node, 'role') === 'tab' ? words : `[button ${words}]`
  // 10 to the 6th is not 106.
  if (name === 'sup' || name === 'sub') {
    const isRaised = /^[-+−]?[\p{L}\p{N}.]{1,8}$/u.test(words) && /^[\p{L}\p{N})]$/u.test(before)
    return isRaised ? (name === 'sup' ? '^' : '_') + words : words
  }
  const mark = markOf(name)
  return words.includes(mark) || words.includes('\n') ? words : mark + words + mark
}
