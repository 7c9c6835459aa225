import type { Signal } from '../filter.ts'
import { partName } from './head.ts'
import { FLOW, printString } from './notation.ts'
import { ARRAY, LITERAL, type Nodes, OBJECT, parseJson, STRING } from './parse.ts'
import { minified } from './render.ts'

/** What a string that is itself JSON text begins with: `json{a:1}` for `"{\"a\":1}"`. */
export const NESTED = 'json'
/** Shorter strings, in UTF-16 units, stay as they are; deeper ones too. */
const SHORT = 80
const MOST_DEPTH = 30

/** A string's source as the JSON that it holds; undefined unless `escapeNested` gives it back. O(n). */
export function nestedText(raw: string, signal: Signal): string | undefined {
  if (raw.length < SHORT || !/^(?:\{\\"|\[)/.test(raw)) return undefined
  const inner = raw.replace(/\\(["\\])/g, '$1')
  if (escapeNested(inner) !== raw) return undefined
  const nodes = parseJson(inner, signal)
  if (!nodes || nodes.kind[0]! > ARRAY || nodes.depth > MOST_DEPTH) return undefined
  return minified(nodes, false, signal) === inner ? NESTED + written(nodes, 0) : undefined
}

/** JSON text as the source of a string, without the quotes. */
export const escapeNested = (text: string): string => text.replace(/["\\]/g, '\\$&')

/** All values literal, quotes only where they are needed. Recursive, at most MOST_DEPTH deep. */
function written(nodes: Nodes, node: number): string {
  const kind = nodes.kind[node]
  if (kind === LITERAL) return nodes.source(node)
  if (kind === STRING) return printString(nodes.source(node).slice(1, -1), FLOW)
  const parts: string[] = []
  for (let child = node + 1; child < nodes.next[node]!; child = nodes.next[child]!)
    parts.push(`${kind === OBJECT ? `${partName(nodes.keys[nodes.key[child]!]!)}:` : ''}${written(nodes, child)}`)
  return kind === OBJECT ? `{${parts.join(',')}}` : `[${parts.join(',')}]`
}
