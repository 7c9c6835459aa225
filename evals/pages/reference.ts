import { DomUtils, parseDocument } from 'htmlparser2'

/** What a reader of a page found to be its main content. */
export interface Reference {
  /** Below the folder of pages. */
  readonly page: string
  /** The first element that this names: `main`, `#id`, `.class` or `[role=main]`. */
  readonly main: string
  /** Elements in it that are none of it. */
  readonly without: readonly string[]
  /** Sentences that must stand in what is shown, read off the page. */
  readonly has?: readonly string[]
  /** Words of the boilerplate around it, which must not. */
  readonly hasNot?: readonly string[]
}

/** The main content of a page, read by another way than the filter's: htmlparser2's own tree. */
export interface MainText {
  readonly text: string
  /** The texts of the cells of its tables. */
  readonly cells: readonly string[]
}

type Node = ReturnType<typeof parseDocument>['children'][number]
type Tag = Extract<Node, { attribs: unknown }>

const isTag = (node: Node): node is Tag => 'attribs' in node

const BLOCK =
  /^(?:address|article|aside|blockquote|br|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|option|select|input|img)$/

/** Reads it as the reference says, or the whole body where there is none. Throws where the element is not there. */
export function mainText(html: string, reference: Pick<Reference, 'main' | 'without'>): MainText {
  const matches = selector(reference.main)
  const document = parseDocument(html)
  const main = DomUtils.findOne(matches, document.children)
  if (!main) throw new Error(`no element ${reference.main}`)
  const without = [...reference.without, 'script', 'style', 'svg', 'template', 'noscript', 'head'].map(selector)
  const cells: string[] = []
  const text = textOf([main], node => without.some(is => is(node)), cells)
  return { text, cells }
}

function textOf(nodes: readonly Node[], skips: (node: Tag) => boolean, cells: string[]): string {
  let text = ''
  for (const node of nodes) {
    if (node.type === 'text') text += node.data
    else if (isTag(node) && !skips(node)) {
      const inner = textOf(node.children, skips, cells)
      if (
        (node.name === 'td' || node.name === 'th') &&
        inner.trim() !== '' &&
        !/<table/i.test(DomUtils.getInnerHTML(node))
      )
        cells.push(inner)
      text += BLOCK.test(node.name) ? ` ${inner} ` : inner
    }
  }
  return text
}

function selector(name: string): (node: Tag) => boolean {
  const [, role] = /^\[role=(\w+)\]$/.exec(name) ?? []
  if (role) return node => node.attribs.role === role
  if (name.startsWith('#')) return node => node.attribs.id === name.slice(1)
  if (name.startsWith('.')) return node => (node.attribs.class ?? '').split(/\s+/).includes(name.slice(1))
  return node => node.name === name
}

/** The words of a text: runs of letters, digits and underscores. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .replace(/[\u200b\u00ad]/g, '')
    .match(/[\p{L}\p{N}_]+/gu) ?? []

/** The share of the reference's words, each as often as it stands there, that stand in `shown`. */
export function recall(reference: readonly string[], shown: readonly string[]): number {
  const left = countsOf(shown)
  let found = 0
  for (const word of reference) {
    const count = left.get(word) ?? 0
    if (count === 0) continue
    left.set(word, count - 1)
    found++
  }
  return reference.length === 0 ? 1 : found / reference.length
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
