import { joined, type Part, type Template, type Texts } from './templates.ts'

/** The rule by which texts count up, digits inside words included: `event {1+row}: at {10+10*row}`; undefined where there is none. */
export function sequenceOf(texts: Texts, places: Int32Array): Template | undefined {
  if (texts.rows < 3) return undefined
  const first = texts.text(0)
  const second = texts.text(1)
  if (first === undefined || second === undefined || first === second) return undefined
  const span = places[1]! - places[0]!
  const a = first.split(DIGITS)
  const b = second.split(DIGITS)
  if (a.length !== b.length || span <= 0 || a.length > 41) return undefined
  const parts: Part[] = []
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) parts.push(a[i]!)
    else {
      const step = (Number(b[i]) - Number(a[i])) / span
      if (i % 2 === 0 || a[i]!.length > 15 || !Number.isInteger(step) || step === 0) return undefined
      const width = a[i]!.startsWith('0') && a[i]!.length > 1 ? a[i]!.length : 0
      parts.push({ kind: 'row', from: Number(a[i]) - step * places[0]!, step, width })
    }
  }
  for (const part of parts) if (typeof part !== 'string' && part.kind === 'row' && part.from < 0) return undefined
  for (let row = 0; row < texts.rows; row++) if (texts.text(row) !== countUp(parts, places[row]!)) return undefined
  return {
    parts: joined(parts),
    own: new Array<string>(texts.rows).fill(''),
    ofValue: true,
    hasHole: false,
    cells: [],
  }
}

const DIGITS = /(\d+)/

function countUp(parts: readonly Part[], row: number): string {
  let text = ''
  for (const part of parts) {
    if (typeof part === 'string') text += part
    else if (part.kind === 'row') text += numberAt(part, row)
  }
  return text
}

/** The number that a rule by row gives; zeros in front fill its width. */
export function numberAt(
  { from, step, width }: { readonly from: number; readonly step: number; readonly width: number },
  row: number,
): string {
  const text = String(from + step * row)
  return text.length < width ? text.padStart(width, '0') : text
}
