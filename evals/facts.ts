import { isGrouped } from './grouped.ts'
import { normal } from './normal.ts'
import { isTerse, wordsOf } from './terse.ts'

/** What a reader may ask of a text, and the literal part of it that answers. */
export interface Fact {
  readonly id: string
  /** salient, outlier, rare, mundane, entity, number ... in corpora; planted, extreme, error, ordinary in workloads. */
  readonly kind: string
  readonly question: string
  readonly answer: string
  /** How often the answer stands in the original. */
  readonly occurrences: number
}

/** Where a fact is once the text was rewritten. Decodable: not literally there, but in what the text alone decodes to. */
export type Reach = 'view' | 'decodable' | 'retrievable' | 'lost'

/** Answers that stand in five places, or take three characters, would be found by luck. */
export const isStrong = ({ answer, occurrences }: Fact) => occurrences <= 5 && [...answer].length >= 4

/** The facts for which one reads such a text: errors, outliers, what was planted. */
export const isTelling = ({ kind }: Fact) => TELLING.has(kind)
const TELLING: ReadonlySet<string> = new Set(['salient', 'outlier', 'rare', 'planted', 'extreme', 'error'])

/** A text prepared for look-ups of many facts. `folder` chooses the tolerance: hits grouped by path, prose without function words. */
export class Page {
  readonly text: string
  readonly #folder: string
  #normal: string | undefined
  #words: readonly string[] | undefined

  constructor(text: string, folder = '') {
    this.text = text
    this.#folder = folder
  }

  /** Can a reader of this text tell the answer? Literally, in another dress, or with its path in a heading above. */
  shows(answer: string): boolean {
    if (this.holds(answer)) return true
    if (this.#folder.startsWith('code-search')) return isGrouped(answer, this.text)
    if (this.#folder === 'prose' || this.#folder === 'html')
      return isTerse(answer, (this.#words ??= wordsOf(this.normal)))
    return false
  }

  /** Is the answer there, literally or in its normal form? */
  holds(answer: string): boolean {
    if (this.text.includes(answer)) return true
    const wanted = normal(answer).replace(/\\+$/, '')
    return wanted !== '' && this.normal.includes(wanted)
  }

  get normal(): string {
    return (this.#normal ??= normal(this.text))
  }
}

/** The text of bytes as a reader sees it: what is no UTF-8 is U+FFFD. */
export const readable = (bytes: Uint8Array) => reader.decode(bytes)
const reader = new TextDecoder('utf-8', { ignoreBOM: true })
