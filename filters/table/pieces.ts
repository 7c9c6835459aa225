import { sharedEnd, sharedStart } from '../affixes.ts'
import { groupCost, slotCost } from './cost.ts'
import { endOfMarks, markPieces } from './marks.ts'
import type { Part } from './rule.ts'
import { tears } from './shared.ts'

/** A part of a rule and, where it takes text from the row, how many marks it spans; undefined: all that the texts around it leave. */
export interface Piece {
  readonly part: Part
  readonly marks?: number
}

export const WHOLE: readonly Piece[] = [{ part: { kind: 'own' } }]

/** Cells that are missing in the usual ways do not speak for the make of a column. */
const MISSING = /^(|-+|\.|\?|na|n\/a|nan|null|none|nil|<none>|<unknown>|undefined)$/i

/** The pieces that print these cells (a sample, unquoted) in the fewest tokens, about. */
export function piecesOf(values: readonly string[], scale: number): readonly Piece[] {
  const speaking = values.filter(value => !MISSING.test(value))
  if (speaking.length < 2) return WHOLE
  let best = { pieces: WHOLE, cost: costOf(WHOLE, values, scale) }
  for (const pieces of [scaledPieces(speaking), affixPieces(speaking), markPieces(speaking, scale)]) {
    const cost = pieces ? costOf(pieces, values, scale) + 2 : Number.POSITIVE_INFINITY
    if (pieces && cost < best.cost) best = { pieces, cost }
  }
  return best.pieces
}

/** Tokens of the cells in these pieces; what they do not fit stands whole. */
export function costOf(pieces: readonly Piece[], values: readonly string[], scale: number): number {
  const slots: (string | undefined)[][] = pieces.map(() => [])
  const first = pieces.findIndex(({ part }) => part.kind === 'own' || part.kind === 'scaled')
  for (const value of values) {
    const cut = cutInto(pieces, value)
    pieces.forEach((_, at) => {
      slots[at]!.push(cut ? cut[at] : at === Math.max(first, 0) ? `\\${value}` : undefined)
    })
  }
  return pieces.reduce((sum, { part }, at) => {
    if (part.kind === 'text') return sum
    const own = slotCost(slots[at]!, scale, part.kind !== 'scaled')
    if (part.kind === 'scaled' || slots[at]!.includes(undefined)) return sum + own
    return sum + Math.min(own, groupCost(slots[at] as string[], scale))
  }, 0)
}

/** The texts of the pieces in `value`, or undefined where it is not made like that. */
export function cutInto(pieces: readonly Piece[], value: string): string[] | undefined {
  const texts: string[] = []
  let at = 0
  for (let i = 0; i < pieces.length; i++) {
    const { part, marks } = pieces[i]!
    let end = at
    if (part.kind === 'text') end = value.startsWith(part.text, at) ? at + part.text.length : -1
    else if (marks === undefined) end = value.length - tailLength(pieces, i)
    else end = endOfMarks(value, at, marks)
    if (end < at) return undefined
    const text = value.slice(at, end)
    const shown = part.kind === 'scaled' ? unscaled(text, part.digits) : text
    if (shown === undefined || (shown.charCodeAt(0) === 92 && part.kind !== 'text')) return undefined
    texts.push(shown)
    at = end
  }
  return at === value.length ? texts : undefined
}

const tailLength = (pieces: readonly Piece[], at: number) => {
  const next = pieces[at + 1]?.part
  return next?.kind === 'text' ? next.text.length : 0
}

/** `12.8` with one digit behind its point is 128, if 128 scaled back is 12.8. */
function unscaled(text: string, digits: number): string | undefined {
  const point = text.length - digits - 1
  if (point < 1 || text[point] !== '.') return undefined
  const whole = text.slice(0, point) + text.slice(point + 1)
  const first = whole.charCodeAt(0) === 45 ? 1 : 0
  if (whole.charCodeAt(first) !== 48) return isDigits(whole, first) ? whole : undefined
  const number = whole.replace(/^(-?)0+(?=\d)/, '$1')
  return number !== '-0' && scaled(number, digits) === text ? number : undefined
}

function isDigits(text: string, from: number): boolean {
  for (let i = from; i < text.length; i++) if (text.charCodeAt(i) < 48 || text.charCodeAt(i) > 57) return false
  return text.length > from
}

/** The inverse of `unscaled`: 128 with one digit is 12.8, 5 is 0.5. */
export function scaled(number: string, digits: number): string {
  const negative = number[0] === '-'
  const padded = (negative ? number.slice(1) : number).padStart(digits + 1, '0')
  return `${negative ? '-' : ''}${padded.slice(0, -digits)}.${padded.slice(-digits)}`
}

const DECIMAL = /^-?\d{1,6}\.(\d{1,3})$/

/** Numbers with as many digits behind the point in every row: written without it. */
function scaledPieces(values: readonly string[]): readonly Piece[] | undefined {
  const digits = DECIMAL.exec(values[0]!)?.[1]?.length
  if (!digits) return undefined
  let odd = 0
  for (const value of values) if (unscaled(value, digits) === undefined) odd++
  return odd <= 0.1 * values.length ? [{ part: { kind: 'scaled', digits } }] : undefined
}

/** What all cells begin and end with is said once. */
function affixPieces(values: readonly string[]): readonly Piece[] | undefined {
  const start = sharedStart(values, tears)
  const end = sharedEnd(values, start, tears)
  if (start + end === 0) return undefined
  const first = values[0]!
  return withTexts(first.slice(0, start), [{ part: { kind: 'own' } }], end ? first.slice(-end) : '')
}

function withTexts(before: string, inner: readonly Piece[], after: string): Piece[] {
  const text = (text: string): Piece[] => (text ? [{ part: { kind: 'text', text } }] : [])
  return [...text(before), ...inner, ...text(after)]
}
