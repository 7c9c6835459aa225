import { endsAt, estimate, letters, printString, type Stop } from './notation.ts'
import { type Nodes, STRING } from './parse.ts'
import { type Counted, leastOf, prefixesOf } from './prefixes.ts'
import type { Model } from './shapes.ts'

/** What the encoder asks before it writes a value out. */
export interface Dictionary {
  /** It only counts: nobody reads the rows of tables that are written for it. */
  readonly surveys?: true
  /** A string by reference, or undefined. */
  string(node: number, stop: Stop): string | undefined
  /** A container by reference, or undefined. */
  container(node: number): string | undefined
  /** Told of each container that is written out. */
  wrote(node: number, text: string): void
  /** The entries as lines; `write` gives a container's text. */
  lines(write: (node: number) => string): readonly string[]
}

const MOST_ENTRIES = 60
/** Estimated tokens that an entry saves at least. */
const WORTH = 6
/** Lengths of strings and containers, in UTF-16 units, that are counted. */
const SHORTEST_STRING = 8
const SHORTEST = 12
const LONGEST = 4000
/** Shorter texts save nothing. */
const SHORT = 16

/** Strings that stand in places of one kind. */
interface Strings {
  /** By value, in how many. */
  readonly counts: Int32Array
  /** A node of each value. */
  readonly nodes: number[]
}

/** Counts what a first pass writes, so that a second one can write it once. */
export class Survey implements Dictionary {
  readonly surveys = true
  readonly #model: Model
  readonly strings = new Map<Stop, Strings>()
  /** Those of the last place. */
  #last: { readonly stop: Stop; readonly strings: Strings } | undefined
  /** By value, one more than the place among the containers. */
  readonly #places: Int32Array
  readonly #containers: { readonly node: number; readonly text: string; count: number }[] = []

  constructor(model: Model) {
    this.#model = model
    this.#places = new Int32Array(model.identity.count)
  }

