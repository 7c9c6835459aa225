import { readFileSync } from 'node:fs'
import type { Grammar, Models, Tokenizer } from './models.ts'

/**
 * The models by name, each loaded on first use and kept. A new tokenizer is a line in `exact` or `estimated`; what its users
 * call it, lines in `aliases`. A new grammar is a line in scripts/pack-grammars.mjs, in `grammars` and in bin/embedded-binary.ts.
 */
export const models: Models = { tokenizer, grammar }

/** Public vocabularies, and where their ranks lie. */
const exact = {
  o200k_base: new URL('./tokenizer/o200k_base.bin', import.meta.url),
  cl100k_base: new URL('./tokenizer/cl100k_base.bin', import.meta.url),
}

/**
 * Vocabularies that are not public, as tokens per 1,000 of o200k_base, which has 4.2 characters a token in English prose.
 * claude: about 3.5 (Anthropic's glossary). gemini: about 4 (ai.google.dev, "Understand and count tokens").
 */
const estimated = { claude: 1200, gemini: 1050 }

const aliases = {
  'gpt-4o': 'o200k_base',
  'gpt-4.1': 'o200k_base',
  'gpt-5': 'o200k_base',
  o1: 'o200k_base',
  o3: 'o200k_base',
  'o4-mini': 'o200k_base',
  'gpt-4': 'cl100k_base',
  'gpt-4-turbo': 'cl100k_base',
  'gpt-3.5-turbo': 'cl100k_base',
}

/** Languages that have a grammar, packed into models/grammars/<name>.zst. */
const grammars = 'bash c c-sharp cpp go java javascript php python ruby rust tsx typescript'.split(' ')

const loaded = new Map<string, Promise<Tokenizer>>()
const loadedGrammars = new Map<string, Promise<Grammar>>()
const registered = new Map<string, string>()

/** Says where the file of `name` lies, for a compiled binary, which embeds files under paths of its own. Call it before first use. */
export function fileAt(name: string, path: string): void {
  registered.set(name, path)
}

async function grammar(language: string): Promise<Grammar | undefined> {
  if (!grammars.includes(language)) return undefined
  const pending = loadedGrammars.get(language) ?? loadGrammar(language)
  loadedGrammars.set(language, pending)
  pending.catch(() => loadedGrammars.delete(language))
  return pending
}

async function loadGrammar(language: string): Promise<Grammar> {
  const { openGrammar } = await import('./tree-sitter.ts')
  const at = (name: string) => registered.get(name) ?? new URL(`./grammars/${name}.zst`, import.meta.url)
  return openGrammar(readFile(language, at(language)), () => readFile('tree-sitter', at('tree-sitter')))
}

function tokenizer(name: string): Promise<Tokenizer> {
  const known = isKey(aliases, name) ? aliases[name] : name
  const pending = loaded.get(known) ?? load(known)
  loaded.set(known, pending)
  // A failure is not kept: the cure may be applied while a server runs.
  pending.catch(() => loaded.delete(known))
  return pending
}

async function load(name: string): Promise<Tokenizer> {
  if (isKey(exact, name)) {
    const [{ bpe }, { readRanks }, { pieces }] = await Promise.all([
      import('./tokenizer/bpe.ts'),
      import('./tokenizer/ranks.ts'),
      import('./tokenizer/split.ts'),
    ])
    return bpe(name, readRanks(name, readFile(name, registered.get(name) ?? exact[name])), pieces[name])
  }
  if (isKey(estimated, name)) {
    const { estimate } = await import('./tokenizer/estimate.ts')
    return estimate(name, await tokenizer('o200k_base'), estimated[name])
  }
  const names = [...Object.keys(exact), ...Object.keys(estimated), ...Object.keys(aliases)]
  throw new RangeError(`tokenizer: no ${name}; known are ${names.join(', ')}`)
}

function readFile(name: string, path: string | URL): Uint8Array {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new Error(`models: no file of ${name} at ${path}; npm run prepare builds it`, { cause })
  }
}

function isKey<T extends object>(table: T, name: string): name is string & keyof T {
  return Object.hasOwn(table, name)
}
