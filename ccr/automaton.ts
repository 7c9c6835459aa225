import { type Assertion, type Node, PatternError, parsePattern } from './pattern.ts'
import { type Range, WORD } from './unit-ranges.ts'

/**
 * Does a line hold a match of `pattern`? An automaton of states that is made while it reads (Thompson 1968, as in RE2): time is linear in
 * the line whatever the pattern, memory is bounded. Throws a PatternError for a pattern that is none, or too large.
 */
export function lineMatcher(pattern: string): (line: string) => boolean {
  const automaton = new Automaton(parsePattern(pattern))
  return line => automaton.matches(line)
}

/** Steps of the program: what (a set, an assertion), and the one or two steps that follow it. */
interface Step {
  readonly ranges?: readonly Range[]
  readonly what?: Assertion
  readonly next: number[]
}
const MOST_STEPS = 5000
/** Steps looked at in all while states are made, some seconds: patterns that keep making new ones are refused. */
const MOST_WORK = 50_000_000
/** States that are kept; beyond it all are forgotten and made anew. */
const MOST_STATES = 2000

type Kind = 'edge' | 'word' | 'other'

/** The steps that may come next, before assertions are looked at, which ask what stands before and what follows. */
interface State {
  readonly steps: readonly number[]
  readonly before: Kind
  /** By class of the next unit; the last slot is the end of the line. */
  readonly next: (State | 'match' | undefined)[]
}

class Automaton {
  readonly #steps: Step[] = []
  readonly #accept: number
  readonly #first: number
  readonly #classes: UnitClasses
  #states = new Map<string, State>()
  #start: State
  #work = 0

  constructor(node: Node) {
    this.#accept = this.#add({ next: [] })
    this.#first = this.#compile(node, this.#accept)
    this.#classes = new UnitClasses(this.#steps.flatMap(({ ranges }) => ranges ?? []))
    this.#start = this.#state([this.#first], 'edge')
  }

  matches(line: string): boolean {
    let state = this.#start
    for (let i = 0; i <= line.length; i++) {
      const unit = i < line.length ? this.#classes.of(line.charCodeAt(i)) : this.#classes.count
      const next = (state.next[unit] ??= this.#advance(state, unit))
      if (next === 'match') return true
      state = next
    }
    return false
  }

  /** Reads a unit of a class in a state, or the line's end. */
  #advance({ steps, before }: State, unit: number): State | 'match' {
    const end = unit === this.#classes.count
    const after = end ? 'edge' : this.#classes.isWord(unit) ? 'word' : 'other'
    const reached = this.#closure(steps, before, after)
    this.#work += reached.size
    if (this.#work > MOST_WORK) throw new PatternError('the pattern takes too long on this text; fewer repeats help')
    if (reached.has(this.#accept)) return 'match'
    if (end) return this.#start
    const sample = this.#classes.sample(unit)
    const following = new Set<number>()
    for (const i of reached) {
      const { ranges, next } = this.#steps[i]!
      if (ranges?.some(([first, last]) => first <= sample && sample <= last)) following.add(next[0]!)
    }
    // A match may begin at any unit.
    following.add(this.#first)
    return this.#state(
      [...following].sort((a, b) => a - b),
      after,
    )
  }

  /** What is reached from `steps` without reading a unit. */
  #closure(steps: readonly number[], before: Kind, after: Kind): Set<number> {
    const reached = new Set<number>()
    const open = [...steps]
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      if (reached.has(i)) continue
      reached.add(i)
      const { ranges, what, next } = this.#steps[i]!
      if (!ranges && (!what || holds(what, before, after))) open.push(...next)
    }
    return reached
  }

  #state(steps: readonly number[], before: Kind): State {
    const key = `${before}${steps.join()}`
    let state = this.#states.get(key)
    if (state) return state
    if (this.#states.size >= MOST_STATES) {
      this.#states = new Map()
      if (this.#start) this.#start = { ...this.#start, next: [] }
    }
    this.#states.set(key, (state = { steps, before, next: [] }))
    return state
  }

  /** The first step of a node that `then` follows. */
  #compile(node: Node, then: number): number {
    switch (node.kind) {
      case 'set':
        return this.#add({ ranges: node.ranges, next: [then] })
      case 'assert':
        return this.#add({ what: node.what, next: [then] })
      case 'all':
        return node.items.reduceRight((next, item) => this.#compile(item, next), then)
      case 'any':
        return this.#add({ next: node.items.map(item => this.#compile(item, then)) })
      case 'repeat':
        return this.#repeat(node, then)
    }
  }

  #repeat({ item, min, max }: Node & { kind: 'repeat' }, then: number): number {
    let first = then
    if (max === Number.POSITIVE_INFINITY) {
      const loop: Step = { next: [then] }
      first = this.#add(loop)
      loop.next.push(this.#compile(item, first))
    } else for (let i = min; i < max; i++) first = this.#add({ next: [then, this.#compile(item, first)] })
    for (let i = 0; i < min; i++) first = this.#compile(item, first)
    return first
  }

  #add(step: Step): number {
    if (this.#steps.length >= MOST_STEPS) throw new PatternError('the pattern is too large; fewer or smaller repeats')
    return this.#steps.push(step) - 1
  }
}

function holds(what: Assertion, before: Kind, after: Kind): boolean {
  if (what === 'start') return before === 'edge'
  if (what === 'end') return after === 'edge'
  return ((before === 'word') !== (after === 'word')) === (what === 'boundary')
}

/** The units of text in the fewest classes that a set of ranges can tell apart. */
class UnitClasses {
  /** The first unit of each class run, ascending; runs are the classes. */
  readonly #starts: readonly number[]
  readonly #ascii = new Uint16Array(128)

  constructor(ranges: readonly Range[]) {
    const starts = new Set([0])
    for (const [first, last] of [...ranges, ...WORD]) starts.add(first).add(last + 1)
    this.#starts = [...starts].filter(unit => unit <= 0xffff).sort((a, b) => a - b)
    for (let unit = 0; unit < 128; unit++) this.#ascii[unit] = this.#search(unit)
  }

  get count(): number {
    return this.#starts.length
  }

  of(unit: number): number {
    return unit < 128 ? this.#ascii[unit]! : this.#search(unit)
  }

  sample(unitClass: number): number {
    return this.#starts[unitClass]!
  }

  isWord(unitClass: number): boolean {
    const unit = this.sample(unitClass)
    return WORD.some(([first, last]) => first <= unit && unit <= last)
  }

  #search(unit: number): number {
    let [low, high] = [0, this.#starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= unit) low = middle
      else high = middle - 1
    }
    return low
  }
}
