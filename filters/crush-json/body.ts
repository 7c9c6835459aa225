import type { FilterContext } from '../filter.ts'
import { codeShapes } from './columns.ts'
import { type Cut, type Cuts, dropRows, explainKept, NO_CUTS } from './cuts.ts'
import type { Document } from './document.ts'
import { encode, MOST_DEPTH } from './encode.ts'
import { offload } from './offload.ts'
import { minified, minifiedLength } from './render.ts'
import { modelOf } from './shapes.ts'

/** A document's body: in the notation, or minified only. */
export interface Body {
  readonly text: string
  readonly minified: boolean
  /** What it leaves out. */
  readonly cuts: Cuts
}

/** Tokens that a head with an id and a first gap costs more than one without. */
const GAP_HEAD = 40
/** UTF-16 units that surely are more tokens than that. */
const CLEARLY = 1000
/** Of this share of the characters there are surely fewer tokens; only near ties are counted. */
const SURELY = 0.6
/** Shares of the rows that need not stay, tried in turn where there is a budget. */
const SHARES = [0.5, 0.25, 0.12, 0.06, 0.03, 0.01, 0]
/** The share of a text's tokens that is few enough to leave all rows in. */
const AIM = 0.05
/** The share that aggressive mode keeps to show what the others look like. */
const REPRESENTATIVES = 0.03

/** The shortest body that the mode allows; under a budget the mildest that fits. */
export function bodyOf(document: Document, context: FilterContext): Body {
  const { nodes, lines } = document
  const compact = (): Body => ({ text: minified(nodes, lines, context.signal), minified: true, cuts: NO_CUTS })
  if (nodes.depth > MOST_DEPTH) return compact()
  const model = modelOf(nodes, context.signal)
  const cut: Cut = { model, coded: codeShapes(model, context.signal), lines, context }
  const written = (cuts = NO_CUTS): Body => ({
    text: encode(model, cut.coded, cuts, context.signal),
    minified: false,
    cuts,
  })
  const whole = () => {
    const body = written()
    return body.text.length < SURELY * minifiedLength(nodes, lines) ? body : shorter(body, compact(), context)
  }
  const body = mildest(cut, whole, written)
  explainKept(cut, body.cuts)
  return body
}

/** Cuts columns, then rows, as far as the mode allows or the budget asks. */
function mildest(cut: Cut, whole: () => Body, written: (cuts: Cuts) => Body): Body {
  const { context } = cut
  if (context.mode === 'lossless') return whole()
  const columns = offload(cut)
  if (context.budget === undefined) {
    const offloaded = columns.units > CLEARLY ? written(columns) : lossless(columns)
    return context.mode === 'balanced' ? offloaded : fewest(cut, columns, offloaded, written)
  }
  const plain = whole()
  if (fits(plain, context)) return plain
  let last = columns.units > 0 ? better(written(columns), plain, context) : plain
  for (const share of SHARES) {
    if (fits(last, context)) break
    last = written(dropRows(cut, columns, share))
  }
  return last

  function lossless(cuts: Cuts): Body {
    return cuts.units > 0 ? better(written(cuts), whole(), context) : whole()
  }
}

/** Aggressive mode: without columns of numbers, where that does; else without rows. */
function fewest(cut: Cut, columns: Cuts, whole: Body, written: (cuts: Cuts) => Body): Body {
  const { context, model } = cut
  const aim = context.count(model.nodes.text) * AIM
  if (context.count(whole.text) <= aim) return whole
  const numbers = offload(cut, true)
  if (numbers.units > columns.units) {
    const body = written(numbers)
    if (context.count(body.text) + GAP_HEAD <= aim) return body
  }
  return better(written(dropRows(cut, columns, REPRESENTATIVES)), whole, context)
}

const fits = ({ text }: Body, { budget, count }: FilterContext): boolean =>
  budget !== undefined && count(text) <= budget

function shorter(short: Body, plain: Body, context: FilterContext): Body {
  return context.count(short.text) < context.count(plain.text) ? short : plain
}

const better = (lossy: Body, whole: Body, context: FilterContext): Body =>
  lossy.text !== whole.text && context.count(lossy.text) + GAP_HEAD < context.count(whole.text) ? lossy : whole
