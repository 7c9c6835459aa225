import type { Signal } from '../filter.ts'
import { type Codec, type Coded, isRule } from './columns.ts'
import type { Cuts } from './cuts.ts'
import { columnName, isSame } from './head.ts'
import { SIGNS } from './notation.ts'
import { STRING } from './parse.ts'
import type { Model, Shape } from './shapes.ts'

/** A shape that pays for its head, and how it is written. */
export interface Written {
  readonly shape: Shape
  readonly codecs: readonly Codec[]
  /** By column: has it no cells? */
  readonly rules: readonly boolean[]
  readonly names: readonly string[]
  /** The sign that parts the cells of rows that are lines. */
  readonly sign: string
  /** Can a row say all in its own cells, without breaking most rules? */
  readonly literal: boolean
}

/** How each shape of the model is written, by its number; undefined where its objects stand alone. */
export function writtenOf(
  model: Model,
  coded: readonly Coded[],
  cuts: Cuts,
  signal: Signal,
): readonly (Written | undefined)[] {
  const known = new Map(coded.map(one => [one.shape, one.codecs]))
  return model.shapes.map(shape => {
    const codecs = known.get(shape)
    if (!codecs) return undefined
    const names = shape.columns.map(column => columnName(column, model.nodes.keys))
    const written = withCodecs({ shape, names }, sound(codecs, names, cuts.columns.get(shape)))
    return { ...written, sign: signOf(model, written, signal) }
  })
}

/** The same shape with other codecs. */
export function withCodecs<T extends Pick<Written, 'shape' | 'names'>>(written: T, codecs: readonly Codec[]) {
  const plain = codecs.filter(({ kind }) => kind === 'plain').length
  const literal = written.shape.kind === 'tuple' ? plain === codecs.length : plain * 2 >= codecs.length
  return { ...written, codecs, rules: codecs.map(isRule), literal }
}

/** Without columns that are left out, and templates that cannot be read back. */
function sound(
  codecs: readonly Codec[],
  names: readonly string[],
  gone: ReadonlyMap<number, string> | undefined,
): readonly Codec[] {
  const places = new Map(names.map((name, i) => [name, i]))
  const odd = codecs.map(codec => codec.kind === 'template' && !isSame(codec.template.parts, names, places))
  return codecs.map((codec, i): Codec => {
    const marker = gone?.get(i)
    if (marker !== undefined) return { kind: 'gap', marker }
    const lost = odd[i] || (codec.kind === 'template' && codec.template.cells.some(cell => odd[cell]))
    return lost ? { kind: 'plain', typed: false } : codec
  })
}

/** Rows whose cells are looked at for signs. */
const SAMPLE = 400

/** The sign that fewest cells hold. */
function signOf({ nodes }: Model, { shape, codecs, rules }: Omit<Written, 'sign'>, signal: Signal): string {
  const held = SIGNS.map(() => 0)
  const step = Math.max(1, Math.floor(shape.rows.length / SAMPLE))
  for (const [i, column] of shape.columns.entries()) {
    if (codecs[i]!.kind === 'letters' || rules[i]) continue
    for (let row = 0; row < column.nodes.length; row += step) {
      signal.throwIfAborted()
      const node = column.nodes[row]!
      if (node < 0 || nodes.kind[node] !== STRING) continue
      const text = nodes.text.slice(nodes.start[node], Math.min(nodes.end[node]!, nodes.start[node]! + 1000))
      for (const [s, sign] of SIGNS.entries()) if (text.includes(sign)) held[s]!++
    }
  }
  return SIGNS[held.indexOf(Math.min(...held))]!
}
