import { isOurs, markersOf, type Part, partsOf, printHead, printMarker } from '../ccr/marker.ts'
import { printSelector, type Selector } from '../ccr/select.ts'
import type { Awaitable, Store } from '../ccr/store.ts'
import { bytesOf, textOf } from '../ccr/text.ts'
import type { Filter } from './filter.ts'

/** How a head's filter is found: filters/index.ts, or a test's own. */
export type FilterOf = (name: string) => Awaitable<Filter | undefined>

export interface Expanded {
  readonly bytes: Uint8Array
  /** One line for each region that could not be brought back; it stands in `bytes` as it came. */
  readonly damaged: readonly string[]
}

/**
 * Each region replaced by its original: from the store by its id, else by decoding its body. Without a store, bodies with gaps are
 * decoded as far as the text goes and their markers stay. All else stays as it is.
 */
export async function expand(input: Uint8Array, filterOf: FilterOf, store?: Store): Promise<Expanded> {
  const text = textOf(input)
  if (!isOurs(text)) return { bytes: input, damaged: [] }
  const parts: Uint8Array[] = []
  const damaged: string[] = []
  for (const part of partsOf(text)) {
    const original = part.kind === 'text' ? bytesOf(part.text) : await originalOf(part, filterOf, store)
    if (typeof original === 'string') damaged.push(original)
    parts.push(typeof original === 'string' ? bytesOf(regionText(part)) : original)
  }
  return { bytes: Buffer.concat(parts), damaged }
}

type Region = Part & { kind: 'region' }

/** The bytes of one region's original, or one line that says why they are not to be had. */
async function originalOf(region: Region, filterOf: FilterOf, store: Store | undefined): Promise<Uint8Array | string> {
  const { head, body } = region
  if (head.id && store) {
    const entry = await store.get(head.id)
    return entry?.original ?? `no entry ${head.id} in the store; headroom store list shows what is kept`
  }
  try {
    return bytesOf(await decodeBody(head.filter, body, head.note, filterOf))
  } catch (cause) {
    return `the region ${printHead(head)} does not decode (${String(cause).replace(/\s+/g, ' ').slice(0, 160)})`
  }
}

/** Inner regions first, then the body itself; markers stay where there is nothing to fill them with. */
async function decodeBody(name: string, body: string, note: string, filterOf: FilterOf): Promise<string> {
  const filter = await filterOf(name)
  if (!filter) throw new RangeError(`no filter ${name}`)
  let flat = ''
  for (const part of partsOf(body))
    flat += part.kind === 'text' ? part.text : await decodeBody(part.head.filter, part.body, part.head.note, filterOf)
  return filter.decode?.(flat, markersAsTheyAre(body), note) ?? flat
}

/** A gap that nothing fills is its marker. */
function markersAsTheyAre(body: string): (where: Selector) => string {
  const texts = new Map(markersOf(body).map(({ where, start, end }) => [printSelector(where), body.slice(start, end)]))
  return where => texts.get(printSelector(where)) ?? printMarker('not in this text', where)
}

const regionText = (part: Part) => (part.kind === 'text' ? part.text : `${printHead(part.head)}\n${part.body}`)
