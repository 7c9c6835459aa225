import type { Codec } from './columns.ts'
import { printTemplate } from './head.ts'
import { FLOW, type Stop } from './notation.ts'
import type { Model } from './shapes.ts'
import type { Written } from './written.ts'

/** Gives a value as it stands where it is defined, in a place that ends at `stop`. */
type Define = (node: number, stop: Stop) => string

/** The head of a shape or a table behind its sign: its columns' names and rules, as readHead reads them. */
export function writtenHead(written: Written, { identity }: Model, define: Define): string {
  const { shape, codecs, names, sign } = written
  const tuple = shape.kind === 'tuple'
  const cells = codecs.map((codec, i) => `${tuple ? '' : names[i]}${ruleOf(codec, i)}`)
  // Elements have no names: brackets say so.
  return tuple ? `[${cells.join(sign)}]` : cells.join(sign)

  function ruleOf(codec: Codec, i: number): string {
    switch (codec.kind) {
      case 'plain':
        return codec.typed ? ':str' : ''
      case 'constant':
        return `=${define(codec.node, sign)}`
      case 'gap':
        return `=${codec.marker}`
      case 'template': {
        const text = printTemplate(codec.template.parts, names)
        return `${codec.number ? '#' : ':'}${text.includes(sign) || text.startsWith('"') ? `"${text}"` : text}`
      }
      case 'letters': {
        const nodes = codec.entries.map(row => shape.columns[i]!.nodes[row]!)
        return `{${nodes.map(node => `${codec.letters.get(identity.value[node]!)}=${define(node, FLOW)}`).join(';')}}`
      }
    }
  }
}
