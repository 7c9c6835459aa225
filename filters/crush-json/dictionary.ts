import { endsAt, estimate, letters, printString, type Stop } from './notation.ts'
import type { Model } from './shapes.ts'

/** What the encoder asks before it writes a value out. */
export interface Dictionary {
  /** A string's source by reference, or undefined. */
  string(raw: string, stop: Stop): string | undefined
  /** A container's text, or the reference to it. */
  container(node: number, text: () => string): string
  /** The entries as lines; `write` gives a container's text. */
  lines(write: (node: number) => string): readonly string[]
}

const MOST_ENTRIES = 60
/** Estimated tokens that an entry saves at least. */
const WORTH = 6
const MOST_PREFIXES = 8
/** Strings that are looked at for common beginnings, and beginnings of each. */
const MOST_STRINGS = 4000
const MOST_CUTS = 14

/** Counts what a first pass writes, so that a second one can write it once. */
export class Survey implements Dictionary {
  readonly #strings = new Map<string, number>()
  readonly #containers = new Map<number, { count: number; text: string }>()

  string(raw: string): undefined {
    if (raw.length > 7 && raw.length < 4000) this.#strings.set(raw, (this.#strings.get(raw) ?? 0) + 1)
  }

  container(node: number, text: () => string): string {
    const written = text()
    if (written.length < 12 || written.length > 4000 || written.startsWith('@')) return written
    const known = this.#containers.get(node)
    if (known) known.count++
    else this.#containers.set(node, { count: 1, text: written })
    return written
  }

  lines(): readonly string[] {
    return []
  }

  /** The dictionary that pays, or undefined; `define` gives a value as its definition will. */
  dictionary({ identity: { value } }: Model, define: (node: number) => string): References | undefined {
    const containers = new Map<number, { node: number; count: number; text: string }>()
    for (const [node, { count, text }] of this.#containers) {
      const known = containers.get(value[node]!)
      if (known) known.count += count
      else containers.set(value[node]!, { node, count, text })
    }
    const prefixes = this.#prefixes()
    const whole = [...containers.values()].map(({ node, count, text }) => {
      const gain = gainOf(text, count)
      return { node, text, gain: gain > WORTH ? gain - estimate(define(node)) + estimate(text) : gain }
    })
    const strings = [...this.#strings].map(([text, count]) => {
      const prefix = prefixes.find(start => text.startsWith(start) && text.length > start.length)
      return { node: -1, text, gain: gainOf(text, count, prefix) }
    })
    const chosen = [...whole, ...strings]
      .filter(({ gain, text }) => gain > WORTH && !prefixes.includes(text))
      .sort((a, b) => b.gain - a.gain || (a.text < b.text ? -1 : 1))
      .slice(0, MOST_ENTRIES)
    if (chosen.length + prefixes.length === 0) return undefined
    return new References(value, chosen, prefixes)
  }

  /** Beginnings that many strings share, the best one first; each time without the strings that an earlier one serves. */
  #prefixes(): string[] {
    let left = [...this.#strings]
      .sort(([a, n], [b, m]) => b.length * m - a.length * n || (a < b ? -1 : 1))
      .slice(0, MOST_STRINGS)
    const found: string[] = []
    while (found.length < MOST_PREFIXES) {
      const best = bestPrefix(left)
      if (best === undefined) break
      found.push(best)
      left = left.filter(([raw]) => !raw.startsWith(best))
    }
    return found.sort((a, b) => b.length - a.length)
  }
}

/** Tokens that `count` references save against the text each time, or against a reference to its beginning and the rest. */
function gainOf(text: string, count: number, prefix = ''): number {
  if (count < 2 || text.length < 16) return 0
  const full = estimate(text)
  const each = prefix ? 2.5 + estimate(text.slice(prefix.length)) : full
  return count * (each - 2.5) - full - 2.5
}