  string(node: number, stop: Stop): undefined {
    if (this.#last?.stop !== stop) this.#last = { stop, strings: this.#stringsAt(stop) }
    const { counts, nodes } = this.#last.strings
    if (counts[this.#model.identity.value[node]!]!++ === 0) nodes.push(node)
  }

  #stringsAt(stop: Stop): Strings {
    let found = this.strings.get(stop)
    if (!found) this.strings.set(stop, (found = { counts: new Int32Array(this.#model.identity.count), nodes: [] }))
    return found
  }

  container(): undefined {}

  wrote(node: number, text: string): void {
    // The mark of a table is shorter.
    if (text.length < SHORTEST || text.length > LONGEST) return
    const id = this.#model.identity.value[node]!
    const place = this.#places[id]!
    if (place > 0) this.#containers[place - 1]!.count++
    else this.#places[id] = this.#containers.push({ node, text, count: 1 })
  }

  lines(): readonly string[] {
    return []
  }

  /** The dictionary that pays, or undefined; `define` gives a value as its definition will. */
  dictionary(define: (node: number) => string): References | undefined {
    const strings = this.#counted()
    const least = leastOf(strings.map(({ length, count }) => length * count))
    const heavy = strings.filter(({ length, count }) => length * count >= least)
    const prefixes = prefixesOf(
      heavy.map(one => this.#withText(one)),
      least,
    )
    const repeated = strings.filter(({ length, count }) => count > 1 && length >= SHORT)
    const whole = wholeStrings(
      repeated.map(one => this.#withText(one)),
      prefixes,
    )
    const chosen = [...this.#wholeContainers(define), ...whole]
      .filter(({ gain, text }) => gain > WORTH && !prefixes.includes(text))
      .sort((a, b) => b.gain - a.gain || (a.text < b.text ? -1 : 1))
      .slice(0, MOST_ENTRIES)
    if (chosen.length + prefixes.length === 0) return undefined
    return new References(this.#model, chosen, prefixes)
  }

  /** The strings of all places. */
  #counted(): { readonly node: number; readonly length: number; readonly count: number }[] {
    const { nodes, identity } = this.#model
    const all = [...this.strings.values()]
    const seen = new Uint8Array(identity.count)
    const counted: { readonly node: number; readonly length: number; readonly count: number }[] = []
    for (const node of all.flatMap(strings => strings.nodes)) {
      const id = identity.value[node]!
      const length = nodes.end[node]! - nodes.start[node]! - 2
      if (seen[id] === 1 || length < SHORTEST_STRING || length >= LONGEST) continue
      seen[id] = 1
      let count = 0
      for (const { counts } of all) count += counts[id]!
      counted.push({ node, length, count })
    }
    return counted
  }

  #withText({ node, count }: { readonly node: number; readonly count: number }): Counted & { node: number } {
    return { node, count, text: contentOf(this.#model.nodes, node) }
  }

  #wholeContainers(define: (node: number) => string): (Entry & { gain: number })[] {
    return this.#containers.map(({ node, count, text }) => {
      const gain = gainOf(text, count)
      return { node, text, gain: gain > WORTH ? gain - estimate(define(node)) + estimate(text) : gain }
    })
  }
}

function wholeStrings(
  strings: readonly (Counted & { node: number })[],
  prefixes: readonly string[],
): (Entry & { gain: number })[] {
  return strings.map(({ node, text, count }) => {
    const prefix = prefixes.find(start => text.startsWith(start) && text.length > start.length)
    return { node, text, gain: gainOf(text, count, prefix) }
  })
}

/** Tokens that `count` references save against the text each time, or against a reference to its beginning and the rest. */
function gainOf(text: string, count: number, prefix = ''): number {
  if (count < 2 || text.length < SHORT) return 0
  const full = estimate(text)
  const each = prefix ? 2.5 + estimate(text, prefix.length) : full
  return count * (each - 2.5) - full - 2.5
}

interface Entry {
  /** A value's node; -1 for the beginning of strings. */
  readonly node: number
  readonly text: string
}

/** What is not known yet of a value, and what has no reference; others have the number of their entry plus one, or below it of their beginning. */
const UNKNOWN = 0
const NONE = -1

/** `&a` for the dictionary's entries. */
export class References implements Dictionary {
  readonly #model: Model
  readonly #entries: readonly Entry[]
  readonly #prefixes: readonly string[]
  readonly #refs: readonly string[]
  readonly #uses: Int32Array
  /** By value. */
  readonly #known: Int32Array

  constructor(model: Model, values: readonly Entry[], prefixes: readonly string[]) {
    this.#model = model
    this.#prefixes = prefixes
    this.#entries = [...prefixes.map(text => ({ node: -1, text })), ...values]
    this.#refs = this.#entries.map((_, i) => `&${letters(i).toLowerCase()}`)
    this.#uses = new Int32Array(this.#entries.length)
    this.#known = new Int32Array(model.identity.count)
    for (const [i, { node }] of this.#entries.entries()) if (node >= 0) this.#known[model.identity.value[node]!] = i + 1
  }

  string(node: number, stop: Stop): string | undefined {
    const known = this.#knownOf(node)
    if (known === NONE) return undefined
    if (known > 0) return this.#used(known - 1)
    const rest = this.#restOf(node, known, stop)
    return rest === undefined ? undefined : this.#used(NONE - 1 - known) + rest
  }

  /** The uses that strings make of it where a survey met them; undefined where containers would be left out with the strings in them. */
  surveyed({ strings }: Survey): this | undefined {
    const { kind } = this.#model.nodes
    if (this.#entries.some(({ node }) => node >= 0 && kind[node] !== STRING)) return undefined
    for (const [stop, { counts, nodes }] of strings)
      for (const node of nodes) {
        const known = this.#knownOf(node)
        if (known === NONE || (known < 0 && this.#restOf(node, known, stop) === undefined)) continue
        this.#uses[known > 0 ? known - 1 : NONE - 1 - known]! += counts[this.#model.identity.value[node]!]!
      }
    return this
  }

  #knownOf(node: number): number {
    const id = this.#model.identity.value[node]!
    const known = this.#known[id]!
    return known === UNKNOWN ? (this.#known[id] = this.#beginningOf(node)) : known
  }

  /** What follows the string's beginning; undefined where it could be taken for something else. */
  #restOf(node: number, known: number, stop: Stop): string | undefined {
    const { text, start, end } = this.#model.nodes
    const from = start[node]! + 1 + this.#prefixes[NONE - 1 - known]!.length
    const first = text.charCodeAt(from)
    if (first >= 0x61 && first <= 0x7a) return undefined
    const rest = text.slice(from, end[node]! - 1)
    return endsAt(rest, stop) ? undefined : rest
  }

  /** The first of the beginnings that the string has; JSON text is better read as such. */
  #beginningOf(node: number): number {
    const { text, start, end } = this.#model.nodes
    const from = start[node]! + 1
    const length = end[node]! - 1 - from
    const first = text.charCodeAt(from)
    const found = this.#prefixes.findIndex(
      prefix => prefix.charCodeAt(0) === first && prefix.length <= length && text.startsWith(prefix, from),
    )
    return found < 0 || /^[{[]/.test(this.#prefixes[found]!) ? NONE : NONE - 1 - found
  }

  container(node: number): string | undefined {
    const known = this.#known[this.#model.identity.value[node]!]!
    return known > 0 ? this.#used(known - 1) : undefined
  }

  wrote(): void {}

  #used(entry: number): string {
    this.#uses[entry]!++
    return this.#refs[entry]!
  }

  /** Without what was hardly used, since it stands inside other entries; undefined where all was. */
  pruned(): References | undefined {
    const stays = this.#entries.filter((_, i) => this.#uses[i]! > 1)
    if (stays.length === this.#entries.length) return undefined
    const prefixes = stays.filter(({ node }) => node < 0).map(({ text }) => text)
    return new References(
      this.#model,
      stays.filter(({ node }) => node >= 0),
      prefixes,
    )
  }

  lines(write: (node: number) => string): readonly string[] {
    const { kind } = this.#model.nodes
    return this.#entries.map(({ node, text }, i) => {
      const container = node >= 0 && kind[node] !== STRING
      return `${this.#refs[i]}=${container ? write(node) : printString(text, '\n')}`
    })
  }
}

const contentOf = ({ text, start, end }: Nodes, node: number): string => text.slice(start[node]! + 1, end[node]! - 1)

/** Writes everything out: the entries of a dictionary themselves are made of no others. */
export const NO_REFERENCES: Dictionary = {
  string: () => undefined,
  container: () => undefined,
  wrote() {},
  lines: () => [],
}
