/** One node of a page: an element, or a run of text where `name` is empty. */
export interface Node {
  /** In lower case; empty for text. */
  readonly name: string
  /** Of a text, its characters, entities decoded; of an element, empty. */
  text: string
  readonly attributes: Attributes
  /** Where it stands in the source, in UTF-16 code units, the end exclusive. */
  readonly start: number
  end: number
  /** The number of the element that holds it; -1 for the first, which is the page. */
  readonly parent: number
  /** The number of the last node in it; its own for text. */
  last: number
}

export type Attributes = Readonly<Record<string, string>>

/**
 * A page as a flat list of its nodes in the order of the source, so that nothing here walks by recursion: what an element holds are the
 * nodes behind it up to its `last`.
 */
export type Page = readonly Node[]

/** The attribute, or empty where there is none. */
export const attribute = (node: Node, name: string): string => node.attributes[name] ?? ''

/** The texts of an element joined, each run of white space as one space. Nodes that `skips` names are left out. */
export function textIn(page: Page, at: number, skips: (at: number) => boolean = () => false): string {
  let text = ''
  for (let i = at; i <= page[at]!.last; i++) {
    if (skips(i)) i = page[i]!.last
    else text += page[i]!.text
  }
  return text.replace(SPACES, ' ').trim()
}

/** White space as HTML has it, and no-break spaces, which only set type. */
export const SPACES = /[ \t\n\f\r\u00a0]+/g
