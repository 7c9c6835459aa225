import { zstdDecompressSync } from 'node:zlib'
import { Language, Parser, type Tree } from 'web-tree-sitter'
import type { Edit, Grammar, Kinds, Syntax } from './models.ts'
import { errorsOf, listed, NOTHING, type Roles, rolesOf } from './tree-nodes.ts'

/**
 * A grammar of Tree-sitter from its packed wasm (scripts/pack-grammars.mjs). `runtime` gives the packed wasm of Tree-sitter itself;
 * it is asked once in a process.
 */
export async function openGrammar(packed: Uint8Array, runtime: () => Uint8Array): Promise<Grammar> {
  // Both are compiled at once, in the background.
  started ??= Parser.init({ wasmBinary: inflated(runtime()) } as Parameters<typeof Parser.init>[0])
  const [module] = await Promise.all([WebAssembly.compile(inflated(packed)), started])
  const language = Language.loadSync(module)
  const parser = new Parser()
  parser.setLanguage(language)
  const roles = new Map<Kinds, Roles | undefined>()
  return {
    read(text, kinds, step) {
      if (!roles.has(kinds)) roles.set(kinds, rolesOf(language, kinds))
      return read(parser, text, roles.get(kinds), step)
    },
  }
}

let started: Promise<void> | undefined

/** Bytes that are inflated at once, more than any grammar has: in smaller pieces it takes twice as long. */
const PIECE = 8 * 1024 * 1024

/** 5 ms for 5 MB: here, since the background takes longer to be asked. */
const inflated = (packed: Uint8Array) => zstdDecompressSync(packed, { chunkSize: PIECE }) as Uint8Array<ArrayBuffer>

function read(
  parser: Parser,
  text: string,
  roles: Roles | undefined,
  step: (steps: number) => void,
): Syntax | undefined {
  return guarded(() => {
    const tree = parsed(parser, text, step)
    if (!tree) return undefined
    let open: Tree | undefined = tree
    const close = () => {
      open?.delete()
      open = undefined
    }
    try {
      return {
        ...(roles ? listed(tree.walk(), text, roles, step) : NOTHING),
        errors: errorsOf(tree.rootNode),
        errorsAfter: (text, edits, step) =>
          open ? guarded(() => reread(parser, open!, text, edits, step)) : undefined,
        close,
      }
    } catch (cause) {
      close()
      throw cause
    }
  })
}

/** Reads again what the edits of a text touch. */
function reread(
  parser: Parser,
  old: Tree,
  text: string,
  edits: readonly Edit[],
  step: (steps: number) => void,
): readonly number[] | undefined {
  const edited = old.copy()
  try {
    // From the last to the first, so that each finds its place as it was.
    for (const { line, count, start, end, length } of edits.toReversed())
      edited.edit({
        startIndex: start,
        oldEndIndex: end,
        newEndIndex: start + length,
        startPosition: { row: line, column: 0 },
        oldEndPosition: { row: line + count, column: 0 },
        newEndPosition: { row: line + 1, column: 0 },
      } as Parameters<Tree['edit']>[0])
    const tree = parsed(parser, text, step, edited)
    if (!tree) return undefined
    try {
      return errorsOf(tree.rootNode)
    } finally {
      tree.delete()
    }
  } finally {
    edited.delete()
  }
}

/** After a trap the memory of the runtime is in doubt: it answers nothing more in this process. */
let trapped = false

function guarded<T>(work: () => T): T | undefined {
  if (trapped) return undefined
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof WebAssembly.RuntimeError)) throw cause
    trapped = true
    return undefined
  }
}

/** Undefined where the parser gave up; throws what `step` throws. */
function parsed(parser: Parser, text: string, step: (steps: number) => void, old?: Tree): Tree | undefined {
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
  const tree = parser.parse(input, old, { progressCallback: () => !goesOn(OPERATIONS) })
  if (refused || !tree) parser.reset()
  if (refused) {
    tree?.delete()
    throw refused.cause
  }
  return tree ?? undefined
}

/** UTF-16 code units that the parser takes at once (web-tree-sitter's input buffer has 10 KiB). */
const CHUNK = 5119

/** Parser operations between two calls of a progress callback (Tree-sitter's lib/src/parser.c). */
const OPERATIONS = 100
