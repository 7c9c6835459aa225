import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { Language, type Node, Parser, type TreeCursor } from 'web-tree-sitter'
import { ERRORS_LISTED, type Grammar, type Kinds, LIST, type Syntax } from './models.ts'

/**
 * A grammar of Tree-sitter from its packed wasm (scripts/pack-grammars.mjs). `runtime` gives the packed wasm of Tree-sitter itself;
 * it is asked once in a process.
 */
export async function openGrammar(packed: Uint8Array, runtime: () => Uint8Array): Promise<Grammar> {
  started ??= start(runtime())
  // At once: a grammar of 5 MB takes 10 ms to inflate, and so does the start.
  const [wasm] = await Promise.all([inflate(packed), started])
  const language = await Language.load(wasm)
  const parser = new Parser()
  parser.setLanguage(language)
  const roles = new Map<Kinds, Uint8Array | undefined>()
  return {
    read(text, kinds, step) {
      if (!roles.has(kinds)) roles.set(kinds, rolesOf(language, kinds))
      return read(parser, text, roles.get(kinds), step)
    },
  }
}

let started: Promise<void> | undefined

async function start(packed: Uint8Array): Promise<void> {
  await Parser.init({ wasmBinary: await inflate(packed) } as Parameters<typeof Parser.init>[0])
}

const inBackground = promisify(brotliDecompress)
/** A copy: WebAssembly takes no bytes of Node's pool. */
const inflate = async (packed: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await inBackground(packed))

/** After a trap the memory of the runtime is in doubt: it answers nothing more in this process. */
let trapped = false

function read(
  parser: Parser,
  text: string,
  roles: Uint8Array | undefined,
  step: (steps: number) => void,
): Syntax | undefined {
  if (trapped) return undefined
  let refused: { cause: unknown } | undefined
  // What is thrown here would unwind through wasm: it waits until the parser has stopped by itself.
  const goesOn = (steps: number) => {
    try {
      if (!refused) step(steps)
    } catch (cause) {
      refused = { cause }
    }
    return refused === undefined
  }
  // What is open to the end is read again from each place where it may begin: reading counts, too.
  const input = (index: number) => {
    const chunk = text.slice(index, index + CHUNK)
    return goesOn(chunk.length / 2) ? chunk : ''
  }
  try {
    const tree = parser.parse(input, null, { progressCallback: () => !goesOn(OPERATIONS) })
    if (refused || !tree) parser.reset()
    if (refused) throw refused.cause
    if (!tree) return undefined
    try {
      const nodes = roles ? listed(tree.walk(), roles, step) : NOTHING
      return { ...nodes, errors: tree.rootNode.hasError ? errorsOf(tree.rootNode) : [] }
    } finally {
      tree.delete()
    }
  } catch (cause) {
    if (!(cause instanceof WebAssembly.RuntimeError)) throw cause
    trapped = true
    return undefined
  }
}

/** UTF-16 code units that the parser takes at once (web-tree-sitter's input buffer has 10 KiB). */
const CHUNK = 5119

const NOTHING = { length: 0, kind: [], start: [], end: [], parent: [] }

/** Parser operations between two calls of a progress callback (Tree-sitter's lib/src/parser.c). */
const OPERATIONS = 100

/** Bits of a node type's role: the kind, LIST, and whether to look inside. */
const LEAF = 128
/** Named nodes that hold no statements. */
const LEAVES =
  /^(?:.*identifier|.*comment|(?:number|integer|float|decimal_integer|real|char|character|boolean|null)_literal|number|integer|float|string_content|string_fragment|predefined_type|primitive_type|.*_modifier|heredoc_body)$/

/** Undefined where nothing is asked for. */
function rolesOf(language: Language, kinds: Kinds): Uint8Array | undefined {
  if (Object.keys(kinds).length === 0) return undefined
  // ERROR has the highest number of all.
  const roles = new Uint8Array(65536)
  language.types.forEach((type, id) => {
    // A keyword may have the name of a node: `class`, `do`.
    roles[id] = language.nodeTypeIsNamed(id) ? (kinds[type] ?? (LEAVES.test(type) ? LEAF : 0)) : LEAF
  })
  return roles
}

/** All nodes of the kinds asked for, by one walk of the tree; iterative. */
function listed(cursor: TreeCursor, roles: Uint8Array, step: (steps: number) => void): Omit<Syntax, 'errors'> {
  const kind: number[] = []
  const start: number[] = []
  const end: number[] = []
  const parent: number[] = []
  /** For each level of the tree: the listed ancestor, and whether its children are all listed. */
  const above: number[] = [-1]
  const lists: boolean[] = [false]
  let visited = 0
  let depth = 0
  let down = true
  for (;;) {
    if (down) {
      if (++visited % 256 === 0) step(256)
      const role = roles[cursor.nodeTypeId]!
      const leaf = role >= LEAF
      let own = above[depth]!
      if ((role & 63) > 0 || (lists[depth] && cursor.nodeIsNamed)) {
        own = kind.push(role & 63) - 1
        start.push(cursor.startIndex)
        end.push(cursor.endIndex)
        parent.push(above[depth]!)
      }
      if (!leaf && cursor.gotoFirstChild()) {
        depth++
        above[depth] = own
        lists[depth] = (role & LIST) > 0
        continue
      }
    }
    down = cursor.gotoNextSibling()
    if (down) continue
    if (!cursor.gotoParent()) break
    depth--
  }
  cursor.delete()
  return { length: kind.length, kind, start, end, parent }
}

/** Where ERROR and MISSING nodes begin; iterative, and only where there are some. */
function errorsOf(root: Node): number[] {
  const found: number[] = []
  const pending: Node[] = [root]
  while (pending.length > 0 && found.length < ERRORS_LISTED) {
    const node = pending.pop()!
    if (node.isError || node.isMissing) found.push(node.startIndex)
    for (const child of node.children) if (child.hasError || child.isError || child.isMissing) pending.push(child)
  }
  return found.sort((a, b) => a - b)
}
