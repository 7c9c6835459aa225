import type { Signal } from '../filter.ts'
import { codeOf } from '../log/notation.ts'

/** Texts that stand once at the top and by a letter below. */
export interface Keys {
  /** `A=text` for each, and an empty line; none where there is no key. */
  readonly lines: readonly string[]
  readonly of: (text: string) => string | undefined
}

/** UTF-16 units of a token, as a guess. */
const TOKEN = 3.6
/** Tokens to be won by a key: to look it up costs the reader something too. */
const WORTH = 6
/** Tokens that a key costs where it is told and, beside the row's number, where it is used. */
const TOLD = 3
const USED = 1

/** Shorter texts are read more easily than looked up. */
const SHORTEST = 8

/** Keys for the texts that come often enough to pay for one. */
export function keysOf(texts: readonly string[], signal: Signal): Keys {
  const counts = new Map<string, number>()
  for (const text of texts) {
    signal.throwIfAborted()
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const names = new Map<string, string>()
  for (const [text, count] of counts) {
    signal.throwIfAborted()
    const tokens = text.length / TOKEN
    if (count > 1 && text.trim().length >= SHORTEST && (count - 1) * tokens > count * USED + TOLD + WORTH)
      names.set(text, codeOf(names.size, 'A'))
  }
  const lines = [...names].map(([text, name]) => `${name}=${text}`)
  return { lines: lines.length ? [...lines, ''] : lines, of: text => names.get(text) }
}

/** The keys at the top of a body, and where its rows begin. */
export function parseKeys(lines: readonly string[]): {
  readonly texts: ReadonlyMap<string, string>
  readonly end: number
} {
  const texts = new Map<string, string>()
  let end = 0
  for (; lines[end]; end++) {
    const found = /^([A-Z]{1,6})=/.exec(lines[end]!)
    if (!found) throw new RangeError(`no key in line ${end + 1}`)
    texts.set(found[1]!, lines[end]!.slice(found[0].length))
  }
  return { texts, end: end + 1 }
}
