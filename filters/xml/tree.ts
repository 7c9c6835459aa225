/** What a node is. `raw` is a comment, a processing instruction or a document type: it stays as it stands. */
export const DOCUMENT = 0
export const ELEMENT = 1
export const RAW = 2

/**
 * The nodes of one XML document in document order; node 0 is the document itself. Offsets are UTF-16 code units, ends exclusive.
 * Text is no node: it is what stands between nodes.
 */
export class Tree {
  readonly text: string
  readonly kind: number[] = [DOCUMENT]
  readonly start: number[] = [0]
  readonly end: number[] = [0]
  /** Where the content begins and ends; of an empty tag, twice its end. */
  readonly inner: number[] = [0]
  readonly close: number[] = [0]
  readonly next: number[] = [0]
  readonly first: number[] = [0]
  /** 1 where text that is not white space stands between the children, so that the content stays as it is. */
  readonly mixed: number[] = [0]
  /** 1 where the closing tag has white space in it: `</a >`. */
  readonly odd: number[] = [0]
  /** 1 for `<a/>`. */
  readonly empty: number[] = [0]
  readonly names: string[] = ['']

  constructor(text: string) {
    this.text = text
  }

  get size(): number {
    return this.kind.length
  }

  /** One more child of `parent`, behind `last` of its children (0 where it is the first). */
  add(kind: number, name: string, start: number, parent: number, last: number): number {
    const node = this.kind.length
    this.kind.push(kind)
    this.names.push(name)
    this.start.push(start)
    this.end.push(start)
    this.inner.push(start)
    this.close.push(start)
    this.next.push(0)
    this.first.push(0)
    this.mixed.push(0)
    this.odd.push(0)
    this.empty.push(0)
    if (last) this.next[last] = node
    else this.first[parent] = node
    return node
  }
}
