import type { Signal } from '../filter.ts'
import type { Codec, Coded } from './columns.ts'
import type { Cuts } from './cuts.ts'
import { type Dictionary, NO_REFERENCES, Survey } from './dictionary.ts'
import { Encoder } from './encoder.ts'
import { ARRAY } from './parse.ts'
import type { Model } from './shapes.ts'
import { type Written, withCodecs, writtenOf } from './written.ts'

/** Deeper documents are only minified: the encoder recurses. */
export const MOST_DEPTH = 200

/** A document in the notation of notation.ts. */
export function encode(model: Model, coded: readonly Coded[], cuts: Cuts, signal: Signal): string {
  const drafted = writtenOf(model, coded, cuts, signal)
  const draft = new Encoder(model, drafted, cuts, NO_REFERENCES, signal)
  const best = drafted.map(written => written && withoutLong(written, draft, model))
  const encoder = (refs: Dictionary) => new Encoder(model, best, cuts, refs, signal)
  const survey = new Survey()
  const first = encoder(survey).body()
  const literal = encoder(NO_REFERENCES)
  const dictionary = survey.dictionary(model, node => literal.definition(node, '\n'))
  if (!dictionary) return first
  const second = encoder(dictionary).body()
  const pruned = dictionary.pruned()
  return pruned ? encoder(pruned).body() : second
}

/** A constant that is longer where it is defined than in all rows together stands in the rows. */
function withoutLong(written: Written, draft: Encoder, { nodes }: Model): Written {
  let changed = false
  const codecs = written.codecs.map((codec): Codec => {
    if (codec.kind !== 'constant' || codec.node < 0 || nodes.kind[codec.node]! > ARRAY) return codec
    const cell = draft.cell(codec.node)
    // A table has no place in each row.
    if (/@\d/.test(cell) || draft.definition(codec.node, '\n').length <= cell.length * written.shape.rows.length)
      return codec
    changed = true
    return { kind: 'plain', typed: false }
  })
  return changed ? withCodecs(written, codecs) : written
}
