import type { Signal } from '../filter.ts'
import { isWord, namesOf, parseNames, printNames } from './names.ts'

/** A line of a tree: how deep it stands below the root (1 is just below), and what stands behind its branch. */
export interface Node {
  readonly depth: number
  readonly name: string
  /** What stood before the name in brackets of a constant width: a size, a mode. */
  readonly box?: string
}

/**
 * The nodes of a tree, one line for each folder and its branches as indentation:
 *
 *   docs/=4096                         a folder, and what stood in brackets before it
 *    *.rst: api=21212 logging=5927     files in it
 *    Makefile=634 conf.py=3386
 *    sh->dash                           a link: `sh -> dash`
 *    \a b                               any other name
 *   |12 directories, 203 files         a line without a branch (depth 0)
 */
export function printNodes(nodes: readonly Node[], boxed: boolean, signal: Signal): string[] {
  const lines: string[] = []
  let leaves: Node[] = []
  const close = () => {
    let next = 0
    const word = (text: string) => withBox(text, leaves[next++]!.box)
    for (const names of namesOf(leaves.map(({ name }) => wordOf(name))))
      lines.push(indentOf(leaves[0]!) + printNames(names, '', word))
    leaves = []
  }
  for (const [i, node] of nodes.entries()) {
    signal.throwIfAborted()
    const isFolder = (nodes[i + 1]?.depth ?? 0) > node.depth
    const isPlain = node.depth > 0 && isWord(wordOf(node.name)) && !/=|->/.test(node.name.replace(LINK, ''))
    if (isPlain && !isFolder) {
      if (leaves.length && leaves[0]!.depth !== node.depth) close()
      leaves.push(node)
      continue
    }
    close()
    lines.push(isPlain ? indentOf(node) + withBox(`${wordOf(node.name)}/`, node.box) : printOther(node, boxed))
  }
  close()
  return lines
}

/** A link and its target are one word: `sh->dash`. */
const LINK = ' -> '
const wordOf = (name: string) => name.replace(LINK, '->')
const nameOf = (word: string) => word.replace('->', LINK)

const indentOf = ({ depth }: Node) => ' '.repeat(depth - 1)
const withBox = (text: string, box: string | undefined) => (box === undefined ? text : `${text}=${box}`)

function printOther(node: Node, boxed: boolean): string {
  if (node.depth === 0) return `|${node.name}`
  return `${indentOf(node)}\\${boxed ? `${node.box ?? ''} ` : ''}${node.name}`
}

/** The inverse of printNodes; `boxed` says whether nodes have boxes. */
export function parseNodes(lines: readonly string[], boxed: boolean): Node[] {
  const nodes: Node[] = []
  for (const line of lines) {
    if (line.startsWith('|')) {
      nodes.push({ depth: 0, name: line.slice(1) })
      continue
    }
    let indent = 0
    while (line[indent] === ' ') indent++
    const rest = line.slice(indent)
    for (const node of parseRest(rest, boxed)) nodes.push({ depth: indent + 1, ...node })
  }
  return nodes
}

type Named = Omit<Node, 'depth'>

function parseRest(rest: string, boxed: boolean): Named[] {
  if (rest.startsWith('\\')) {
    if (!boxed) return [{ name: rest.slice(1) }]
    const space = rest.indexOf(' ')
    return [{ name: rest.slice(space + 1), ...(space > 1 && { box: rest.slice(1, space) }) }]
  }
  const folder = /^([^ =]+)\/(?:=(\S*))?$/.exec(rest)
  if (folder) return [{ name: nameOf(folder[1]!), ...(folder[2] !== undefined && { box: folder[2] }) }]
  const { before, after, words } = parseNames(rest) ?? { before: '', after: '', words: rest.split(' ') }
  return words.map(word => {
    const cut = word.indexOf('=')
    if (cut < 0) return { name: nameOf(before + word + after) }
    return { name: nameOf(before + word.slice(0, cut) + after), box: word.slice(cut + 1) }
  })
}
