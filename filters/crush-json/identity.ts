import type { Signal } from '../filter.ts'
import { ARRAY, type Nodes, OBJECT } from './parse.ts'

/** Equal values have equal numbers: of each node's value, and of each object's list of names. Bottom up, O(n). */
export interface Identity {
  readonly value: Int32Array
  /** Of objects: the number of its list of names in order; -1 for all else. */
  readonly names: Int32Array
  /** The key ids of each list of names. */
  readonly lists: readonly (readonly number[])[]
}

export function identify(nodes: Nodes, signal: Signal): Identity {
  const value = new Int32Array(nodes.count)
  const names = new Int32Array(nodes.count).fill(-1)
  const lists: (readonly number[])[] = []
  const valueIds = new Map<string, number>()
  const listIds = new Map<string, number>()
  for (let i = nodes.count - 1; i >= 0; i--) {
    signal.throwIfAborted()
    const kind = nodes.kind[i]!
    let text: string
    if (kind > ARRAY) text = nodes.source(i)
    else {
      const parts: number[] = []
      const keys: number[] = []
      for (let child = i + 1; child < nodes.next[i]!; child = nodes.next[child]!) {
        parts.push(value[child]!)
        if (kind === OBJECT) keys.push(nodes.key[child]!)
      }
      const list = kind === OBJECT ? idOf(listIds, keys.join(), () => lists.push(keys)) : -1
      names[i] = list
      text = `${kind === OBJECT ? `{${list}` : '['} ${parts.join()}`
    }
    value[i] = idOf(valueIds, text)
  }
  return { value, names, lists }
}

function idOf(ids: Map<string, number>, text: string, added?: () => void): number {
  const known = ids.get(text)
  if (known !== undefined) return known
  ids.set(text, ids.size)
  added?.()
  return ids.size - 1
}
