import type { Signal } from '../filter.ts'
import { BLOCKS, UNSEEN } from './elements.ts'
import { attribute, type Node, type Page } from './page.ts'

/** What is counted in each element: letters and other signs but white space, and elements by kind. */
const KINDS = [
  'text',
  'linked',
  'links',
  'inner',
  'steps',
  'blocks',
  'tables',
  'headings',
  'rows',
  'cells',
  'code',
  'controls',
] as const
type Kind = (typeof KINDS)[number]

const KIND_OF: ReadonlyMap<string, Kind> = new Map([
  ['a', 'links'],
  ['table', 'tables'],
  ['tr', 'rows'],
  ['td', 'cells'],
  ['th', 'cells'],
  ['pre', 'code'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(name => [name, 'headings'] as const),
  ...['input', 'select', 'textarea', 'button'].map(name => [name, 'controls'] as const),
])

/** How much of each kind stands in each element of a page; what is never shown counts for nothing. An answer costs two look-ups. */
export class Extent {
  readonly #sums = new Map<Kind, Uint32Array>()
  readonly #page: Page
  readonly #unseen: Uint8Array

  /** Linear. `scripted` says that what stands in for scripts is shown. */
  constructor(page: Page, scripted: boolean, signal: Signal) {
    this.#page = page
    this.#unseen = new Uint8Array(page.length)
    const sums = KINDS.map(kind => {
      const sum = new Uint32Array(page.length + 1)
      this.#sums.set(kind, sum)
      return sum
    })
    const here = new Uint32Array(KINDS.length)
    let linkEnd = -1
    let unseenEnd = -1
    for (let i = 0; i < page.length; i++) {
      signal.throwIfAborted()
      const node = page[i]!
      if (i > unseenEnd && isUnseen(node, scripted)) unseenEnd = node.last
      if (i <= unseenEnd) this.#unseen[i] = 1
      else if (node.name === '') {
        const signs = signsIn(node.text)
        here[TEXT]! += signs
        if (i <= linkEnd) here[LINKED]! += signs
      } else {
        if (node.name === 'a') linkEnd = node.last
        if (node.name === 'a' && (node.attributes.href ?? '#').startsWith('#')) here[INNER]!++
        if (node.name === 'a' && STEP.test(node.attributes.rel ?? '')) here[STEPS]!++
        if (BLOCKS.has(node.name)) here[BLOCK]!++
        const kind = KIND_OF.get(node.name)
        if (kind) here[KINDS.indexOf(kind)]!++
      }
      for (let k = 0; k < sums.length; k++) sums[k]![i + 1] = here[k]!
    }
  }

  /** How many of a kind stand in the node, itself included. */
  of(kind: Kind, at: number): number {
    const sum = this.#sums.get(kind)!
    return sum[this.#page[at]!.last + 1]! - sum[at]!
  }

  /** How many stand before the node. */
  before(kind: Kind, at: number): number {
    return this.#sums.get(kind)![at]!
  }

  all(kind: Kind): number {
    return this.#sums.get(kind)!.at(-1)!
  }

  isUnseen(at: number): boolean {
    return this.#unseen[at] === 1
  }
}

const TEXT = KINDS.indexOf('text')
const LINKED = KINDS.indexOf('linked')
/** Links to a place in the page itself. */
const INNER = KINDS.indexOf('inner')
/** Links to the next page, the one before and those above. */
const STEPS = KINDS.indexOf('steps')
const STEP = /^(?:next|prev|previous|up|contents|index|start|first|last|home)$/i
const BLOCK = KINDS.indexOf('blocks')

function signsIn(text: string): number {
  let signs = 0
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x20) signs++
  return signs
}

/** Is an element never shown? Panels of tabs are shown in turn, and formulas are read from what is hidden. */
function isUnseen(node: Node, scripted: boolean): boolean {
  const { name, attributes } = node
  if (name === '' || attributes === undefined) return false
  if (name === 'noscript') return !scripted
  if (name === 'script') return !attribute(node, 'type').startsWith('math/tex')
  if (UNSEEN.has(name)) return true
  if (attributes['aria-hidden'] === 'true') return true
  if (attributes.role === 'tabpanel') return false
  return 'hidden' in attributes || /display\s*:\s*none/i.test(attributes.style ?? '')
}
