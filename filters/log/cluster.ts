import type { Signal } from '../filter.ts'
import { spaced, tokensOf } from './tokens.ts'

/** Lines of one shape: the same number of tokens, most of them alike. */
export interface Cluster {
  /** The tokens of its first line, and at which places others differ. */
  readonly shared: readonly string[]
  readonly varies: boolean[]
  /** Of each token of the first line: its key (`user=`), empty where it has none, and whether it holds a digit. Found when asked for. */
  marks?: { readonly keys: readonly string[]; readonly digits: readonly boolean[] }
  /** Indexes into the lines, ascending. */
  readonly members: number[]
}

/** Clusters that one leaf of the tree compares a line with; a line that fits none of them is of a rare shape. */
const LOOK_AT = 24
const LOOK_AT_IN_CROWD = 6
const CROWD = 100
/** Lines of ever new shapes are no log: a leaf takes no more of them. */
const MOST_IN_LEAF = 1000
/** How alike a line and a cluster must be, of 1. */
const ALIKE = 0.5

/**
 * Template mining after Drain (He et al., ICWS 2017): a fixed tree (number of tokens, first token) and, in its leaves, the most similar
 * cluster. Unlike Drain, tokens with the same key (`user=`) and tokens with digits count as partly alike, and quoted strings are one
 * token. `mark` stands for the time in these lines. `tokens` keeps each line's tokens; undefined where it is
 * too long or has too many. Linear.
 */
export function clustersOf(
  lines: readonly string[],
  mark: string,
  longest: number,
  signal: Signal,
): { clusters: Cluster[]; tokens: (readonly string[] | undefined)[] } {
  const leaves = new Map<string, Cluster[]>()
  const clusters: Cluster[] = []
  const tokens = lines.map((line, at) => {
    signal.throwIfAborted(1 + (line.length >> 6))
    const words = line.length > longest ? undefined : tokensOf(line)
    if (!words) return undefined
    const key = leafOf(words, mark)
    let leaf = leaves.get(key)
    if (!leaf) leaves.set(key, (leaf = []))
    const found = mostAlike(leaf, words)
    if (found) join(found, words, at)
    else if (leaf.length < MOST_IN_LEAF) {
      const cluster = clusterOf(words, at)
      leaf.unshift(cluster)
      clusters.push(cluster)
    }
    return words
  })
  return { clusters, tokens }
}

/**
 * The path in the tree: the number of tokens, which of them follow without a space or hold the time, and the first of the leading tokens
 * that looks constant: a level, a program, a function.
 */
function leafOf(words: readonly string[], mark: string): string {
  let glued = 0
  let timed = -1
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (i > 0 && !spaced(word)) glued = (glued * 31 + i) | 0
    if (timed < 0 && word.includes(mark)) timed = i
  }
  const leading = Math.min(glued ? 1 : LEADING, words.length)
  for (let i = 0; i < leading; i++)
    if (i !== timed && !hasDigit(words[i]!)) return `${words.length},${glued},${timed},${nameOf(words[i]!)}`
  return `${words.length},${glued},${timed},`
}

/** Tokens at the beginning of a line among which its name is sought. */
const LEADING = 3

/** `mmap` of `mmap(NULL,`, `user=` of `user=7`; the whole token where it has no such beginning. */
function nameOf(token: string): string {
  const at = token.search(/[([]/)
  return at > 0 ? token.slice(0, at) : keyOf(token)
}

function mostAlike(leaf: Cluster[], words: readonly string[]): Cluster | undefined {
  let best = -1
  let most = ALIKE * words.length - 1e-9
  const end = Math.min(leaf.length, leaf.length > CROWD ? LOOK_AT_IN_CROWD : LOOK_AT)
  for (let i = 0; i < end; i++) {
    const alike = likeness(leaf[i]!, words)
    if (alike > most) {
      most = alike
      best = i
    }
  }
  if (best < 0) return undefined
  const found = leaf[best]!
  if (best > 0) {
    leaf[best] = leaf[best - 1]!
    leaf[best - 1] = found
  }
  return found
}

const clusterOf = (words: readonly string[], at: number): Cluster => ({
  shared: words,
  varies: words.map(() => false),
  members: [at],
})

function likeness(cluster: Cluster, words: readonly string[]): number {
  const { shared, varies } = cluster
  cluster.marks ??= marksOf(shared)
  const { keys, digits } = cluster.marks
  let alike = 0
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (!varies[i] && shared[i] === word) alike++
    else if (keys[i] !== '' && word.startsWith(keys[i]!)) alike += 0.8
    else if (varies[i]) alike += 0.35
    else if (digits[i] && hasDigit(word)) alike += 0.4
  }
  return alike
}

const marksOf = (words: readonly string[]) => ({
  keys: words.map(word => word.slice(0, Math.max(0, keyEnd(word)))),
  digits: words.map(hasDigit),
})

function join({ shared, varies, members }: Cluster, words: readonly string[], at: number): void {
  for (let i = 0; i < words.length; i++) if (shared[i] !== words[i]) varies[i] = true
  members.push(at)
}

/** `user=` of `user=7`; the whole token where it has no key. */
function keyOf(token: string): string {
  const at = keyEnd(token)
  return at > 0 ? token.slice(0, at) : token
}

function keyEnd(token: string): number {
  for (let i = 1; i < token.length && i < 40; i++) {
    const code = token.charCodeAt(i)
    if (code === 61 || code === 58) return i + 1
    if (code === 47 || code === 37) return -1
  }
  return -1
}

function hasDigit(token: string): boolean {
  for (let i = 0; i < token.length && i < 40; i++) {
    const code = token.charCodeAt(i)
    if (code >= 48 && code <= 57) return true
  }
  return false
}
