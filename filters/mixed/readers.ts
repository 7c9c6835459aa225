import { type Kind, kindOf } from '../auto/index.ts'
import type { Hint } from '../filter.ts'
import type { FilterName } from '../index.ts'
import { formOf } from '../search/fits.ts'
import { fits as tableFits } from '../table/fits.ts'

/** Who reads a part. */
export interface Readers {
  /** The filters made for it, best first; none where it is to stay or nobody knows it. */
  readonly filters: readonly FilterName[]
  /** May parts of other kinds stand in it: is it running text, a log, or not surely anything? */
  readonly isLoose: boolean
}

/** Kinds that are known by a share of their lines, so that the rest may be something else. */
const LOOSE: ReadonlySet<string> = new Set(['code', 'config', 'prose', 'text', 'output', 'log'])
const SURE = 0.8

/** Bounded work: a prefix and samples of `part`. */
export const readersOf = (part: string, hint: Hint): Readers => readersOfKind(kindOf(part, hint), part, hint)

/** The same where the kind is known. */
export function readersOfKind(kind: Kind | undefined, part: string, hint: Hint): Readers {
  const isLoose = kind === undefined || LOOSE.has(kind.name)
  if (kind && (kind.filters.length > 0 || !isLoose)) return { filters: kind.filters, isLoose }
  if ((formOf(part)?.share ?? 0) >= SURE) return { filters: ['search'], isLoose: false }
  if (tableFits(part, hint) >= SURE) return { filters: ['table'], isLoose: false }
  return { filters: [], isLoose: true }
}

/** Running text is kompress's: it is what other things stand in. */
export const isProse = ({ filters }: Readers): boolean => filters[0] === 'kompress'

/** Names of files by which a fence's word tells the kind of what it holds; other words say nothing. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'js jsx ts tsx mjs py rb rs go java kt scala swift c h cpp cs php pl lua r jl hs ml sql css scss vue zig nim dart groovy tf proto'
      .split(' ')
      .map(word => [word, word]),
  ),
  javascript: 'js',
  typescript: 'ts',
  python: 'py',
  ruby: 'rb',
  rust: 'rs',
  golang: 'go',
  kotlin: 'kt',
  'c++': 'cpp',
  csharp: 'cs',
  perl: 'pl',
  haskell: 'hs',
}

/** What a fence's word says of what it holds. Shells' words stand before commands and before what they print, so they say nothing. */
export function hintOf(language: string): Hint {
  const extension = Object.hasOwn(EXTENSIONS, language) ? EXTENSIONS[language] : undefined
  return extension === undefined ? {} : { path: `fence.${extension}` }
}
