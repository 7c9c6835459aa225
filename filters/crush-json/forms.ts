import type { Signal } from '../filter.ts'
import { partName } from './head.ts'
import { nestedText } from './nested.ts'
import { isBare, type Stop } from './notation.ts'
import type { Model } from './shapes.ts'

/** Names, and strings as they stand in places of one kind, each worked out once: the passes of the encoder share them. */
export class Forms {
  readonly #model: Model
  readonly #signal: Signal
  readonly #typed = new Map<Stop, Texts>()
  readonly #others = new Map<Stop, Texts>()

  /** Those of the last place. */
  #last: { readonly stop: Stop; readonly typed: boolean; readonly texts: Texts } | undefined
  readonly #names: (string | undefined)[] = []

  constructor(model: Model, signal: Signal) {
    this.#model = model
    this.#signal = signal
  }

  /** A member's name, and the colon behind it. */
  name(key: number): string {
    return (this.#names[key] ??= `${partName(this.#model.nodes.keys[key]!)}:`)
  }

  /** A string in a place that ends at `stop`: as the JSON that it holds, bare, or in its quotes. */
  string(node: number, stop: Stop, typed: boolean): string {
    if (this.#last?.stop !== stop || this.#last.typed !== typed)
      this.#last = { stop, typed, texts: this.#textsOf(stop, typed) }
    const { texts } = this.#last
    const id = this.#model.identity.value[node]!
    return texts.get(id) ?? texts.set(id, this.#written(node, stop, typed))
  }

  #textsOf(stop: Stop, typed: boolean): Texts {
    const kinds = typed ? this.#typed : this.#others
    let texts = kinds.get(stop)
    if (!texts) kinds.set(stop, (texts = new Texts(this.#model.identity.count)))
    return texts
  }

  #written(node: number, stop: Stop, typed: boolean): string {
    const { text, start, end } = this.#model.nodes
    const raw = text.slice(start[node]! + 1, end[node]! - 1)
    return nestedText(raw, this.#signal) ?? (isBare(raw, stop, typed) ? raw : text.slice(start[node], end[node]))
  }
}

/** Texts by value. */
class Texts {
  readonly #places: Int32Array
  readonly #texts: string[] = ['']

  constructor(values: number) {
    this.#places = new Int32Array(values)
  }

  get(id: number): string | undefined {
    const place = this.#places[id]!
    return place === 0 ? undefined : this.#texts[place]
  }

  set(id: number, text: string): string {
    this.#places[id] = this.#texts.push(text) - 1
    return text
  }
}
