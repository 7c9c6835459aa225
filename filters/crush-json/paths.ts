import { memberPath } from '../../ccr/select.ts'
import { ARRAY } from './parse.ts'
import type { Model } from './shapes.ts'

/** The selector text of a node: `$.items[3].name`. O(depth). */
export function pathOf({ nodes, parent, place }: Model, node: number): string {
  const steps: number[] = []
  for (let i = node; i > 0; i = parent[i]!) steps.push(i)
  let text = '$'
  for (const i of steps.reverse())
    text =
      nodes.kind[parent[i]!] === ARRAY
        ? `${text}[${place[i]}]`
        : memberPath(text, JSON.parse(nodes.keys[nodes.key[i]!]!) as string)
  return text
}

/** Can every node be found by its path? Not where an object has one name twice, in whatever escapes. */
export function hasPaths({ nodes, identity }: Model): boolean {
  const names = new Set(nodes.keys.map(key => JSON.parse(key) as string))
  if (names.size < nodes.keys.length) return false
  return identity.lists.every(list => new Set(list).size === list.length)
}
