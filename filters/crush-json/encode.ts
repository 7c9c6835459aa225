import type { Signal } from '../filter.ts'
import type { Codec, Coded } from './columns.ts'
import type { Cuts } from './cuts.ts'
import { NO_REFERENCES, Survey } from './dictionary.ts'
import { Encoder } from './encoder.ts'
import { ARRAY } from './parse.ts'
import type { Model } from './shapes.ts'

/** Deeper documents are only minified: the encoder recurses. */
export const MOST_DEPTH = 200

/** A document in the notation of notation.ts. */
export function encode(model: Model, coded: readonly Coded[], cuts: Cuts, signal: Signal): string {
  const drafted = new Map(coded.map(one => [one.shape, withoutColumns(one, cuts)]))
  const draft = new Encoder(model, drafted, cuts, NO_REFERENCES, signal)
  const best = new Map(coded.map(({ shape }) => [shape, withoutLong(drafted.get(shape)!, draft, model)]))
  const survey = new Survey()
  const first = new Encoder(model, best, cuts, survey, signal).body()
  const scratch = new Encoder(model, best, cuts, NO_REFERENCES, signal)
  const dictionary = survey.dictionary(model, node => scratch.definition(node, '\n'))
  if (!dictionary) return first
  const second = new Encoder(model, best, cuts, dictionary, signal).body()
  const pruned = dictionary.pruned()
  return pruned ? new Encoder(model, best, cuts, pruned, signal).body() : second
}

/** A constant that is longer where it is defined than in all rows together stands in the rows. */
function withoutLong(coded: Coded, draft: Encoder, { nodes }: Model): Coded {
  const codecs = coded.codecs.map((codec): Codec => {
    if (codec.kind !== 'constant' || codec.node < 0 || nodes.kind[codec.node]! > ARRAY) return codec
    const inRows = draft.value(codec.node).length * coded.shape.rows.length
    return draft.definition(codec.node, '\n').length > inRows ? { kind: 'plain', typed: false } : codec
  })
  return { ...coded, codecs }
}

function withoutColumns(coded: Coded, { columns }: Cuts): Coded {
  const gone = columns.get(coded.shape)
  if (!gone) return coded
  const codecs = coded.codecs.map((codec, i): Codec => {
    const marker = gone.get(i)
    return marker === undefined ? codec : { kind: 'gap', marker }
  })
  return { ...coded, codecs }
}
