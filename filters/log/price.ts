import { type Template, TIME } from './notation.ts'
import { weight } from './weight.ts'

/** Tokens of a key beyond its text, of a row's code, and of the separator before a value. */
const KEY = 3
const CODE = 1.3
const SEPARATOR = 0.7
/** Tokens of a time that a row does not repeat. */
const TIME_SAVED = 4

/** Estimated tokens of a template's text. */
export const textWeight = ({ parts }: Template): number =>
  parts.reduce<number>((sum, part) => sum + (typeof part === 'string' ? weight(part) : 0), 0)

/** Is the template's key paid for by what its rows no longer say? */
export function pays(template: Template, rows: number): boolean {
  if (rows < 2) return false
  const text = textWeight(template)
  const saved = text - CODE - SEPARATOR * template.slots + (template.parts.includes(TIME) ? TIME_SAVED : 0)
  return saved * rows > text + KEY
}
