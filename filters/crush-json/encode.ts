import type { Signal } from '../filter.ts'
import type { Codec, Coded } from './columns.ts'
import type { Cuts } from './cuts.ts'
import { NO_REFERENCES, Survey } from './dictionary.ts'
import { Encoder } from './encoder.ts'
import { Forms } from './forms.ts'
import { ARRAY } from './parse.ts'
import type { Model } from './shapes.ts'
import { type Written, withCodecs, writtenOf } from './written.ts'

/** Deeper documents are only minified: the encoder recurses. */
export const MOST_DEPTH = 200

/** A document in the notation of notation.ts. */
export function encode(model: Model, coded: readonly Coded[], cuts: Cuts, signal: Signal): string {
  const task = { model, cuts, forms: new Forms(model, signal), signal }
  const drafted = writtenOf(model, coded, cuts, signal)
  const draft = new Encoder(task, drafted, NO_REFERENCES)
  const best = drafted.map(written => written && withoutLong(written, draft, model))
  const literal = new Encoder(task, best, NO_REFERENCES)
  const survey = new Survey(model)
  new Encoder(task, best, survey).body()
  const dictionary = survey.dictionary(node => literal.definition(node, '\n'))
  if (!dictionary) return new Encoder(task, best, NO_REFERENCES).body()
  const second = dictionary.surveyed(survey) ? undefined : new Encoder(task, best, dictionary).body()
  const pruned = dictionary.pruned()
  return second !== undefined && !pruned ? second : new Encoder(task, best, pruned ?? dictionary).body()
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
