import type { Language, Node, TreeCursor } from 'web-tree-sitter'
import { ERRORS_LISTED, type Kinds, LINES, LIST, type Syntax } from './models.ts'

/** By the number of a node's type: its kind, LIST and LINES, and whether nothing in it is of use. */
export type Roles = Uint16Array
const LEAF = 256
const KIND = LIST - 1

/** Named nodes that hold no statements. */
const LEAVES =
  /^(?:.*identifier|.*comment|(?:number|integer|float|decimal_integer|real|char|character|boolean|null)_literal|number|integer|float|string_content|string_fragment|predefined_type|primitive_type|(?!(?:if|unless|while|until|rescue)_).*_modifier|heredoc_body)$/

/** Undefined where nothing is asked for. */
export function rolesOf(language: Language, kinds: Kinds): Roles | undefined {
  if (Object.keys(kinds).length === 0) return undefined
  // ERROR has the highest number of all.
  const roles = new Uint16Array(65536)
  language.types.forEach((type, id) => {
    // A keyword may have the name of a node: `class`, `do`.
    roles[id] = language.nodeTypeIsNamed(id) ? (kinds[type] ?? (LEAVES.test(type) ? LEAF : 0)) : LEAF
  })
  return roles
}

type Listed = Pick<Syntax, 'length' | 'kind' | 'start' | 'end' | 'parent'>
export const NOTHING: Listed = { length: 0, kind: [], start: [], end: [], parent: [] }

/** All nodes of the kinds asked for, by one walk of the tree; iterative. */
export function listed(cursor: TreeCursor, text: string, roles: Roles, step: (steps: number) => void): Listed {
  const kind: number[] = []
  const start: number[] = []
  const end: number[] = []
  const parent: number[] = []
  /** For each level of the tree: the listed ancestor, and what holds for all in it. */
  const above: number[] = [-1]
  const holds: number[] = [0]
  let lineEnd = -1
  let visited = 0
  let depth = 0
  for (;;) {
    if (++visited % 256 === 0) step(256)
    const role = roles[cursor.nodeTypeId]!
    let own = above[depth]!
    if ((role & KIND) > 0 || ((holds[depth]! & LIST) > 0 && cursor.nodeIsNamed)) {
      own = kind.push(role & KIND) - 1
      start.push(cursor.startIndex)
      end.push(cursor.endIndex)
      parent.push(above[depth]!)
    }
    if (role < LEAF && !((holds[depth]! & LINES) > 0 && isOnOneLine()) && cursor.gotoFirstChild()) {
      holds[depth + 1] = (role & (LIST | LINES)) | (holds[depth]! & LINES)
      above[++depth] = own
      continue
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) {
        cursor.delete()
        return { length: kind.length, kind, start, end, parent }
      }
      depth--
    }
  }

  /** Nodes come in the order of their beginnings: the line's end is looked for once a line. */
  function isOnOneLine(): boolean {
    const from = cursor.startIndex
    if (lineEnd < from) lineEnd = text.indexOf('\n', from)
    if (lineEnd < 0) lineEnd = text.length
    return cursor.endIndex <= lineEnd + 1
  }
}

/** Where ERROR and MISSING nodes begin; iterative, and only where there are some. */
export function errorsOf(root: Node): number[] {
  const found: number[] = []
  const pending: Node[] = root.hasError ? [root] : []
  while (pending.length > 0 && found.length < ERRORS_LISTED) {
    const node = pending.pop()!
    if (node.isError || node.isMissing) found.push(node.startIndex)
    for (const child of node.children) if (child.hasError || child.isError || child.isMissing) pending.push(child)
  }
  return found.sort((a, b) => a - b)
}