function bestPrefix(strings: readonly (readonly [string, number])[]): string | undefined {
  const counts = new Map<string, number>()
  for (const [raw, count] of strings) {
    let cuts = 0
    for (let at = 10; at < raw.length && at < 160 && cuts < MOST_CUTS; at++) {
      if (!isBoundary(raw, at) || raw.charCodeAt(at - 1) === 0x5c || isTime(raw, at)) continue
      cuts++
      const prefix = raw.slice(0, at)
      counts.set(prefix, (counts.get(prefix) ?? 0) + count)
    }
  }
  let best: string | undefined
  let most = 12
  for (const [prefix, count] of counts) {
    const gain = count < 3 ? 0 : (count - 1) * (estimate(prefix) - 2.5) - 5
    if (gain > most) [best, most] = [prefix, gain]
  }
  return best
}

/** A time of day is not to be taken apart. */
const isTime = (raw: string, at: number) => raw[at] === ':' && /[T :]\d\d$/.test(raw.slice(at - 3, at))

/** A beginning ends before a sign, or before a number. */
const isBoundary = (raw: string, at: number) =>
  BOUNDARY.has(raw[at]!) || (isDigit(raw.charCodeAt(at)) && !NUMBER.has(raw[at - 1]!))

const BOUNDARY = new Set('/:?#@ ')
const NUMBER = new Set('0123456789.,:-+/')
const isDigit = (unit: number) => unit >= 0x30 && unit <= 0x39

interface Entry {
  /** A container, or -1 for a string. */
  readonly node: number
  readonly text: string
}

/** `&a` for the dictionary's entries. */
export class References implements Dictionary {
  readonly #value: Int32Array
  readonly #strings = new Map<string, string>()
  readonly #containers = new Map<number, string>()
  readonly #prefixes: readonly (readonly [string, string])[]
  readonly #entries: Entry[] = []
  readonly #uses = new Map<string, number>()

  constructor(value: Int32Array, entries: readonly Entry[], prefixes: readonly string[]) {
    this.#value = value
    this.#prefixes = prefixes.map(text => [text, this.#add({ node: -1, text })] as const)
    for (const entry of entries) {
      const ref = this.#add(entry)
      if (entry.node < 0) this.#strings.set(entry.text, ref)
      else this.#containers.set(value[entry.node]!, ref)
    }
  }

  #add(entry: Entry): string {
    return refOf(this.#entries.push(entry) - 1)
  }

  string(raw: string, stop: Stop): string | undefined {
    const whole = this.#strings.get(raw)
    if (whole !== undefined) return this.#used(whole)
    for (const [prefix, ref] of this.#prefixes) {
      if (!raw.startsWith(prefix)) continue
      // JSON text is better read as such.
      if (/^[{[]/.test(prefix)) return undefined
      const rest = raw.slice(prefix.length)
      return endsAt(rest, stop) || /^[a-z]/.test(rest) ? undefined : this.#used(ref) + rest
    }
    return undefined
  }

  container(node: number, text: () => string): string {
    const ref = this.#containers.get(this.#value[node]!)
    return ref === undefined ? text() : this.#used(ref)
  }

  #used(ref: string): string {
    this.#uses.set(ref, (this.#uses.get(ref) ?? 0) + 1)
    return ref
  }

  /** Without what was hardly used, since it stands inside other entries; undefined where all was. */
  pruned(): References | undefined {
    const stays = this.#entries.filter((_, i) => (this.#uses.get(refOf(i)) ?? 0) > 1)
    if (stays.length === this.#entries.length) return undefined
    const prefixes = this.#prefixes.map(([text]) => text)
    const isPrefix = ({ node, text }: Entry) => node < 0 && !this.#strings.has(text) && prefixes.includes(text)
    const kept = stays.filter(isPrefix).map(({ text }) => text)
    return new References(
      this.#value,
      stays.filter(entry => !isPrefix(entry)),
      kept,
    )
  }

  lines(write: (node: number) => string): readonly string[] {
    return this.#entries.map(({ node, text }, i) => `${refOf(i)}=${node >= 0 ? write(node) : printString(text, '\n')}`)
  }
}

const refOf = (entry: number) => `&${letters(entry).toLowerCase()}`

/** Writes everything out: the entries of a dictionary themselves are made of no others. */
export const NO_REFERENCES: Dictionary = {
  string: () => undefined,
  container: (_node, text) => text(),
  lines: () => [],
}
