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

/** A run of children of one container. */
export interface Span {
  readonly container: number
  /** The children that it begins and ends with. */
  readonly first: number
  readonly last: number
  readonly selector: string
}

/** The fewest siblings that hold both nodes, of which `first` stands earlier: `$.items[3:90]`. O(depth). */
export function spanOf(model: Model, first: number, last: number): Span {
  const { nodes, parent, place } = model
  let container = parent[first]!
  for (; nodes.next[container]! <= last; container = parent[container]!) first = container
  while (parent[last] !== container) last = parent[last]!
  const from = place[first]!
  const to = place[last]! + 1
  const whole = to - from === nodes.size[container]
  const selector = pathOf(model, container)
  return { container, first, last, selector: whole ? selector : `${selector}[${from}:${to}]` }
}

/** The last name of a column's path; there is one. */
export const lastName = ({ nodes }: Model, path: readonly number[]): string =>
  nodes.keys[path.findLast(key => key >= 0)!]!.slice(1, -1)

/** Can every node be found by its path? Not where an object has one name twice, in whatever escapes. */
export function hasPaths({ nodes, identity }: Model): boolean {
  const names = new Set(nodes.keys.map(key => JSON.parse(key) as string))
  if (names.size < nodes.keys.length) return false
  return identity.lists.every(list => new Set(list).size === list.length)
}
