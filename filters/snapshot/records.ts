import type { Entry } from '../xml/grid.ts'
import { isAlike, keyOf, type Node, type Outline, postOf, shownUrl } from './outline.ts'
import type { Shown } from './shown.ts'
import type { Line } from './source.ts'

/** Values of a record, and nodes of it, at most. */
const MOST_VALUES = 40
const MOST_NODES = 400
const MOST_NUMBERED = 24

/** The values of one record by their paths. */
export class Flat {
  readonly entries: Entry[] = []
  nodes = 0
  readonly #outline: Outline
  #values = 0

  constructor(outline: Outline) {
    this.#outline = outline
  }

  record(node: Node): boolean {
    return this.#node(node, '', 0) && this.entries.length > 0
  }

  #node(node: Node, path: string, depth: number): boolean {
    const { line } = node
    if (!line || node.cut || depth > 12 || ++this.nodes > MOST_NODES) return false
    const paths: string[] = []
    const values: string[] = []
    const put = (part: string, value: string) => {
      if (value === '') return
      paths.push(part === '.' ? path || '.' : `${path}@${part}`)
      values.push(value)
    }
    const { pre, ref, post, url, text } = shownOf(node, line, this.#outline)
    put('attrs', pre)
    put('ref', ref)
    put('post', post)
    put('url', url)
    if (text === '') return false
    if (text !== undefined) put('text', text)
    put('.', line.name)
    const children = shownChildren(node, this.#outline)
    if (paths.length === 0 && depth > 0 && children.length === 0) {
      paths.push(path)
      values.push('')
    }
    this.#values += paths.length
    if (this.#values > MOST_VALUES) return false
    const leaf = children.length === 0 ? path : undefined
    if (leaf !== undefined && paths.length > 0)
      this.entries.push({ key: paths.join('\n'), paths, members: [values], leaf })
    else
      paths.forEach((one, at) => {
        this.entries.push({ key: one, paths: [one], members: [[values[at]!]], leaf })
      })
    return this.#children(children, path === '' ? '' : `${path}/`, line.depth + 1, depth)
  }

  #children(children: readonly Node[], below: string, level: number, depth: number): boolean {
    for (let from = 0, to = 0; from < children.length; from = to) {
      const { line } = children[from]!
      if (!line || line.depth !== level) return false
      const key = keyOf(line, this.#outline)
      if (key.includes('/')) return false
      for (to = from + 1; to < children.length; to++) {
        const next = children[to]!.line
        if (!next || !isAlike(line, next, this.#outline)) break
      }
      const group = children.slice(from, to)
      if (!this.#group(group, `${below}${key}`, depth + 1)) return false
    }
    return true
  }

  /** Siblings of one key: the only one, members of a list, or numbered ones. */
  #group(group: readonly Node[], path: string, depth: number): boolean {
    if (group.length === 1) return this.#node(group[0]!, path, depth)
    const [length, values] = [this.entries.length, this.#values]
    if (this.#list(group, path, depth)) return true
    this.entries.length = length
    this.#values = values
    return group.length <= MOST_NUMBERED && group.every((node, at) => this.#node(node, `${path}#${at + 1}`, depth))
  }

  /** One entry for all of them, where each is one of the same paths. */
  #list(group: readonly Node[], path: string, depth: number): boolean {
    const list = this.entries.length
    for (const [at, node] of group.entries()) {
      if (!this.#node(node, path, depth) || this.entries.length !== list + (at === 0 ? 1 : 2)) return false
      const first = this.entries[list]!
      if (first.leaf !== path || first.paths.length > 2) return false
      if (at === 0) continue
      const more = this.entries.pop()!
      if (more.key !== first.key || more.leaf !== path) return false
      first.members.push(more.members[0]!)
    }
    return true
  }
}

/** Children that are written: the url stands in its node's own line. */
export const shownChildren = ({ line, children }: Node, { dialect }: Outline): readonly Node[] =>
  line?.url && dialect.name === 'aria' ? children.slice(1) : children

/** A node as it is printed. */
export const shownOf = (node: Node, line: Line, outline: Outline): Shown => ({
  key: keyOf(line, outline),
  names: line.name ? [line.name] : [],
  pre: line.pre,
  ref: node.ref,
  post: node.ref ? postOf(line, outline) : '',
  url: shownUrl(line.url, outline.page),
  text: line.text,
})
