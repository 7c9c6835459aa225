import type { Selector } from '../../ccr/select.ts'
import type { FilterContext } from '../filter.ts'

/** One way in which tools print what they found: how to tell it, its codec, and the codec's inverse. */
export interface Form {
  /** The first word of the note in the head line. */
  readonly name: string
  /** 0..1: the share of these lines that are of this form; blank lines are among them, and do not count. */
  readonly share: (lines: readonly string[]) => number
  /** The least share of a text that is of this form. */
  readonly least: number
  /** The body's lines and, if it has any, the words of its note; undefined where nothing is to be had. */
  readonly encode: (lines: readonly string[], context: FilterContext) => Encoded | undefined
  /** The original's lines from the body's. Throws a RangeError on a body that `encode` did not print. */
  readonly decode: (lines: readonly string[], note: readonly string[], gap: (where: Selector) => string) => string[]
}

export interface Encoded {
  readonly lines: readonly string[]
  readonly note?: readonly string[]
}

/** A line that no form has a shorter word for, marked so that it is not taken for notation. */
export const literal = (line: string): string => `\\${line}`
